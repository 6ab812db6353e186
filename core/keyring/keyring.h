// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/file.h"
#include "base/ids.h"
#include "crypto/age/keys.h"
#include "crypto/kdf.h"
#include "crypto/sign.h"
#include "sealedlog/format.h"

namespace sotto::keyring {

struct KeyringFile;

/// What a person can be let into. Numbers are stored.
enum class Compartment : std::uint8_t { Sessions = 1, Identities = 2, Outbox = 3 };
inline constexpr std::array kCompartments{Compartment::Sessions, Compartment::Identities, Compartment::Outbox};

/// One generation of a compartment's key pair. `identity` is there only while the person unlocked holds a grant.
struct Epoch {
    std::uint32_t number = 0;
    crypto::age::Recipient recipient;
    std::optional<crypto::age::Identity> identity;
};

/// How a keyring is opened and made. Tests pass a cheap cost and floor; programs use the defaults.
struct KeyringOptions {
    crypto::Argon2Cost cost;                          ///< for new persons
    crypto::Argon2Cost floor = crypto::kArgon2Floor;  ///< below this a stored cost is refused
};

/// The keyring of one home: who may open which compartment. One small file `keyring`, replaced whole and atomically,
/// each time with a higher generation number; byte grammar in README.md.
///
/// A Keyring object is an unlocked keyring: it holds the secrets of one person. Destroying it locks (wipes) them.
/// One thread at a time.
class Keyring {
public:
    /// Makes the keyring of a new home for its first person, who gets all three compartments and the device key.
    /// AlreadyExists if the home has a keyring.
    [[nodiscard]] static Result<Keyring> create(FileSystem& files, const Path& home, ByteView passphrase,
                                                const Clock& clock, const KeyringOptions& options = {});

    /// Unlocks. Counts the attempt on disk before trying: after five wrong ones a delay runs, 30 s doubling to 1 h,
    /// on the boot clock. WrongPassphrase; TooManyAttempts (context begins with the seconds to wait); Damaged (the file
    /// is not what was written); NewerVersion; NotFound. None of them changes the keyring.
    [[nodiscard]] static Result<Keyring> unlock(FileSystem& files, const Path& home, ByteView passphrase,
                                                const Clock& clock, const KeyringOptions& options = {});

    /// True if the home has a keyring at all.
    [[nodiscard]] static Result<bool> exists(FileSystem& files, const Path& home);

    /// Seconds until unlock() will try again; 0 if it would now. For a lock screen that counts down.
    [[nodiscard]] static Result<std::int64_t> delaySeconds(FileSystem& files, const Path& home, const Clock& clock);

    Keyring(Keyring&&) noexcept;
    Keyring& operator=(Keyring&&) noexcept;
    ~Keyring();

    [[nodiscard]] HomeId homeId() const;
    [[nodiscard]] PersonId personId() const;
    [[nodiscard]] std::uint64_t generation() const;
    /// Signs manifests, consent evidence and audit heads of this tablet.
    [[nodiscard]] const crypto::SigningKey& deviceKey() const;
    /// True if the person unlocked holds a grant.
    [[nodiscard]] bool holds(Compartment compartment) const;
    /// All epochs still kept, oldest first; the last one is current.
    [[nodiscard]] const std::vector<Epoch>& epochs(Compartment compartment) const;
    [[nodiscard]] const crypto::age::Recipient& currentRecipient(Compartment compartment) const;
    /// Clones of the identities of every epoch that the person holds, for opening logs; empty without a grant.
    [[nodiscard]] std::vector<crypto::age::Identity> identities(Compartment compartment) const;

    /// Anchors of logs: the least that each must still hold when it is opened next.
    [[nodiscard]] std::optional<sealedlog::Anchor> anchor(const FileId& log) const;
    /// Adds or moves these anchors, keeps all others, and replaces the file (durable on return). After a failure this
    /// object is as before, and the file is the old one or the new one, whole.
    [[nodiscard]] Result<> setAnchors(const std::map<FileId, sealedlog::Anchor>& anchors);
    /// Forgets the anchors of logs that are finished or gone, like setAnchors().
    [[nodiscard]] Result<> dropAnchors(std::span<const FileId> logs);

private:
    struct State;
    explicit Keyring(std::unique_ptr<State> state);
    [[nodiscard]] static Result<Keyring> assemble(FileSystem& files, const Path& home, KeyringFile file,
                                                  const PersonId& person, const crypto::age::Identity& identity,
                                                  crypto::SecureBytes macKey);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::keyring
