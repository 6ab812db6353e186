// SPDX-License-Identifier: Apache-2.0
#include "workflow/device.h"

#include "base/check.h"
#include "sealedlog/format.h"

namespace sotto::workflow {
namespace {

constexpr std::uint64_t kRecordsPerSecond = 5;
constexpr std::uint64_t kBodyOverhead = 64;  ///< of one record of ten packets: its head and their lengths

}  // namespace

std::int64_t minutesOfRecording(std::uint64_t freeBytes, int bitrate) {
    SOTTO_CHECK(bitrate > 0);
    const auto voice = static_cast<std::uint64_t>(bitrate) / 8;
    const std::uint64_t perSecond =
        voice + voice / 10 + kRecordsPerSecond * (sealedlog::kRecordOverhead + kBodyOverhead);
    return static_cast<std::int64_t>(freeBytes / perSecond / 60);
}

}  // namespace sotto::workflow
