// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

namespace sotto::bench {

/// One prepared statement of any of the engines compared. A failure ends the program: a benchmark has no use for it.
class Query {
public:
    virtual ~Query() = default;
    virtual void bind(int position, std::int64_t value) = 0;
    virtual void bind(int position, std::string_view text) = 0;
    virtual bool step() = 0;
    virtual std::int64_t integer(int column) = 0;
    virtual std::size_t textSize(int column) = 0;
    virtual void reset() = 0;
};

class Connection {
public:
    virtual ~Connection() = default;
    virtual void execute(std::string_view sql) = 0;
    virtual std::unique_ptr<Query> prepare(std::string_view sql) = 0;
};

/// Something that opens (or makes) the database of that folder.
struct Engine {
    std::string name;
    std::function<std::unique_ptr<Connection>(const Path& folder)> open;
    bool hasSearch = true;
};

[[noreturn]] void giveUp(const std::string& what);

/// Plain SQLite: WAL, synchronous=FULL, cache_size as it comes.
[[nodiscard]] Engine plainSqlite();
/// The same settings with SQLCipher and a raw key (no key derivation). Not there: an engine without `open`.
[[nodiscard]] Engine sqlCipher();
/// Sotto's vault on a sealed log.
[[nodiscard]] Engine sottoVault();

}  // namespace sotto::bench
