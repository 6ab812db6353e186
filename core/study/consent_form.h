// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <QDate>
#include <QString>
#include <QStringList>

#include "crypto/hash.h"

// The model of consents/<form>.<language>.md. Values; immutable after reading.
namespace sotto::study {

/// What an item lets Sotto do. One table for all; an item of a pack names one of these.
enum class Permission {
    RecordAudio,
    Quote,
    ShareDeidentified,
    ContactAgain,
    ReceiveReport,
    TakePart,
    LinkSheet,    ///< the demographic sheet may bear the research code; without it, it stays detached
    TalkAboutMe,  ///< another person of the triad may speak with the team about this one
};

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

/// Whose agreement a form takes. Parent and Representative sign for somebody, whose own assent goes with it.
enum class SignedBy { Adult, Parent, Assent, Representative };
[[nodiscard]] QString signedByName(SignedBy who);
[[nodiscard]] std::optional<SignedBy> signedByFromName(const QString& name);

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

    QString id{};  ///< the name of its file without language; the role's if the file bears it
    SignedBy signedBy = SignedBy::Adult;
    QString with{};             ///< Parent, Representative: the form of the person themself; empty if there is none
    QStringList sites{};        ///< where it is in force; empty: everywhere
    QDate inForce{};            ///< from this day on; invalid: always
    QDate until{};              ///< to this day, that day included; invalid: without end
    QString understands{};      ///< a form of questions asked before signing; empty: none
    bool mayBeOral = true;      ///< may be read aloud and recorded instead of signed
    bool needsWitness = false;  ///< otherwise a witness is needed only for an X or a dot
    /// In force on that day at that site. An empty site (not known) matches forms for everywhere or for one site alone.
    [[nodiscard]] bool isInForce(QDate day, const QString& site) const;
};

}  // namespace sotto::study
