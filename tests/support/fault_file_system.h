// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/file.h"

namespace sotto::test {

/// A disk in memory that can fail and lose power. It knows, per file, what was synced and which writes came after,
/// and, per folder, which names were made durable by syncDirectory().
///
/// Faults: failAt(n) lets operation number n (counted from 1 over every call that touches the disk: open, read, write,
/// sync, truncate, reserve, rename, remove, createDirectories, syncDirectory, list) fail; `forGood` lets all later
/// ones fail too. A failing write writes the first half of its bytes (torn), as a disk may. A failing sync brings part
/// of the writes to the disk; what it did not bring no later sync brings either, as on Linux, but it can be read until
/// the power is cut.
///
/// Folders must be created, as on a real disk ("" and "/" are there), and are durable as soon as they are.
class FaultFileSystem final : public FileSystem {
public:
    FaultFileSystem();
    ~FaultFileSystem() override;

    void failAt(std::uint64_t operation, bool forGood, ErrorCode code = ErrorCode::IoFailed);
    void clearFaults();
    /// True once the armed fault was reached.
    [[nodiscard]] bool faultHappened() const;
    /// Operations so far; the upper bound of a fault loop.
    [[nodiscard]] std::uint64_t operations() const;
    void resetOperations();

    /// What may become of writes that were not synced when the power goes.
    enum class Loss { All, Nothing, OddOnes, TornAt512, TornAt4096, Reordered };
    /// Cuts the power: all open files die (their calls fail), unsynced writes are lost as told, names that were not
    /// synced go back (created files vanish, renames are undone) unless Loss::Nothing. Then the disk is there again.
    void cutPower(Loss loss, unsigned seed = 1);

    /// Direct access for tests that flip bits or cut files.
    [[nodiscard]] Bytes content(const Path& path) const;
    void setContent(const Path& path, Bytes content);
    [[nodiscard]] std::vector<Path> paths() const;
    /// A full disk: writes, truncations and reservations that would make the sum of file sizes (or of what is
    /// reserved for them) larger fail with NoSpace; a write puts down what fits.
    void setCapacity(std::uint64_t bytes);

    [[nodiscard]] Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override;
    [[nodiscard]] Result<bool> exists(const Path& path) override;
    [[nodiscard]] Result<> rename(const Path& from, const Path& to) override;
    [[nodiscard]] Result<> remove(const Path& path) override;
    [[nodiscard]] Result<> createDirectories(const Path& path) override;
    [[nodiscard]] Result<> syncDirectory(const Path& path) override;
    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const Path& path) override;

private:
    struct Disk;
    std::shared_ptr<Disk> m_disk;
};

}  // namespace sotto::test
