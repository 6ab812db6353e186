// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/file.h"

namespace sotto::keyring {

inline constexpr std::uint32_t kFreeAttempts = 5;
inline constexpr std::int64_t kFirstDelayMs = 30'000;
inline constexpr std::int64_t kLongestDelayMs = 3'600'000;

/// The count of passphrases tried, in the small file `attempts` beside the keyring (grammar in README.md). It slows
/// down somebody who holds the tablet; it can't slow down somebody who has copied the files: Argon2id does that.
///
/// The delay is measured on the boot clock alone, so that a wall clock in 1970 or in 2100 changes nothing; after a
/// reboot it runs again from the boot. A file that is damaged or gone counts as five tries used just now.
///
/// Several programs may count on one home: each holds a lock on the empty file `attempts.lock` while it reads and
/// writes, which takes milliseconds.
class Attempts {
public:
    Attempts(FileSystem& files, const Path& home)
        : m_files(&files), m_path(home / "attempts"), m_lockPath(home / "attempts.lock") {}

    /// Milliseconds until the next try is allowed; 0 if it is now. Puts a fresh file in the place of a damaged one.
    [[nodiscard]] Result<std::int64_t> delay(const Clock& clock);
    /// The same, but writes nothing: a file that is damaged or gone means no delay. For a home that can't be written.
    [[nodiscard]] Result<std::int64_t> delayAsStored(const Clock& clock);
    /// Counts one try, durably, before it is made, and returns 0; or counts nothing and returns the milliseconds to
    /// wait. Looking and counting are one step, whatever other programs do.
    [[nodiscard]] Result<std::int64_t> countTry(const Clock& clock);
    /// After the right passphrase, and for a new home. Always leaves the same bytes: who looks into a home that is in
    /// order changes nothing in it.
    [[nodiscard]] Result<> reset(const Clock& clock);

private:
    struct Record;
    /// Nothing if the file is damaged or gone.
    [[nodiscard]] Result<std::optional<Record>> read();
    [[nodiscard]] Result<Record> readOrReplace(const Clock& clock);
    [[nodiscard]] static std::int64_t delayFrom(const Record& record, const Instant& now);
    [[nodiscard]] Result<> store(std::uint32_t count, const Clock& clock);
    /// Keeps other programs from writing while it lives. Waits a second at most: Busy.
    [[nodiscard]] Result<std::unique_ptr<File>> takeLock();

    FileSystem* m_files;
    Path m_path;
    Path m_lockPath;
};

}  // namespace sotto::keyring
