// SPDX-License-Identifier: Apache-2.0
#include "keyring/person_secrets.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/aead.h"
#include "crypto/age/age.h"

namespace sotto::keyring {

using crypto::SecureBytes;
using crypto::SigningKey;
using crypto::age::Identity;
using crypto::age::Recipient;

namespace {

constexpr std::size_t kScalarSize = 32;
constexpr std::size_t kMacKeySize = 32;

Failure damaged(const char* what) {
    return fail(ErrorCode::Damaged, std::string("the keyring is damaged: ") + what + "; bring back a copy of the file");
}

SecureBytes slice(const SecureBytes& bytes, std::size_t offset, std::size_t size) {
    return SecureBytes::copyOf(bytes.view().subspan(offset, size));
}

/// The secret granted to the person; empty if there is no grant.
Result<SecureBytes> openGrant(const std::vector<Grant>& grants, const PersonId& person, const Identity& identity) {
    const auto found =
        std::find_if(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.person == person; });
    if (found == grants.end()) return SecureBytes();
    auto secret = crypto::age::decryptBytes({&identity, 1}, found->wrapped);
    if (!secret || secret->size() != kScalarSize) return damaged("a grant can't be opened");
    return std::move(*secret);
}

Result<std::vector<Epoch>> openEpochs(const CompartmentRecord& compartment, const PersonId& person,
                                      const Identity& identity) {
    std::vector<Epoch> epochs;
    for (const EpochRecord& record : compartment.epochs) {
        SOTTO_ASSIGN(SecureBytes scalar, openGrant(record.grants, person, identity));
        Epoch epoch{record.number, Recipient(record.recipient), std::nullopt};
        if (!scalar.isEmpty()) {
            SOTTO_ASSIGN(epoch.identity, Identity::fromSecret(std::move(scalar)));
            if (epoch.identity->recipient() != epoch.recipient) return damaged("an epoch's two keys are not a pair");
        }
        if (!epochs.empty() && epochs.back().identity.has_value() != epoch.identity.has_value()) {
            return damaged("an epoch is missing");
        }
        epochs.push_back(std::move(epoch));
    }
    return epochs;
}

Result<std::optional<SigningKey>> openDeviceKey(const KeyringFile& file, const PersonId& person,
                                                const Identity& identity) {
    SOTTO_ASSIGN(const SecureBytes seed, openGrant(file.deviceGrants, person, identity));
    if (seed.isEmpty()) return std::optional<SigningKey>();
    SOTTO_ASSIGN(SigningKey key, SigningKey::fromSeed(seed));
    if (key.verifyKey() != file.deviceKey) return damaged("the tablet's two keys are not a pair");
    return std::optional<SigningKey>(std::move(key));
}

}  // namespace

Result<std::pair<PersonRecord, PersonSecrets>> makePerson(const HomeId& home, const PersonId& id, ByteView passphrase,
                                                          const KeyringOptions& options, const SecureBytes& macKey) {
    if (passphrase.empty()) return fail(ErrorCode::InvalidArgument, "a keyring needs a passphrase");
    SOTTO_TRY(crypto::checkArgon2Cost(options.cost, options.floor));
    SOTTO_CHECK(macKey.size() == kMacKeySize);
    PersonSecrets secrets{Identity::generate(), macKey.clone()};
    PersonRecord person;
    person.id = id;
    person.cost = options.cost;
    randomFill(person.salt);
    person.recipient = secrets.identity.recipient().point();
    SecureBytes blob(kScalarSize + kMacKeySize);
    const ByteView scalar = secrets.identity.secret().view();
    std::copy(scalar.begin(), scalar.end(), blob.span().begin());
    std::copy(macKey.view().begin(), macKey.view().end(), blob.span().begin() + kScalarSize);
    SOTTO_ASSIGN(const SecureBytes key, crypto::argon2id(passphrase, person.salt, person.cost));
    const Bytes sealed = crypto::sealSecret(key.view(), personAssociatedData(home, person), blob);
    SOTTO_CHECK(sealed.size() == person.sealed.size());
    std::copy(sealed.begin(), sealed.end(), person.sealed.begin());
    return std::pair(person, std::move(secrets));
}

Result<PersonSecrets> openPerson(const HomeId& home, const PersonRecord& person, ByteView passphrase) {
    SOTTO_ASSIGN(const SecureBytes key, crypto::argon2id(passphrase, person.salt, person.cost));
    const auto blob = crypto::openSecret(key.view(), personAssociatedData(home, person), person.sealed);
    if (!blob || blob->size() != kScalarSize + kMacKeySize) {
        return fail(ErrorCode::WrongPassphrase, "this passphrase does not open the keyring");
    }
    SOTTO_ASSIGN(Identity identity, Identity::fromSecret(slice(*blob, 0, kScalarSize)));
    if (identity.recipient().point() != person.recipient) return damaged("a person's two keys are not a pair");
    return PersonSecrets{std::move(identity), slice(*blob, kScalarSize, kMacKeySize)};
}

Result<> pretendToOpen(ByteView passphrase, crypto::Argon2Cost cost) {
    std::array<std::uint8_t, kSaltSize> salt{};
    randomFill(salt);
    SOTTO_TRY(crypto::argon2id(passphrase, salt, cost));
    return {};
}

Result<Grant> grantTo(const PersonRecord& person, const SecureBytes& secret) {
    const Recipient recipient(person.recipient);
    SOTTO_ASSIGN(Bytes wrapped, crypto::age::encryptBytes({&recipient, 1}, secret.view()));
    return Grant{person.id, std::move(wrapped)};
}

Result<OpenedGrants> openGrants(const KeyringFile& file, const PersonId& person, const Identity& identity) {
    OpenedGrants opened;
    for (const CompartmentRecord& record : file.compartments) {
        const auto compartment = static_cast<Compartment>(record.number);
        if (std::find(kCompartments.begin(), kCompartments.end(), compartment) == kCompartments.end()) {
            return damaged("it names a compartment that does not exist");
        }
        SOTTO_ASSIGN(opened.epochs[compartment], openEpochs(record, person, identity));
    }
    if (opened.epochs.size() != kCompartments.size()) return damaged("a compartment is missing");
    SOTTO_ASSIGN(opened.deviceKey, openDeviceKey(file, person, identity));
    const bool holdsSessions = opened.epochs[Compartment::Sessions].back().identity.has_value();
    if (holdsSessions != opened.deviceKey.has_value()) return damaged("the key of this tablet is missing");
    return opened;
}

}  // namespace sotto::keyring
