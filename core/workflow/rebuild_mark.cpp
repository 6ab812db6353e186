// SPDX-License-Identifier: Apache-2.0
#include "workflow/rebuild_mark.h"

namespace sotto::workflow {

vault::Schema RebuildMark::schema() {
    return {"rebuild-mark",
            {"CREATE TABLE rebuild_mark("
             " one INTEGER PRIMARY KEY CHECK(one = 1), unfinished INTEGER NOT NULL, held_up_to INTEGER NOT NULL)"
             " STRICT"}};
}

Result<std::optional<RebuildMark::Row>> RebuildMark::read() const {
    SOTTO_ASSIGN(auto table, m_database->prepare("SELECT 1 FROM sqlite_schema WHERE name = 'rebuild_mark'"));
    SOTTO_ASSIGN(const bool isThere, table.step());
    if (!isThere) return std::nullopt;
    SOTTO_ASSIGN(auto select, m_database->prepare("SELECT unfinished, held_up_to FROM rebuild_mark"));
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return std::nullopt;
    return Row{select.integer(0) != 0, static_cast<std::uint64_t>(select.integer(1))};
}

Result<> RebuildMark::set() {
    return m_database->execute(
        "INSERT INTO rebuild_mark(one, unfinished, held_up_to) VALUES(1, 1, 0)"
        " ON CONFLICT(one) DO UPDATE SET unfinished = 1");
}

Result<bool> RebuildMark::isSet() const {
    SOTTO_ASSIGN(const auto row, read());
    return row.has_value();
}

Result<bool> RebuildMark::isUnfinished() const {
    SOTTO_ASSIGN(const auto row, read());
    return row && row->isUnfinished;
}

Result<> RebuildMark::finish() {
    return m_database->execute("UPDATE rebuild_mark SET unfinished = 0");
}

Result<> RebuildMark::holdBackUpTo(std::uint64_t number) {
    SOTTO_ASSIGN(auto update, m_database->prepare("UPDATE rebuild_mark SET held_up_to = max(held_up_to, ?1)"));
    return update.bind(1, static_cast<std::int64_t>(number)).run();
}

Result<std::uint64_t> RebuildMark::heldBackUpTo() const {
    SOTTO_ASSIGN(const auto row, read());
    return row ? row->heldBackUpTo : 0;
}

}  // namespace sotto::workflow
