// SPDX-License-Identifier: Apache-2.0
#include "keyring/keyring.h"

#include <algorithm>

#include "base/check.h"
#include "crypto/aead.h"
#include "crypto/age/age.h"
#include "keyring/attempts.h"
#include "keyring/keyring_format.h"

namespace sotto::keyring {

using crypto::SecureBytes;
using crypto::SigningKey;
using crypto::age::Identity;
using crypto::age::Recipient;

struct Keyring::State {
    FileSystem* files = nullptr;
    Path path;
    KeyringFile file;
    std::uint64_t lastGeneration = 0;  ///< used last, also by a replacement that failed: never twice the same
    PersonId person;
    SecureBytes macKey;
    SigningKey deviceKey;
    std::map<Compartment, std::vector<Epoch>> epochs;

    /// Writes the file with these anchors; on failure this object stays as it was.
    [[nodiscard]] Result<> replaceAnchors(std::map<FileId, sealedlog::Anchor> anchors);
};

namespace {

constexpr std::size_t kScalarSize = 32;
constexpr std::size_t kMacKeySize = 32;

Path keyringPath(const Path& home) {
    return home / "keyring";
}

Failure damaged(const char* what) {
    return fail(ErrorCode::Damaged, std::string("the keyring is damaged: ") + what + "; bring back a copy of the file");
}

/// What a person's passphrase opens.
struct PersonSecrets {
    Identity identity;
    SecureBytes macKey;
};

SecureBytes slice(const SecureBytes& bytes, std::size_t offset, std::size_t size) {
    return SecureBytes::copyOf(bytes.view().subspan(offset, size));
}

Result<PersonRecord> makePerson(const HomeId& home, ByteView passphrase, crypto::Argon2Cost cost,
                                const PersonSecrets& secrets) {
    PersonRecord person;
    person.id = PersonId::random();
    person.cost = cost;
    randomFill(person.salt);
    person.recipient = secrets.identity.recipient().point();
    SecureBytes blob(kScalarSize + kMacKeySize);
    const ByteView scalar = secrets.identity.secret().view();
    const ByteView macKey = secrets.macKey.view();
    std::copy(scalar.begin(), scalar.end(), blob.span().begin());
    std::copy(macKey.begin(), macKey.end(), blob.span().begin() + kScalarSize);
    SOTTO_ASSIGN(const SecureBytes key, crypto::argon2id(passphrase, person.salt, cost));
    const Bytes sealed = crypto::sealSecret(key.view(), personAssociatedData(home, person), blob);
    SOTTO_CHECK(sealed.size() == person.sealed.size());
    std::copy(sealed.begin(), sealed.end(), person.sealed.begin());
    return person;
}

Result<Grant> grantTo(const PersonRecord& person, const SecureBytes& secret) {
    const Recipient recipient(person.recipient);
    SOTTO_ASSIGN(Bytes wrapped, crypto::age::encryptBytes({&recipient, 1}, secret.view()));
    return Grant{person.id, std::move(wrapped)};
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

/// The secret granted to the person; empty if there is no grant.
Result<SecureBytes> openGrant(const std::vector<Grant>& grants, const PersonId& person, const Identity& identity) {
    const auto found =
        std::find_if(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.person == person; });
    if (found == grants.end()) return SecureBytes();
    auto secret = crypto::age::decryptBytes({&identity, 1}, found->wrapped);
    if (!secret || secret->size() != kScalarSize) return damaged("a grant can't be opened");
    return std::move(*secret);
}

Result<SigningKey> openDeviceKey(const KeyringFile& file, const PersonId& person, const Identity& identity) {
    SOTTO_ASSIGN(const SecureBytes seed, openGrant(file.deviceGrants, person, identity));
    if (seed.isEmpty()) return damaged("the key of this tablet is missing");
    SOTTO_ASSIGN(SigningKey key, SigningKey::fromSeed(seed));
    if (key.verifyKey() != file.deviceKey) return damaged("the tablet's two keys are not a pair");
    return key;
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
        epochs.push_back(std::move(epoch));
    }
    return epochs;
}

Result<std::map<Compartment, std::vector<Epoch>>> openCompartments(const KeyringFile& file, const PersonId& person,
                                                                   const Identity& identity) {
    std::map<Compartment, std::vector<Epoch>> all;
    for (const CompartmentRecord& record : file.compartments) {
        const auto compartment = static_cast<Compartment>(record.number);
        if (std::find(kCompartments.begin(), kCompartments.end(), compartment) == kCompartments.end()) {
            return damaged("it names a compartment that does not exist");
        }
        SOTTO_ASSIGN(all[compartment], openEpochs(record, person, identity));
    }
    if (all.size() != kCompartments.size()) return damaged("a compartment is missing");
    return all;
}

/// Everything but the persons of a new home's keyring, granted to its first person.
Result<KeyringFile> makeFile(const HomeId& home, const PersonRecord& person) {
    KeyringFile file;
    file.generation = 1;
    file.home = home;
    file.persons.push_back(person);
    const SigningKey device = SigningKey::generate();
    file.deviceKey = device.verifyKey();
    SOTTO_ASSIGN(Grant deviceGrant, grantTo(person, device.seed()));
    file.deviceGrants.push_back(std::move(deviceGrant));
    for (const Compartment compartment : kCompartments) {
        const Identity identity = Identity::generate();
        SOTTO_ASSIGN(Grant grant, grantTo(person, identity.secret()));
        EpochRecord epoch{1, identity.recipient().point(), {}};
        epoch.grants.push_back(std::move(grant));
        CompartmentRecord record{static_cast<std::uint8_t>(compartment), {}};
        record.epochs.push_back(std::move(epoch));
        file.compartments.push_back(std::move(record));
    }
    return file;
}

Result<> writeNewHome(FileSystem& files, const Path& home, ByteView content, const Clock& clock) {
    SOTTO_TRY(files.createDirectories(home));
    SOTTO_TRY(files.syncDirectory(home.parent_path()));
    SOTTO_TRY(Attempts(files, home).reset(clock));  // first: a keyring without it would cost a delay
    return replaceFile(files, keyringPath(home), content);
}

}  // namespace

Result<> Keyring::State::replaceAnchors(std::map<FileId, sealedlog::Anchor> anchors) {
    if (anchors.size() > kMaxAnchors) return fail(ErrorCode::InvalidArgument, "too many live logs for one keyring");
    KeyringFile next = file;
    next.anchors = std::move(anchors);
    next.generation = ++lastGeneration;
    SOTTO_TRY(replaceFile(*files, path, encode(next, macKey)));
    file = std::move(next);
    return {};
}

Result<Keyring> Keyring::create(FileSystem& files, const Path& home, ByteView passphrase, const Clock& clock,
                                const KeyringOptions& options) {
    if (passphrase.empty()) return fail(ErrorCode::InvalidArgument, "a keyring needs a passphrase");
    SOTTO_TRY(crypto::checkArgon2Cost(options.cost, options.floor));
    SOTTO_ASSIGN(const bool taken, exists(files, home));
    if (taken) return fail(ErrorCode::AlreadyExists, home.string() + " has a keyring already");
    PersonSecrets secrets{Identity::generate(), SecureBytes::random(kMacKeySize)};
    const HomeId id = HomeId::random();
    SOTTO_ASSIGN(const PersonRecord person, makePerson(id, passphrase, options.cost, secrets));
    SOTTO_ASSIGN(KeyringFile file, makeFile(id, person));
    const Bytes content = encode(file, secrets.macKey);
    if (const Result<> written = writeNewHome(files, home, content, clock); !written) {
        // Nothing is encrypted to these keys yet, so no keyring is better than one that may vanish. The first error
        // counts; should this fail too, the keyring that stays is whole.
        static_cast<void>(files.remove(keyringPath(home)));
        return Failure(written.error());
    }
    return assemble(files, home, std::move(file), person.id, secrets.identity, std::move(secrets.macKey));
}

Result<Keyring> Keyring::assemble(FileSystem& files, const Path& home, KeyringFile file, const PersonId& person,
                                  const Identity& identity, SecureBytes macKey) {
    SOTTO_ASSIGN(SigningKey deviceKey, openDeviceKey(file, person, identity));
    SOTTO_ASSIGN(auto epochs, openCompartments(file, person, identity));
    const std::uint64_t generation = file.generation;
    return Keyring(std::unique_ptr<State>(new State{&files, keyringPath(home), std::move(file), generation, person,
                                                    std::move(macKey), std::move(deviceKey), std::move(epochs)}));
}

Result<Keyring> Keyring::unlock(FileSystem& files, const Path& home, ByteView passphrase, const Clock& clock,
                                const KeyringOptions& options) {
    SOTTO_ASSIGN(const bool there, exists(files, home));
    if (!there) return fail(ErrorCode::NotFound, home.string() + " has no keyring");
    auto bytes = readFile(files, keyringPath(home), kMaxFileSize);
    if (!bytes && bytes.error().code == ErrorCode::ParseFailed) return damaged("it is too long");
    if (!bytes) return Failure(bytes.error());
    SOTTO_ASSIGN(KeyringFile file, decode(*bytes));
    if (file.persons.empty()) return damaged("there is nobody in it");
    for (const PersonRecord& person : file.persons) {
        if (!crypto::checkArgon2Cost(person.cost, options.floor)) return damaged("the cost stored is out of bounds");
    }
    Attempts attempts(files, home);
    SOTTO_ASSIGN(const std::int64_t delayMs, attempts.delay(clock));
    if (delayMs > 0) {
        return fail(ErrorCode::TooManyAttempts,
                    std::to_string((delayMs + 999) / 1000) + " seconds to wait after wrong passphrases");
    }
    SOTTO_TRY(attempts.count(clock));
    for (const PersonRecord& person : file.persons) {
        auto secrets = openPerson(file.home, person, passphrase);
        if (!secrets && secrets.error().code == ErrorCode::WrongPassphrase) continue;
        if (!secrets) return Failure(secrets.error());
        if (!macFits(*bytes, secrets->macKey)) return damaged("somebody changed it");
        const PersonId id = person.id;
        SOTTO_ASSIGN(Keyring keyring,
                     assemble(files, home, std::move(file), id, secrets->identity, std::move(secrets->macKey)));
        // The passphrase was right. A count that can't be put back costs a delay later, never the keyring.
        static_cast<void>(attempts.reset(clock));
        return keyring;
    }
    return fail(ErrorCode::WrongPassphrase, "this passphrase does not open the keyring");
}

Result<std::int64_t> Keyring::delaySeconds(FileSystem& files, const Path& home, const Clock& clock) {
    SOTTO_ASSIGN(const std::int64_t delayMs, Attempts(files, home).delay(clock));
    return (delayMs + 999) / 1000;
}

Result<bool> Keyring::exists(FileSystem& files, const Path& home) {
    return files.exists(keyringPath(home));
}

Keyring::Keyring(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Keyring::Keyring(Keyring&&) noexcept = default;
Keyring& Keyring::operator=(Keyring&&) noexcept = default;
Keyring::~Keyring() = default;

HomeId Keyring::homeId() const {
    return m_state->file.home;
}
PersonId Keyring::personId() const {
    return m_state->person;
}
std::uint64_t Keyring::generation() const {
    return m_state->file.generation;
}
const SigningKey& Keyring::deviceKey() const {
    return m_state->deviceKey;
}

bool Keyring::holds(Compartment compartment) const {
    return epochs(compartment).back().identity.has_value();
}

const std::vector<Epoch>& Keyring::epochs(Compartment compartment) const {
    const auto found = m_state->epochs.find(compartment);
    SOTTO_CHECK(found != m_state->epochs.end());
    return found->second;
}

const Recipient& Keyring::currentRecipient(Compartment compartment) const {
    return epochs(compartment).back().recipient;
}

std::vector<Identity> Keyring::identities(Compartment compartment) const {
    std::vector<Identity> clones;
    for (const Epoch& epoch : epochs(compartment)) {
        if (epoch.identity) clones.push_back(epoch.identity->clone());
    }
    return clones;
}

std::optional<sealedlog::Anchor> Keyring::anchor(const FileId& log) const {
    const auto found = m_state->file.anchors.find(log);
    if (found == m_state->file.anchors.end()) return std::nullopt;
    return found->second;
}

Result<> Keyring::setAnchors(const std::map<FileId, sealedlog::Anchor>& anchors) {
    std::map<FileId, sealedlog::Anchor> merged = m_state->file.anchors;
    for (const auto& [log, anchor] : anchors)
        merged[log] = anchor;
    return m_state->replaceAnchors(std::move(merged));
}

Result<> Keyring::dropAnchors(std::span<const FileId> logs) {
    std::map<FileId, sealedlog::Anchor> kept = m_state->file.anchors;
    for (const FileId& log : logs)
        kept.erase(log);
    return m_state->replaceAnchors(std::move(kept));
}

}  // namespace sotto::keyring
