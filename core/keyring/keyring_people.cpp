// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "keyring/keyring_state.h"
#include "keyring/roster.h"

namespace sotto::keyring {

namespace {

Failure noSuchPerson() {
    return fail(ErrorCode::NotFound, "this keyring knows no such person");
}

}  // namespace

Result<> Keyring::State::needs(Compartment compartment) const {
    if (grants.epochs.at(compartment).back().identity) return {};
    return fail(ErrorCode::NotAllowed, std::string("the person unlocked does not hold '") +
                                           compartmentName(compartment) + "'; somebody who holds it has to do this");
}

Result<> Keyring::State::mayLose(const PersonId& other, Compartment compartment) const {
    const std::string name = compartmentName(compartment);
    SOTTO_TRY(needs(compartment));
    if (holders(file, compartment).size() < 2) {
        return fail(ErrorCode::NotAllowed, "nobody else holds '" + name + "'; grant it to somebody else first");
    }
    if (other != person) return {};
    return fail(ErrorCode::NotAllowed, "nobody can give away '" + name +
                                           "' for oneself, as the new key would have "
                                           "nobody to hand it on; another who holds it has to do this");
}

Result<QString> Keyring::State::newName(const QString& name, const PersonId& self) const {
    const auto clean = cleanName(name);
    if (!clean) return fail(ErrorCode::InvalidArgument, "a person's name has 1 to 64 ordinary characters");
    const bool isTaken = std::any_of(names.begin(), names.end(), [&](const auto& entry) {
        return entry.first != self && foldedName(entry.second) == foldedName(*clean);
    });
    if (isTaken) return fail(ErrorCode::AlreadyExists, "another person of this tablet has that name already");
    return *clean;
}

std::vector<Person> Keyring::persons() const {
    std::vector<Person> all;
    for (const auto& [id, name] : m_state->names) {
        Person person{id, name, {}};
        for (const Compartment compartment : kCompartments) {
            if (holders(m_state->file, compartment).count(id) > 0) person.compartments.insert(compartment);
        }
        all.push_back(std::move(person));
    }
    return all;
}

Result<PersonId> Keyring::addPerson(const QString& name, ByteView passphrase, const std::set<Compartment>& compartments,
                                    const KeyringOptions& options) {
    const PersonId id = PersonId::random();
    Draft draft = m_state->draft();
    SOTTO_ASSIGN(draft.names[id], m_state->newName(name, id));
    for (const Compartment compartment : compartments)
        SOTTO_TRY(m_state->needs(compartment));
    if (draft.file.persons.size() >= kMaxPersons) {
        return fail(ErrorCode::InvalidArgument, "a tablet has at most 64 persons; remove one first");
    }
    SOTTO_ASSIGN(const auto made, makePerson(draft.file.home, id, passphrase, options, m_state->secrets.macKey));
    const PersonRecord& record = made.first;
    for (const Compartment compartment : compartments)
        SOTTO_TRY(giveTo(draft.file, record, compartment, m_state->grants));
    auto& persons = draft.file.persons;
    persons.insert(
        std::find_if(persons.begin(), persons.end(), [&](const PersonRecord& other) { return id < other.id; }), record);
    SOTTO_TRY(m_state->commit(std::move(draft)));
    return id;
}

Result<> Keyring::grant(const PersonId& person, Compartment compartment) {
    Draft draft = m_state->draft();
    const PersonRecord* record = findPerson(draft.file, person);
    if (record == nullptr) return noSuchPerson();
    SOTTO_TRY(m_state->needs(compartment));
    if (holders(draft.file, compartment).count(person) > 0) return {};
    SOTTO_TRY(giveTo(draft.file, *record, compartment, m_state->grants));
    return m_state->commit(std::move(draft));
}

Result<> Keyring::revoke(const PersonId& person, Compartment compartment) {
    Draft draft = m_state->draft();
    if (findPerson(draft.file, person) == nullptr) return noSuchPerson();
    SOTTO_TRY(m_state->needs(compartment));
    if (holders(draft.file, compartment).count(person) == 0) return {};
    SOTTO_TRY(m_state->mayLose(person, compartment));
    takeFrom(draft.file, person, compartment);
    SOTTO_TRY(appendEpoch(draft.file, compartment));
    return m_state->commit(std::move(draft));
}

Result<> Keyring::removePerson(const PersonId& person) {
    Draft draft = m_state->draft();
    if (findPerson(draft.file, person) == nullptr) return noSuchPerson();
    if (person == m_state->person) {
        return fail(ErrorCode::NotAllowed, "nobody can remove oneself; somebody else of this tablet has to do this");
    }
    for (const Compartment compartment : kCompartments) {
        if (holders(draft.file, compartment).count(person) == 0) continue;
        SOTTO_TRY(m_state->mayLose(person, compartment));
        takeFrom(draft.file, person, compartment);
        SOTTO_TRY(appendEpoch(draft.file, compartment));
    }
    draft.names.erase(person);
    auto& persons = draft.file.persons;
    persons.erase(
        std::remove_if(persons.begin(), persons.end(), [&](const PersonRecord& record) { return record.id == person; }),
        persons.end());
    return m_state->commit(std::move(draft));
}

Result<> Keyring::rename(const QString& name) {
    Draft draft = m_state->draft();
    SOTTO_ASSIGN(draft.names[m_state->person], m_state->newName(name, m_state->person));
    return m_state->commit(std::move(draft));
}

Result<> Keyring::changePassphrase(ByteView passphrase, const KeyringOptions& options) {
    Draft draft = m_state->draft();
    SOTTO_ASSIGN(auto made, makePerson(draft.file.home, m_state->person, passphrase, options, m_state->secrets.macKey));
    *findPerson(draft.file, m_state->person) = made.first;
    for (const Compartment compartment : kCompartments) {
        if (holds(compartment)) SOTTO_TRY(giveTo(draft.file, made.first, compartment, m_state->grants));
    }
    return m_state->commit(std::move(draft), std::move(made.second));
}

Result<> Keyring::beginEpoch(Compartment compartment) {
    SOTTO_TRY(m_state->needs(compartment));
    if (isRotating(compartment)) return {};
    Draft draft = m_state->draft();
    SOTTO_TRY(appendEpoch(draft.file, compartment));
    return m_state->commit(std::move(draft));
}

bool Keyring::isRotating(Compartment compartment) const {
    return epochs(compartment).size() > 1;
}

Result<> Keyring::endEpoch(Compartment compartment) {
    SOTTO_TRY(m_state->needs(compartment));
    if (!isRotating(compartment)) return {};
    Draft draft = m_state->draft();
    keepLastEpoch(draft.file, compartment);
    return m_state->commit(std::move(draft));
}

}  // namespace sotto::keyring
