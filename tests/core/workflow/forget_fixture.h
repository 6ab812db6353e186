// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include "core/workflow/store_room.h"
#include "interview/session_index.h"
#include "workflow/forget.h"

// For the tests of forgetting: a home with two sealed interviews, one of which holds the canary, and a look at what is
// left of it.
namespace sotto::test {

using workflow::compartmentName;
using workflow::Erasures;

inline const QByteArray kWord(kCanary.data(), kCanary.size());

/// Where the canary still is for whoever has unlocked the home.
inline QStringList whereItSings(Home& home) {
    QStringList places;
    for (const Compartment compartment : keyring::kCompartments) {
        if (byteArrayOf(home.vault(compartment).plainImage()).contains(kWord)) places += compartmentName(compartment);
    }
    return places;
}

/// A home with two interviews, sealed and queued; what lies on its disk then.
inline Snapshot sealedHome(TwoInterviews& held) {
    World world;
    {
        const auto home = must(world.create());
        held = holdTwoInterviews(*home);
        must(sealSession(*home, held.firstSession));
        must(sealSession(*home, held.secondSession));
    }
    return world.snapshot();
}

/// The canary is nowhere, the second interview is whole, nothing is half done.
inline void checkForgotten(World& world, const TwoInterviews& held) {
    const auto home = must(world.unlock());
    QCOMPARE(whereItSings(*home), QStringList());
    QVERIFY(!broughtToLight(world.snapshot(), keysOf(world)).contains(kWord));
    QVERIFY(!must(interview::SessionIndex(home->sessions()).find(held.firstSession)));
    QVERIFY(!must(people::Participants(home->sessions()).find(held.first.id)));
    QVERIFY(must(Erasures(home->sessions()).unfinished()).empty());
    const auto records = must(recordsOf(*home, held.secondSession));
    QCOMPARE(records.log.integrity(), sealedlog::Integrity::Ok);
    QCOMPARE(records.events.size(), std::size_t{1});
    QCOMPARE(must(outboxItems(*home)).size(), std::size_t{3});
    for (const Compartment compartment : keyring::kCompartments)
        QVERIFY(!home->keyring().isRotating(compartment));
}

}  // namespace sotto::test
