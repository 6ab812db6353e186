// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "crypto/age/age.h"
#include "keyring/attempts.h"
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
    Result<keyring::Keyring> unlock(std::string_view passphrase = kPassphrase, const QString& person = {}) {
        return keyring::Keyring::unlock(files, kHome, viewOf(passphrase), clock, cheapOptions(), person);
    }
    /// Forgets wrong passphrases, so that a test may try as many as it likes.
    void forgetTries() { VERIFY_OK(keyring::Attempts(files, kHome).reset(clock)); }
};

inline QString text(const char* utf8) {
    return QString::fromUtf8(utf8);
}

/// A home of Léa, who holds everything.
struct Team : Home {
    Team()
        : lea(std::make_unique<keyring::Keyring>(
              keyring::Keyring::create(files, kHome, viewOf(kPassphrase), clock, cheapOptions(), text("L\u00E9a"))
                  .value())) {}
    /// The passphrase is the name.
    PersonId add(const char* name, const std::set<keyring::Compartment>& compartments) const {
        return lea->addPerson(text(name), viewOf(std::string_view(name)), compartments, cheapOptions()).value();
    }
    Result<keyring::Keyring> as(const char* name) { return unlock(name, text(name)); }

    std::unique_ptr<keyring::Keyring> lea;
};

inline const std::set<keyring::Compartment> kEverything{keyring::kCompartments.begin(), keyring::kCompartments.end()};
inline const std::set<keyring::Compartment> kOutboxOnly{keyring::Compartment::Outbox};

inline FileId logId(std::uint8_t number) {
    FileId::Raw raw{};
    raw[0] = number;
    return FileId(raw);
}

/// True if this keyring opens what is sealed to the compartment's key now.
inline bool opens(const keyring::Keyring& keyring, const keyring::Keyring& sealer, keyring::Compartment compartment) {
    const auto sealed = crypto::age::encryptBytes({&sealer.currentRecipient(compartment), 1}, Bytes{1, 2, 3});
    if (!sealed) return false;
    return crypto::age::decryptBytes(keyring.identities(compartment), *sealed).has_value();
}

}  // namespace sotto::test
