// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <QTest>

#include "base/check.h"
#include "crypto/age/keys.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "vault/vault.h"

namespace sotto::test {

/// A sessions and an identities vault on a disk that can fail, with one key, to be closed and opened again.
class TwoVaults {
public:
    TwoVaults(std::vector<vault::Schema> sessions, std::vector<vault::Schema> identities)
        : m_sessionsSchemas(std::move(sessions)), m_identitiesSchemas(std::move(identities)) {
        m_keys.push_back(crypto::age::Identity::generate());
        const std::vector<crypto::age::Recipient> recipients{m_keys.front().recipient()};
        SOTTO_CHECK(m_files.createDirectories("/home").has_value());
        // The folder itself lasts: what these tests cut off begins after the set-up of a home.
        SOTTO_CHECK(m_files.syncDirectory("/").has_value());
        auto made = vault::Vault::create(m_files, kSessions, sealedlog::Kind::Vault, recipients, m_sessionsSchemas);
        SOTTO_CHECK(made.has_value());
        m_sessions = *std::move(made);
        made = vault::Vault::create(m_files, kIdentities, sealedlog::Kind::Identities, recipients, m_identitiesSchemas);
        SOTTO_CHECK(made.has_value());
        m_identities = *std::move(made);
    }

    [[nodiscard]] vault::Database& sessions() { return *m_sessions; }
    [[nodiscard]] vault::Database& identities() { return *m_identities; }
    [[nodiscard]] FaultFileSystem& files() { return m_files; }

    void close() {
        m_sessions.reset();
        m_identities.reset();
    }
    [[nodiscard]] Result<> reopen() {
        close();
        SOTTO_ASSIGN(m_sessions, vault::Vault::open(m_files, kSessions, m_keys, m_sessionsSchemas));
        SOTTO_ASSIGN(m_identities, vault::Vault::open(m_files, kIdentities, m_keys, m_identitiesSchemas));
        return {};
    }
    /// The power goes; the disk comes back with what it kept. Open vaults are dead afterwards: reopen().
    void cutPower(FaultFileSystem::Loss loss) {
        m_files.cutPower(loss);
        m_files.clearFaults();
        close();
    }

    static inline const Path kSessions = "/home/sessions.vault";
    static inline const Path kIdentities = "/home/identities.vault";

private:
    FaultFileSystem m_files;
    std::vector<crypto::age::Identity> m_keys;
    std::vector<vault::Schema> m_sessionsSchemas;
    std::vector<vault::Schema> m_identitiesSchemas;
    std::unique_ptr<vault::Vault> m_sessions;
    std::unique_ptr<vault::Vault> m_identities;
};

}  // namespace sotto::test
