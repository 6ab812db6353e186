// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"

using namespace sotto;
using namespace sotto::test;

class TestForgetFaults : public QObject {
    Q_OBJECT

private slots:
    void everyFaultWhileErasingIsMadeGoodAtTheNextUnlock_data();
    void everyFaultWhileErasingIsMadeGoodAtTheNextUnlock();
    void aFullDiskIsMadeGoodOnceThereIsRoom();
};

void TestForgetFaults::everyFaultWhileErasingIsMadeGoodAtTheNextUnlock_data() {
    QTest::addColumn<int>("fault");
    for (std::size_t i = 0; i < kDiskFaults.size(); ++i)
        QTest::newRow(kDiskFaults[i].name) << static_cast<int>(i);
}

void TestForgetFaults::everyFaultWhileErasingIsMadeGoodAtTheNextUnlock() {
    QFETCH(int, fault);
    const DiskFault& kind = kDiskFaults[static_cast<std::size_t>(fault)];
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    std::uint64_t operations = 0;
    {
        World world(before);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        must(eraseParticipant(*home, held.first.id));
        operations = world.files.operations();
    }
    const FaultStride stride(operations, fault);
    int undone = 0;
    int done = 0;
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        World world(before);
        bool claimed = false;
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            claimed = eraseParticipant(*home, held.first.id).has_value();
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            world.files.clearFaults();
        }
        const auto home = world.unlock();
        QVERIFY2(home, qPrintable(QStringLiteral("operation %1: %2").arg(n).arg(describe(home))));
        const bool isThere = must(people::Participants((*home)->sessions()).find(held.first.id)).has_value();
        QVERIFY2(!(claimed && isThere), qPrintable(QStringLiteral("operation %1: it came back").arg(n)));
        (isThere ? undone : done) += 1;
        // Not begun, or finished by that unlock: once more, and it is gone in any case.
        if (isThere) must(eraseParticipant(**home, held.first.id));
        QVERIFY2(must(recordsOf(**home, held.secondSession)).events.size() == 1, qPrintable(QString::number(n)));
        QVERIFY2(!broughtToLight(world.snapshot(), allIdentities((*home)->keyring())).contains(kWord),
                 qPrintable(QStringLiteral("operation %1: still readable").arg(n)));
        const auto unfinished = must(Erasures((*home)->sessions()).unfinished());
        QVERIFY2(unfinished.empty(), qPrintable(QStringLiteral("operation %1: unfinished").arg(n)));
    }
    QVERIFY(done > 0);
    QVERIFY(stride.step > 1 || undone > 0);
}

void TestForgetFaults::aFullDiskIsMadeGoodOnceThereIsRoom() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    std::uint64_t size = 0;
    for (const auto& [path, content] : before)
        size += content.size();
    World world(before);
    bool failedOnce = false;
    {
        const auto home = must(world.unlock());
        world.files.setCapacity(size + 6000);
        const auto erased = eraseParticipant(*home, held.first.id);
        failedOnce = !erased;
        if (!erased) QCOMPARE(erased.error().code, ErrorCode::NoSpace);
    }
    QVERIFY(failedOnce);
    world.files.setCapacity(std::uint64_t{1} << 30);
    {
        const auto home = must(world.unlock());
        if (must(people::Participants(home->sessions()).find(held.first.id)))
            must(eraseParticipant(*home, held.first.id));
    }
    checkForgotten(world, held);
}

QTEST_GUILESS_MAIN(TestForgetFaults)
#include "tst_forget_faults.moc"
