// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/workflow_fixture.h"
#include "sealedlog/log_reader.h"
#include "workflow/forget.h"
#include "workflow/persons.h"

// For the tests of rotation, forgetting and rebuilding: a home with two people in it, and a look at what a copy of its
// files gives away.
namespace sotto::test {

using keyring::Compartment;

inline constexpr std::string_view kCanary = "kanarienvogel";

/// What becomes of the n-th operation, and of the disk after it.
struct DiskFault {
    const char* name;
    bool forGood;
    std::optional<FaultFileSystem::Loss> loss;
};
inline const std::vector<DiskFault> kDiskFaults{{"fails once", false, std::nullopt},
                                                {"fails for good", true, std::nullopt},
                                                {"power cut, all lost", true, FaultFileSystem::Loss::All},
                                                {"power cut, odd ones", true, FaultFileSystem::Loss::OddOnes},
                                                {"power cut, torn", true, FaultFileSystem::Loss::TornAt512},
                                                {"power cut, reordered", true, FaultFileSystem::Loss::Reordered}};

/// Which operations a fault loop lets fail: every seventh, each kind of fault beginning at another; all of them with
/// SOTTO_ALL_FAULTS=1, as the soak does.
struct FaultStride {
    FaultStride(std::uint64_t operations, int fault) {
        if (qEnvironmentVariableIntValue("SOTTO_ALL_FAULTS") == 0) {
            first = 1 + static_cast<std::uint64_t>(fault);
            step = 7;
        }
        qInfo("%llu operations, every %llu. of them fails", static_cast<unsigned long long>(operations),
              static_cast<unsigned long long>(step));
    }
    std::uint64_t first = 1;
    std::uint64_t step = 1;
};

/// Two participants, one interview each. The first one's name and notes hold the canary.
struct TwoInterviews {
    people::Participant first;
    people::Participant second;
    SessionId firstSession;
    SessionId secondSession;
};

inline SessionId interviewed(Home& home, const people::Participant& participant, const QString& words) {
    const auto session = must(LiveSession::begin(home, participant, true));
    must(session->record());
    must(speak(*session, 600));
    must(session->commit(note(words)));
    must(session->end());
    return session->id();
}

inline TwoInterviews holdTwoInterviews(Home& home) {
    const QString canary = QString::fromLatin1(kCanary.data(), kCanary.size());
    TwoInterviews held;
    held.first = must(enrolPerson(home, QStringLiteral("Camille ") + canary));
    must(giveConsent(home, held.first));
    held.second = consentedPerson(home);
    held.firstSession = interviewed(home, held.first, canary + QStringLiteral(" sang"));
    held.secondSession = interviewed(home, held.second, QStringLiteral("something else was said"));
    return held;
}

/// All that these keys bring to light from a copy of a home: every record of every log that opens.
inline QByteArray broughtToLight(const Snapshot& files, std::span<const crypto::age::Identity> keys) {
    FaultFileSystem disk;
    must(disk.createDirectories(kHome / "sessions"));
    must(disk.createDirectories(kHome / "outbox"));
    QByteArray all;
    for (const auto& [path, content] : files) {
        disk.setContent(path, content);
        const auto log = sealedlog::LogReader::open(disk, path, keys);
        if (!log) continue;
        for (const auto& record : log->records())
            all += byteArrayOf(must(log->read(record)));
    }
    return all;
}

inline std::vector<crypto::age::Identity> allIdentities(const keyring::Keyring& keys) {
    std::vector<crypto::age::Identity> all;
    for (const Compartment compartment : keyring::kCompartments) {
        for (auto& identity : keys.identities(compartment))
            all.push_back(std::move(identity));
    }
    return all;
}

/// Every epoch that the home's keyring opens for the passphrase, as a thief who has both would have them.
inline std::vector<crypto::age::Identity> keysOf(World& world, std::string_view passphrase = kPassphrase) {
    return allIdentities(
        must(keyring::Keyring::unlock(world.files, kHome, viewOf(passphrase), world.clock, cheapOptions())));
}

}  // namespace sotto::test
