// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include <QJsonObject>

#include "base/clock.h"
#include "base/file.h"
#include "keyring/keyring.h"
#include "study/signed_pack.h"
#include "vault/vault.h"
#include "workflow/home_layout.h"

namespace sotto::workflow {

/// What unlocking had to mend after a crash. Nothing that was acknowledged is ever among it.
struct HomeRecovery {
    int enrolmentsUndone = 0;
    int enrolmentsFinished = 0;
    int consentsFinished = 0;
    int sessionsAdopted = 0;      ///< session logs that the vault did not know yet and took in
    int sessionsInterrupted = 0;  ///< sessions that were open when the program died
    int packagesDropped = 0;      ///< half-sealed packages, made again by the next seal
    std::uint64_t quarantinedBytes = 0;
};

/// The unlocked home of one tablet: keyring, the three vaults, the study. Holds the home's lock file, so a second
/// process on the same home is refused (Busy). Destroying it locks: anchors are written, keys wiped. One thread.
class Home {
public:
    /// Makes a new home with its first person and its study: built beside the path and renamed when it is whole, so
    /// that there is never half a home. AlreadyExists if the folder holds anything; Busy if another program is making
    /// a home there just now. After a failure there is no home, or, if only the last sync failed, a whole one.
    [[nodiscard]] static Result<std::unique_ptr<Home>> create(FileSystem& files, const Path& path, ByteView passphrase,
                                                              const study::SignedPack& study, const Clock& clock,
                                                              const keyring::KeyringOptions& options = {});

    /// Unlocks, opens the vaults against their anchors, finishes or undoes what a crash broke off. NotFound; Busy;
    /// Damaged if a vault does not verify or ends before its anchor; and everything that Keyring::unlock() answers.
    [[nodiscard]] static Result<std::unique_ptr<Home>> unlock(FileSystem& files, const Path& path, ByteView passphrase,
                                                              const Clock& clock,
                                                              const keyring::KeyringOptions& options = {});
    ~Home();
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;

    /// Writes the anchors of the vaults to the keyring. Also done on destruction, where a failure can only be logged.
    [[nodiscard]] Result<> writeAnchors();

    [[nodiscard]] const HomeLayout& layout() const { return m_layout; }
    [[nodiscard]] FileSystem& files() const { return *m_files; }
    [[nodiscard]] const Clock& clock() const { return *m_clock; }
    [[nodiscard]] keyring::Keyring& keyring() { return *m_keyring; }
    [[nodiscard]] vault::Vault& sessions() { return *m_sessions; }
    [[nodiscard]] vault::Vault& identities() { return *m_identities; }
    [[nodiscard]] vault::Vault& outbox() { return *m_outbox; }
    [[nodiscard]] const study::SignedPack& study() const { return *m_study; }
    [[nodiscard]] const HomeRecovery& recovery() const { return m_recovery; }
    /// Whom a session log is wrapped to: the sessions epoch and the study's custodians.
    [[nodiscard]] std::vector<crypto::age::Recipient> sessionRecipients() const;
    /// Frees the room kept in reserve, so that what runs can be closed in order on a full disk.
    void releaseBallast();
    /// Takes that room again if there is any: a full disk is no reason to keep people from their data. Also done at
    /// unlock.
    void renewBallast();
    /// Appends to the sessions vault's audit trail.
    [[nodiscard]] Result<> audit(const QString& action, const QJsonObject& details = {});

private:
    Home() = default;
    [[nodiscard]] Result<> takeLock();
    [[nodiscard]] Result<> openVaults();
    [[nodiscard]] Result<> loadStudy();

    FileSystem* m_files = nullptr;
    const Clock* m_clock = nullptr;
    HomeLayout m_layout;
    std::unique_ptr<File> m_lock;
    std::unique_ptr<keyring::Keyring> m_keyring;
    std::unique_ptr<vault::Vault> m_sessions;
    std::unique_ptr<vault::Vault> m_identities;
    std::unique_ptr<vault::Vault> m_outbox;
    std::unique_ptr<study::SignedPack> m_study;
    HomeRecovery m_recovery;
};

/// The tables of each vault, module by module.
[[nodiscard]] std::vector<vault::Schema> sessionsSchemas();
[[nodiscard]] std::vector<vault::Schema> identitiesSchemas();
[[nodiscard]] std::vector<vault::Schema> outboxSchemas();

}  // namespace sotto::workflow
