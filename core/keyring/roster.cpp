// SPDX-License-Identifier: Apache-2.0
#include "keyring/roster.h"

#include <algorithm>

#include "base/check.h"

namespace sotto::keyring {

using crypto::SigningKey;
using crypto::age::Identity;

namespace {

CompartmentRecord& recordOf(KeyringFile& file, Compartment compartment) {
    const auto found = std::find_if(
        file.compartments.begin(), file.compartments.end(),
        [&](const CompartmentRecord& record) { return record.number == static_cast<std::uint8_t>(compartment); });
    SOTTO_CHECK(found != file.compartments.end());
    return *found;
}

void drop(std::vector<Grant>& grants, const PersonId& person) {
    const auto isOfPerson = [&](const Grant& grant) { return grant.person == person; };
    grants.erase(std::remove_if(grants.begin(), grants.end(), isOfPerson), grants.end());
}

/// Lists stay in ascending order.
Result<> put(std::vector<Grant>& grants, const PersonRecord& person, const crypto::SecureBytes& secret) {
    SOTTO_ASSIGN(Grant grant, grantTo(person, secret));
    drop(grants, person.id);
    const auto after =
        std::find_if(grants.begin(), grants.end(), [&](const Grant& other) { return person.id < other.person; });
    grants.insert(after, std::move(grant));
    return {};
}

}  // namespace

const char* compartmentName(Compartment compartment) {
    switch (compartment) {
        case Compartment::Sessions:
            return "sessions";
        case Compartment::Identities:
            return "identities";
        case Compartment::Outbox:
            return "outbox";
    }
    return "?";
}

PersonRecord* findPerson(KeyringFile& file, const PersonId& id) {
    const auto found = std::find_if(file.persons.begin(), file.persons.end(),
                                    [&](const PersonRecord& person) { return person.id == id; });
    return found == file.persons.end() ? nullptr : &*found;
}

std::vector<PersonId> personIds(const KeyringFile& file) {
    std::vector<PersonId> ids;
    for (const PersonRecord& person : file.persons)
        ids.push_back(person.id);
    return ids;
}

std::set<PersonId> holders(const KeyringFile& file, Compartment compartment) {
    std::set<PersonId> ids;
    for (const CompartmentRecord& record : file.compartments) {
        if (record.number != static_cast<std::uint8_t>(compartment)) continue;
        for (const Grant& grant : record.epochs.back().grants)
            ids.insert(grant.person);
    }
    return ids;
}

Result<> giveTo(KeyringFile& file, const PersonRecord& person, Compartment compartment, const OpenedGrants& held) {
    std::vector<EpochRecord>& records = recordOf(file, compartment).epochs;
    const std::vector<Epoch>& epochs = held.epochs.at(compartment);
    SOTTO_CHECK(records.size() == epochs.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        SOTTO_CHECK(epochs[i].identity && epochs[i].number == records[i].number);
        SOTTO_TRY(put(records[i].grants, person, epochs[i].identity->secret()));
    }
    if (compartment != Compartment::Sessions) return {};
    SOTTO_CHECK(held.deviceKey.has_value());
    return put(file.deviceGrants, person, held.deviceKey->seed());
}

void takeFrom(KeyringFile& file, const PersonId& person, Compartment compartment) {
    for (EpochRecord& epoch : recordOf(file, compartment).epochs)
        drop(epoch.grants, person);
    if (compartment == Compartment::Sessions) drop(file.deviceGrants, person);
}

Result<> appendEpoch(KeyringFile& file, Compartment compartment) {
    const std::set<PersonId> entitled = holders(file, compartment);
    std::vector<EpochRecord>& epochs = recordOf(file, compartment).epochs;
    if (epochs.size() >= kMaxEpochs || epochs.back().number == UINT32_MAX) {
        return fail(ErrorCode::NotAllowed, std::string("too many unfinished changes of the key of ") +
                                               compartmentName(compartment) + "; let the one under way end first");
    }
    const Identity identity = Identity::generate();
    EpochRecord epoch{epochs.back().number + 1, identity.recipient().point(), {}};
    for (const PersonId& id : entitled) {
        const PersonRecord* person = findPerson(file, id);
        if (person == nullptr) return fail(ErrorCode::Damaged, "the keyring is damaged: a grant belongs to nobody");
        SOTTO_TRY(put(epoch.grants, *person, identity.secret()));
    }
    epochs.push_back(std::move(epoch));
    return {};
}

void keepLastEpoch(KeyringFile& file, Compartment compartment) {
    std::vector<EpochRecord>& epochs = recordOf(file, compartment).epochs;
    epochs.erase(epochs.begin(), epochs.end() - 1);
}

Result<KeyringFile> makeFile(const HomeId& home, const PersonRecord& person) {
    KeyringFile file;
    file.home = home;
    file.persons.push_back(person);
    const SigningKey device = SigningKey::generate();
    file.deviceKey = device.verifyKey();
    SOTTO_TRY(put(file.deviceGrants, person, device.seed()));
    for (const Compartment compartment : kCompartments) {
        const Identity identity = Identity::generate();
        EpochRecord epoch{1, identity.recipient().point(), {}};
        SOTTO_TRY(put(epoch.grants, person, identity.secret()));
        CompartmentRecord record{static_cast<std::uint8_t>(compartment), {}};
        record.epochs.push_back(std::move(epoch));
        file.compartments.push_back(std::move(record));
    }
    return file;
}

}  // namespace sotto::keyring
