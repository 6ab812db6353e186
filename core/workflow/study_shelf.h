// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/clock.h"
#include "study/signed_pack.h"
#include "vault/vault.h"

namespace sotto::workflow {

/// Every version of the study that a home has had, as the lab signed it: a session is read with the pack that it was
/// held under, whatever came later. Kept in the sessions vault and, because an assistant who delivers needs the lab's
/// pinned key and opens nothing else, in the outbox vault too. A pack holds nothing about a participant. One thread.
class StudyShelf {
public:
    explicit StudyShelf(vault::Database& database) : m_database(&database) {}
    [[nodiscard]] static vault::Schema schema();

    /// AlreadyExists if that version is there.
    [[nodiscard]] Result<> add(const study::SignedPack& pack, const Instant& at);
    /// The version in force, verified against the pinned key. NotFound if the shelf is empty.
    [[nodiscard]] Result<study::SignedPack> newest() const;
    /// The pack whose signed file has this SHA-256. NotFound.
    [[nodiscard]] Result<study::SignedPack> byHash(const crypto::Sha256Digest& hash) const;
    /// Every version, the newest first.
    [[nodiscard]] Result<std::vector<study::SignedPack>> all() const;
    /// Puts in what `other` has and this one lacks.
    [[nodiscard]] Result<> copyFrom(const StudyShelf& other);

private:
    vault::Database* m_database;
};

}  // namespace sotto::workflow
