// SPDX-License-Identifier: Apache-2.0
#include "core/sync/lab_desk_fixture.h"
#include "sync/lab_withdrawals.h"
#include "sync/withdrawals.h"

using namespace sotto;
using namespace sotto::test;
using sync::WithdrawalOrders;

namespace {

/// A tablet that has sent one package, with an outbox that keeps withdrawal orders.
struct Story {
    Story() {
        const std::vector schemas{sync::Outbox::schema(), WithdrawalOrders::schema()};
        auto made = vault::Vault::create(files, "/orders.vault", sealedlog::Kind::Outbox, key.recipients(), schemas);
        SOTTO_CHECK(made.has_value());
        vault = *std::move(made);
        SOTTO_CHECK(sent.send(lab, 100).has_value());
    }
    [[nodiscard]] Result<> order() {
        const package::WithdrawalOrder one{
            id, {}, package::WithdrawnPart::All, {{sent.item.id, sent.item.session, sent.item.sha256}}, 1};
        return WithdrawalOrders(*vault).add(id, package::signOrder(one, sent.tablet.device));
    }
    [[nodiscard]] Result<WithdrawalOrders::Report> exchange() {
        return WithdrawalOrders(*vault).exchange(sent.store, lab.signing.verifyKey());
    }
    [[nodiscard]] Result<sync::SentOrder> only() const {
        SOTTO_ASSIGN(auto all, WithdrawalOrders(*vault).all());
        if (all.size() != 1) return fail(ErrorCode::NotFound, "there is not just one order");
        return all.front();
    }

    KeyPair key;
    FaultFileSystem files;
    std::unique_ptr<vault::Vault> vault;
    Lab lab;
    Delivery sent;
    FaultFileSystem labFiles;
    package::OrderId id = package::OrderId::random();
};

}  // namespace

class WithdrawalsTest : public QObject {
    Q_OBJECT
private slots:
    void anOrderGoesOutAndItsReceiptComesBack();
    void whatTheLabHasNotFetchedItNeverGets();
    void anOrderIsWrittenOnce();
    void anOrderThatTheStoreLostGoesOutAgain();
    void aReceiptForAnotherOrderCountsForNothing();
    void aReceiptOfAnotherLabCountsForNothing();
    void heldSessionsDoNotLeave();
};

void WithdrawalsTest::anOrderGoesOutAndItsReceiptComesBack() {
    Story story;
    VERIFY_OK(story.lab.receive(story.labFiles, story.sent.store));
    VERIFY_OK(story.order());
    auto report = story.exchange();
    VERIFY_OK(report);
    QVERIFY(report->sent == 1 && report->honoured == 0 && report->refused == 0);
    QVERIFY(story.only()->isSent && !story.only()->receipt);

    VERIFY_OK(story.lab.receive(story.labFiles, story.sent.store));
    report = story.exchange();
    VERIFY_OK(report);
    QVERIFY(report->sent == 0 && report->honoured == 1);
    const auto order = story.only();
    VERIFY_OK(order);
    QVERIFY(order->receipt && order->receipt->packages[0].what == package::Deletion::Removed);
    QVERIFY(!*story.labFiles.exists(sessionFolder(story.sent.item)));
    report = story.exchange();
    QVERIFY(report && report->sent == 0 && report->honoured == 0);
}

void WithdrawalsTest::whatTheLabHasNotFetchedItNeverGets() {
    Story story;
    VERIFY_OK(story.order());
    VERIFY_OK(story.exchange());
    QCOMPARE(story.sent.store.objects.size(), std::size_t{1});
    VERIFY_OK(story.lab.receive(story.labFiles, story.sent.store));
    VERIFY_OK(story.exchange());
    const auto order = story.only();
    VERIFY_OK(order);
    QVERIFY(order->receipt && order->receipt->packages[0].what == package::Deletion::NotHere);
}

void WithdrawalsTest::anOrderIsWrittenOnce() {
    Story story;
    VERIFY_OK(story.order());
    const QByteArray first = story.only()->text;
    VERIFY_OK(WithdrawalOrders(*story.vault).add(story.id, "another text"));
    QCOMPARE(story.only()->text, first);
}

void WithdrawalsTest::anOrderThatTheStoreLostGoesOutAgain() {
    Story story;
    VERIFY_OK(story.order());
    VERIFY_OK(story.exchange());
    const QString name = story.id.toString() + sync::kWithdrawSuffix;
    story.sent.store.objects.erase(name);
    const auto again = story.exchange();
    VERIFY_OK(again);
    QCOMPARE(again->sent, 0);
    QCOMPARE(byteArrayOf(story.sent.store.objects.at(name)), story.only()->text);
    story.sent.store.objects[name] = Bytes{'x'};
    VERIFY_OK(story.exchange());
    QCOMPARE(byteArrayOf(story.sent.store.objects.at(name)), story.only()->text);
}

void WithdrawalsTest::aReceiptForAnotherOrderCountsForNothing() {
    Story story;
    Story other;
    VERIFY_OK(story.order());
    VERIFY_OK(other.order());
    VERIFY_OK(other.exchange());
    VERIFY_OK(sync::honourWithdrawals(other.labFiles, other.sent.store, keysOf(nullptr, &story.lab.signing), kOut,
                                      story.lab.clock));
    story.sent.store.objects[story.id.toString() + sync::kErasedSuffix] =
        other.sent.store.objects.at(other.id.toString() + sync::kErasedSuffix);
    const auto report = story.exchange();
    VERIFY_OK(report);
    QVERIFY(report->refused == 1 && report->honoured == 0 && !story.only()->receipt);
}

void WithdrawalsTest::aReceiptOfAnotherLabCountsForNothing() {
    Story story;
    VERIFY_OK(story.order());
    VERIFY_OK(story.exchange());
    const Lab stranger;
    VERIFY_OK(sync::honourWithdrawals(story.labFiles, story.sent.store, keysOf(nullptr, &stranger.signing), kOut,
                                      story.lab.clock));
    const auto report = story.exchange();
    VERIFY_OK(report);
    QVERIFY(report->refused == 1 && !story.only()->receipt);
}

void WithdrawalsTest::heldSessionsDoNotLeave() {
    Lab lab;
    Tablet tablet;
    MemoryStore store;
    const auto first = tablet.queue(lab.custodian.recipients(), 10, 1);
    const auto second = tablet.queue(lab.custodian.recipients(), 10, 2);
    QVERIFY(first && second);
    VERIFY_OK(tablet.outbox->hold(first->session));
    VERIFY_OK(tablet.outbox->hold(first->session));
    auto sent = tablet.outbox->send(store);
    VERIFY_OK(sent);
    QCOMPARE(sent->sent, 1);
    QVERIFY(store.objects.count(first->id.toString() + sync::kManifestSuffix) == 0);
    QVERIFY(store.objects.count(second->id.toString() + sync::kManifestSuffix) == 1);
    VERIFY_OK(tablet.reopen());
    QCOMPARE(tablet.outbox->held()->size(), std::size_t{1});
    VERIFY_OK(tablet.outbox->release(first->session));
    sent = tablet.outbox->send(store);
    VERIFY_OK(sent);
    QCOMPARE(sent->sent, 1);
    VERIFY_OK(tablet.outbox->hold(first->session));
    VERIFY_OK(tablet.outbox->eraseSession(first->session));
    QVERIFY2(tablet.outbox->held()->empty(), "of what is erased nothing is left to hold");
}

QTEST_GUILESS_MAIN(WithdrawalsTest)
#include "tst_withdrawals.moc"
