// SPDX-License-Identifier: Apache-2.0
#include "vault/audit.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include "commandline/key_files.h"
#include "commands.h"
#include "package/content.h"
#include "unlocking.h"
#include "workflow/home_layout.h"
#include "workflow/keyring_watch.h"

namespace sotto::app {

namespace {

using keyring::Keyring;
using workflow::Compartment;

struct Trail {
    Compartment compartment = Compartment::Sessions;
    std::vector<vault::AuditEntry> entries;
    std::map<PersonId, QString> names;
    std::optional<Error> fault;  ///< why it can't be relied on
};

Result<Compartment> trailOf(const Keyring& keys, const Arguments& arguments) {
    const bool wantsOutbox = arguments.isSet(QStringLiteral("outbox"));
    if (!wantsOutbox && keys.holds(Compartment::Sessions)) return Compartment::Sessions;
    if (keys.holds(Compartment::Outbox)) return Compartment::Outbox;
    return fail(ErrorCode::NotAllowed, "this person has been let into no trail; somebody who holds the " +
                                           std::string(wantsOutbox ? "outbox" : "sessions") + " can read it");
}

/// Reads only, beside a running program too.
Result<Trail> readTrail(const Arguments& arguments) {
    PosixFileSystem files;
    const SystemClock clock;
    const Path home = arguments.path(QStringLiteral("home"));
    SOTTO_ASSIGN(const auto passphrase, readPassphrase(files, arguments.path(QStringLiteral("passphrase-file"))));
    keyring::KeyringOptions looking;
    looking.readOnlyHome = true;
    SOTTO_ASSIGN(const auto keys, Keyring::unlock(files, home, passphrase.view(), clock, looking, personOf(arguments)));
    Trail trail;
    SOTTO_ASSIGN(trail.compartment, trailOf(keys, arguments));
    for (const keyring::Person& person : keys.persons())
        trail.names[person.id] = person.name;
    sealedlog::OpenOptions options;
    options.anchorFor = [&keys](const FileId& log) { return keys.anchor(log); };
    SOTTO_ASSIGN(const auto vault,
                 vault::Vault::openReadOnly(files, workflow::HomeLayout{home}.vault(trail.compartment),
                                            keys.identities(trail.compartment), options));
    SOTTO_TRY(workflow::KeyringWatch(*vault).check(keys.generation()));
    const vault::AuditTrail audit(*vault);
    if (const auto verified = audit.verify(); !verified) trail.fault = verified.error();
    if (vault->integrity() == sealedlog::Integrity::Damaged) {
        trail.fault =
            Error{ErrorCode::Damaged, "the vault of this trail is damaged; what is shown ends before the fault"};
    }
    auto entries = audit.entries();
    if (!entries) return Failure(trail.fault.value_or(entries.error()));
    trail.entries = std::move(*entries);
    return trail;
}

QString timeOf(const vault::AuditEntry& entry) {
    return QDateTime::fromMSecsSinceEpoch(entry.at.utcMs, Qt::UTC).toString(Qt::ISODate);
}

QJsonObject toJson(const Trail& trail) {
    QJsonArray list;
    for (const vault::AuditEntry& entry : trail.entries) {
        QJsonObject json{{QStringLiteral("sequence"), static_cast<qint64>(entry.sequence)}};
        if (entry.isRedacted) {
            json[QStringLiteral("redacted")] = true;
            list.append(json);
            continue;
        }
        json[QStringLiteral("utc")] = timeOf(entry);
        json[QStringLiteral("person")] = entry.person.toString();
        const auto name = trail.names.find(entry.person);
        if (name != trail.names.end()) json[QStringLiteral("name")] = name->second;
        json[QStringLiteral("action")] = entry.action;
        json[QStringLiteral("details")] = entry.details;
        list.append(json);
    }
    return {{QStringLiteral("trail"), workflow::compartmentName(trail.compartment)},
            {QStringLiteral("verified"), !trail.fault},
            {QStringLiteral("entries"), list}};
}

void sayEntry(const vault::AuditEntry& entry, const Trail& trail) {
    if (entry.isRedacted) {
        say(QStringLiteral("%1  (erased)").arg(entry.sequence, 5));
        return;
    }
    const auto name = trail.names.find(entry.person);
    const QString who = name == trail.names.end() ? entry.person.toString() : name->second;
    const QByteArray details = QJsonDocument(entry.details).toJson(QJsonDocument::Compact);
    say(QStringLiteral("%1  %2  %3  %4  %5")
            .arg(entry.sequence, 5)
            .arg(timeOf(entry), who, entry.action, entry.details.isEmpty() ? QString() : QString::fromUtf8(details)));
}

int runAudit(const Arguments& arguments) {
    const auto trail = readTrail(arguments);
    if (!trail) return report(trail.error());
    if (arguments.isSet(QStringLiteral("json"))) {
        if (const int code = printJson(toJson(*trail)); code != 0) return code;
    } else {
        for (const vault::AuditEntry& entry : trail->entries)
            sayEntry(entry, *trail);
        if (trail->entries.empty()) say(QStringLiteral("Nothing has been noted in this trail yet."));
    }
    return trail->fault ? report(*trail->fault) : static_cast<int>(ExitCode::Ok);
}

}  // namespace

Command auditCommand() {
    return {QStringLiteral("audit"),
            QStringLiteral("show who did what in a home; reads only"),
            {},
            unlockOptions({{QStringLiteral("outbox"), QString(),
                            QStringLiteral("the trail of deliveries; without the sessions, the only one"), false},
                           jsonOption()}),
            QStringLiteral("Times are UTC. Exit code 4 if the chain of entries does not verify."),
            runAudit};
}

}  // namespace sotto::app
