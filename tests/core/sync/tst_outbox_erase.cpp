// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "core/people/all_rows.h"
#include "core/sync/outbox_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {

/// A tablet with sessions of several packages each, some of them sent, stored, opened.
struct FullOutbox : Traffic {
    /// One package more, which goes as far as `furthest` says.
    [[nodiscard]] Result<> add(const SessionId& session, PackageState furthest) {
        SOTTO_ASSIGN(const auto item, queue(100, session));
        if (furthest == PackageState::Queued) return {};
        SOTTO_TRY(send());
        if (furthest == PackageState::Sent) return {};
        putReceipt(item, ReceiptKind::Stored);
        if (furthest == PackageState::Opened) putReceipt(item, ReceiptKind::Opened);
        SOTTO_ASSIGN(const auto report, collect());
        SOTTO_CHECK(report.refused == 0);
        return {};
    }
    /// An identity package, sent.
    [[nodiscard]] Result<> addIdentity(const SessionId& session) {
        sync::OutboxItem item;
        item.id = PackageId::random();
        item.session = session;
        item.kind = package::PackageKind::Identity;
        SOTTO_TRY(sealAs(item));
        SOTTO_TRY(tablet.outbox->add(item));
        SOTTO_TRY(send());
        return {};
    }
};

std::vector<sync::OutboxItem> itemsOf(Tablet& tablet, const SessionId& session) {
    auto items = tablet.outbox->items();
    SOTTO_CHECK(items.has_value());
    std::erase_if(*items, [&](const sync::OutboxItem& item) { return item.session != session; });
    return *items;
}

}  // namespace

class OutboxEraseTest : public QObject {
    Q_OBJECT
private slots:
    void nothingOfTheSessionStaysAndNothingElseGoes();
    void whatHadLeftIsTold();
    void ofWhatHadLeftTheContentGoesAndTheRowsStay();
    void aSessionWithoutPackagesIsNoError();
    void erasingJoinsTheTransactionThatIsOpen();
    void aFaultAtAnyMomentCanBeMadeUpForByRepeating();
};

void OutboxEraseTest::nothingOfTheSessionStaysAndNothingElseGoes() {
    std::mt19937 random(20261122);
    FullOutbox box;
    std::vector<SessionId> sessions(6);
    for (SessionId& session : sessions)
        session = SessionId::random();
    for (const PackageState state :
         {PackageState::Opened, PackageState::Stored, PackageState::Sent, PackageState::Queued}) {
        for (const SessionId& session : sessions)
            VERIFY_OK(box.add(session, state));
    }
    std::shuffle(sessions.begin(), sessions.end(), random);
    for (const SessionId& gone : sessions) {
        const auto items = itemsOf(box.tablet, gone);
        QCOMPARE(items.size(), std::size_t{4});
        QStringList traces{gone.toString()};
        for (const sync::OutboxItem& item : items) {
            traces.append(item.id.toString());
            QVERIFY(*box.tablet.files.exists(box.tablet.outbox->fileOf(item.id)));
        }
        QStringList rows = allRows(*box.tablet.vault);
        const QStringList its = mentioning(rows, traces);
        QVERIFY(its.size() >= 7);  // four packages, three receipts
        for (const QString& row : its)
            rows.removeOne(row);
        const auto filesBefore = box.tablet.files.list("/home/outbox");
        VERIFY_OK(box.tablet.outbox->eraseSession(gone));
        if (random() % 3 == 0) VERIFY_OK(box.tablet.reopen());
        QCOMPARE(allRows(*box.tablet.vault), rows);
        const auto filesAfter = box.tablet.files.list("/home/outbox");
        VERIFY_OK(filesAfter);
        QCOMPARE(filesAfter->size() + 4, filesBefore->size());
        for (const sync::OutboxItem& item : items)
            QVERIFY(!*box.tablet.files.exists(box.tablet.outbox->fileOf(item.id)));
    }
    QVERIFY(box.tablet.outbox->items()->empty());
}

void OutboxEraseTest::whatHadLeftIsTold() {
    FullOutbox box;
    const SessionId session = SessionId::random();
    for (const PackageState state :
         {PackageState::Opened, PackageState::Stored, PackageState::Sent, PackageState::Queued}) {
        VERIFY_OK(box.add(session, state));
    }
    const auto before = itemsOf(box.tablet, session);
    const auto left = box.tablet.outbox->eraseSession(session);
    VERIFY_OK(left);
    QCOMPARE(left->size(), std::size_t{3});
    for (std::size_t i = 0; i < left->size(); ++i) {
        QVERIFY(left->at(i).id == before[i].id);
        QCOMPARE(left->at(i).state, before[i].state);
    }
}

void OutboxEraseTest::ofWhatHadLeftTheContentGoesAndTheRowsStay() {
    FullOutbox box;
    const SessionId session = SessionId::random();
    const SessionId other = SessionId::random();
    VERIFY_OK(box.add(other, PackageState::Sent));
    VERIFY_OK(box.addIdentity(session));
    for (const PackageState state : {PackageState::Opened, PackageState::Sent, PackageState::Queued})
        VERIFY_OK(box.add(session, state));
    const QStringList rows = allRows(*box.tablet.vault);
    for (int repeated = 0; repeated < 2; ++repeated) {
        VERIFY_OK(box.tablet.outbox->eraseSentContent(session));
        QCOMPARE(allRows(*box.tablet.vault), rows);
        const auto items = itemsOf(box.tablet, session);
        QCOMPARE(items.size(), std::size_t{4});
        for (const sync::OutboxItem& item : items) {
            const bool stays = item.kind == package::PackageKind::Identity || item.state == PackageState::Queued;
            QCOMPARE(*box.tablet.files.exists(box.tablet.outbox->fileOf(item.id)), stays);
        }
        QVERIFY(*box.tablet.files.exists(box.tablet.outbox->fileOf(itemsOf(box.tablet, other)[0].id)));
    }
    // What the store loses of it does not go out again.
    box.store.objects.clear();
    VERIFY_OK(box.send());
    for (const sync::OutboxItem& item : itemsOf(box.tablet, session)) {
        const bool isThere = box.store.objects.count(item.id.toString() + sync::kManifestSuffix) == 1;
        QCOMPARE(isThere, *box.tablet.files.exists(box.tablet.outbox->fileOf(item.id)));
    }
}

void OutboxEraseTest::aSessionWithoutPackagesIsNoError() {
    FullOutbox box;
    const SessionId session = SessionId::random();
    VERIFY_OK(box.add(session, PackageState::Queued));
    const auto other = box.tablet.outbox->eraseSession(SessionId::random());
    VERIFY_OK(other);
    QVERIFY(other->empty());
    QCOMPARE(itemsOf(box.tablet, session).size(), std::size_t{1});
    VERIFY_OK(box.tablet.outbox->eraseSession(session));
    VERIFY_OK(box.tablet.outbox->eraseSession(session));
}

void OutboxEraseTest::erasingJoinsTheTransactionThatIsOpen() {
    FullOutbox box;
    const SessionId session = SessionId::random();
    VERIFY_OK(box.add(session, PackageState::Sent));
    {
        const auto transaction = vault::Transaction::begin(*box.tablet.vault);
        VERIFY_OK(transaction);
        QCOMPARE(box.tablet.outbox->eraseSession(session)->size(), std::size_t{1});
    }
    // The files are gone, the rows are back: the repetition still knows what had left.
    const auto again = box.tablet.outbox->eraseSession(session);
    VERIFY_OK(again);
    QCOMPARE(again->size(), std::size_t{1});
    QVERIFY(box.tablet.outbox->items()->empty());
}

void OutboxEraseTest::aFaultAtAnyMomentCanBeMadeUpForByRepeating() {
    using Loss = FaultFileSystem::Loss;
    for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
        bool reached = true;
        int filesWithoutRows = 0;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            FullOutbox box;
            const SessionId session = SessionId::random();
            VERIFY_OK(box.add(session, PackageState::Sent));
            VERIFY_OK(box.add(session, PackageState::Queued));
            const auto items = itemsOf(box.tablet, session);
            box.tablet.files.resetOperations();
            box.tablet.files.failAt(n, true);
            const auto first = box.tablet.outbox->eraseSession(session);
            reached = box.tablet.files.faultHappened();
            box.tablet.files.cutPower(loss);
            box.tablet.files.clearFaults();
            VERIFY_OK(box.tablet.reopen());
            const bool hasRows = !itemsOf(box.tablet, session).empty();
            const bool hasFiles = *box.tablet.files.exists(box.tablet.outbox->fileOf(items[0].id)) ||
                                  *box.tablet.files.exists(box.tablet.outbox->fileOf(items[1].id));
            QVERIFY2(!first || (!hasRows && !hasFiles), "what was erased is back");
            filesWithoutRows += hasFiles && !hasRows ? 1 : 0;
            const auto second = box.tablet.outbox->eraseSession(session);
            VERIFY_OK(second);
            QCOMPARE(second->size(), std::size_t{hasRows ? 1U : 0U});
            QVERIFY(itemsOf(box.tablet, session).empty());
            QVERIFY(!*box.tablet.files.exists(box.tablet.outbox->fileOf(items[0].id)));
        }
        QCOMPARE(filesWithoutRows, 0);
    }
}

QTEST_GUILESS_MAIN(OutboxEraseTest)
#include "tst_outbox_erase.moc"
