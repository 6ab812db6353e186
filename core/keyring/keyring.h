// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/keys.h"
#include "crypto/kdf.h"
#include "crypto/sign.h"
#include "sealedlog/format.h"

namespace sotto::keyring {

/// What a person can be let into. Numbers are stored.
enum class Compartment : std::uint8_t { Sessions = 1, Identities = 2, Outbox = 3 };
inline constexpr std::array kCompartments{Compartment::Sessions, Compartment::Identities, Compartment::Outbox};

/// One generation of a compartment's key pair. `identity` is there only while the person unlocked holds a grant.
struct Epoch {
    std::uint32_t number = 0;
    crypto::age::Recipient recipient;
    std::optional<crypto::age::Identity> identity;
};

/// Somebody who unlocks this tablet. Whoever unlocks sees all of them; a locked tablet shows no name.
struct Person {
    PersonId id;
    QString name;
    std::set<Compartment> compartments;
};

/// The name of a person who was given none, and of the one person of a keyring of version 1.
[[nodiscard]] QString unnamedPerson();

/// What a keyring says without a passphrase. Nobody vouches for it: whoever can write the file can write this.
struct Outline {
    HomeId home;
    std::uint64_t generation = 0;
    crypto::VerifyKey deviceKey{};
};

/// How a keyring is opened and made. Tests pass a cheap cost and floor; programs use the defaults.
struct KeyringOptions {
    crypto::Argon2Cost cost;                          ///< for new persons
    crypto::Argon2Cost floor = crypto::kArgon2Floor;  ///< below this a stored cost is refused
    /// For a caller that only looks: if the system refuses to write the count of tries (a disk that is read-only), the
    /// try is made uncounted. README.md says why that is sound. Where the count can be written it is.
    bool readOnlyHome = false;
};

/// The keyring of one home: who may open which compartment. One small file `keyring`, replaced whole and atomically,
/// each time with a higher generation number; byte grammar in README.md.
///
/// A Keyring object is an unlocked keyring: it holds the secrets of one person. Destroying it locks (wipes) them.
/// One thread at a time, and one object that writes per home (the caller's lock on the home sees to that).
///
/// Every call that changes something replaces the file once and is durable on return. After a failure this object is
/// as before, and the file is the old one or the new one, whole. Each may fail as FileSystem does.
class Keyring {
public:
    /// Makes the keyring of a new home for its first person, who gets all three compartments and the device key.
    /// AlreadyExists if the home has a keyring; InvalidArgument for an empty passphrase or a bad name (addPerson()).
    [[nodiscard]] static Result<Keyring> create(FileSystem& files, const Path& home, ByteView passphrase,
                                                const Clock& clock, const KeyringOptions& options = {},
                                                const QString& personName = {});

    /// Unlocks, for the person of that name, or, without a name, for the first whose passphrase this is. Counts the
    /// attempt on disk before trying: after five wrong ones a delay runs, 30 s doubling to 1 h, on the boot clock.
    /// WrongPassphrase (also for a name that nobody has); TooManyAttempts (context begins with the seconds to wait);
    /// Busy (other programs keep counting tries here); Damaged (the file is not what was written); NewerVersion;
    /// NotFound. None of them changes the keyring.
    [[nodiscard]] static Result<Keyring> unlock(FileSystem& files, const Path& home, ByteView passphrase,
                                                const Clock& clock, const KeyringOptions& options = {},
                                                const QString& person = {});

    /// True if the home has a keyring at all.
    [[nodiscard]] static Result<bool> exists(FileSystem& files, const Path& home);

    /// What the file says in clear. NotFound; Damaged; NewerVersion.
    [[nodiscard]] static Result<Outline> outline(FileSystem& files, const Path& home);

    /// Seconds until unlock() will try again; 0 if it would now. For a lock screen that counts down.
    [[nodiscard]] static Result<std::int64_t> delaySeconds(FileSystem& files, const Path& home, const Clock& clock);

    /// A keyring made anew for a home whose passphrases are lost: a new person with all compartments, new epochs, a
    /// new device key, a generation above `leastGeneration`. It is written beside the old file, as `keyring.rekey`
    /// (one that is left from before is replaced), and so are its later changes, until takePlace().
    [[nodiscard]] static Result<Keyring> createFor(FileSystem& files, const Path& home, const HomeId& homeId,
                                                   std::uint64_t leastGeneration, ByteView passphrase,
                                                   const KeyringOptions& options = {}, const QString& personName = {});
    /// Puts a keyring made by createFor() over `keyring` and forgets the count of tries. Calling it again, or on
    /// another keyring, does nothing.
    [[nodiscard]] Result<> takePlace(const Clock& clock);
    /// Removes a `keyring.rekey` that never took its place.
    [[nodiscard]] static Result<> dropUnfinishedRekey(FileSystem& files, const Path& home);

    Keyring(Keyring&&) noexcept;
    Keyring& operator=(Keyring&&) noexcept;
    ~Keyring();

    [[nodiscard]] HomeId homeId() const;
    [[nodiscard]] PersonId personId() const;
    [[nodiscard]] std::uint64_t generation() const;
    /// True if the person unlocked holds `sessions`.
    [[nodiscard]] bool hasDeviceKey() const;
    /// Signs manifests, consent evidence and audit heads of this tablet. Only if hasDeviceKey().
    [[nodiscard]] const crypto::SigningKey& deviceKey() const;
    /// The public half, for everybody who unlocks.
    [[nodiscard]] const crypto::VerifyKey& deviceVerifyKey() const;
    /// True if the person unlocked holds a grant.
    [[nodiscard]] bool holds(Compartment compartment) const;
    /// All epochs still kept, oldest first; the last one is current.
    [[nodiscard]] const std::vector<Epoch>& epochs(Compartment compartment) const;
    [[nodiscard]] const crypto::age::Recipient& currentRecipient(Compartment compartment) const;
    /// Clones of the identities of every epoch that the person holds, for opening logs; empty without a grant.
    [[nodiscard]] std::vector<crypto::age::Identity> identities(Compartment compartment) const;

    /// Everybody, in the order of their ids.
    [[nodiscard]] std::vector<Person> persons() const;
    /// Adds a person with these compartments (none is allowed). The name: 1 to 64 characters, trimmed, kept as NFC.
    /// InvalidArgument (name, empty passphrase, 64 persons already); AlreadyExists (somebody has that name in any
    /// case); NotAllowed for a compartment that the person unlocked does not hold.
    [[nodiscard]] Result<PersonId> addPerson(const QString& name, ByteView passphrase,
                                             const std::set<Compartment>& compartments,
                                             const KeyringOptions& options = {});
    /// Gives the person every epoch kept of the compartment, and with `sessions` the device key. NotFound; NotAllowed
    /// unless the person unlocked holds it. Holding it already is fine.
    [[nodiscard]] Result<> grant(const PersonId& person, Compartment compartment);
    /// Takes all epochs of the compartment from the person, with `sessions` the device key too, and begins an epoch
    /// which that person does not get; the caller re-wraps the logs to it and calls endEpoch(). NotFound; NotAllowed
    /// unless the person unlocked holds it, for oneself and for the last who holds it. Not holding it is fine.
    [[nodiscard]] Result<> revoke(const PersonId& person, Compartment compartment);
    /// Revokes all that the person holds and forgets the person. NotFound; NotAllowed as for revoke().
    [[nodiscard]] Result<> removePerson(const PersonId& person);
    /// A new name for the person unlocked. Errors as for addPerson().
    [[nodiscard]] Result<> rename(const QString& name);
    /// A new passphrase for the person unlocked: new salt, new personal key, all grants wrapped anew. If this fails,
    /// the old or the new passphrase opens the file, whichever was written. InvalidArgument.
    [[nodiscard]] Result<> changePassphrase(ByteView passphrase, const KeyringOptions& options = {});

    /// Begins a rotation: a new current epoch for all who hold the compartment; the old one stays. Nothing is done if
    /// one is under way. NotAllowed unless held.
    [[nodiscard]] Result<> beginEpoch(Compartment compartment);
    /// True while more than one epoch is kept.
    [[nodiscard]] bool isRotating(Compartment compartment) const;
    /// Destroys all epochs but the last: only when every log of the compartment verifies with the last one alone.
    /// NotAllowed unless held.
    [[nodiscard]] Result<> endEpoch(Compartment compartment);

    /// Anchors of logs: the least that each must still hold when it is opened next.
    [[nodiscard]] std::optional<sealedlog::Anchor> anchor(const FileId& log) const;
    /// Every log that has one.
    [[nodiscard]] std::set<FileId> anchoredLogs() const;
    /// Adds or moves these anchors and keeps all others.
    [[nodiscard]] Result<> setAnchors(const std::map<FileId, sealedlog::Anchor>& anchors);
    /// Forgets the anchors of logs that are finished or gone.
    [[nodiscard]] Result<> dropAnchors(std::span<const FileId> logs);
    /// Both in one write; a log that is in both keeps the anchor set.
    [[nodiscard]] Result<> replaceAnchors(const std::map<FileId, sealedlog::Anchor>& set, std::span<const FileId> drop);

private:
    struct State;
    explicit Keyring(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::keyring
