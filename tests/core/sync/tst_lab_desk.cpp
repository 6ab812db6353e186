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
    Lab m_lab;
};

void LabDeskTest::receivesOpensAndWritesReceipts() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 9'000'000));
    FaultFileSystem files;
    const auto received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{1});
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened && received->front().couldOpen);
    const Path folder = sessionFolder(sent.item);
    QVERIFY(files.content(folder / "content.age") == sent.sealed());
    QCOMPARE(byteArrayOf(files.content(folder / "content.age.manifest")), sent.item.signedManifest);
    QCOMPARE(files.content(folder / "content/a.bin").size(), std::size_t{9'000'000});
    QVERIFY(!*files.exists(folder / "PRACTICE"));
    const auto report = sent.tablet.outbox->collectReceipts(sent.store, m_lab.signing.verifyKey());
    VERIFY_OK(report);
    QCOMPARE(report->refused, 0);
    QVERIFY(report->moved.size() == 1 && report->moved.front().state == sync::PackageState::Opened);
}

void LabDeskTest::withoutKeysItFilesAndALaterRunOpens() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    auto received = m_lab.receive(files, sent.store, {});
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::New && !received->front().opened && !received->front().couldOpen);
    QVERIFY(!has(sent.store, sent.item, ReceiptKind::Stored));
    const KeyPair other;
    received = m_lab.receive(files, sent.store, keysOf(&other, &m_lab.signing));
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Known && !received->front().couldOpen);
    QVERIFY(has(sent.store, sent.item, ReceiptKind::Stored) && !has(sent.store, sent.item, ReceiptKind::Opened));
    received = m_lab.receive(files, sent.store, keysOf(&m_lab.custodian, nullptr));
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Known && received->front().opened);
    received = m_lab.receive(files, sent.store, keysOf(nullptr, &m_lab.signing));
    VERIFY_OK(received);
    QVERIFY(has(sent.store, sent.item, ReceiptKind::Opened));
}

void LabDeskTest::repeatChangesNothing() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store));
    const auto objects = sent.store.objects;
    const auto paths = files.paths();
    m_lab.clock.advance(1000);
    const auto again = m_lab.receive(files, sent.store);
    VERIFY_OK(again);
    QVERIFY(again->front().outcome == Outcome::Known && again->front().opened);
    QVERIFY(sent.store.objects == objects);
    QVERIFY(files.paths() == paths);
}

void LabDeskTest::missingPartsAreIncompleteUntilTheyCome() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 9'000'000));
    const auto whole = sent.store.objects;
    const auto manifest = package::openManifest(viewOf(sent.item.signedManifest));
    sent.store.objects.erase(manifest->parts[1].name);
    FaultFileSystem files;
    auto received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Incomplete && !received->front().note.isEmpty());
    QVERIFY(files.paths().empty() && !has(sent.store, sent.item, ReceiptKind::Stored));
    sent.store.objects = whole;
    received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened);
}

void LabDeskTest::alteredPartIsRefused() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    const auto manifest = package::openManifest(viewOf(sent.item.signedManifest));
    sent.store.objects.at(manifest->parts[0].name)[3] ^= 1;
    FaultFileSystem files;
    const auto received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Refused);
    QVERIFY(files.paths().empty() && !has(sent.store, sent.item, ReceiptKind::Stored));
}

void LabDeskTest::alteredCopyIsFetchedAnew() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store, {}));
    const Path copy = sessionFolder(sent.item) / "content.age";
    const Bytes whole = files.content(copy);
    files.setContent(copy, Bytes(whole.begin(), whole.end() - 1));
    const auto received = m_lab.receive(files, sent.store, keysOf(nullptr, &m_lab.signing));
    VERIFY_OK(received);
    QVERIFY(files.content(copy) == whole);
    QVERIFY(received->front().outcome == Outcome::New && !received->front().note.isEmpty());
}

void LabDeskTest::copyWithoutPartsInTheStoreGetsNoReceipt() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store, {}));
    const auto manifest = package::openManifest(viewOf(sent.item.signedManifest));
    sent.store.objects.at(manifest->parts[0].name)[0] ^= 1;
    const auto received = m_lab.receive(files, sent.store, keysOf(nullptr, &m_lab.signing));
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Known && !has(sent.store, sent.item, ReceiptKind::Stored));
}

void LabDeskTest::researchPackageNeedsNoSessionInside() {
    Delivery sent;
    sent.item.kind = package::PackageKind::Research;
    VERIFY_OK(sent.sendSaying(R"({"kind":"research","practice":true})", m_lab, true));
    FaultFileSystem files;
    const auto received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened);
    QVERIFY(has(sent.store, sent.item, ReceiptKind::Opened));
}

void LabDeskTest::forgedReceiptInTheStoreIsReplaced() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    sent.store.objects[sent.item.id.toString() + sync::kStoredSuffix] = Bytes{'x'};
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store, keysOf(nullptr, &m_lab.signing)));
    VERIFY_OK(package::openReceipt(sent.store.objects.at(sent.item.id.toString() + sync::kStoredSuffix),
                                   m_lab.signing.verifyKey()));
}

void LabDeskTest::practiceSessionsAreMarked() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 10, true));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store, {}));
    QVERIFY(byteArrayOf(files.content(sessionFolder(sent.item) / "PRACTICE")).startsWith("practice session: never"));
}

void LabDeskTest::newerLedgerStopsTheRun() {
    FaultFileSystem files;
    MemoryStore store;
    const QByteArray newer("{\"format\":2,\"packages\":[]}");
    files.setContent(kOut / "ledger.json", Bytes(newer.begin(), newer.end()));
    VERIFY_FAILS(m_lab.receive(files, store, {}), ErrorCode::NewerVersion);
    QCOMPARE(byteArrayOf(files.content(kOut / "ledger.json")), newer);
}

void LabDeskTest::anyFaultOnlyRepeats() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 300'000, true));
    const Bytes whole = sent.sealed();
    for (const bool forGood : {false, true}) {
        for (EveryFault fault(forGood); fault.next();) {
            FaultFileSystem files;
            MemoryStore store;
            store.objects = sent.store.objects;
            static_cast<void>(fault.during(files, [&] { return m_lab.receive(files, store); }));
            const Path copy = sessionFolder(sent.item) / "content.age";
            // What has its name is whole, and no receipt speaks of what is not there.
            if (*files.exists(copy)) QVERIFY(files.content(copy) == whole);
            if (has(store, sent.item, ReceiptKind::Stored)) QVERIFY(*files.exists(copy));
            if (*files.exists(sessionFolder(sent.item) / "content")) {
                VERIFY_OK(package::checkUnpacked(files, sessionFolder(sent.item) / "content"));
            }
            const auto again = m_lab.receive(files, store);
            VERIFY_OK(again);
            QVERIFY2(again->front().opened, fault.at());
            QVERIFY(has(store, sent.item, ReceiptKind::Stored) && has(store, sent.item, ReceiptKind::Opened));
            // age file, manifest, PRACTICE, ledger, manifest.json and one file in it: nothing half-written is left.
            QVERIFY2(files.paths().size() == 6, fault.at());
        }
    }
}

QTEST_GUILESS_MAIN(LabDeskTest)
#include "tst_lab_desk.moc"
