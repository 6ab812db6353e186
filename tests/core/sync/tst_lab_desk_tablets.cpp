// SPDX-License-Identifier: Apache-2.0
#include "core/sync/lab_desk_fixture.h"

using namespace sotto;
using namespace sotto::test;
using Outcome = sync::Received::Outcome;
using package::ReceiptKind;

namespace {

const Path kUnknown = kOut / "unknown-tablets";

/// Nothing of the unknown is left, but perhaps the empty folder.
bool nothingWaits(const FaultFileSystem& files) {
    for (const Path& path : files.paths()) {
        if (path.string().find(kUnknown.string()) == 0) return false;
    }
    return true;
}

}  // namespace

class LabDeskTabletsTest : public QObject {
    Q_OBJECT
private slots:
    void unknownTabletsAreFiledApart();
    void withoutEnrolmentEveryTabletCounts();
    void aTabletEnrolledLaterIsFiledWithTheOthers();
    void whatWaitedIsFiledAlsoWhenTheStoreForgotIt();
    void anAlteredWaitingCopyIsFetchedAnew();
    void rollBackIsFoundInBothPlaces();
    void anUnknownTabletCannotTakeAnEnrolledOnesPlace();
    void oneFiledBeforeEnrolmentGivesWay();
    void whatWasFiledBeforeEnrolmentStays();
    void filingAnewSurvivesAnyFault();
    void filingAnewSurvivesAPowerCut();

private:
    [[nodiscard]] sync::LabDeskKeys deskWith(std::set<crypto::VerifyKey> tablets) const {
        return keysOf(&m_custodian, &m_signing, std::move(tablets));
    }
    KeyPair m_custodian;
    crypto::SigningKey m_signing = crypto::SigningKey::generate();
    FakeClock m_clock;
};

void LabDeskTabletsTest::unknownTabletsAreFiledApart() {
    Tablet ours;
    Tablet stranger;
    MemoryStore store;
    const auto known = ours.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(known);
    const auto unknown = stranger.queue(m_custodian.recipients(), 10, 1, true);
    VERIFY_OK(unknown);
    VERIFY_OK(ours.outbox->send(store));
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    for (int run = 0; run < 2; ++run) {
        const auto received = sync::receive(files, store, deskWith({ours.device.verifyKey()}), kOut, m_clock);
        VERIFY_OK(received);
        QCOMPARE(received->size(), std::size_t{2});
        const auto one = outcomeOf(*received, *known);
        QVERIFY(one.opened && !one.apart && has(store, *known, ReceiptKind::Opened));
        const auto other = outcomeOf(*received, *unknown);
        QVERIFY(other.apart && !other.opened);
        QVERIFY(other.outcome == (run == 0 ? Outcome::New : Outcome::Known));
        QVERIFY(!has(store, *unknown, ReceiptKind::Stored) && !has(store, *unknown, ReceiptKind::Opened));
        QVERIFY(!*files.exists(sessionFolder(*unknown)));
        const Path folder = sessionFolder(*unknown, kUnknown);
        QVERIFY(files.content(folder / "content.age") == stranger.files.content(stranger.outbox->fileOf(unknown->id)));
        QCOMPARE(byteArrayOf(files.content(folder / "content.age.manifest")), unknown->signedManifest);
        QVERIFY(*files.exists(folder / "PRACTICE") && !*files.exists(folder / "content"));
    }
}

void LabDeskTabletsTest::withoutEnrolmentEveryTabletCounts() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    auto received = sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().opened && !received->front().apart && has(store, *item, ReceiptKind::Opened));
    // No tablet at all is enrolled is something else: then none counts.
    FaultFileSystem other;
    received = sync::receive(other, store, deskWith({}), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().apart && *other.exists(sessionFolder(*item, kUnknown)));
}

void LabDeskTabletsTest::aTabletEnrolledLaterIsFiledWithTheOthers() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1, true);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, deskWith({}), kOut, m_clock));
    QVERIFY(!*files.exists(sessionFolder(*item)));
    const auto received = sync::receive(files, store, deskWith({tablet.device.verifyKey()}), kOut, m_clock);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{1});
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened && !received->front().apart);
    QVERIFY2(received->front().note.contains(QStringLiteral("waited")), qPrintable(received->front().note));
    QVERIFY(has(store, *item, ReceiptKind::Opened) && nothingWaits(files));
    QVERIFY(files.content(sessionFolder(*item) / "content.age") ==
            tablet.files.content(tablet.outbox->fileOf(item->id)));
    QCOMPARE(byteArrayOf(files.content(sessionFolder(*item) / "content.age.manifest")), item->signedManifest);
    QVERIFY(*files.exists(sessionFolder(*item) / "PRACTICE") && !*files.exists(sessionFolder(*item, kUnknown)));
}

void LabDeskTabletsTest::whatWaitedIsFiledAlsoWhenTheStoreForgotIt() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, deskWith({}), kOut, m_clock));
    MemoryStore empty;
    auto received = sync::receive(files, empty, deskWith({}), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->empty() && !nothingWaits(files));
    received = sync::receive(files, empty, deskWith({tablet.device.verifyKey()}), kOut, m_clock);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{1});
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened && nothingWaits(files));
    // The second copy is not there, so that nothing says "stored"; that it opened is true all the same.
    QVERIFY(!has(empty, *item, ReceiptKind::Stored) && has(empty, *item, ReceiptKind::Opened));
    received = sync::receive(files, empty, deskWith({tablet.device.verifyKey()}), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->empty());
}

void LabDeskTabletsTest::anAlteredWaitingCopyIsFetchedAnew() {
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, deskWith({}), kOut, m_clock));
    const Path waiting = sessionFolder(*item, kUnknown) / "content.age";
    Bytes altered = files.content(waiting);
    altered[altered.size() / 2] ^= 1;
    files.setContent(waiting, altered);
    const auto received = sync::receive(files, store, deskWith({tablet.device.verifyKey()}), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(received->front().opened);
    QVERIFY(files.content(sessionFolder(*item) / "content.age") ==
            tablet.files.content(tablet.outbox->fileOf(item->id)));
}

void LabDeskTabletsTest::rollBackIsFoundInBothPlaces() {
    Tablet tablet;
    const auto first = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(first);
    const auto again = tablet.seal(m_custodian.recipients(), 20, 1);
    VERIFY_OK(again);
    const std::set<crypto::VerifyKey> none;
    const std::set<crypto::VerifyKey> enrolled{tablet.device.verifyKey()};
    MemoryStore store;
    VERIFY_OK(tablet.outbox->send(store));
    MemoryStore both;
    VERIFY_OK(tablet.outbox->add(*again));
    VERIFY_OK(tablet.outbox->send(both));
    // Where the first was filed, and where the second would go.
    for (const auto& before : {none, enrolled}) {
        for (const auto& now : {none, enrolled}) {
            FaultFileSystem files;
            VERIFY_OK(sync::receive(files, store, deskWith(before), kOut, m_clock));
            const auto received = sync::receive(files, both, deskWith(now), kOut, m_clock);
            VERIFY_OK(received);
            const auto one = outcomeOf(*received, *again);
            QVERIFY(one.outcome == Outcome::Refused && one.note.contains(first->session.toString()));
            QVERIFY(!*files.exists(sessionFolder(*again)) && !*files.exists(sessionFolder(*again, kUnknown)));
            QVERIFY(!has(both, *again, ReceiptKind::Stored));
        }
    }
}

void LabDeskTabletsTest::anUnknownTabletCannotTakeAnEnrolledOnesPlace() {
    Tablet ours;
    Tablet stranger;
    const auto honest = ours.seal(m_custodian.recipients(), 10, 1);
    VERIFY_OK(honest);
    const auto copied = stranger.seal(m_custodian.recipients(), 20, 1, false, honest->session);
    VERIFY_OK(copied);
    VERIFY_OK(stranger.outbox->add(*copied));
    MemoryStore store;
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    const auto desk = [&] { return deskWith({ours.device.verifyKey()}); };
    VERIFY_OK(sync::receive(files, store, desk(), kOut, m_clock));
    VERIFY_OK(ours.outbox->add(*honest));
    VERIFY_OK(ours.outbox->send(store));
    const auto received = sync::receive(files, store, desk(), kOut, m_clock);
    VERIFY_OK(received);
    const auto one = outcomeOf(*received, *honest);
    QVERIFY2(one.outcome == Outcome::New && one.opened, qPrintable(one.note));
    QVERIFY(has(store, *honest, ReceiptKind::Opened));
    const auto other = outcomeOf(*received, *copied);
    QVERIFY(other.outcome == Outcome::Known && other.apart && !has(store, *copied, ReceiptKind::Stored));
}

void LabDeskTabletsTest::oneFiledBeforeEnrolmentGivesWay() {
    Tablet ours;
    Tablet stranger;
    const auto honest = ours.seal(m_custodian.recipients(), 10, 1);
    VERIFY_OK(honest);
    sync::OutboxItem copied;
    copied.id = PackageId::random();
    copied.session = honest->session;
    VERIFY_OK(stranger.sealAs(copied, m_custodian.recipients(), 20, 1, false, stranger.facts(honest->session, false)));
    VERIFY_OK(stranger.outbox->add(copied));
    MemoryStore store;
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, keysOf(&m_custodian, &m_signing), kOut, m_clock));
    QCOMPARE(files.content(sessionFolder(copied) / "content/a.bin").size(), std::size_t{20});
    VERIFY_OK(ours.outbox->add(*honest));
    VERIFY_OK(ours.outbox->send(store));
    const auto received = sync::receive(files, store, deskWith({ours.device.verifyKey()}), kOut, m_clock);
    VERIFY_OK(received);
    QVERIFY(outcomeOf(*received, *honest).outcome == Outcome::New && outcomeOf(*received, *honest).opened);
    QCOMPARE(files.content(sessionFolder(copied) / "content/a.bin").size(), std::size_t{10});
    // The stranger's bytes are kept: it may have been told that they are here.
    const Bytes theirs = stranger.files.content(stranger.outbox->fileOf(copied.id));
    const auto paths = files.paths();
    QVERIFY(std::any_of(paths.begin(), paths.end(), [&](const Path& path) {
        return path.string().find("/lab/set-aside/") == 0 && files.content(path) == theirs;
    }));
}

void LabDeskTabletsTest::whatWasFiledBeforeEnrolmentStays() {
    Tablet tablet;
    Tablet ours;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 10, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(sync::receive(files, store, {}, kOut, m_clock));
    const auto before = files.paths();
    const auto received = sync::receive(files, store, deskWith({ours.device.verifyKey()}), kOut, m_clock);
    VERIFY_OK(received);
    const auto one = outcomeOf(*received, *item);
    QVERIFY(one.outcome == Outcome::Known && one.apart && !one.opened && !one.note.isEmpty());
    QVERIFY(files.paths() == before && !has(store, *item, ReceiptKind::Stored));
}

void LabDeskTabletsTest::filingAnewSurvivesAnyFault() {
    Tablet tablet;
    MemoryStore origin;
    const auto item = tablet.queue(m_custodian.recipients(), 300, 1, true);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(origin));
    const Bytes whole = tablet.files.content(tablet.outbox->fileOf(item->id));
    for (const bool storeForgot : {false, true}) {
        for (const bool forGood : {false, true}) {
            for (std::uint64_t n = 1;; ++n) {
                FaultFileSystem files;
                VERIFY_OK(sync::receive(files, origin, deskWith({}), kOut, m_clock));
                MemoryStore store;
                if (!storeForgot) store.objects = origin.objects;
                files.resetOperations();
                files.failAt(n, forGood);
                const auto desk = [&] { return deskWith({tablet.device.verifyKey()}); };
                static_cast<void>(sync::receive(files, store, desk(), kOut, m_clock));
                const bool reached = files.faultHappened();
                files.clearFaults();
                const Path copy = sessionFolder(*item) / "content.age";
                const Path waiting = sessionFolder(*item, kUnknown) / "content.age";
                // It never goes missing, in whatever place.
                QVERIFY2(*files.exists(copy) || *files.exists(waiting), qPrintable(QString::number(n)));
                QVERIFY(files.content(*files.exists(copy) ? copy : waiting) == whole);
                if (has(store, *item, ReceiptKind::Stored)) QVERIFY(*files.exists(copy));
                VERIFY_OK(sync::receive(files, store, desk(), kOut, m_clock));
                QVERIFY2(nothingWaits(files), qPrintable(QString::number(n)));
                // age file, manifest, PRACTICE, ledger, manifest.json and one file in it
                QVERIFY2(files.paths().size() == 6, qPrintable(QString::number(n)));
                if (!storeForgot) QVERIFY(has(store, *item, ReceiptKind::Opened));
                if (!reached) break;
            }
        }
    }
}

void LabDeskTabletsTest::filingAnewSurvivesAPowerCut() {
    using Loss = FaultFileSystem::Loss;
    Tablet tablet;
    MemoryStore store;
    const auto item = tablet.queue(m_custodian.recipients(), 300, 1);
    VERIFY_OK(item);
    VERIFY_OK(tablet.outbox->send(store));
    const Bytes whole = tablet.files.content(tablet.outbox->fileOf(item->id));
    MemoryStore empty;
    for (const Loss loss : {Loss::All, Loss::Nothing, Loss::Reordered}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            VERIFY_OK(sync::receive(files, store, deskWith({}), kOut, m_clock));
            files.resetOperations();
            files.failAt(n, true);
            const auto desk = [&] { return deskWith({tablet.device.verifyKey()}); };
            empty.objects.clear();
            static_cast<void>(sync::receive(files, empty, desk(), kOut, m_clock));
            const bool reached = files.faultHappened();
            files.clearFaults();
            files.cutPower(loss);
            VERIFY_OK(sync::receive(files, empty, desk(), kOut, m_clock));
            const Path copy = sessionFolder(*item) / "content.age";
            QVERIFY2(*files.exists(copy), qPrintable(QString::number(n)));
            QVERIFY(files.content(copy) == whole && nothingWaits(files));
            if (!reached) break;
        }
    }
}

QTEST_GUILESS_MAIN(LabDeskTabletsTest)
#include "tst_lab_desk_tablets.moc"
