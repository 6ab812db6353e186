// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "keyring/keyring.h"
#include "support/fake_clock.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"

namespace sotto::test {

inline const Path kHome = "/home";
inline const Path kKeyringFile = kHome / "keyring";
inline const Path kAttemptsFile = kHome / "attempts";
inline constexpr std::string_view kPassphrase = "cinq mots \xC3\xA0 voix basse";
inline constexpr std::array kLosses{FaultFileSystem::Loss::All,        FaultFileSystem::Loss::Nothing,
                                    FaultFileSystem::Loss::OddOnes,    FaultFileSystem::Loss::TornAt512,
                                    FaultFileSystem::Loss::TornAt4096, FaultFileSystem::Loss::Reordered};

/// The least that Argon2id takes, so that a test may unlock thousands of times.
inline keyring::KeyringOptions cheapOptions() {
    return {{8, 1}, {8, 1}};
}

/// A disk, a clock, and the calls of a keyring on them.
struct Home {
    FaultFileSystem files;
    FakeClock clock;

    Result<keyring::Keyring> create(std::string_view passphrase = kPassphrase) {
        return keyring::Keyring::create(files, kHome, viewOf(passphrase), clock, cheapOptions());
    }
    Result<keyring::Keyring> unlock(std::string_view passphrase = kPassphrase) {
        return keyring::Keyring::unlock(files, kHome, viewOf(passphrase), clock, cheapOptions());
    }
};

inline FileId logId(std::uint8_t number) {
    FileId::Raw raw{};
    raw[0] = number;
    return FileId(raw);
}

}  // namespace sotto::test
