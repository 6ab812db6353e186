// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "crypto/age/keys.h"
#include "crypto/sign.h"
#include "study/consent_form.h"
#include "study/form.h"
#include "study/local_text.h"
#include "study/protocol.h"
#include "study/screening.h"
#include "study/study_policy.h"

namespace sotto::study {

struct Role {
    QString id;  ///< "person", "caregiver"
    LocalText name;
    LocalText called{};            ///< in a question, where no name may show: "the person close to you"; may be empty
    std::optional<int> planned{};  ///< how many are to take part
    SessionManner manner = SessionManner::Single;
    QString guide{};               ///< the guide it shares with another role; empty: its own
    std::optional<int> minutes{};  ///< a shared guide's sections are scaled to it
    std::vector<RoleForm> forms{};
};

/// What stands for {role} in a question when no name may show: what the role is called there, or else its name in small
/// letters. Empty if the role has no text in that language.
[[nodiscard]] QString standIn(const Role& role, const QString& language);

struct Probe {
    QString id;
    QString text;
};

struct Question {
    QString id;    ///< the same in every language
    QString text;  ///< may hold {role} for the name of the other person of the pair
    std::vector<Probe> probes;
};

struct Section {
    QString id;
    QString title;
    QString instructions;  ///< for the interviewer, may be empty
    int plannedMinutes = 0;
    std::vector<Question> questions;
};

/// One role's walk through the interview, in one language.
struct Guide {
    QString role;
    QString language;
    QString title;
    QString instructions;  ///< for the interviewer, may be empty
    std::vector<Section> sections;
    [[nodiscard]] const Question* question(const QString& id) const;
    [[nodiscard]] bool hasProbe(const QString& id) const;
};

struct Code {
    QString id;
    LocalText name;
    LocalText definition;
    QString color;  ///< "#rrggbb"
    QString group;  ///< "primary", "secondary", ...
};

/// Codes and the dimensions that each coding may bear (valence, reciprocity, ...), with the values allowed.
struct Codebook {
    std::vector<Code> codes;
    std::map<QString, QStringList> dimensions;
    bool liveCoding = false;
    [[nodiscard]] const Code* code(const QString& id) const;
};

/// deident.yaml: the allow-list of fields that may leave in a research package, by table.
struct DeidentPolicy {
    std::map<QString, QStringList> allowedFields;  ///< table -> field names
};

struct CrisisLine {
    QString place;  ///< "QC", "CA"
    LocalText name;
    QString phone;        ///< as it is read and dialled, may be empty if there is a text number or an address
    QString text;         ///< number for text messages, may be empty
    QString web;          ///< may be empty
    QString verified;     ///< ISO date of the last check; empty: nobody has called it yet
    QStringList roles{};  ///< for whom; empty: everybody
    LocalText hours{};    ///< when somebody answers; may be empty
};

/// The recipients that everything of this study is sealed to, and the lab key that vouches for the pack. Put in by
/// `sotto-lab study sign`, so that a pack folder holds no keys.
struct LabKeys {
    std::vector<crypto::age::Recipient> content;   ///< custodian(s)
    std::vector<crypto::age::Recipient> identity;  ///< identity keeper(s)
    std::vector<crypto::age::Recipient> analyst;
    crypto::VerifyKey signing{};
};

/// A parsed, checked study pack. A value; immutable after parsing; share freely between threads.
struct StudyPack {
    QString id;
    int version = 1;
    LocalText title;
    QStringList languages;
    QString ethicsCertificate;
    std::vector<Role> roles;
    std::vector<Guide> guides;
    std::vector<ConsentForm> consents;
    std::vector<Form> forms;
    std::vector<Screening> screenings;
    std::vector<Protocol> protocols;
    StudyPolicy policy;
    Codebook codebook;
    DeidentPolicy deident;
    CrisisLine emergency;  ///< for immediate danger, shown first and apart
    std::vector<CrisisLine> crisisLines;
    QString purgeAfter;  ///< which receipt allows a purge: "stored" or "opened"
    int audioBitrate = 32000;
    bool practice = false;  ///< the shipped practice study

    [[nodiscard]] const Guide* guide(const QString& role, const QString& language) const;
    /// The form by which an adult of that role consents for themself, whatever day and site; the newest if there are
    /// several. See consentsInForce() for the others.
    [[nodiscard]] const ConsentForm* consent(const QString& role, const QString& language) const;
    /// What may be signed for that role on that day at that site, in every language: for adults, parents, assent ...
    [[nodiscard]] std::vector<const ConsentForm*> consentsInForce(const QString& role, QDate day,
                                                                  const QString& site) const;
    [[nodiscard]] const Role* role(const QString& id) const;
    [[nodiscard]] const Form* form(const QString& id) const;
    [[nodiscard]] const Screening* screening(const QString& role) const;
    [[nodiscard]] const Protocol* protocol(const QString& language) const;
};

}  // namespace sotto::study
