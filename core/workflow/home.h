// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QJsonObject>

#include "base/clock.h"
#include "base/file.h"
#include "keyring/keyring.h"
#include "study/signed_pack.h"
#include "vault/vault.h"
#include "workflow/home_layout.h"

namespace sotto::workflow {

using keyring::Compartment;

/// What the end of a rebuild brought about.
struct Rebuilt {
    int participants = 0;  ///< entered again from their consents
    int consents = 0;      ///< that have their effect again
    int heldBack = 0;      ///< sessions that may have been sealed before: they are sealed again only on request
};

/// What unlocking had to mend after a crash. Nothing that was acknowledged is ever among it.
struct HomeRecovery {
    int enrolmentsUndone = 0;
    int enrolmentsFinished = 0;
    int consentsFinished = 0;
    int sessionsAdopted = 0;      ///< session logs that the vault did not know yet and took in
    int participantsAdopted = 0;  ///< whose sessions these are, where the vault did not know them either
    int adoptedOtherwise = 0;     ///< of these, with another pseudonym or number than before: taken, or unreadable
    int sessionsLeftOut = 0;      ///< session logs that could not be taken in; `inspect` shows them as not listed
    int sessionsInterrupted = 0;  ///< sessions that were open when the program died
    int packagesDropped = 0;      ///< half-sealed packages, made again by the next seal
    int erasuresFinished = 0;
    int rotationsFinished = 0;
    /// The wall clock is behind the newest entry of the audit trail by more than a minute: that entry's time. The order
    /// of entries, events and sessions does not hang on it.
    std::optional<std::int64_t> clockSetBackFromUtcMs;
    std::optional<Rebuilt> rebuilt;   ///< a rebuild came to its end
    std::optional<Error> unfinished;  ///< why something of these could not be finished; the next unlock tries again
    std::uint64_t quarantinedBytes = 0;
};

/// The unlocked home of one tablet: keyring, the study, and those of the three vaults that the person unlocked holds.
/// Holds the home's lock file, so a second process on the same home is refused (Busy). Destroying it locks: anchors are
/// written, keys wiped. One thread.
class Home {
public:
    /// Makes a new home with its first person and its study: built beside the path and renamed when it is whole, so
    /// that there is never half a home. AlreadyExists if the folder holds anything; Busy if another program is making
    /// a home there just now. After a failure there is no home, or, if only the last sync failed, a whole one.
    [[nodiscard]] static Result<std::unique_ptr<Home>> create(FileSystem& files, const Path& path, ByteView passphrase,
                                                              const study::SignedPack& study, const Clock& clock,
                                                              const keyring::KeyringOptions& options = {},
                                                              const QString& person = {});

    /// Unlocks for a person (see Keyring::unlock), opens the vaults held against their anchors, finishes or undoes what
    /// a crash broke off. On a full disk the room kept in reserve is used for it. NotFound; Busy; Damaged if a vault
    /// does not verify, ends before its anchor, or was put back from an older copy, and if the keyring was; and
    /// everything that Keyring::unlock() answers.
    [[nodiscard]] static Result<std::unique_ptr<Home>> unlock(FileSystem& files, const Path& path, ByteView passphrase,
                                                              const Clock& clock,
                                                              const keyring::KeyringOptions& options = {},
                                                              const QString& person = {});
    /// Unlocks again around an interview that went on while the home was locked (LiveSession::detach()): `hold` is what
    /// it kept, `keys` the keyring of this home, unlocked by the caller, which takes long and may be done on another
    /// thread. Mends nothing, for nothing broke off since, and leaves every session log alone. Damaged as unlock().
    [[nodiscard]] static Result<std::unique_ptr<Home>> unlockAgain(FileSystem& files, const Path& path,
                                                                   keyring::Keyring keys, std::shared_ptr<File> hold,
                                                                   const Clock& clock);
    ~Home();
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;

    /// Writes the anchors of the vaults to the keyring. Also done on destruction, where a failure can only be logged.
    [[nodiscard]] Result<> writeAnchors();

    [[nodiscard]] const HomeLayout& layout() const { return m_layout; }
    [[nodiscard]] FileSystem& files() const { return *m_files; }
    [[nodiscard]] const Clock& clock() const { return *m_clock; }
    /// The lock file. Whoever keeps it keeps other programs out, be this object gone; there is no key in it.
    [[nodiscard]] std::shared_ptr<File> hold() const { return m_lock; }
    [[nodiscard]] keyring::Keyring& keyring() { return *m_keyring; }
    /// True if the person unlocked holds the compartment, and so its vault is open.
    [[nodiscard]] bool holds(Compartment compartment) const { return m_keyring->holds(compartment); }
    /// NotAllowed, with a sentence, unless the person holds them all.
    [[nodiscard]] Result<> need(std::initializer_list<Compartment> compartments) const;
    /// Only of a compartment that is held.
    [[nodiscard]] vault::Vault& vault(Compartment compartment);
    [[nodiscard]] vault::Vault& sessions() { return vault(Compartment::Sessions); }
    [[nodiscard]] vault::Vault& identities() { return vault(Compartment::Identities); }
    [[nodiscard]] vault::Vault& outbox() { return vault(Compartment::Outbox); }
    /// The version in force.
    [[nodiscard]] const study::SignedPack& study() const { return *m_study; }
    /// The pack that a session was held under, by the hash in its opening. NotFound.
    [[nodiscard]] Result<std::shared_ptr<const study::SignedPack>> studyOf(const QString& hexHash);
    /// Reads the study again after an update.
    [[nodiscard]] Result<> reloadStudy();
    [[nodiscard]] const HomeRecovery& recovery() const { return m_recovery; }
    /// Whom the logs of a compartment are wrapped to: its current epoch and the study's custodians.
    [[nodiscard]] std::vector<crypto::age::Recipient> recipients(Compartment compartment) const;
    [[nodiscard]] std::vector<crypto::age::Recipient> sessionRecipients() const {
        return recipients(Compartment::Sessions);
    }
    /// While an interview runs, keys and logs stay as they are: rotation, erasure and the removal of persons are
    /// refused. Counted; LiveSession sees to it.
    void beginInterview() { ++m_interviews; }
    void endInterview() { --m_interviews; }
    [[nodiscard]] bool isInterviewing() const { return m_interviews > 0; }
    /// NotAllowed, with a sentence, while an interview runs.
    [[nodiscard]] Result<> refuseDuringInterview() const;

    /// The anchor of an interview that was not closed in order is in the keyring; once its row has one it may go. A
    /// failure only leaves a line too many.
    void dropLiveAnchor(const FileId& log);

    /// Frees the room kept in reserve, so that what runs can be closed in order on a full disk.
    void releaseBallast();
    /// Takes that room again if there is any: a full disk is no reason to keep people from their data. Also done at
    /// unlock.
    void renewBallast();
    /// Appends to the audit trail of the sessions vault, or, for a person who doesn't hold it, of the outbox.
    [[nodiscard]] Result<> audit(const QString& action, const QJsonObject& details = {});
    /// Appends to the trail of the outbox if it is held: what an assistant must be able to look up.
    [[nodiscard]] Result<> auditOutbox(const QString& action, const QJsonObject& details = {});
    /// To be called after each change of the keyring that an older copy must not undo unnoticed.
    [[nodiscard]] Result<> rememberKeyring();

private:
    Home() = default;
    [[nodiscard]] static std::unique_ptr<Home> make(FileSystem& files, const Path& path, const Clock& clock);
    [[nodiscard]] Result<> openAll(ByteView passphrase, const keyring::KeyringOptions& options, const QString& person);
    [[nodiscard]] Result<> openHeld();
    [[nodiscard]] Result<> openVaults();
    [[nodiscard]] Result<std::unique_ptr<vault::Vault>> openVault(Compartment compartment);
    [[nodiscard]] Result<> checkKeyring();

    FileSystem* m_files = nullptr;
    const Clock* m_clock = nullptr;
    HomeLayout m_layout;
    std::shared_ptr<File> m_lock;
    std::unique_ptr<keyring::Keyring> m_keyring;
    std::map<Compartment, std::unique_ptr<vault::Vault>> m_vaults;
    std::shared_ptr<const study::SignedPack> m_study;
    std::map<QString, std::shared_ptr<const study::SignedPack>> m_earlierStudies;
    HomeRecovery m_recovery;
    int m_interviews = 0;
    bool m_isWhole = false;  ///< unlock() got to its end
};

/// The tables of each vault, module by module.
[[nodiscard]] std::vector<vault::Schema> schemasOf(Compartment compartment);
/// The kind of log that each vault is kept in.
[[nodiscard]] sealedlog::Kind kindOf(Compartment compartment);
/// In lower case, as on the command line: sessions, identities, outbox.
[[nodiscard]] QString compartmentName(Compartment compartment);
[[nodiscard]] std::optional<Compartment> compartmentFromName(const QString& name);
/// Whom the logs of a compartment are wrapped to, given its epoch.
[[nodiscard]] std::vector<crypto::age::Recipient> recipientsOf(Compartment compartment,
                                                               const crypto::age::Recipient& epoch,
                                                               const study::LabKeys& lab);

}  // namespace sotto::workflow
