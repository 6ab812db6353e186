// SPDX-License-Identifier: Apache-2.0
#include "sealedlog/log_reader.h"

#include "sealedlog/scan.h"

namespace sotto::sealedlog {

struct LogReader::State {
    std::unique_ptr<File> file;
    LogHead head;
    ScanResult scan;
};

LogReader::LogReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LogReader::LogReader(LogReader&&) noexcept = default;
LogReader& LogReader::operator=(LogReader&&) noexcept = default;
LogReader::~LogReader() = default;

Result<LogReader> LogReader::open(FileSystem& files, const Path& path,
                                  std::span<const crypto::age::Identity> identities, const OpenOptions& options) {
    auto state = std::make_unique<State>();
    SOTTO_ASSIGN(state->file, files.open(path, OpenMode::Read));
    SOTTO_ASSIGN(state->head, readHead(*state->file, identities));
    SOTTO_ASSIGN(state->scan, scanRecords(*state->file, state->head.keys, options));
    return LogReader(std::move(state));
}

FileId LogReader::fileId() const {
    return m_state->head.keys.id;
}

Kind LogReader::kind() const {
    return m_state->head.kind;
}

Integrity LogReader::integrity() const {
    return m_state->scan.integrity;
}

std::string LogReader::integrityNote() const {
    return m_state->scan.note;
}

bool LogReader::hasDamagedSlot() const {
    return m_state->head.spareDamaged;
}

bool LogReader::isFinal() const {
    return m_state->scan.isFinal;
}

Anchor LogReader::head() const {
    return m_state->scan.head;
}

const std::vector<RecordInfo>& LogReader::records() const {
    return m_state->scan.records;
}

Result<Bytes> LogReader::read(const RecordInfo& record) const {
    return readRecord(*m_state->file, m_state->head.keys, record);
}

Result<FileId> openHeader(FileSystem& files, const Path& path, std::span<const crypto::age::Identity> identities) {
    SOTTO_ASSIGN(const auto file, files.open(path, OpenMode::Read));
    SOTTO_ASSIGN(const LogHead head, readHead(*file, identities));
    return head.keys.id;
}

}  // namespace sotto::sealedlog
