// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sealedlog/log_fixture.h"
#include "sealedlog/rewrite.h"

/// What the tests of rewriting share.
namespace sotto::test {

[[nodiscard]] inline Result<std::vector<sealedlog::NewRecord>> keep(const sealedlog::RecordInfo& record, Bytes body) {
    std::vector<sealedlog::NewRecord> kept;
    kept.push_back({record.type, std::move(body)});
    return kept;
}

/// What a log holds, FINAL left out.
[[nodiscard]] inline std::vector<std::pair<std::uint16_t, Bytes>> contentOf(const sealedlog::LogReader& log) {
    std::vector<std::pair<std::uint16_t, Bytes>> content;
    for (const sealedlog::RecordInfo& record : log.records()) {
        if (record.type != sealedlog::kFinalType)
            content.emplace_back(record.type, log.read(record).value_or(Bytes{0xEE}));
    }
    return content;
}

}  // namespace sotto::test
