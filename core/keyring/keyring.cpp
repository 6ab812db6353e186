// SPDX-License-Identifier: Apache-2.0
#include "keyring/keyring.h"

#include <algorithm>

#include "base/check.h"
#include "keyring/attempts.h"
#include "keyring/keyring_state.h"
#include "keyring/roster.h"

namespace sotto::keyring {

using crypto::SecureBytes;
using crypto::age::Identity;
using crypto::age::Recipient;

namespace {

constexpr std::size_t kMacKeySize = 32;

Failure damaged(const char* what) {
    return fail(ErrorCode::Damaged, std::string("the keyring is damaged: ") + what + "; bring back a copy of the file");
}

Failure wrongPassphrase() {
    return fail(ErrorCode::WrongPassphrase, "this passphrase does not open the keyring");
}

/// The file as read, and its bytes for the MAC.
struct Stored {
    KeyringFile file;
    Bytes bytes;
};

Result<Stored> load(FileSystem& files, const Path& home) {
    SOTTO_ASSIGN(const bool there, Keyring::exists(files, home));
    if (!there) return fail(ErrorCode::NotFound, home.string() + " has no keyring");
    auto bytes = readFile(files, home / kKeyringName, kMaxFileSize);
    if (!bytes && bytes.error().code == ErrorCode::ParseFailed) return damaged("it is too long");
    if (!bytes) return Failure(bytes.error());
    SOTTO_ASSIGN(KeyringFile file, decode(*bytes));
    if (file.persons.empty()) return damaged("there is nobody in it");
    return Stored{std::move(file), std::move(*bytes)};
}

/// A person who has everything, alone in a keyring that is not written yet.
struct NewKeyring {
    Draft content;
    PersonId person;
    PersonSecrets secrets;
};

Result<NewKeyring> makeNew(const HomeId& home, std::uint64_t generation, ByteView passphrase,
                           const KeyringOptions& options, const QString& personName) {
    const auto name = cleanName(personName.isEmpty() ? unnamedPerson() : personName);
    if (!name) return fail(ErrorCode::InvalidArgument, "a person's name has 1 to 64 ordinary characters");
    const PersonId id = PersonId::random();
    SOTTO_ASSIGN(auto made, makePerson(home, id, passphrase, options, SecureBytes::random(kMacKeySize)));
    Draft content;
    SOTTO_ASSIGN(content.file, makeFile(home, made.first));
    content.file.generation = generation;
    content.names[id] = *name;
    placeNames(content, made.second.macKey);
    return NewKeyring{std::move(content), id, std::move(made.second)};
}

Result<> writeNewHome(FileSystem& files, const Path& home, ByteView content, const Clock& clock) {
    SOTTO_TRY(files.createDirectories(home));
    SOTTO_TRY(files.syncDirectory(home.parent_path()));
    SOTTO_TRY(Attempts(files, home).reset(clock));  // first: a keyring without it would cost a delay
    return replaceFile(files, home / kKeyringName, content);
}

Result<> takeTry(FileSystem& files, const Path& home, const Clock& clock, const KeyringOptions& options) {
    Attempts attempts(files, home);
    auto delayMs = attempts.countTry(clock);
    const bool isRefused = !delayMs && delayMs.error().code == ErrorCode::PermissionDenied;
    if (isRefused && options.readOnlyHome) delayMs = attempts.delayAsStored(clock);
    if (!delayMs) return Failure(delayMs.error());
    if (*delayMs == 0) return {};
    return fail(ErrorCode::TooManyAttempts,
                std::to_string((*delayMs + 999) / 1000) + " seconds to wait after wrong passphrases");
}

/// Whose passphrase to try: everybody's without a name and in version 1, which has no hints.
std::vector<PersonRecord> candidates(const KeyringFile& file, const QString& asked,
                                     const std::optional<QString>& name) {
    if (asked.isEmpty()) return file.persons;
    if (!name) return {};
    std::vector<PersonRecord> found;
    const std::uint8_t hint = nameHint(file.home, *name);
    for (const PersonRecord& person : file.persons) {
        if (file.version == 1 || person.nameHint == hint) found.push_back(person);
    }
    return found;
}

Result<Names> namesOf(const KeyringFile& file, const SecureBytes& macKey) {
    const std::vector<PersonId> ids = personIds(file);
    if (file.version == 1) return defaultNames(ids);
    return openNames(file.home, macKey, file.directory, ids);
}

}  // namespace

void placeNames(Draft& draft, const SecureBytes& macKey) {
    draft.file.version = kFormatVersion;
    for (PersonRecord& person : draft.file.persons)
        person.nameHint = nameHint(draft.file.home, draft.names.at(person.id));
    draft.file.directory = sealNames(draft.file.home, macKey, draft.names);
}

Result<Keyring> Keyring::State::open(FileSystem& files, Path path, Draft content, const PersonId& person,
                                     PersonSecrets secrets) {
    SOTTO_ASSIGN(OpenedGrants grants, openGrants(content.file, person, secrets.identity));
    const std::uint64_t generation = content.file.generation;
    return Keyring(
        std::unique_ptr<State>(new State{&files, std::move(path), std::move(content.file), std::move(content.names),
                                         generation, person, std::move(secrets), std::move(grants)}));
}

Result<> Keyring::State::commit(Draft draft, std::optional<PersonSecrets> fresh) {
    const PersonSecrets& next = fresh ? *fresh : secrets;
    placeNames(draft, secrets.macKey);
    draft.file.generation = ++lastGeneration;
    SOTTO_ASSIGN(OpenedGrants opened, openGrants(draft.file, person, next.identity));
    SOTTO_TRY(replaceFile(*files, path, encode(draft.file, secrets.macKey)));
    file = std::move(draft.file);
    names = std::move(draft.names);
    grants = std::move(opened);
    if (fresh) secrets = std::move(*fresh);
    return {};
}

Result<Keyring> Keyring::create(FileSystem& files, const Path& home, ByteView passphrase, const Clock& clock,
                                const KeyringOptions& options, const QString& personName) {
    SOTTO_ASSIGN(const bool taken, exists(files, home));
    if (taken) return fail(ErrorCode::AlreadyExists, home.string() + " has a keyring already");
    SOTTO_ASSIGN(NewKeyring made, makeNew(HomeId::random(), 1, passphrase, options, personName));
    const Bytes content = encode(made.content.file, made.secrets.macKey);
    if (const Result<> written = writeNewHome(files, home, content, clock); !written) {
        // Nothing is encrypted to these keys yet, so no keyring is better than one that may vanish. The first error
        // counts; should this fail too, the keyring that stays is whole.
        static_cast<void>(files.remove(home / kKeyringName));
        return Failure(written.error());
    }
    return State::open(files, home / kKeyringName, std::move(made.content), made.person, std::move(made.secrets));
}

Result<Keyring> Keyring::createFor(FileSystem& files, const Path& home, const HomeId& homeId,
                                   std::uint64_t leastGeneration, ByteView passphrase, const KeyringOptions& options,
                                   const QString& personName) {
    if (leastGeneration >= UINT64_MAX / 2) return fail(ErrorCode::InvalidArgument, "no such generation can be");
    SOTTO_ASSIGN(NewKeyring made, makeNew(homeId, leastGeneration + 1, passphrase, options, personName));
    SOTTO_TRY(replaceFile(files, home / kRekeyName, encode(made.content.file, made.secrets.macKey)));
    SOTTO_ASSIGN(Keyring keyring,
                 State::open(files, home / kRekeyName, std::move(made.content), made.person, std::move(made.secrets)));
    keyring.m_state->isRekey = true;
    return keyring;
}

Result<> Keyring::takePlace(const Clock& clock) {
    if (!m_state->isRekey) return {};
    const Path home = m_state->path.parent_path();
    if (m_state->path == home / kRekeyName) {
        SOTTO_TRY(m_state->files->rename(m_state->path, home / kKeyringName));
        m_state->path = home / kKeyringName;  // also if the sync fails: then the next call tries only that again
    }
    SOTTO_TRY(m_state->files->syncDirectory(home));
    m_state->isRekey = false;
    // Old tries were at other passphrases. A count that can't be put back costs a delay later, never the keyring.
    static_cast<void>(Attempts(*m_state->files, home).reset(clock));
    return {};
}

Result<> Keyring::dropUnfinishedRekey(FileSystem& files, const Path& home) {
    SOTTO_ASSIGN(const bool there, files.exists(home / kRekeyName));
    if (!there) return {};
    SOTTO_TRY(files.remove(home / kRekeyName));
    return files.syncDirectory(home);
}

Result<Keyring> Keyring::unlock(FileSystem& files, const Path& home, ByteView passphrase, const Clock& clock,
                                const KeyringOptions& options, const QString& person) {
    SOTTO_ASSIGN(Stored stored, load(files, home));
    const bool areCostsFine = std::all_of(
        stored.file.persons.begin(), stored.file.persons.end(),
        [&](const PersonRecord& record) { return crypto::checkArgon2Cost(record.cost, options.floor).has_value(); });
    if (!areCostsFine) return damaged("the cost stored is out of bounds");
    SOTTO_TRY(takeTry(files, home, clock, options));
    const std::optional<QString> name = cleanName(person);
    const std::vector<PersonRecord> tried = candidates(stored.file, person, name);
    // A name that nobody has takes as long as a wrong passphrase.
    if (tried.empty()) SOTTO_TRY(pretendToOpen(passphrase, stored.file.persons.front().cost));
    for (const PersonRecord& record : tried) {
        auto secrets = openPerson(stored.file.home, record, passphrase);
        if (!secrets && secrets.error().code == ErrorCode::WrongPassphrase) continue;
        if (!secrets) return Failure(secrets.error());
        if (!macFits(stored.bytes, secrets->macKey)) return damaged("somebody changed it");
        SOTTO_ASSIGN(Names names, namesOf(stored.file, secrets->macKey));
        if (name && foldedName(names.at(record.id)) != foldedName(*name)) continue;
        SOTTO_ASSIGN(Keyring keyring,
                     State::open(files, home / kKeyringName, {std::move(stored.file), std::move(names)}, record.id,
                                 std::move(*secrets)));
        // The passphrase was right. A count that can't be put back costs a delay later, never the keyring.
        static_cast<void>(Attempts(files, home).reset(clock));
        return keyring;
    }
    return wrongPassphrase();
}

Result<std::int64_t> Keyring::delaySeconds(FileSystem& files, const Path& home, const Clock& clock) {
    SOTTO_ASSIGN(const std::int64_t delayMs, Attempts(files, home).delay(clock));
    return (delayMs + 999) / 1000;
}

Result<bool> Keyring::exists(FileSystem& files, const Path& home) {
    return files.exists(home / kKeyringName);
}

Result<Outline> Keyring::outline(FileSystem& files, const Path& home) {
    SOTTO_ASSIGN(const Stored stored, load(files, home));
    return Outline{stored.file.home, stored.file.generation, stored.file.deviceKey};
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
bool Keyring::hasDeviceKey() const {
    return m_state->grants.deviceKey.has_value();
}
const crypto::SigningKey& Keyring::deviceKey() const {
    SOTTO_CHECK(hasDeviceKey());
    return *m_state->grants.deviceKey;
}
const crypto::VerifyKey& Keyring::deviceVerifyKey() const {
    return m_state->file.deviceKey;
}

bool Keyring::holds(Compartment compartment) const {
    return epochs(compartment).back().identity.has_value();
}

const std::vector<Epoch>& Keyring::epochs(Compartment compartment) const {
    const auto found = m_state->grants.epochs.find(compartment);
    SOTTO_CHECK(found != m_state->grants.epochs.end());
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

std::set<FileId> Keyring::anchoredLogs() const {
    std::set<FileId> logs;
    for (const auto& [log, anchor] : m_state->file.anchors)
        logs.insert(log);
    return logs;
}

Result<> Keyring::setAnchors(const std::map<FileId, sealedlog::Anchor>& anchors) {
    return replaceAnchors(anchors, {});
}

Result<> Keyring::dropAnchors(std::span<const FileId> logs) {
    return replaceAnchors({}, logs);
}

Result<> Keyring::replaceAnchors(const std::map<FileId, sealedlog::Anchor>& set, std::span<const FileId> drop) {
    Draft draft = m_state->draft();
    for (const FileId& log : drop)
        draft.file.anchors.erase(log);
    for (const auto& [log, anchor] : set)
        draft.file.anchors[log] = anchor;
    if (draft.file.anchors.size() > kMaxAnchors) {
        return fail(ErrorCode::InvalidArgument, "too many live logs for one keyring");
    }
    return m_state->commit(std::move(draft));
}

}  // namespace sotto::keyring
