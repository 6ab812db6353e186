// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "workflow/home.h"

/// A home after years of interviews, made with the classes that the app uses. Two things are not as in life: sound is
/// not encoded (random packets of the size of speech at 32 kbit/s), and packages are only listed in the outbox, as
/// those are whose files were purged after delivery.
namespace sotto::bench {

inline constexpr int kRecordsPerMinute = 60 * 5;  ///< of sound, 200 ms each
inline constexpr int kEventsPerSession = 334;     ///< 300 sessions hold 100,000 events
inline constexpr int kSessionsPerPerson = 3;
inline constexpr std::string_view kPassphrase = "not counted here";
inline constexpr char16_t kCommonWord[] = u"the";      ///< in most notes
inline constexpr char16_t kRareWord[] = u"xylophone";  ///< in one note of every 25th session

/// The least Argon2id there is.
[[nodiscard]] keyring::KeyringOptions cheapOptions();

struct HomeSize {
    int sessions = 0;
    int minutes = 90;  ///< of sound in each
    int sessionsPerPerson = kSessionsPerPerson;
};

/// What the home holds, to check what is found in it.
struct Contents {
    int sessions = 0;
    int events = 0;
    int notes = 0;  ///< notes and marks with words
    int withCommonWord = 0;
    int withRareWord = 0;
};

/// Writes the home without a sync; it is on the disk after ::sync(). `path` must not exist.
[[nodiscard]] Contents makeLargeHome(const Path& path, const HomeSize& size, const Clock& clock);

}  // namespace sotto::bench
