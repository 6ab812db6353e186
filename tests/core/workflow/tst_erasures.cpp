// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/two_vaults.h"
#include "support/result_check.h"
#include "workflow/erasures.h"

using namespace sotto;
using namespace sotto::workflow;

namespace {

Erasure spansOfTwoLogs() {
    Erasure erasure;
    erasure.id = FileId::random().toString();
    erasure.kind = ErasureKind::Spans;
    erasure.utcMs = 1'790'000'000'000;
    erasure.sessions = 2;
    sealedlog::Anchor anchor;
    anchor.sequence = 17;
    anchor.tag.fill(0xa5);
    erasure.logs.push_back({SessionId::random(), "a.session", FileId::random(), anchor});
    erasure.logs.push_back({SessionId::random(), "b.session", FileId::random(), std::nullopt});
    erasure.spans = {{0, 1500}, {90'000, std::int64_t{1} << 40}};
    erasure.participant = ParticipantId::random();
    return erasure;
}

}  // namespace

class TestErasures : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::TwoVaults> m_vaults;

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{Erasures::schema()}, std::vector<vault::Schema>{});
    }
    void aPlanComesBackWhole();
    void theTombstoneHasNoPlan();
    void whatLeftMeanwhileIsAdded();
    void anUnreadablePlanIsDamage();
};

void TestErasures::aPlanComesBackWhole() {
    const Erasure erasure = spansOfTwoLogs();
    VERIFY_OK(Erasures(m_vaults->sessions()).add(erasure));
    VERIFY_OK(m_vaults->reopen());
    const auto all = Erasures(m_vaults->sessions()).removing();
    VERIFY_OK(all);
    QCOMPARE(all->size(), std::size_t{1});
    const Erasure& read = all->front();
    QCOMPARE(read.id, erasure.id);
    QCOMPARE(read.kind, erasure.kind);
    QCOMPARE(read.utcMs, erasure.utcMs);
    QCOMPARE(read.sessions, 2);
    QVERIFY(read.participant == erasure.participant);
    QCOMPARE(read.logs.size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) {
        QVERIFY(read.logs[i].session == erasure.logs[i].session && read.logs[i].name == erasure.logs[i].name);
        QVERIFY(read.logs[i].id == erasure.logs[i].id && read.logs[i].anchor == erasure.logs[i].anchor);
        QVERIFY(read.spans[i].fromMs == erasure.spans[i].fromMs && read.spans[i].toMs == erasure.spans[i].toMs);
    }
}

void TestErasures::theTombstoneHasNoPlan() {
    Erasures journal(m_vaults->sessions());
    const Erasure erasure = spansOfTwoLogs();
    VERIFY_OK(journal.add(erasure));
    VERIFY_OK(journal.setStage(erasure.id, ErasureStage::Turning));
    QVERIFY(journal.removing()->empty());
    QCOMPARE(journal.unfinished()->size(), std::size_t{1});
    QVERIFY(journal.unfinished()->front().logs.empty() && journal.unfinished()->front().spans.empty());
    VERIFY_OK(journal.setStage(erasure.id, ErasureStage::Done));
    QVERIFY(journal.unfinished()->empty());
    QCOMPARE(journal.all()->size(), std::size_t{1});
    VERIFY_FAILS(journal.setStage(QStringLiteral("another"), ErasureStage::Done), ErrorCode::NotFound);
}

void TestErasures::whatLeftMeanwhileIsAdded() {
    Erasures journal(m_vaults->sessions());
    const Erasure erasure = spansOfTwoLogs();
    VERIFY_OK(journal.add(erasure));
    VERIFY_OK(journal.setPackagesLeft(erasure.id, {QStringLiteral("one"), QStringLiteral("two")}));
    QCOMPARE(journal.all()->front().packagesLeft.size(), 2);
    QCOMPARE(journal.removing()->front().logs.size(), std::size_t{2});
}

void TestErasures::anUnreadablePlanIsDamage() {
    Erasures journal(m_vaults->sessions());
    for (const char* gone : {"\"session\"", "\"log\"", "a5a5", "{"}) {
        const Erasure erasure = spansOfTwoLogs();
        VERIFY_OK(journal.add(erasure));
        VERIFY_OK(m_vaults->sessions().execute("UPDATE erasure SET plan = replace(plan, '" + std::string(gone) +
                                               "', '\"x\"')"));
        QVERIFY(!journal.removing());
        VERIFY_OK(m_vaults->sessions().execute("DELETE FROM erasure"));
    }
}

QTEST_GUILESS_MAIN(TestErasures)
#include "tst_erasures.moc"
