// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "core/sync/outbox_fixture.h"

using namespace sotto;
using namespace sotto::test;

class OutboxReceiptsTest : public QObject {
    Q_OBJECT

private slots:
    void receiptsMoveAPackageForwards();
    void badReceiptsAreCountedAndIgnored();
    void unreadableReceiptDoesNotHoldUpTheOthers();
    void randomHistoriesNeverMoveWrongly();
};

void OutboxReceiptsTest::receiptsMoveAPackageForwards() {
    OnePackage box;
    VERIFY_OK(box.send());
    const QByteArray stored = package::signReceipt(receiptFor(box.item, ReceiptKind::Stored), box.lab);
    box.put(box.item.id, ReceiptKind::Stored, stored);
    auto report = box.collect();
    VERIFY_OK(report);
    QCOMPARE(report->moved.size(), std::size_t{1});
    QVERIFY(report->moved.front().state == PackageState::Stored);
    box.putReceipt(box.item, ReceiptKind::Opened);
    report = box.collect();
    VERIFY_OK(report);
    QVERIFY(report->moved.front().state == PackageState::Opened);
    VERIFY_OK(box.tablet.reopen());
    box.store.objects.clear();
    report = box.collect();
    VERIFY_OK(report);
    QVERIFY(report->moved.empty());
    QVERIFY(box.states()->front() == PackageState::Opened);
    const auto kept = box.tablet.outbox->receipt(box.item.id, ReceiptKind::Stored);
    VERIFY_OK(kept);
    QVERIFY(kept->has_value() && byteArrayOf(**kept) == stored);
}

void OutboxReceiptsTest::badReceiptsAreCountedAndIgnored() {
    OnePackage box;
    const auto thief = crypto::SigningKey::generate();
    const auto other = box.seal();
    VERIFY_OK(other);
    auto wrongHash = receiptFor(box.item, ReceiptKind::Opened);
    wrongHash.sha256[0] ^= 1;
    auto wrongSize = receiptFor(box.item, ReceiptKind::Opened);
    ++wrongSize.size;
    for (const QByteArray& bad : {package::signReceipt(receiptFor(box.item, ReceiptKind::Opened), thief),
                                  package::signReceipt(wrongHash, box.lab), package::signReceipt(wrongSize, box.lab),
                                  package::signReceipt(receiptFor(*other, ReceiptKind::Opened), box.lab),
                                  package::signReceipt(receiptFor(box.item, ReceiptKind::Stored), box.lab),
                                  QByteArray("rubbish"), QByteArray(), QByteArray(100'000, '{')}) {
        box.put(box.item.id, ReceiptKind::Opened, bad);
        const auto report = box.collect();
        VERIFY_OK(report);
        QCOMPARE(report->refused, 1);
        QVERIFY(report->moved.empty() && box.states()->front() == PackageState::Queued);
    }
}

void OutboxReceiptsTest::unreadableReceiptDoesNotHoldUpTheOthers() {
    Traffic box;
    const auto first = box.queue();
    const auto second = box.queue();
    VERIFY_OK(first);
    VERIFY_OK(second);
    VERIFY_OK(box.tablet.files.createDirectories("/stick"));
    const auto store = sync::openFolderStore(box.tablet.files, "/stick");
    VERIFY_OK(store);
    // A folder where the receipt of the first package would lie: to read it fails as a dying stick does.
    VERIFY_OK(box.tablet.files.createDirectories(Path("/stick") /
                                                 (first->id.toString() + sync::kStoredSuffix).toStdString()));
    VERIFY_OK(box.tablet.outbox->send(**store));
    const QByteArray text = package::signReceipt(receiptFor(*second, ReceiptKind::Stored), box.lab);
    VERIFY_OK((*store)->put(second->id.toString() + sync::kStoredSuffix, viewOf(text)));
    const auto report = box.tablet.outbox->collectReceipts(**store, box.lab.verifyKey());
    VERIFY_OK(report);
    QCOMPARE(report->refused, 1);
    QCOMPARE(report->moved.size(), std::size_t{1});
    QCOMPARE(report->moved.front().id, second->id);
    QVERIFY(box.states()->front() == PackageState::Sent);
    VERIFY_OK(box.tablet.outbox->send(**store));
}

/// The store's operator drops, doubles, replays and forges as he likes; a model that knows only which genuine
/// receipts were in the right place at the time says what each package's state may be.
void OutboxReceiptsTest::randomHistoriesNeverMoveWrongly() {
    std::mt19937 random(20261122);
    const auto thief = crypto::SigningKey::generate();
    Traffic box;
    std::vector<sync::OutboxItem> items;
    for (int i = 0; i < 60; ++i) {
        const auto item = box.queue(5);
        VERIFY_OK(item);
        items.push_back(*item);
    }
    std::vector<PackageState> expected(items.size(), PackageState::Queued);
    int moves = 0;
    for (int step = 0; step < 600; ++step) {
        const std::size_t i = random() % items.size();
        const auto kind = random() % 2 == 0 ? ReceiptKind::Stored : ReceiptKind::Opened;
        const QString name = items[i].id.toString() + u'.' + package::receiptKindName(kind);
        const auto& source = items[random() % 4 == 0 ? i : random() % items.size()];
        switch (random() % 5) {
            case 0:
                box.putReceipt(items[i], kind);
                break;
            case 1:
                box.put(items[i].id, kind, package::signReceipt(receiptFor(items[i], kind), thief));
                break;
            case 2:
                box.put(items[i].id, kind, package::signReceipt(receiptFor(source, ReceiptKind::Stored), box.lab));
                break;
            case 3:
                box.store.objects.erase(name);
                break;
            default: {
                const auto found = box.store.objects.find(name);
                if (found != box.store.objects.end()) found->second[random() % found->second.size()] ^= 1;
            }
        }
        if (step % 5 != 0) continue;
        for (std::size_t at = 0; at < items.size(); ++at) {
            for (const auto each : {ReceiptKind::Stored, ReceiptKind::Opened}) {
                const auto found =
                    box.store.objects.find(items[at].id.toString() + u'.' + package::receiptKindName(each));
                if (found == box.store.objects.end()) continue;
                const auto receipt = package::openReceipt(found->second, box.lab.verifyKey());
                if (!receipt || receipt->package != items[at].id || receipt->kind != each) continue;
                expected[at] =
                    std::max(expected[at], each == ReceiptKind::Stored ? PackageState::Stored : PackageState::Opened);
            }
        }
        const auto report = box.collect();
        VERIFY_OK(report);
        moves += static_cast<int>(report->moved.size());
        const auto now = box.states();
        VERIFY_OK(now);
        QVERIFY2(*now == expected, qPrintable(QString::number(step)));
    }
    QVERIFY(moves > 20);
}

QTEST_GUILESS_MAIN(OutboxReceiptsTest)
#include "tst_outbox_receipts.moc"
