// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/file.h"
#include "sealedlog/log_reader.h"
#include "sealedlog/slots.h"

/// Verifying what lies behind the header slots. Inside of this module.
namespace sotto::sealedlog {

/// What is in a log; the terms are those of LogReader.
struct ScanResult {
    std::vector<RecordInfo> records;
    Integrity integrity = Integrity::Ok;
    std::string note;
    bool isFinal = false;
    Anchor head;
    std::uint64_t end = kRecordsStart;  ///< where the unbroken sequence ends
    std::uint64_t fileSize = 0;
    std::uint64_t durable = 0;  ///< highest durable mark of the unbroken sequence
};

/// Verifies every record and judges what does not verify. Reads the file once, and its rest behind a fault once more.
/// Memory: a window of 1 MiB or the largest record, besides the index. Fails only if reading does.
[[nodiscard]] Result<ScanResult> scanRecords(const File& file, const LogKeys& keys, OpenOptions options);

/// Decrypts one record of the index; Damaged if the file holds something else there by now.
[[nodiscard]] Result<Bytes> readRecord(const File& file, const LogKeys& keys, const RecordInfo& record);

}  // namespace sotto::sealedlog
