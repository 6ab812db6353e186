// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

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
class Attempts {
public:
    Attempts(FileSystem& files, const Path& home) : m_files(&files), m_path(home / "attempts") {}

    /// Milliseconds until the next try is allowed; 0 if it is now. Puts a fresh file in the place of a damaged one.
    [[nodiscard]] Result<std::int64_t> delay(const Clock& clock);
    /// Counts one try, durably, before it is made.
    [[nodiscard]] Result<> count(const Clock& clock);
    /// After the right passphrase, and for a new home. Always leaves the same bytes: who looks into a home that is in
    /// order changes nothing in it.
    [[nodiscard]] Result<> reset(const Clock& clock);

private:
    struct Record;
    [[nodiscard]] Result<Record> load(const Clock& clock);
    [[nodiscard]] Result<> store(std::uint32_t count, const Clock& clock);

    FileSystem* m_files;
    Path m_path;
};

}  // namespace sotto::keyring
