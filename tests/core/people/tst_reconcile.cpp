// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QTest>

#include "core/people/two_vaults.h"
#include "people/people.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;
using Loss = test::FaultFileSystem::Loss;

namespace {

const QString kRole = QStringLiteral("person");
const QString kName = QStringLiteral("Alex");

/// "" or what is wrong: after reconciling, everybody is in both vaults, and whoever was acknowledged is there.
QString faultOf(test::TwoVaults& vaults, const std::vector<ParticipantId>& acknowledged) {
    const auto done = reconcile(vaults.sessions(), vaults.identities());
    if (!done) return test::describe(done);
    if (done->nameless != 0) return QStringLiteral("a participant without a name");
    const auto people = Participants(vaults.sessions()).all();
    const auto records = Identities(vaults.identities()).all();
    if (!people || !records) return QStringLiteral("the tables can't be read");
    std::set<ParticipantId> known;
    for (const Participant& participant : *people) {
        known.insert(participant.id);
    }
    if (records->size() != known.size()) return QStringLiteral("more names than participants");
    for (const IdentityRecord& record : *records) {
        if (known.count(record.id) == 0) return QStringLiteral("a name without a participant");
        if (!record.confirmed) return QStringLiteral("an unconfirmed name");
    }
    for (const ParticipantId& id : acknowledged) {
        if (known.count(id) == 0) return QStringLiteral("somebody acknowledged is gone");
    }
    const auto again = reconcile(vaults.sessions(), vaults.identities());
    if (!again || again->removed != 0 || again->confirmed != 0) return QStringLiteral("a second pass finds work");
    return {};
}

}  // namespace

class TestReconcile final : public QObject {
    Q_OBJECT

private:
    test::FakeClock m_clock;

    [[nodiscard]] Result<Participant> enrolOne(test::TwoVaults& vaults) {
        return enrol(vaults.sessions(), vaults.identities(), kRole, kName, std::nullopt, m_clock.now());
    }
    [[nodiscard]] static test::TwoVaults makeVaults() { return {{Participants::schema()}, {Identities::schema()}}; }

    /// Enrols two people with the n-th operation of the second enrolment failing, cuts the power, reconciles.
    /// Returns false once n lies beyond the last operation.
    void breakAt(std::uint64_t n, bool forGood, Loss loss, bool& reached, QString& fault) {
        test::TwoVaults vaults = makeVaults();
        std::vector<ParticipantId> acknowledged;
        const auto first = enrolOne(vaults);
        SOTTO_CHECK(first.has_value());
        acknowledged.push_back(first->id);
        vaults.files().resetOperations();
        vaults.files().failAt(n, forGood);
        if (const auto second = enrolOne(vaults)) acknowledged.push_back(second->id);
        reached = vaults.files().faultHappened();
        vaults.cutPower(loss);
        const auto reopened = vaults.reopen();
        fault = reopened ? faultOf(vaults, acknowledged) : test::describe(reopened);
    }

private slots:
    void aCrashAfterTheIdentityLeavesNobody() {
        test::TwoVaults vaults = makeVaults();
        VERIFY_OK(Identities(vaults.identities()).add(ParticipantId::random(), kName, m_clock.now()));
        VERIFY_OK(vaults.reopen());
        const auto done = reconcile(vaults.sessions(), vaults.identities());
        VERIFY_OK(done);
        QCOMPARE(done->removed, 1);
        QCOMPARE(done->confirmed, 0);
        const auto records = Identities(vaults.identities()).all();
        VERIFY_OK(records);
        QVERIFY(records->empty());
    }

    void aCrashAfterTheParticipantIsFinished() {
        test::TwoVaults vaults = makeVaults();
        Participant participant;
        participant.id = ParticipantId::random();
        participant.role = kRole;
        participant.pseudonym = QStringLiteral("Mira-42");
        participant.researchCode = QStringLiteral("K7MX4PQD");
        VERIFY_OK(Identities(vaults.identities()).add(participant.id, kName, m_clock.now()));
        VERIFY_OK(Participants(vaults.sessions()).add(participant, m_clock.now()));
        VERIFY_OK(vaults.reopen());
        const auto done = reconcile(vaults.sessions(), vaults.identities());
        VERIFY_OK(done);
        QCOMPARE(done->removed, 0);
        QCOMPARE(done->confirmed, 1);
        const auto record = Identities(vaults.identities()).find(participant.id);
        VERIFY_OK(record);
        QVERIFY(record->has_value());
        QVERIFY((*record)->confirmed);
    }

    void aParticipantWhoseNameIsLostIsReportedAndKept() {
        test::TwoVaults vaults = makeVaults();
        const auto enrolled = enrolOne(vaults);
        VERIFY_OK(enrolled);
        VERIFY_OK(Identities(vaults.identities()).remove(enrolled->id));
        const auto done = reconcile(vaults.sessions(), vaults.identities());
        VERIFY_OK(done);
        QCOMPARE(done->nameless, 1);
        const auto kept = Participants(vaults.sessions()).find(enrolled->id);
        VERIFY_OK(kept);
        QVERIFY(kept->has_value());
    }

    void nothingIsDoneWhereNothingBrokeOff() {
        test::TwoVaults vaults = makeVaults();
        VERIFY_OK(enrolOne(vaults));
        VERIFY_OK(vaults.reopen());
        const auto done = reconcile(vaults.sessions(), vaults.identities());
        VERIFY_OK(done);
        QCOMPARE(done->removed + done->confirmed + done->nameless, 0);
    }

    void aFaultAtAnyMomentLeavesBothOrNeither_data() {
        QTest::addColumn<bool>("forGood");
        QTest::addColumn<int>("loss");
        for (const bool forGood : {false, true}) {
            for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
                QTest::addRow("%s, loss %d", forGood ? "for good" : "once", static_cast<int>(loss))
                    << forGood << static_cast<int>(loss);
            }
        }
    }
    void aFaultAtAnyMomentLeavesBothOrNeither() {
        QFETCH(const bool, forGood);
        QFETCH(const int, loss);
        bool reached = true;
        std::uint64_t n = 1;
        for (; reached; ++n) {
            QString fault;
            breakAt(n, forGood, static_cast<Loss>(loss), reached, fault);
            QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("operation %1: %2").arg(n).arg(fault)));
            QVERIFY(n < 1000);
        }
        // Three commits, each a write and a sync at least: fewer operations would mean that the loop tested nothing.
        QVERIFY(n > 6);
    }

    void aFaultDuringReconcilingIsMadeUpForByTheNextOne() {
        bool reached = true;
        for (std::uint64_t n = 1; reached; ++n) {
            test::TwoVaults vaults = makeVaults();
            const auto enrolled = enrolOne(vaults);
            VERIFY_OK(enrolled);
            VERIFY_OK(Identities(vaults.identities()).add(ParticipantId::random(), kName, m_clock.now()));
            VERIFY_OK(Identities(vaults.identities()).add(ParticipantId::random(), kName, m_clock.now()));
            VERIFY_OK(vaults.reopen());
            vaults.files().resetOperations();
            vaults.files().failAt(n, true);
            const auto broken = reconcile(vaults.sessions(), vaults.identities());
            reached = vaults.files().faultHappened();
            QVERIFY2(broken.has_value() != reached, "a fault of the disk must be reported");
            vaults.cutPower(Loss::All);
            VERIFY_OK(vaults.reopen());
            const QString fault = faultOf(vaults, {enrolled->id});
            QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("operation %1: %2").arg(n).arg(fault)));
            QVERIFY(n < 1000);
        }
    }
};

QTEST_GUILESS_MAIN(TestReconcile)
#include "tst_reconcile.moc"
