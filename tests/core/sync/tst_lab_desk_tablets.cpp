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
    Lab m_lab;
};

void LabDeskTabletsTest::unknownTabletsAreFiledApart() {
    Tablet ours;
    Tablet stranger;
    MemoryStore store;
    const auto known = ours.queue(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(known);
    const auto unknown = stranger.queue(m_lab.custodian.recipients(), 10, 1, true);
    VERIFY_OK(unknown);
    VERIFY_OK(ours.outbox->send(store));
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    for (int run = 0; run < 2; ++run) {
        const auto received = m_lab.receiveFrom({ours.device.verifyKey()}, files, store);
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
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    auto received = m_lab.receive(files, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().opened && !received->front().apart && has(sent.store, sent.item, ReceiptKind::Opened));
    // No tablet at all is enrolled is something else: then none counts.
    FaultFileSystem other;
    received = m_lab.receiveFrom({}, other, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().apart && *other.exists(sessionFolder(sent.item, kUnknown)));
}

void LabDeskTabletsTest::aTabletEnrolledLaterIsFiledWithTheOthers() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 10, true));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receiveFrom({}, files, sent.store));
    QVERIFY(!*files.exists(sessionFolder(sent.item)));
    const auto received = m_lab.receiveFrom({sent.tablet.device.verifyKey()}, files, sent.store);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{1});
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened && !received->front().apart);
    QVERIFY2(received->front().note.contains(QStringLiteral("waited")), qPrintable(received->front().note));
    QVERIFY(has(sent.store, sent.item, ReceiptKind::Opened) && nothingWaits(files));
    QVERIFY(files.content(sessionFolder(sent.item) / "content.age") == sent.sealed());
    QCOMPARE(byteArrayOf(files.content(sessionFolder(sent.item) / "content.age.manifest")), sent.item.signedManifest);
    QVERIFY(*files.exists(sessionFolder(sent.item) / "PRACTICE") && !*files.exists(sessionFolder(sent.item, kUnknown)));
}

void LabDeskTabletsTest::whatWaitedIsFiledAlsoWhenTheStoreForgotIt() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receiveFrom({}, files, sent.store));
    MemoryStore empty;
    auto received = m_lab.receiveFrom({}, files, empty);
    VERIFY_OK(received);
    QVERIFY(received->empty() && !nothingWaits(files));
    received = m_lab.receiveFrom({sent.tablet.device.verifyKey()}, files, empty);
    VERIFY_OK(received);
    QCOMPARE(received->size(), std::size_t{1});
    QVERIFY(received->front().outcome == Outcome::New && received->front().opened && nothingWaits(files));
    // The second copy is not there, so that nothing says "stored"; that it opened is true all the same.
    QVERIFY(!has(empty, sent.item, ReceiptKind::Stored) && has(empty, sent.item, ReceiptKind::Opened));
    received = m_lab.receiveFrom({sent.tablet.device.verifyKey()}, files, empty);
    VERIFY_OK(received);
    QVERIFY(received->empty());
}

void LabDeskTabletsTest::anAlteredWaitingCopyIsFetchedAnew() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receiveFrom({}, files, sent.store));
    const Path waiting = sessionFolder(sent.item, kUnknown) / "content.age";
    Bytes altered = files.content(waiting);
    altered[altered.size() / 2] ^= 1;
    files.setContent(waiting, altered);
    const auto received = m_lab.receiveFrom({sent.tablet.device.verifyKey()}, files, sent.store);
    VERIFY_OK(received);
    QVERIFY(received->front().opened);
    QVERIFY(files.content(sessionFolder(sent.item) / "content.age") == sent.sealed());
}

void LabDeskTabletsTest::rollBackIsFoundInBothPlaces() {
    Tablet tablet;
    const auto first = tablet.queue(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(first);
    const auto again = tablet.seal(m_lab.custodian.recipients(), 20, 1);
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
            VERIFY_OK(m_lab.receiveFrom(before, files, store));
            const auto received = m_lab.receiveFrom(now, files, both);
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
    const auto honest = ours.seal(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(honest);
    const auto copied = stranger.seal(m_lab.custodian.recipients(), 20, 1, false, honest->session);
    VERIFY_OK(copied);
    VERIFY_OK(stranger.outbox->add(*copied));
    MemoryStore store;
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receiveFrom({ours.device.verifyKey()}, files, store));
    VERIFY_OK(ours.outbox->add(*honest));
    VERIFY_OK(ours.outbox->send(store));
    const auto received = m_lab.receiveFrom({ours.device.verifyKey()}, files, store);
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
    const auto honest = ours.seal(m_lab.custodian.recipients(), 10, 1);
    VERIFY_OK(honest);
    const auto copied = stranger.seal(m_lab.custodian.recipients(), 20, 1, false, honest->session);
    VERIFY_OK(copied);
    VERIFY_OK(stranger.outbox->add(*copied));
    MemoryStore store;
    VERIFY_OK(stranger.outbox->send(store));
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, store));
    QCOMPARE(files.content(sessionFolder(*copied) / "content/a.bin").size(), std::size_t{20});
    VERIFY_OK(ours.outbox->add(*honest));
    VERIFY_OK(ours.outbox->send(store));
    const auto received = m_lab.receiveFrom({ours.device.verifyKey()}, files, store);
    VERIFY_OK(received);
    QVERIFY(outcomeOf(*received, *honest).outcome == Outcome::New && outcomeOf(*received, *honest).opened);
    QCOMPARE(files.content(sessionFolder(*copied) / "content/a.bin").size(), std::size_t{10});
    // The stranger's bytes are kept: it may have been told that they are here.
    const Bytes theirs = stranger.files.content(stranger.outbox->fileOf(copied->id));
    const auto paths = files.paths();
    QVERIFY(std::any_of(paths.begin(), paths.end(), [&](const Path& path) {
        return path.string().find("/lab/set-aside/") == 0 && files.content(path) == theirs;
    }));
}

void LabDeskTabletsTest::whatWasFiledBeforeEnrolmentStays() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab));
    Tablet ours;
    FaultFileSystem files;
    VERIFY_OK(m_lab.receive(files, sent.store, {}));
    const auto before = files.paths();
    const auto received = m_lab.receiveFrom({ours.device.verifyKey()}, files, sent.store);
    VERIFY_OK(received);
    const auto one = outcomeOf(*received, sent.item);
    QVERIFY(one.outcome == Outcome::Known && one.apart && !one.opened && !one.note.isEmpty());
    QVERIFY(files.paths() == before && !has(sent.store, sent.item, ReceiptKind::Stored));
}

void LabDeskTabletsTest::filingAnewSurvivesAnyFault() {
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 300, true));
    const Bytes whole = sent.sealed();
    for (const bool storeForgot : {false, true}) {
        for (const bool forGood : {false, true}) {
            for (EveryFault fault(forGood); fault.next();) {
                FaultFileSystem files;
                VERIFY_OK(m_lab.receiveFrom({}, files, sent.store));
                MemoryStore store;
                if (!storeForgot) store.objects = sent.store.objects;
                const auto enrolled = [&] { return m_lab.receiveFrom({sent.tablet.device.verifyKey()}, files, store); };
                static_cast<void>(fault.during(files, enrolled));
                const Path copy = sessionFolder(sent.item) / "content.age";
                const Path waiting = sessionFolder(sent.item, kUnknown) / "content.age";
                // It never goes missing, in whatever place.
                QVERIFY2(*files.exists(copy) || *files.exists(waiting), fault.at());
                QVERIFY(files.content(*files.exists(copy) ? copy : waiting) == whole);
                if (has(store, sent.item, ReceiptKind::Stored)) QVERIFY(*files.exists(copy));
                VERIFY_OK(enrolled());
                QVERIFY2(nothingWaits(files), fault.at());
                // age file, manifest, PRACTICE, ledger, manifest.json and one file in it
                QVERIFY2(files.paths().size() == 6, fault.at());
                if (!storeForgot) QVERIFY(has(store, sent.item, ReceiptKind::Opened));
            }
        }
    }
}

void LabDeskTabletsTest::filingAnewSurvivesAPowerCut() {
    using Loss = FaultFileSystem::Loss;
    Delivery sent;
    VERIFY_OK(sent.send(m_lab, 300));
    const Bytes whole = sent.sealed();
    MemoryStore empty;
    for (const Loss loss : {Loss::All, Loss::Nothing, Loss::Reordered}) {
        for (EveryFault fault(true); fault.next();) {
            FaultFileSystem files;
            VERIFY_OK(m_lab.receiveFrom({}, files, sent.store));
            empty.objects.clear();
            const auto enrolled = [&] { return m_lab.receiveFrom({sent.tablet.device.verifyKey()}, files, empty); };
            static_cast<void>(fault.during(files, enrolled));
            files.cutPower(loss);
            VERIFY_OK(enrolled());
            const Path copy = sessionFolder(sent.item) / "content.age";
            QVERIFY2(*files.exists(copy), fault.at());
            QVERIFY(files.content(copy) == whole && nothingWaits(files));
        }
    }
}

QTEST_GUILESS_MAIN(LabDeskTabletsTest)
#include "tst_lab_desk_tablets.moc"
