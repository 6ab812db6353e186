// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "vault/vault.h"

namespace sotto::workflow {

/// What a vault that was made again says of itself. In the sessions vault: that the rebuild is not at its end yet, and
/// which interviews nobody here can tell whether they were sealed. In the outbox vault: that it was made again, and so
/// may lack packages that were sent. One thread; within the transaction that is open, or its own.
class RebuildMark {
public:
    explicit RebuildMark(vault::Database& database) : m_database(&database) {}
    [[nodiscard]] static vault::Schema schema();

    /// To be written before the vault takes its place.
    [[nodiscard]] Result<> set();
    /// True from the first set() on, for ever. False for a vault, open for reading only, that has no such table yet.
    [[nodiscard]] Result<bool> isSet() const;
    /// True between set() and finish().
    [[nodiscard]] Result<bool> isUnfinished() const;
    [[nodiscard]] Result<> finish();
    /// Sessions up to this number that are not sealed are sealed only if somebody asks for it. Never goes down.
    [[nodiscard]] Result<> holdBackUpTo(std::uint64_t number);
    /// 0 for none.
    [[nodiscard]] Result<std::uint64_t> heldBackUpTo() const;

private:
    struct Row {
        bool isUnfinished = false;
        std::uint64_t heldBackUpTo = 0;
    };
    [[nodiscard]] Result<std::optional<Row>> read() const;
    vault::Database* m_database;
};

}  // namespace sotto::workflow
