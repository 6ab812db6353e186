// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/package/raw_tar.h"
#include "core/sync/lab_desk_fixture.h"

using namespace sotto;
using namespace sotto::test;
using Outcome = sync::Received::Outcome;
using package::ReceiptKind;

namespace {

/// One file of these bytes lies under set-aside/, and nowhere else.
bool holdsAside(const FaultFileSystem& files, const Bytes& bytes) {
    int aside = 0;
    int elsewhere = 0;
    for (const Path& path : files.paths()) {
        if (files.content(path) != bytes) continue;
        ++(path.string().find("/lab/set-aside/") == 0 ? aside : elsewhere);
    }
    return aside == 1 && elsewhere == 0;
}

/// A package that says inside that it belongs to another session, under the number and session of `honest`.
Result<sync::OutboxItem> relabelled(Tablet& tablet, const KeyPair& custodian, const SessionId& session,
                                    std::uint64_t sequence) {
    sync::OutboxItem item;
    item.id = PackageId::random();
    item.session = session;
    SOTTO_TRY(
        tablet.sealAs(item, custodian.recipients(), 30, sequence, false, tablet.facts(SessionId::random(), false)));
    SOTTO_TRY(tablet.outbox->add(item));
    return item;
}

}  // namespace

class LabDeskRefusalsTest : public QObject {
    Q_OBJECT
private slots:
    void rollBackIsRefused();
    void forgedManifestsAreRefused();
    void hostilePackageIsKeptSealed();
    void relabelledPackageIsKeptSealed_data();
    void relabelledPackageIsKeptSealed();
    void relabelledFolderOfAnEarlierRunGetsNoReceipt();
    void aSetAsidePackageLeavesItsPlaceToAnHonestOne();
    void settingAsideSurvivesAnyFault();
    void aReceiptInTheWayIsToldAndPassedOver();

private:
    Lab m_lab;
};

void LabDeskRefusalsTest::rollBackIsRefused() {
    Tablet tablet;
    const auto first = tablet.queue(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(first);
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, store, {}));
    const Bytes kept = files.content(sessionFolder(*first) / "content.age");
    // The same place in the device's count: once the same session with other bytes, once another session; and the
    // same session under another number.
    const auto otherBytes = tablet.seal(m_lab.custodian.recipients(), 20, 1, false, first->session);
    const auto otherSession = tablet.seal(m_lab.custodian.recipients(), 20, 1);
    const auto otherNumber = tablet.seal(m_lab.custodian.recipients(), 20, 2, false, first->session);
    for (const auto& item : {otherBytes, otherSession, otherNumber}) {
        VERIFY_OK(item);
        VERIFY_OK(tablet.outbox->add(*item));
        MemoryStore second;
        VERIFY_OK(tablet.outbox->send(second));
        const auto received = m_lab.receive(files, second);
        VERIFY_OK(received);
        // The genuine one comes along: it has no receipt yet.
        const auto one = std::find_if(received->begin(), received->end(),
                                      [&](const auto& each) { return each.manifest.package == item->id; });
        QVERIFY(one != received->end() && one->outcome == Outcome::Refused && !one->note.isEmpty());
        QVERIFY(!has(second, *item, ReceiptKind::Stored));
        // Both are named, by session and hash.
        for (const QString& name : {first->session.toString(), item->session.toString(), package::hexText(item->sha256),
                                    package::hexText(first->sha256), QStringLiteral("number 1")}) {
            QVERIFY2(one->note.contains(name), qPrintable(one->note));
        }
    }
    QVERIFY(files.content(sessionFolder(*first) / "content.age") == kept);
    QVERIFY(!*files.exists(sessionFolder(*otherSession)));
}

void LabDeskRefusalsTest::forgedManifestsAreRefused() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    const QString name = sent.item.id.toString() + sync::kManifestSuffix;
    const Bytes genuine = sent.store.objects.at(name);
    sent.store.objects[PackageId::random().toString() + sync::kManifestSuffix] = genuine;  // under another id
    sent.store.objects[PackageId::random().toString() + sync::kManifestSuffix] = Bytes{'{', '}'};
    sent.store.objects[PackageId::random().toString() + sync::kManifestSuffix] = Bytes(3 << 20, ' ');
    sent.store.objects.at(name)[40] ^= 1;
    FaultFileSystem files;
    const auto received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{4});
    for (const auto& one : *received) {
        QVERIFY(one.outcome == Outcome::Refused && !one.opened);
    }
    QVERIFY(files.paths().empty());
}

void LabDeskRefusalsTest::hostilePackageIsKeptSealed() {
    Tablet tablet;
    auto item = tablet.seal(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    const Bytes tar = RawTar().entry("../../escape", "x").finished();
    const auto recipients = m_lab.custodian.recipients();
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
    const auto received = m_lab.receive(files, store);
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Refused && !received->front().opened);
    QVERIFY(!has(store, *item, ReceiptKind::Stored) && !has(store, *item, ReceiptKind::Opened));
    QVERIFY(!*files.exists(kOut / "escape") && !*files.exists(sessionFolder(*item)));
    QVERIFY(holdsAside(files, *sealed));
    QCOMPARE(files.paths().size(), std::size_t{3});
}

void LabDeskRefusalsTest::relabelledPackageIsKeptSealed_data() {
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

void LabDeskRefusalsTest::relabelledPackageIsKeptSealed() {
    QFETCH(bool, practice);
    QFETCH(QString, inside);
    Delivery sent;
    inside.replace(QStringLiteral("%1"), sent.item.session.toString());
    inside.replace(QStringLiteral("%2"), QString::fromStdString(toHex(sent.tablet.device.verifyKey())));
    VERIFY_OK(sent.sendSaying(inside.toUtf8(), m_lab, practice));
    FaultFileSystem files;
    for (int run = 0; run < 2; ++run) {
        const auto received = m_lab.receive(files, sent.store);
        VERIFY_OK(received);
        QVERIFY(received->front().outcome == Outcome::Refused && !received->front().opened);
        QVERIFY(!received->front().note.isEmpty());
        QVERIFY(!has(sent.store, sent.item, ReceiptKind::Stored) && !has(sent.store, sent.item, ReceiptKind::Opened));
        QVERIFY(!*files.exists(sessionFolder(sent.item)));
        // The ledger, the age file, its manifest: nothing in clear is left.
        QCOMPARE(files.paths().size(), std::size_t{3});
        QVERIFY(holdsAside(files, sent.sealed()));
    }
}

void LabDeskRefusalsTest::relabelledFolderOfAnEarlierRunGetsNoReceipt() {
    Delivery sent;
    const QByteArray inside = sent.tablet.facts(SessionId::random(), false);
    VERIFY_OK(sent.sendSaying(inside, m_lab));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store, {}));
    // As a desk that did not compare would have left it.
    const Path age = sessionFolder(sent.item) / "content.age";
    VERIFY_OK(package::openPackage(files, age, m_lab.custodian.identities, sessionFolder(sent.item) / "content"));
    const auto received = m_lab.receive(files, sent.store, keysOf(nullptr, &m_lab.signing));
    VERIFY_OK(received);
    QVERIFY(received->front().outcome == Outcome::Refused && !received->front().note.isEmpty());
    QVERIFY(!has(sent.store, sent.item, ReceiptKind::Stored) && !has(sent.store, sent.item, ReceiptKind::Opened));
    QVERIFY(!*files.exists(sessionFolder(sent.item)));
}

void LabDeskRefusalsTest::aSetAsidePackageLeavesItsPlaceToAnHonestOne() {
    Tablet tablet;
    Tablet stranger;
    const auto honest = tablet.seal(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(honest);
    MemoryStore store;
    const auto hostile = relabelled(stranger, m_lab.custodian, honest->session, 1);
    VERIFY_OK(hostile);
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    // A desk without the key can't tell: the first one has the place.
    VERIFY_OK(m_lab.receive(files, store, {}));
    QVERIFY(*files.exists(sessionFolder(*hostile) / "content.age"));
    auto received = m_lab.receive(files, store);
    VERIFY_OK(received);
    QVERIFY(outcomeOf(*received, *hostile).outcome == Outcome::Refused);
    VERIFY_OK(tablet.outbox->add(*honest));
    VERIFY_OK(tablet.outbox->send(store));
    received = m_lab.receive(files, store);
    VERIFY_OK(received);
    const auto opened = outcomeOf(*received, *honest);
    QVERIFY2(opened.outcome == Outcome::New && opened.opened, qPrintable(opened.note));
    QVERIFY(outcomeOf(*received, *hostile).outcome == Outcome::Refused);
    QVERIFY(has(store, *honest, ReceiptKind::Opened) && !has(store, *hostile, ReceiptKind::Stored));
    QVERIFY(files.content(sessionFolder(*honest) / "content.age") ==
            tablet.files.content(tablet.outbox->fileOf(honest->id)));
    QCOMPARE(byteArrayOf(files.content(sessionFolder(*honest) / "content.age.manifest")), honest->signedManifest);
    QVERIFY(holdsAside(files, stranger.files.content(stranger.outbox->fileOf(hostile->id))));
}

void LabDeskRefusalsTest::settingAsideSurvivesAnyFault() {
    Tablet stranger;
    MemoryStore origin;
    const auto hostile = relabelled(stranger, m_lab.custodian, SessionId::random(), 1);
    VERIFY_OK(hostile);
    VERIFY_OK(stranger.outbox->send(origin));
    const Bytes whole = stranger.files.content(stranger.outbox->fileOf(hostile->id));
    Tablet tablet;
    const auto honest = tablet.seal(m_lab.custodian.recipients(), 10, 1, false, hostile->session);
    VERIFY_OK(honest);
    VERIFY_OK(tablet.outbox->add(*honest));
    MemoryStore after;
    VERIFY_OK(tablet.outbox->send(after));
    for (const bool forGood : {false, true}) {
        for (EveryFault fault(forGood); fault.next();) {
            FaultFileSystem files;
            VERIFY_OK(m_lab.receive(files, origin, {}));
            MemoryStore store;
            store.objects = origin.objects;
            static_cast<void>(fault.during(files, [&] { return m_lab.receive(files, store); }));
            QVERIFY(!has(store, *hostile, ReceiptKind::Stored));
            // The next desk sees both, or, the store having forgotten it, the honest one alone.
            VERIFY_OK(m_lab.receive(files, store));
            QVERIFY2(holdsAside(files, whole), fault.at());
            const auto received = m_lab.receive(files, after, keysOf(&m_lab.custodian, nullptr));
            VERIFY_OK(received);
            const auto one = outcomeOf(*received, *honest);
            QVERIFY2(one.outcome == Outcome::New && one.opened, qPrintable(one.note));
            // ledger; age, manifest and two files opened; age and manifest aside
            QVERIFY2(files.paths().size() == 7, fault.at());
        }
    }
}

void LabDeskRefusalsTest::aReceiptInTheWayIsToldAndPassedOver() {
    Tablet tablet;
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories("/store"));
    const auto store = sync::openFolderStore(files, "/store");
    VERIFY_OK(store);
    const auto first = tablet.queue(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(first);
    const auto second = tablet.queue(m_lab.custodian.recipients(), 10, 2);
    VERIFY_OK(second);
    VERIFY_OK(tablet.outbox->send(**store));
    const auto name = [](const sync::OutboxItem& item, const QString& rest) {
        return Path("/store") / (item.id.toString() + rest).toStdString();
    };
    // Two folders full of something: one moves away, the other can't, its new name being taken too.
    files.setContent(name(*first, QStringLiteral(".stored")) / "inside", {1});
    files.setContent(name(*second, QStringLiteral(".stored")) / "inside", {1});
    files.setContent(name(*second, QStringLiteral(".stored.in-the-way")) / "inside", {1});
    files.setContent(name(*second, QStringLiteral(".opened")) / "inside", {1});
    const auto received = m_lab.receive(files, **store);
    VERIFY_OK(received);
    const auto one = outcomeOf(*received, *first);
    QVERIFY(one.opened && one.note.isEmpty());
    const Bytes stored = files.content(name(*first, QStringLiteral(".stored")));
    VERIFY_OK(package::openReceipt(stored, m_lab.signing.verifyKey()));
    const auto other = outcomeOf(*received, *second);
    QVERIFY2(other.opened && other.note.contains(QStringLiteral("take it away")), qPrintable(other.note));
    QCOMPARE(files.content(name(*second, QStringLiteral(".stored")) / "inside"), Bytes{1});
    VERIFY_OK(package::openReceipt(files.content(name(*second, QStringLiteral(".opened"))), m_lab.signing.verifyKey()));
}

QTEST_GUILESS_MAIN(LabDeskRefusalsTest)
#include "tst_lab_desk_refusals.moc"
