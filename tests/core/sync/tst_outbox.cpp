// SPDX-License-Identifier: Apache-2.0
#include <random>

#include "core/sync/sync_fixture.h"

using namespace sotto;
using namespace sotto::test;
using package::ReceiptKind;
using sync::PackageState;

namespace {

constexpr int kLarge = 9'000'000;  // three parts

Result<std::vector<PackageState>> states(const Tablet& tablet) {
    SOTTO_ASSIGN(const auto items, tablet.outbox->items());
    std::vector<PackageState> result;
    for (const auto& item : items) {
        result.push_back(item.state);
    }
    return result;
}

package::Receipt receiptFor(const sync::OutboxItem& item, ReceiptKind kind) {
    return {item.id, kind, item.sha256, item.size, {}, 1'790'000'000'000};
}

void put(MemoryStore& store, const PackageId& id, ReceiptKind kind, const QByteArray& text) {
    const ByteView bytes = viewOf(text);
    store.objects[id.toString() + u'.' + package::receiptKindName(kind)] = Bytes(bytes.begin(), bytes.end());
}

}  // namespace

class OutboxTest : public QObject {
    Q_OBJECT
private slots:
    void itemsComeBackInOrder();
    void itemThatContradictsItsManifestIsRefused();
    void manifestArrivesLast();
    void repeatSendsOnlyWhatIsMissing();
    void brokenPartInTheStoreIsReplaced();
    void partLostAfterSendingIsSentAgain();
    void goneFileOfASentPackageFailsNothing();
    void storedPackageIsNotSentAgain();
    void alteredFileNeverLeaves();
    void oneBrokenFileDoesNotHoldUpTheOthers();
    void crashAtAnyOperationOnlyRepeats();
    void receiptsMoveAPackageForwards();
    void badReceiptsAreCountedAndIgnored();
    void unreadableReceiptDoesNotHoldUpTheOthers();
    void randomHistoriesNeverMoveWrongly();
};

void OutboxTest::itemsComeBackInOrder() {
    Tablet tablet;
    const KeyPair lab;
    const auto first = tablet.queue(lab.recipients(), 10, 1);
    const auto second = tablet.queue(lab.recipients(), 20, 2);
    VERIFY_OK(first);
    VERIFY_OK(second);
    VERIFY_FAILS(tablet.outbox->add(*first), ErrorCode::AlreadyExists);
    VERIFY_OK(tablet.reopen());
    const auto items = tablet.outbox->items();
    VERIFY_OK(items);
    QCOMPARE(items->size(), std::size_t{2});
    QCOMPARE(items->at(0).id, first->id);
    QVERIFY(items->at(1).sha256 == second->sha256 && items->at(1).size == second->size);
    QCOMPARE(items->at(1).signedManifest, second->signedManifest);
}

void OutboxTest::itemThatContradictsItsManifestIsRefused() {
    Tablet tablet;
    const KeyPair lab;
    auto item = tablet.seal(lab.recipients(), 10, 1);
    VERIFY_OK(item);
    item->size += 1;
    VERIFY_FAILS(tablet.outbox->add(*item), ErrorCode::InvalidArgument);
}

void OutboxTest::manifestArrivesLast() {
    Tablet tablet;
    const KeyPair lab;
    const auto item = tablet.queue(lab.recipients(), kLarge, 1);
    VERIFY_OK(item);
    MemoryStore store;
    for (int allowed = 0; allowed < 4; ++allowed) {
        store.objects.clear();
        store.failPutAfter = allowed;
        VERIFY_FAILS(tablet.outbox->send(store), ErrorCode::NoSpace);
        QCOMPARE(store.objects.size(), static_cast<std::size_t>(allowed));
        QCOMPARE(store.objects.count(item->id.toString() + sync::kManifestSuffix), std::size_t{0});
        QVERIFY(states(tablet)->front() == PackageState::Queued);
    }
}

void OutboxTest::repeatSendsOnlyWhatIsMissing() {
    Tablet tablet;
    const KeyPair lab;
    const auto item = tablet.queue(lab.recipients(), kLarge, 1);
    VERIFY_OK(item);
    MemoryStore store;
    store.failPutAfter = 2;
    VERIFY_FAILS(tablet.outbox->send(store), ErrorCode::NoSpace);
    store.failPutAfter = -1;
    std::uint64_t last = 0;
    const auto report = tablet.outbox->send(store, [&](const PackageId&, std::uint64_t done, std::uint64_t total) {
        QVERIFY(done > last && done <= total);
        last = done;
    });
    VERIFY_OK(report);
    QCOMPARE(report->sent, 1);
    QCOMPARE(report->bytes, item->size - 2 * package::kPartSize);
    QCOMPARE(last, item->size);
    QCOMPARE(store.puts, 4);
    const auto again = tablet.outbox->send(store);
    VERIFY_OK(again);
    QCOMPARE(again->sent, 0);
    QCOMPARE(store.puts, 4);
}

void OutboxTest::brokenPartInTheStoreIsReplaced() {
    Tablet tablet;
    const KeyPair lab;
    const auto item = tablet.queue(lab.recipients(), kLarge, 1);
    VERIFY_OK(item);
    MemoryStore store;
    store.failPutAfter = 3;
    VERIFY_FAILS(tablet.outbox->send(store), ErrorCode::NoSpace);
    store.failPutAfter = -1;
    const auto whole = store.objects;
    store.objects.begin()->second[17] ^= 1;               // same size, other bytes
    std::next(store.objects.begin())->second.pop_back();  // cut short
    VERIFY_OK(tablet.outbox->send(store));
    for (const auto& [name, content] : whole) {
        QVERIFY(store.objects.at(name) == content);
    }
}

void OutboxTest::partLostAfterSendingIsSentAgain() {
    Tablet tablet;
    const KeyPair lab;
    const auto item = tablet.queue(lab.recipients(), kLarge, 1);
    VERIFY_OK(item);
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    const auto whole = store.objects;
    const auto manifest = package::openManifest(viewOf(item->signedManifest));
    VERIFY_OK(manifest);
    store.objects.erase(manifest->parts[1].name);
    store.objects.at(manifest->parts[2].name)[5] ^= 1;
    store.objects.erase(item->id.toString() + sync::kManifestSuffix);
    const int putsBefore = store.puts;
    const auto report = tablet.outbox->send(store);
    VERIFY_OK(report);
    QVERIFY(store.objects == whole);
    QCOMPARE(store.puts, putsBefore + 3);
    QCOMPARE(report->sent, 0);
    QCOMPARE(report->bytes, manifest->parts[1].size + manifest->parts[2].size);
    QVERIFY(states(tablet)->front() == PackageState::Sent);
}

void OutboxTest::goneFileOfASentPackageFailsNothing() {
    Tablet tablet;
    const KeyPair lab;
    const auto gone = tablet.queue(lab.recipients(), 10, 1);
    const auto broken = tablet.queue(lab.recipients(), 10, 2);
    VERIFY_OK(gone);
    VERIFY_OK(broken);
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    VERIFY_OK(tablet.files.remove(tablet.outbox->fileOf(gone->id)));
    tablet.files.setContent(tablet.outbox->fileOf(broken->id), Bytes{'x'});
    const auto whole = store.objects;
    const auto fresh = tablet.queue(lab.recipients(), 10, 3);
    VERIFY_OK(fresh);
    const auto report = tablet.outbox->send(store);
    VERIFY_OK(report);
    QCOMPARE(report->sent, 1);
    for (const auto& [name, content] : whole) {
        QVERIFY(store.objects.at(name) == content);
    }
    const auto now = states(tablet);
    VERIFY_OK(now);
    QVERIFY(*now == std::vector<PackageState>(3, PackageState::Sent));
}

void OutboxTest::storedPackageIsNotSentAgain() {
    Tablet tablet;
    const KeyPair custodian;
    const auto lab = crypto::SigningKey::generate();
    const auto item = tablet.queue(custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    put(store, item->id, ReceiptKind::Stored, package::signReceipt(receiptFor(*item, ReceiptKind::Stored), lab));
    VERIFY_OK(tablet.outbox->collectReceipts(store, lab.verifyKey()));
    store.objects.clear();
    VERIFY_OK(tablet.outbox->send(store));
    QVERIFY(store.objects.empty());
}

void OutboxTest::alteredFileNeverLeaves() {
    Tablet tablet;
    const KeyPair lab;
    const auto item = tablet.queue(lab.recipients(), kLarge, 1);
    VERIFY_OK(item);
    Bytes changed = tablet.files.content(tablet.outbox->fileOf(item->id));
    changed[changed.size() - 1] ^= 1;
    tablet.files.setContent(tablet.outbox->fileOf(item->id), changed);
    MemoryStore store;
    VERIFY_FAILS(tablet.outbox->send(store), ErrorCode::Damaged);
    QVERIFY(store.objects.empty());
    QVERIFY(states(tablet)->front() == PackageState::Queued);
}

void OutboxTest::oneBrokenFileDoesNotHoldUpTheOthers() {
    Tablet tablet;
    const KeyPair lab;
    const auto broken = tablet.queue(lab.recipients(), 10, 1);
    const auto sound = tablet.queue(lab.recipients(), 10, 2);
    VERIFY_OK(broken);
    VERIFY_OK(sound);
    VERIFY_OK(tablet.files.remove(tablet.outbox->fileOf(broken->id)));
    MemoryStore store;
    VERIFY_FAILS(tablet.outbox->send(store), ErrorCode::NotFound);
    const auto now = states(tablet);
    VERIFY_OK(now);
    QVERIFY(now->at(0) == PackageState::Queued && now->at(1) == PackageState::Sent);
}

void OutboxTest::crashAtAnyOperationOnlyRepeats() {
    const KeyPair lab;
    for (std::uint64_t n = 1;; ++n) {
        Tablet tablet;
        const auto item = tablet.queue(lab.recipients(), 100'000, 1);
        VERIFY_OK(item);
        VERIFY_OK(tablet.files.createDirectories("/stick"));
        const auto store = sync::openFolderStore(tablet.files, "/stick");
        VERIFY_OK(store);
        VERIFY_OK(tablet.files.syncDirectory("/home/outbox"));
        VERIFY_OK(tablet.files.syncDirectory("/home"));
        tablet.files.resetOperations();
        tablet.files.failAt(n, true);
        static_cast<void>(tablet.outbox->send(**store));
        const bool reached = tablet.files.faultHappened();
        tablet.files.cutPower(FaultFileSystem::Loss::OddOnes);
        tablet.files.clearFaults();
        VERIFY_OK(tablet.reopen());
        const auto again = sync::openFolderStore(tablet.files, "/stick");
        VERIFY_OK(again);
        VERIFY_OK(tablet.outbox->send(**again));
        QVERIFY(states(tablet)->front() == PackageState::Sent);
        const auto list = (*again)->list();
        VERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{2});
        const auto manifest = package::openManifest(viewOf(item->signedManifest));
        for (const auto& part : manifest->parts) {
            const auto content = (*again)->get(part.name, part.size);
            VERIFY_OK(content);
            QVERIFY(crypto::sha256(*content) == part.sha256);
        }
        if (!reached) break;
    }
}

void OutboxTest::receiptsMoveAPackageForwards() {
    Tablet tablet;
    const KeyPair custodian;
    const auto lab = crypto::SigningKey::generate();
    const auto item = tablet.queue(custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    const QByteArray stored = package::signReceipt(receiptFor(*item, ReceiptKind::Stored), lab);
    put(store, item->id, ReceiptKind::Stored, stored);
    auto report = tablet.outbox->collectReceipts(store, lab.verifyKey());
    VERIFY_OK(report);
    QCOMPARE(report->moved.size(), std::size_t{1});
    QVERIFY(report->moved.front().state == PackageState::Stored);
    put(store, item->id, ReceiptKind::Opened, package::signReceipt(receiptFor(*item, ReceiptKind::Opened), lab));
    report = tablet.outbox->collectReceipts(store, lab.verifyKey());
    VERIFY_OK(report);
    QVERIFY(report->moved.front().state == PackageState::Opened);
    VERIFY_OK(tablet.reopen());
    store.objects.clear();
    report = tablet.outbox->collectReceipts(store, lab.verifyKey());
    VERIFY_OK(report);
    QVERIFY(report->moved.empty());
    QVERIFY(states(tablet)->front() == PackageState::Opened);
    const auto kept = tablet.outbox->receipt(item->id, ReceiptKind::Stored);
    VERIFY_OK(kept);
    QVERIFY(kept->has_value() && byteArrayOf(**kept) == stored);
}

void OutboxTest::badReceiptsAreCountedAndIgnored() {
    Tablet tablet;
    const KeyPair custodian;
    const auto lab = crypto::SigningKey::generate();
    const auto thief = crypto::SigningKey::generate();
    const auto item = tablet.queue(custodian.recipients(), 10, 1);
    const auto other = tablet.seal(custodian.recipients(), 10, 2);
    VERIFY_OK(item);
    VERIFY_OK(other);
    auto wrongHash = receiptFor(*item, ReceiptKind::Opened);
    wrongHash.sha256[0] ^= 1;
    auto wrongSize = receiptFor(*item, ReceiptKind::Opened);
    ++wrongSize.size;
    for (const QByteArray& bad :
         {package::signReceipt(receiptFor(*item, ReceiptKind::Opened), thief), package::signReceipt(wrongHash, lab),
          package::signReceipt(wrongSize, lab), package::signReceipt(receiptFor(*other, ReceiptKind::Opened), lab),
          package::signReceipt(receiptFor(*item, ReceiptKind::Stored), lab), QByteArray("rubbish"), QByteArray(),
          QByteArray(100'000, '{')}) {
        MemoryStore store;
        put(store, item->id, ReceiptKind::Opened, bad);
        const auto report = tablet.outbox->collectReceipts(store, lab.verifyKey());
        VERIFY_OK(report);
        QCOMPARE(report->refused, 1);
        QVERIFY(report->moved.empty() && states(tablet)->front() == PackageState::Queued);
    }
}

void OutboxTest::unreadableReceiptDoesNotHoldUpTheOthers() {
    Tablet tablet;
    const KeyPair custodian;
    const auto lab = crypto::SigningKey::generate();
    const auto first = tablet.queue(custodian.recipients(), 10, 1);
    const auto second = tablet.queue(custodian.recipients(), 10, 2);
    VERIFY_OK(first);
    VERIFY_OK(second);
    VERIFY_OK(tablet.files.createDirectories("/stick"));
    const auto store = sync::openFolderStore(tablet.files, "/stick");
    VERIFY_OK(store);
    // A folder where the receipt of the first package would lie: to read it fails as a dying stick does.
    VERIFY_OK(
        tablet.files.createDirectories(Path("/stick") / (first->id.toString() + sync::kStoredSuffix).toStdString()));
    VERIFY_OK(tablet.outbox->send(**store));
    const QByteArray text = package::signReceipt(receiptFor(*second, ReceiptKind::Stored), lab);
    VERIFY_OK((*store)->put(second->id.toString() + sync::kStoredSuffix, viewOf(text)));
    const auto report = tablet.outbox->collectReceipts(**store, lab.verifyKey());
    VERIFY_OK(report);
    QCOMPARE(report->refused, 1);
    QCOMPARE(report->moved.size(), std::size_t{1});
    QCOMPARE(report->moved.front().id, second->id);
    QVERIFY(states(tablet)->front() == PackageState::Sent);
    VERIFY_OK(tablet.outbox->send(**store));
}

/// The store's operator drops, doubles, replays and forges as he likes; a model that knows only which genuine
/// receipts were in the right place at the time says what each package's state may be.
void OutboxTest::randomHistoriesNeverMoveWrongly() {
    std::mt19937 random(20261122);
    const KeyPair custodian;
    const auto lab = crypto::SigningKey::generate();
    const auto thief = crypto::SigningKey::generate();
    Tablet tablet;
    std::vector<sync::OutboxItem> items;
    for (std::uint64_t i = 0; i < 60; ++i) {
        const auto item = tablet.queue(custodian.recipients(), 5, i);
        VERIFY_OK(item);
        items.push_back(*item);
    }
    std::vector<PackageState> expected(items.size(), PackageState::Queued);
    MemoryStore store;
    int moves = 0;
    for (int step = 0; step < 600; ++step) {
        const std::size_t i = random() % items.size();
        const auto kind = random() % 2 == 0 ? ReceiptKind::Stored : ReceiptKind::Opened;
        const QString name = items[i].id.toString() + u'.' + package::receiptKindName(kind);
        const auto& source = items[random() % 4 == 0 ? i : random() % items.size()];
        switch (random() % 5) {
            case 0:
                put(store, items[i].id, kind, package::signReceipt(receiptFor(items[i], kind), lab));
                break;
            case 1:
                put(store, items[i].id, kind, package::signReceipt(receiptFor(items[i], kind), thief));
                break;
            case 2:
                put(store, items[i].id, kind, package::signReceipt(receiptFor(source, ReceiptKind::Stored), lab));
                break;
            case 3:
                store.objects.erase(name);
                break;
            default: {
                const auto found = store.objects.find(name);
                if (found != store.objects.end()) found->second[random() % found->second.size()] ^= 1;
            }
        }
        if (step % 5 != 0) continue;
        for (std::size_t at = 0; at < items.size(); ++at) {
            for (const auto each : {ReceiptKind::Stored, ReceiptKind::Opened}) {
                const auto found = store.objects.find(items[at].id.toString() + u'.' + package::receiptKindName(each));
                if (found == store.objects.end()) continue;
                const auto receipt = package::openReceipt(found->second, lab.verifyKey());
                if (!receipt || receipt->package != items[at].id || receipt->kind != each) continue;
                expected[at] =
                    std::max(expected[at], each == ReceiptKind::Stored ? PackageState::Stored : PackageState::Opened);
            }
        }
        const auto report = tablet.outbox->collectReceipts(store, lab.verifyKey());
        VERIFY_OK(report);
        moves += static_cast<int>(report->moved.size());
        const auto now = states(tablet);
        VERIFY_OK(now);
        QVERIFY2(*now == expected, qPrintable(QString::number(step)));
    }
    QVERIFY(moves > 20);
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
