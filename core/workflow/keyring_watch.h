// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vault/vault.h"

namespace sotto::workflow {

/// Notices a keyring that was put back from an older copy: each vault remembers the highest generation of the keyring
/// that it was opened with. One thread.
class KeyringWatch {
public:
    explicit KeyringWatch(vault::Database& database) : m_database(&database) {}
    [[nodiscard]] static vault::Schema schema();
    /// Damaged if the vault has seen a later generation than this one.
    [[nodiscard]] Result<> check(std::uint64_t generation) const;
    /// Remembers a generation that is on the disk for certain. Writes nothing if it is known.
    [[nodiscard]] Result<> remember(std::uint64_t generation);

    /// 0 for a vault that remembers none.
    [[nodiscard]] Result<std::uint64_t> highest() const;

private:
    vault::Database* m_database;
};

}  // namespace sotto::workflow
