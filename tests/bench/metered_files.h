// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "measuring.h"

namespace sotto::bench {

enum class Syncs {
    Done,
    Skipped,  ///< to make the input quickly, never for what is measured
};

/// What syncs cost is the disk's doing and no two of a shared one are alike; how many there are is ours.
struct SyncMeter {
    int count = 0;
    double ms = 0;
};

class MeteredFile final : public File {
public:
    MeteredFile(std::unique_ptr<File> file, Syncs syncs, SyncMeter& meter)
        : m_file(std::move(file)), m_syncs(syncs), m_meter(&meter) {}
    Result<std::uint64_t> size() const override { return m_file->size(); }
    Result<std::size_t> read(std::uint64_t offset, ByteSpan buffer) const override {
        return m_file->read(offset, buffer);
    }
    Result<> write(std::uint64_t offset, ByteView bytes) override { return m_file->write(offset, bytes); }
    Result<> sync() override {
        Result<> done;
        if (m_syncs == Syncs::Skipped) return done;
        ++m_meter->count;
        m_meter->ms += milliseconds([&] { done = m_file->sync(); });
        return done;
    }
    Result<> truncate(std::uint64_t size) override { return m_file->truncate(size); }
    Result<> reserve(std::uint64_t size) override { return m_file->reserve(size); }
    Result<> lock() override { return m_file->lock(); }

private:
    std::unique_ptr<File> m_file;
    Syncs m_syncs;
    SyncMeter* m_meter;
};

/// The real disk, with its syncs counted or left out. Outlives its files.
class MeteredFileSystem final : public FileSystem {
public:
    explicit MeteredFileSystem(Syncs syncs) : m_syncs(syncs) {}
    Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override {
        SOTTO_ASSIGN(auto file, m_files.open(path, mode));
        return std::make_unique<MeteredFile>(std::move(file), m_syncs, m_meter);
    }
    Result<bool> exists(const Path& path) override { return m_files.exists(path); }
    Result<> rename(const Path& from, const Path& to) override { return m_files.rename(from, to); }
    Result<> remove(const Path& path) override { return m_files.remove(path); }
    Result<> createDirectories(const Path& path) override { return m_files.createDirectories(path); }
    Result<> syncDirectory(const Path& path) override {
        Result<> done;
        if (m_syncs == Syncs::Skipped) return done;
        ++m_meter.count;
        m_meter.ms += milliseconds([&] { done = m_files.syncDirectory(path); });
        return done;
    }
    Result<std::vector<DirectoryEntry>> list(const Path& path) override { return m_files.list(path); }
    [[nodiscard]] const SyncMeter& meter() const { return m_meter; }

private:
    PosixFileSystem m_files;
    Syncs m_syncs;
    SyncMeter m_meter;
};

}  // namespace sotto::bench
