// SPDX-License-Identifier: Apache-2.0
#include "core/sync/lab_desk_fixture.h"

using namespace sotto;
using namespace sotto::test;
using Outcome = sync::Received::Outcome;
using package::ReceiptKind;

class LabDeskTest : public QObject {
    Q_OBJECT
private slots:
    void receivesOpensAndWritesReceipts();
    void withoutKeysItFilesAndALaterRunOpens();
    void repeatChangesNothing();
    void missingPartsAreIncompleteUntilTheyCome();
    void alteredPartIsRefused();
    void alteredCopyIsFetchedAnew();
    void copyWithoutPartsInTheStoreGetsNoReceipt();
    void researchPackageNeedsNoSessionInside();
    void forgedReceiptInTheStoreIsReplaced();
    void practiceSessionsAreMarked();
    void newerLedgerStopsTheRun();
    void anyFaultOnlyRepeats();

private:
    KeyPair m_custodian;
    crypto::SigningKey m_signing = crypto::SigningKey::generate();
    FakeClock m_clock;
};

void LabDeskTest::receivesOpensAndWritesReceipts() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 9'000'000, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    const auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{1});
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened && received->front().couldOpen);
    const Path folder = sessionFolder(*item);
    QVERIFY(files.content(folder / "content.age") == tablet.files.content(tablet.outbox->fileOf(item->id)));
    QCOMPARE(byteArrayOf(files.content(folder / "content.age.manifest")), item->signedManifest);
    QCOMPARE(files.content(folder / "content/a.bin").size(), std::size_t{9'000'000});
    QVERIFY(!*files.exists(folder / "PRACTICE"));
    const auto report = tablet.outbox->collectReceipts(store, m_signing.verifyKey());
    VERIFY_OK(report);
    QCOMPARE(report->refused, 0);
    QVERIFY(report->moved.size() == 1 && report->moved.front().state == sync::PackageState::Opened);
}

void LabDeskTest::withoutKeysItFilesAndALaterRunOpens() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    auto received = sync::receive(files, store, {}, kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::New && !received->front().opened && !received->front().couldOpen);
    QVERIFY(!has(store, *item, ReceiptKind::Stored));
    const KeyPair other;
    received = sync::receive(files, store, keysOf(&other, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Known && !received->front().couldOpen);
    QVERIFY(has(store, *item, ReceiptKind::Stored) && !has(store, *item, ReceiptKind::Opened));
    received = sync::receive(files, store, keysOf(&m_custodian, nullptr), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Known && received->front().opened);
    received = sync::receive(files, store, keysOf(nullptr, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(has(store, *item, ReceiptKind::Opened));
}

void LabDeskTest::repeatChangesNothing() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock));
    const auto objects = store.objects;
    const auto paths = files.paths();
    m_clock.advance(1000);
    const auto again = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(again);
    QVERIFY(again->front().outcome == Outcome::Known && again->front().opened);
    QVERIFY(store.objects == objects);
    QVERIFY(files.paths() == paths);
}

void LabDeskTest::missingPartsAreIncompleteUntilTheyCome() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 9'000'000, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    const auto whole = store.objects;
    const auto manifest = package::openManifest(viewOf(item->signedManifest));
    store.objects.erase(manifest->parts[1].name);
    FaultFileSystem files;
    auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Incomplete && !received->front().note.isEmpty());
    QVERIFY(files.paths().empty() && !has(store, *item, ReceiptKind::Stored));
    store.objects = whole;
    received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened);
}

void LabDeskTest::alteredPartIsRefused() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    const auto manifest = package::openManifest(viewOf(item->signedManifest));
    store.objects.at(manifest->parts[0].name)[3] ^= 1;
    FaultFileSystem files;
    const auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Refused);
    QVERIFY(files.paths().empty() && !has(store, *item, ReceiptKind::Stored));
}

void LabDeskTest::alteredCopyIsFetchedAnew() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, {}, kOut, m_clock));
    const Path copy = sessionFolder(*item) / "content.age";
    const Bytes whole = files.content(copy);
    files.setContent(copy, Bytes(whole.begin(), whole.end() - 1));
    const auto received = sync::receive(files, store, keysOf(nullptr, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(files.content(copy) == whole);
    QVERIFY(received->front().outcome == Outcome::New && !received->front().note.isEmpty());
}

void LabDeskTest::copyWithoutPartsInTheStoreGetsNoReceipt() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, {}, kOut, m_clock));
    const auto manifest = package::openManifest(viewOf(item->signedManifest));
    store.objects.at(manifest->parts[0].name)[0] ^= 1;
    const auto received = sync::receive(files, store, keysOf(nullptr, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Known && !has(store, *item, ReceiptKind::Stored));
}

void LabDeskTest::researchPackageNeedsNoSessionInside() {
    Tablet tablet;
    sync::OutboxItem item;
    item.id = PackageId::random();
    item.session = SessionId::random();
    item.kind = package::PackageKind::Research;
    VERIFY_OK(tablet.sealAs(item, m_custodian.recipients(), 10, 1, true, R"({"kind":"research","practice":true})"));
    VERIFY_OK(tablet.outbox->add(item));
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    const auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened);
    QVERIFY(has(store, item, ReceiptKind::Opened));
}

void LabDeskTest::forgedReceiptInTheStoreIsReplaced() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    store.objects[item->id.toString() + sync::kStoredSuffix] = Bytes{'x'};
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, keysOf(nullptr, &m_signing), kOut, m_clock));
    VERIFY_OK(package::openReceipt(store.objects.at(item->id.toString() + sync::kStoredSuffix), m_signing.verifyKey()));
}

void LabDeskTest::practiceSessionsAreMarked() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1, true);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, {}, kOut, m_clock));
    QVERIFY(byteArrayOf(files.content(sessionFolder(*item) / "PRACTICE")).startsWith("practice session: never"));
}

void LabDeskTest::newerLedgerStopsTheRun() {
    FaultFileSystem files;
    MemoryStore store;
    const QByteArray newer("{\"format\":2,\"packages\":[]}");
    files.setContent(kOut / "ledger.json", Bytes(newer.begin(), newer.end()));
    VERIFY_FAILS(sync::receive(files, store, {}, kOut, m_clock), ErrorCode::NewerVersion);
    QCOMPARE(byteArrayOf(files.content(kOut / "ledger.json")), newer);
}

void LabDeskTest::anyFaultOnlyRepeats() {
    Tablet tablet;
    MemoryStore origin;
    const auto item = tablet.queue(m_custodian.recipients(), 300'000, 1, true);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(origin));
    const Bytes whole = tablet.files.content(tablet.outbox->fileOf(item->id));
    for (const bool forGood : {false, true}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            MemoryStore store;
            store.objects = origin.objects;
            files.failAt(n, forGood);
            static_cast<void>(sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock));
            const bool reached = files.faultHappened();
            files.clearFaults();
            const Path copy = sessionFolder(*item) / "content.age";
            // What has its name is whole, and no receipt speaks of what is not there.
            if (*files.exists(copy)) QVERIFY(files.content(copy) == whole);
            if (has(store, *item, ReceiptKind::Stored)) QVERIFY(*files.exists(copy));
            if (*files.exists(sessionFolder(*item) / "content")) {
                VERIFY_OK(package::checkUnpacked(files, sessionFolder(*item) / "content"));
            }
            const auto again = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
            VERIFY_OK(again);
            QVERIFY2(again->front().opened, qPrintable(QString::number(n)));
            QVERIFY(has(store, *item, ReceiptKind::Stored) && has(store, *item, ReceiptKind::Opened));
            // age file, manifest, PRACTICE, ledger, manifest.json and one file in it: nothing half-written is left.
            QVERIFY2(files.paths().size() == 6, qPrintable(QString::number(n)));
            if (!reached) break;
        }
    }
}

QTEST_GUILESS_MAIN(LabDeskTest)
#include "tst_lab_desk.moc"
