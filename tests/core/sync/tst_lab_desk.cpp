// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/package/raw_tar.h"
#include "core/sync/sync_fixture.h"

using namespace sotto;
using namespace sotto::test;
using Outcome = sync::Received::Outcome;
using package::ReceiptKind;

namespace {

const Path kOut = "/lab";

sync::LabDeskKeys keysOf(const KeyPair* opener, const crypto::SigningKey* signing) {
    sync::LabDeskKeys keys;
    if (opener) keys.identities.push_back(opener->identities.front().clone());
    if (signing) keys.signing = *crypto::SigningKey::fromSeed(signing->seed());
    return keys;
}

bool has(const MemoryStore& store, const sync::OutboxItem& item, ReceiptKind kind) {
    return store.objects.count(item.id.toString() + u'.' + package::receiptKindName(kind)) != 0;
}

Path sessionFolder(const sync::OutboxItem& item) {
    return kOut / item.session.toString().toStdString();
}

}  // namespace

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
    void rollBackIsRefused();
    void forgedManifestsAreRefused();
    void hostilePackageIsKeptSealed();
    void relabelledPackageIsKeptSealed_data();
    void relabelledPackageIsKeptSealed();
    void relabelledFolderOfAnEarlierRunGetsNoReceipt();
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

void LabDeskTest::rollBackIsRefused() {
    Tablet tablet;
    const auto first = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(first);
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, {}, kOut, m_clock));
    const Bytes kept = files.content(sessionFolder(*first) / "content.age");
    // The same place in the device's count: once the same session with other bytes, once another session; and the
    // same session under another number.
    const auto otherBytes = tablet.seal(m_custodian.recipients(), 20, 1, false, first->session);
    const auto otherSession = tablet.seal(m_custodian.recipients(), 20, 1);
    const auto otherNumber = tablet.seal(m_custodian.recipients(), 20, 2, false, first->session);
    for (const auto& item : {otherBytes, otherSession, otherNumber}) {
        VERIFY_OK(item);
        VERIFY_OK(tablet.outbox->add(*item));
        MemoryStore second;
        VERIFY_OK(tablet.outbox->send(second));
        const auto received = sync::receive(files, second, keysOf(&m_custodian, &m_signing), kOut, m_clock);
        VERIFY_OK(received);
        // The genuine one comes along: it has no receipt yet.
        const auto one = std::find_if(received->begin(), received->end(),
                                      [&](const auto& each) { return each.manifest.package == item->id; });
        QVERIFY(one != received->end() && one->outcome == Outcome::Refused && !one->note.isEmpty());
        QVERIFY(!has(second, *item, ReceiptKind::Stored));
    }
    QVERIFY(files.content(sessionFolder(*first) / "content.age") == kept);
    QVERIFY(!*files.exists(sessionFolder(*otherSession)));
}

void LabDeskTest::forgedManifestsAreRefused() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    const QString name = item->id.toString() + sync::kManifestSuffix;
    const Bytes genuine = store.objects.at(name);
    store.objects[PackageId::random().toString() + sync::kManifestSuffix] = genuine;  // under another id
    store.objects[PackageId::random().toString() + sync::kManifestSuffix] = Bytes{'{', '}'};
    store.objects[PackageId::random().toString() + sync::kManifestSuffix] = Bytes(3 << 20, ' ');
    store.objects.at(name)[40] ^= 1;
    FaultFileSystem files;
    const auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{4});
    for (const auto& one : *received) {
        QVERIFY(one.outcome == Outcome::Refused && !one.opened);
    }
    QVERIFY(files.paths().empty());
}

void LabDeskTest::hostilePackageIsKeptSealed() {
    Tablet tablet;
    auto item = tablet.seal(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    const Bytes tar = RawTar().entry("../../escape", "x").finished();
    const auto recipients = m_custodian.recipients();
    const auto sealed = crypto::age::encryptBytes(recipients, tar);
    VERIFY_OK(sealed);
    item->size = sealed->size();
    item->sha256 = crypto::sha256(*sealed);
    item->signedManifest = package::signManifest({item->id,
                                                  item->session,
                                                  item->kind,
                                                  false,
                                                  tablet.device.verifyKey(),
                                                  1,
                                                  item->size,
                                                  item->sha256,
                                                  {{PackageId::random().toString(), item->size, item->sha256}},
                                                  {}},
                                                 tablet.device);
    tablet.files.setContent(tablet.outbox->fileOf(item->id), *sealed);
    VERIFY_OK(tablet.outbox->add(*item));
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    const auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Refused && !received->front().opened);
    QVERIFY(has(store, *item, ReceiptKind::Stored) && !has(store, *item, ReceiptKind::Opened));
    QVERIFY(!*files.exists(kOut / "escape") && !*files.exists(sessionFolder(*item) / "content"));
    QCOMPARE(files.paths().size(), std::size_t{3});
}

void LabDeskTest::relabelledPackageIsKeptSealed_data() {
    QTest::addColumn<bool>("practice");
    QTest::addColumn<QString>("inside");  // %1: the session outside, %2: the device outside
    const auto row = [](const char* name, bool practice, const char* inside) {
        QTest::newRow(name) << practice << QString::fromLatin1(inside);
    };
    row("another kind", false, R"({"kind":"identity","practice":false,"session":"%1","device":"%2"})");
    row("practice made real", false, R"({"kind":"content","practice":true,"session":"%1","device":"%2"})");
    row("real made practice", true, R"({"kind":"content","practice":false,"session":"%1","device":"%2"})");
    row("another session", false,
        R"({"kind":"content","practice":false,"session":"00112233445566778899aabbccddeeff","device":"%2"})");
    row("another device", false, R"({"kind":"content","practice":false,"session":"%1","device":"00"})");
    row("session of another type", false, R"({"kind":"content","practice":false,"session":null,"device":"%2"})");
    row("no kind", false, R"({"practice":false,"session":"%1","device":"%2"})");
    row("no practice", false, R"({"kind":"content","session":"%1","device":"%2"})");
}

void LabDeskTest::relabelledPackageIsKeptSealed() {
    QFETCH(bool, practice);
    QFETCH(QString, inside);
    Tablet tablet;
    sync::OutboxItem item;
    item.id = PackageId::random();
    item.session = SessionId::random();
    inside.replace(QStringLiteral("%1"), item.session.toString());
    inside.replace(QStringLiteral("%2"), QString::fromStdString(toHex(tablet.device.verifyKey())));
    VERIFY_OK(tablet.sealAs(item, m_custodian.recipients(), 10, 1, practice, inside.toUtf8()));
    VERIFY_OK(tablet.outbox->add(item));
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    for (int run = 0; run < 2; ++run) {
        const auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
        VERIFY_OK(received);
        QVERIFY(received->front().outcome == Outcome::Refused && !received->front().opened);
        QVERIFY(!received->front().note.isEmpty());
        QVERIFY(!has(store, item, ReceiptKind::Opened));
        QVERIFY(!*files.exists(sessionFolder(item) / "content"));
        // The ledger, the age file, its manifest, PRACTICE: nothing in clear is left.
        QCOMPARE(files.paths().size(), practice ? std::size_t{4} : std::size_t{3});
    }
}

void LabDeskTest::relabelledFolderOfAnEarlierRunGetsNoReceipt() {
    Tablet tablet;
    sync::OutboxItem item;
    item.id = PackageId::random();
    item.session = SessionId::random();
    const QByteArray inside = tablet.facts(SessionId::random(), false);
    VERIFY_OK(tablet.sealAs(item, m_custodian.recipients(), 10, 1, false, inside));
    VERIFY_OK(tablet.outbox->add(item));
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, {}, kOut, m_clock));
    // As a desk that did not compare would have left it.
    const Path age = sessionFolder(item) / "content.age";
    VERIFY_OK(package::openPackage(files, age, m_custodian.identities, sessionFolder(item) / "content"));
    const auto received = sync::receive(files, store, keysOf(nullptr, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Refused && !received->front().note.isEmpty());
    QVERIFY(!has(store, item, ReceiptKind::Opened));
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
