// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "crypto/age/keys.h"
#include "crypto/hash.h"
#include "crypto/sign.h"
#include "study/form.h"
#include "study/local_text.h"
#include "study/screening.h"

namespace sotto::study {

struct Role {
    QString id;  ///< "person", "caregiver"
    LocalText name;
    LocalText called{};  ///< in a question, where no name may show: "the person close to you"; may be empty
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

/// What an item lets Sotto do. One table for all; an item of a pack names one of these.
enum class Permission { RecordAudio, Quote, ShareDeidentified, ContactAgain, ReceiveReport, TakePart };

/// "record-audio", as written in consent forms.
[[nodiscard]] QString permissionName(Permission permission);
[[nodiscard]] std::optional<Permission> permissionFromName(const QString& name);
/// All of them, in the order of the enumeration.
[[nodiscard]] const std::vector<Permission>& allPermissions();

struct ConsentItem {
    QString id;
    QString text;
    Permission permission = Permission::TakePart;
    bool required = false;  ///< without a yes there is no interview at all
};

/// A consent form as it is shown: one version in one language for one role. Evidence binds to `hash`.
struct ConsentForm {
    QString role;
    QString language;
    QString version;
    QString title;
    /// In the order of the form: the parts that every form must have (purpose, funder, board, contacts, storage,
    /// confidentiality, withdrawal) and whatever else the study explains. Part id, then Markdown.
    std::vector<std::pair<QString, QString>> parts;
    std::map<QString, QString> headings;  ///< part id -> heading
    std::vector<ConsentItem> items;
    crypto::Sha256Digest hash{};  ///< of the exact file bytes
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
    QString phone;     ///< as it is read and dialled, may be empty if there is a text number or an address
    QString text;      ///< number for text messages, may be empty
    QString web;       ///< may be empty
    QString verified;  ///< ISO date of the last check
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
    Codebook codebook;
    DeidentPolicy deident;
    CrisisLine emergency;  ///< for immediate danger, shown first and apart
    std::vector<CrisisLine> crisisLines;
    QString purgeAfter;  ///< which receipt allows a purge: "stored" or "opened"
    int audioBitrate = 32000;
    bool practice = false;  ///< the shipped practice study

    [[nodiscard]] const Guide* guide(const QString& role, const QString& language) const;
    [[nodiscard]] const ConsentForm* consent(const QString& role, const QString& language) const;
    [[nodiscard]] const Role* role(const QString& id) const;
    [[nodiscard]] const Form* form(const QString& id) const;
    [[nodiscard]] const Screening* screening(const QString& role) const;
};

}  // namespace sotto::study
