// SPDX-License-Identifier: Apache-2.0
#include "workflow/persons.h"

namespace sotto::workflow {

namespace {

Result<> note(Home& home, const char* action, const PersonId& person, QJsonObject details = {}) {
    SOTTO_TRY(home.rememberKeyring());
    details[QStringLiteral("person")] = person.toString();
    return home.audit(QString::fromLatin1(action), details);
}

QJsonObject named(Compartment compartment) {
    return {{QStringLiteral("compartment"), compartmentName(compartment)}};
}

}  // namespace

Result<PersonId> personNamed(Home& home, const QString& name) {
    const QString wanted = name.trimmed().normalized(QString::NormalizationForm_C);
    for (const keyring::Person& person : home.keyring().persons()) {
        if (person.name.compare(wanted, Qt::CaseInsensitive) == 0) return person.id;
    }
    return fail(ErrorCode::NotFound, "nobody of that name unlocks this tablet; 'sotto person list' shows who does");
}

Result<PersonId> addPerson(Home& home, const QString& name, ByteView passphrase,
                           const std::set<Compartment>& compartments, const keyring::KeyringOptions& options) {
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_ASSIGN(const PersonId person, home.keyring().addPerson(name, passphrase, compartments, options));
    SOTTO_TRY(note(home, "person.added", person));
    return person;
}

Result<> grant(Home& home, const PersonId& person, Compartment compartment) {
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_TRY(home.keyring().grant(person, compartment));
    return note(home, "person.granted", person, named(compartment));
}

Result<> revoke(Home& home, const PersonId& person, Compartment compartment, const OnProgress& progress) {
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_TRY(home.keyring().revoke(person, compartment));
    SOTTO_TRY(note(home, "person.revoked", person, named(compartment)));
    SOTTO_TRY(finishRotations(home, progress));
    return {};
}

Result<> removePerson(Home& home, const PersonId& person, const OnProgress& progress) {
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_TRY(home.keyring().removePerson(person));
    SOTTO_TRY(note(home, "person.removed", person));
    SOTTO_TRY(finishRotations(home, progress));
    return {};
}

Result<> changePassphrase(Home& home, ByteView passphrase, const keyring::KeyringOptions& options) {
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_TRY(home.keyring().changePassphrase(passphrase, options));
    return note(home, "passphrase.changed", home.keyring().personId());
}

}  // namespace sotto::workflow
