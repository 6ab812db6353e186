// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"
#include "workflow/withdrawal.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

// Taking back on a disk that fails, fills up or loses power: what was promised is kept at the next unlock.
class WithdrawalFaultsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void erasingComesToItsEnd_data();
    void erasingComesToItsEnd();
    void undecidedIsAllOrNothing_data();
    void undecidedIsAllOrNothing();

private:
    static void addFaults();
    Snapshot m_sent;  ///< two interviews, sealed; the first one's packages have left
    TwoInterviews m_held;
};

void WithdrawalFaultsTest::addFaults() {
    QTest::addColumn<int>("fault");
    for (std::size_t i = 0; i < kDiskFaults.size(); ++i)
        QTest::newRow(kDiskFaults[i].name) << static_cast<int>(i);
}

void WithdrawalFaultsTest::initTestCase() {
    World world;
    {
        const auto home = must(world.create());
        m_held = holdTwoInterviews(*home);
        must(sealSession(*home, m_held.firstSession));
        must(world.deliver(*home));
        must(sealSession(*home, m_held.secondSession));
    }
    m_sent = world.snapshot();
}

void WithdrawalFaultsTest::erasingComesToItsEnd_data() {
    addFaults();
}

void WithdrawalFaultsTest::erasingComesToItsEnd() {
    QFETCH(int, fault);
    const DiskFault& kind = kDiskFaults[static_cast<std::size_t>(fault)];
    std::uint64_t operations = 0;
    {
        World world(m_sent);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        must(withdraw(*home, m_held.first.id, Wish::Erase));
        operations = world.files.operations();
    }
    // Each of these lives through an erasure and an unlock: a few places of each kind, all of them in the soak.
    FaultStride stride(operations, fault);
    if (stride.step > 1) stride.step = 61;
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        World world(m_sent);
        bool wasPromised = false;
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            wasPromised = withdraw(*home, m_held.first.id, Wish::Erase).has_value();
            if (kind.loss) world.files.cutPower(*kind.loss);
            world.files.clearFaults();
        }
        const auto home = must(world.unlock());
        const QByteArray where = QByteArray::number(static_cast<qulonglong>(n));
        const auto lines = must(takenBack(*home));
        if (!wasPromised && (lines.empty() || !lines[0].withdrawal.isDone)) continue;
        QVERIFY2(lines.size() == 1 && lines[0].withdrawal.isDone && !lines[0].withdrawal.participant, where);
        QVERIFY2(lines[0].isOrdered, where);
        QVERIFY2(whereItSings(*home).isEmpty(), where);
        QVERIFY2(!must(people::Participants(home->sessions()).find(m_held.first.id)), where);
        QCOMPARE(must(world.deliver(*home)).ordersSent, 1);
    }
}

void WithdrawalFaultsTest::undecidedIsAllOrNothing_data() {
    addFaults();
}

void WithdrawalFaultsTest::undecidedIsAllOrNothing() {
    QFETCH(int, fault);
    const DiskFault& kind = kDiskFaults[static_cast<std::size_t>(fault)];
    for (std::uint64_t n = 1;; n += 2) {
        World world(m_sent);
        bool wasPromised = false;
        bool reached = false;
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            wasPromised = withdraw(*home, m_held.second.id, Wish::Later, world.clock.now().utcMs + 1000).has_value();
            reached = world.files.faultHappened();
            if (kind.loss) world.files.cutPower(*kind.loss);
            world.files.clearFaults();
        }
        if (!reached) break;
        const auto home = must(world.unlock());
        const auto lines = must(takenBack(*home));
        const QByteArray where = QByteArray::number(static_cast<qulonglong>(n));
        QVERIFY2(!wasPromised || lines.size() == 1, where);
        const int sent = must(world.deliver(*home)).sent;
        QVERIFY2(sent == (lines.empty() ? 3 : 0), where);
    }
}

QTEST_GUILESS_MAIN(WithdrawalFaultsTest)
#include "tst_withdrawal_faults.moc"
