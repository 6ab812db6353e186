// SPDX-License-Identifier: Apache-2.0
#include "core/sync/lab_desk_fixture.h"
#include "sync/lab_withdrawals.h"
#include "sync/withdrawals.h"

using namespace sotto;
using namespace sotto::test;
using package::Deletion;
using package::WithdrawnPart;
using Outcome = sync::HonouredOrder::Outcome;

namespace {

/// A package at a lab, and the tablet that asks for it back.
struct Story {
    Story() { SOTTO_CHECK(sent.send(lab, 100).has_value() && lab.receive(files, sent.store).has_value()); }

    [[nodiscard]] package::WithdrawalOrder order(WithdrawnPart part) const {
        return {id, {}, part, {{sent.item.id, sent.item.session, sent.item.sha256}}, 1'790'000'000'000};
    }
    void ask(WithdrawnPart part = WithdrawnPart::All) { lay(package::signOrder(order(part), sent.tablet.device)); }
    /// Lays any text where the order would be.
    void lay(const QByteArray& text) {
        const ByteView bytes = viewOf(text);
        sent.store.objects[id.toString() + sync::kWithdrawSuffix] = Bytes(bytes.begin(), bytes.end());
    }
    [[nodiscard]] Result<std::vector<sync::HonouredOrder>> honour(const sync::LabDeskKeys& keys) {
        return sync::honourWithdrawals(files, sent.store, keys, kOut, lab.clock);
    }
    [[nodiscard]] Result<std::vector<sync::HonouredOrder>> honour() {
        return honour(keysOf(&lab.custodian, &lab.signing));
    }
    [[nodiscard]] Result<package::DeletionReceipt> receipt() {
        SOTTO_ASSIGN(const Bytes text, sent.store.get(id.toString() + sync::kErasedSuffix, package::kMaxOrderSize));
        return package::openDeletion(text, lab.signing.verifyKey());
    }
    /// What the lab and the store still have of the package.
    [[nodiscard]] QStringList traces() {
        QStringList names;
        for (const Path& path : files.paths()) {
            const QString name = QString::fromStdString(path.string());
            const bool isLedger = name.endsWith(u".json") && !name.contains(sent.item.session.toString());
            if (!isLedger) names.append(name);
        }
        for (const auto& [name, content] : sent.store.objects) {
            if (!name.startsWith(id.toString())) names.append(name);
        }
        return names;
    }

    Lab lab;
    Delivery sent;
    FaultFileSystem files;
    package::OrderId id = package::OrderId::random();
};

const Path kOpened = "content";

}  // namespace

class LabWithdrawalsTest : public QObject {
    Q_OBJECT
private slots:
    void whatWasTakenBackIsGoneAndReceipted();
    void aRepeatChangesNothing();
    void itDoesNotComeBack();
    void whatABackupBringsBackGoesAgain();
    void ofSoundAloneTheRestThatWasOpenedStays();
    void soundThatNobodyOpenedGoesWithItsPackage();
    void whatNeverArrivedIsNotTaken();
    void anUnknownTabletsOrderRemovesNothing();
    void anotherTabletsPackageIsNotRemoved();
    void aForgedOrderRemovesNothing();
    void anotherOrderUnderTheSameIdIsRefused();
    void withoutItsKeyTheReceiptWaits();
    void copiesMadeByPeopleAreListed();
    void somebodysOwnFilesStay();
    void whatWasFiledApartGoesToo();
    void anyFaultOnlyRepeats_data();
    void anyFaultOnlyRepeats();
    void newerListStopsTheRun();
};

void LabWithdrawalsTest::whatWasTakenBackIsGoneAndReceipted() {
    Story story;
    QVERIFY(!story.traces().isEmpty());
    story.ask();
    std::vector<sync::HonouredOrder> orders;
    const auto received = sync::receive(story.files, story.sent.store, keysOf(&story.lab.custodian, &story.lab.signing),
                                        kOut, story.lab.clock, &orders);
    VERIFY_OK(received);
    QVERIFY2(received->empty(), "the package is still there to be received");
    QCOMPARE(orders.size(), std::size_t{1});
    QVERIFY(orders[0].outcome == Outcome::Done && orders[0].isNew && orders[0].isSigned);
    QCOMPARE(story.traces(), QStringList());
    const auto receipt = story.receipt();
    VERIFY_OK(receipt);
    const Bytes& text = story.sent.store.objects.at(story.id.toString() + sync::kWithdrawSuffix);
    QVERIFY(package::isFor(*receipt, story.order(WithdrawnPart::All), text));
    QVERIFY(receipt->packages[0].what == Deletion::Removed && receipt->copies.empty());
}

void LabWithdrawalsTest::aRepeatChangesNothing() {
    Story story;
    story.ask();
    VERIFY_OK(story.honour());
    const auto objects = story.sent.store.objects;
    const auto list = story.files.content(kOut / "withdrawn.json");
    story.lab.clock.advance(60'000);
    const auto again = story.honour();
    VERIFY_OK(again);
    QVERIFY(again->front().outcome == Outcome::Done && !again->front().isNew);
    QVERIFY(again->front().packages[0].what == Deletion::Removed);
    QVERIFY(story.sent.store.objects == objects && story.files.content(kOut / "withdrawn.json") == list);
}

void LabWithdrawalsTest::itDoesNotComeBack() {
    Story story;
    const auto before = story.sent.store.objects;
    story.ask();
    VERIFY_OK(story.lab.receive(story.files, story.sent.store));
    for (const auto& [name, content] : before)
        story.sent.store.objects[name] = content;
    // Even while the store no longer has the order.
    story.sent.store.objects.erase(story.id.toString() + sync::kWithdrawSuffix);
    story.sent.store.objects.erase(story.id.toString() + sync::kErasedSuffix);
    const auto received = story.lab.receive(story.files, story.sent.store);
    VERIFY_OK(received);
    QCOMPARE(story.traces(), QStringList());

    // Nor under another package id.
    auto manifest = package::openManifest(viewOf(story.sent.item.signedManifest));
    VERIFY_OK(manifest);
    manifest->package = PackageId::random();
    const QByteArray text = package::signManifest(*manifest, story.sent.tablet.device);
    story.sent.store.objects = before;
    story.sent.store.objects[manifest->package.toString() + sync::kManifestSuffix] = Bytes(text.begin(), text.end());
    story.sent.store.objects.erase(story.sent.item.id.toString() + sync::kManifestSuffix);
    const auto renamed = story.lab.receive(story.files, story.sent.store);
    VERIFY_OK(renamed);
    QVERIFY(renamed->front().outcome == sync::Received::Outcome::Refused);
    QVERIFY(!*story.files.exists(sessionFolder(story.sent.item)));
}

void LabWithdrawalsTest::whatABackupBringsBackGoesAgain() {
    Story story;
    const Path sealed = sessionFolder(story.sent.item) / "content.age";
    const Bytes content = story.files.content(sealed);
    story.ask();
    VERIFY_OK(story.honour());
    VERIFY_OK(story.files.createDirectories(sessionFolder(story.sent.item) / kOpened));
    story.files.setContent(sealed, content);
    story.files.setContent(sessionFolder(story.sent.item) / kOpened / "a.bin", {1, 2, 3});
    const auto again = story.honour();
    VERIFY_OK(again);
    QVERIFY(!again->front().isNew);
    QCOMPARE(story.traces(), QStringList());
}

void LabWithdrawalsTest::ofSoundAloneTheRestThatWasOpenedStays() {
    Story story;
    const Path opened = sessionFolder(story.sent.item) / kOpened;
    story.files.setContent(opened / "audio.opus", {'O', 'g', 'g', 'S'});
    story.ask(WithdrawnPart::Audio);
    VERIFY_OK(story.lab.receive(story.files, story.sent.store));
    VERIFY_OK(story.lab.receive(story.files, story.sent.store));
    QVERIFY(!*story.files.exists(opened / "audio.opus"));
    QVERIFY(!*story.files.exists(sessionFolder(story.sent.item) / "content.age"));
    QVERIFY(*story.files.exists(opened / "a.bin") && *story.files.exists(opened / "SOUND-ERASED.txt"));
    QCOMPARE(story.sent.store.objects.size(), std::size_t{2});  // order and receipt
    const auto receipt = story.receipt();
    VERIFY_OK(receipt);
    QVERIFY(receipt->packages[0].what == Deletion::AudioOnly);

    // Who takes back the rest later is heard as well.
    story.id = package::OrderId::random();
    story.ask(WithdrawnPart::All);
    VERIFY_OK(story.honour());
    QVERIFY(!*story.files.exists(opened));
    VERIFY_OK(story.receipt());
}

void LabWithdrawalsTest::soundThatNobodyOpenedGoesWithItsPackage() {
    Lab lab;
    Delivery sent;
    VERIFY_OK(sent.send(lab));
    FaultFileSystem files;
    VERIFY_OK(lab.receive(files, sent.store, keysOf(nullptr, &lab.signing)));
    const package::WithdrawalOrder order{
        package::OrderId::random(), {}, WithdrawnPart::Audio, {{sent.item.id, sent.item.session, sent.item.sha256}}, 1};
    const QByteArray text = package::signOrder(order, sent.tablet.device);
    sent.store.objects[order.id.toString() + sync::kWithdrawSuffix] = Bytes(text.begin(), text.end());
    const auto honoured = sync::honourWithdrawals(files, sent.store, keysOf(nullptr, &lab.signing), kOut, lab.clock);
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().packages[0].what == Deletion::Removed);
    QVERIFY(!*files.exists(sessionFolder(sent.item)));
}

void LabWithdrawalsTest::whatNeverArrivedIsNotTaken() {
    Lab lab;
    Delivery sent;
    VERIFY_OK(sent.send(lab));
    Story other;  // a lab with another package
    const package::WithdrawalOrder order{
        other.id, {}, WithdrawnPart::All, {{sent.item.id, sent.item.session, sent.item.sha256}}, 1};
    other.lay(package::signOrder(order, sent.tablet.device));
    const auto honoured = other.honour();
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().packages[0].what == Deletion::NotHere);
    for (const auto& [name, content] : sent.store.objects)
        other.sent.store.objects[name] = content;
    VERIFY_OK(other.lab.receive(other.files, other.sent.store));
    QVERIFY(!*other.files.exists(sessionFolder(sent.item)));
    QVERIFY2(*other.files.exists(sessionFolder(other.sent.item) / "content.age"), "somebody else's package is gone");
}

void LabWithdrawalsTest::anUnknownTabletsOrderRemovesNothing() {
    Story story;
    const QStringList before = story.traces();
    story.ask();
    const auto stranger = crypto::SigningKey::generate().verifyKey();
    const auto honoured = story.honour(keysOf(&story.lab.custodian, &story.lab.signing, {{stranger}}));
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().outcome == Outcome::Unknown && !honoured->front().note.isEmpty());
    QCOMPARE(story.traces(), before);
    // Once it is enrolled, it counts.
    VERIFY_OK(story.honour(keysOf(nullptr, &story.lab.signing, {{story.sent.tablet.device.verifyKey()}})));
    QCOMPARE(story.traces(), QStringList());
}

void LabWithdrawalsTest::anotherTabletsPackageIsNotRemoved() {
    Story story;
    const QStringList before = story.traces();
    story.lay(package::signOrder(story.order(WithdrawnPart::All), crypto::SigningKey::generate()));
    const auto honoured = story.honour();
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().outcome == Outcome::Refused && honoured->front().note.contains(u"another tablet"));
    QCOMPARE(story.traces(), before);
    VERIFY_FAILS(story.receipt(), ErrorCode::NotFound);
}

void LabWithdrawalsTest::aForgedOrderRemovesNothing() {
    Story story;
    const QStringList before = story.traces();
    QByteArray text = package::signOrder(story.order(WithdrawnPart::All), story.sent.tablet.device);
    text[text.size() / 2] = text[text.size() / 2] == 'A' ? 'B' : 'A';
    story.lay(text);
    auto honoured = story.honour();
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().outcome == Outcome::Refused);
    story.lay(QByteArray(static_cast<qsizetype>(package::kMaxOrderSize) + 1, 'x'));
    VERIFY_OK(story.honour());
    // A genuine one under another's name.
    auto order = story.order(WithdrawnPart::All);
    order.id = package::OrderId::random();
    story.lay(package::signOrder(order, story.sent.tablet.device));
    honoured = story.honour();
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().outcome == Outcome::Refused);
    QCOMPARE(story.traces(), before);
}

void LabWithdrawalsTest::anotherOrderUnderTheSameIdIsRefused() {
    Story story;
    story.ask(WithdrawnPart::Audio);
    VERIFY_OK(story.honour());
    story.ask(WithdrawnPart::All);
    const auto honoured = story.honour();
    VERIFY_OK(honoured);
    QVERIFY(std::any_of(honoured->begin(), honoured->end(),
                        [](const auto& order) { return order.outcome == Outcome::Refused; }));
    QVERIFY(*story.files.exists(sessionFolder(story.sent.item) / kOpened / "a.bin"));
}

void LabWithdrawalsTest::withoutItsKeyTheReceiptWaits() {
    Story story;
    story.ask();
    const auto honoured = story.honour(keysOf(&story.lab.custodian, nullptr));
    VERIFY_OK(honoured);
    QVERIFY(honoured->front().isNew && !honoured->front().isSigned);
    QCOMPARE(story.traces(), QStringList());
    VERIFY_FAILS(story.receipt(), ErrorCode::NotFound);
    VERIFY_OK(story.honour(keysOf(nullptr, &story.lab.signing)));
    const auto receipt = story.receipt();
    VERIFY_OK(receipt);
    QVERIFY2(receipt->packages[0].what == Deletion::Removed, "what the first desk removed must not be forgotten");
}

void LabWithdrawalsTest::copiesMadeByPeopleAreListed() {
    Story story;
    VERIFY_OK(sync::noteExport(story.files, kOut,
                               {QStringLiteral("open"),
                                story.sent.item.sha256,
                                {},
                                QStringLiteral("/stick/a"),
                                QStringLiteral("R. Roy"),
                                1'789'000'000'000}));
    VERIFY_OK(
        sync::noteExport(story.files, kOut,
                         {QStringLiteral("unseal"), crypto::sha256(Bytes{1}), {}, QStringLiteral("/stick/b"), {}, 2}));
    VERIFY_OK(sync::noteExport(
        story.files, kOut, {QStringLiteral("rescue"), {}, story.sent.item.session, QStringLiteral("/stick/c"), {}, 3}));
    story.ask();
    VERIFY_OK(story.honour());
    const auto receipt = story.receipt();
    VERIFY_OK(receipt);
    QCOMPARE(receipt->copies.size(), std::size_t{2});
    QCOMPARE(receipt->copies[0].how, QStringLiteral("open"));
    const auto listed = sync::withdrawalsAt(story.files, kOut);
    VERIFY_OK(listed);
    QCOMPARE(listed->front().copies.size(), std::size_t{2});
    QCOMPARE(listed->front().copies[0].whom, QStringLiteral("R. Roy"));
    QCOMPARE(listed->front().copies[1].where, QStringLiteral("/stick/c"));
    const Bytes& text = story.sent.store.objects.at(story.id.toString() + sync::kErasedSuffix);
    const QByteArray body = QByteArray::fromBase64(byteArrayOf(text).split('"').at(7));
    QVERIFY2(!body.contains("stick") && !body.contains("Roy"), "where and for whom stays at the lab");
}

void LabWithdrawalsTest::somebodysOwnFilesStay() {
    Story story;
    const Path notes = sessionFolder(story.sent.item) / "my-notes.txt";
    story.files.setContent(notes, {'n'});
    story.ask();
    VERIFY_OK(story.honour());
    QVERIFY(*story.files.exists(notes));
    QVERIFY(!*story.files.exists(sessionFolder(story.sent.item) / "content.age"));
}

void LabWithdrawalsTest::whatWasFiledApartGoesToo() {
    Lab lab;
    Delivery sent;
    VERIFY_OK(sent.send(lab));
    FaultFileSystem files;
    const auto stranger = crypto::SigningKey::generate().verifyKey();
    VERIFY_OK(lab.receiveFrom({stranger}, files, sent.store));
    QVERIFY(*files.exists(sessionFolder(sent.item, kOut / "unknown-tablets") / "content.age"));
    const package::WithdrawalOrder order{
        package::OrderId::random(), {}, WithdrawnPart::All, {{sent.item.id, sent.item.session, sent.item.sha256}}, 1};
    const QByteArray text = package::signOrder(order, sent.tablet.device);
    sent.store.objects[order.id.toString() + sync::kWithdrawSuffix] = Bytes(text.begin(), text.end());
    VERIFY_OK(lab.receiveFrom({sent.tablet.device.verifyKey()}, files, sent.store));
    QVERIFY(!*files.exists(sessionFolder(sent.item, kOut / "unknown-tablets")));
    QVERIFY(!*files.exists(sessionFolder(sent.item)));
}

void LabWithdrawalsTest::anyFaultOnlyRepeats_data() {
    addFaultRows();
}

void LabWithdrawalsTest::anyFaultOnlyRepeats() {
    QFETCH(bool, forGood);
    QFETCH(int, code);
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        Story story;
        story.ask();
        const auto broken = fault.during(story.files, [&] { return story.honour(); });
        if (!fault.reached()) VERIFY_OK(broken);
        const auto done = story.honour();
        QVERIFY2(done.has_value(), fault.at(describe(done)));
        QVERIFY2(story.traces().isEmpty(), fault.at(story.traces().join(u' ')));
        const auto receipt = story.receipt();
        QVERIFY2(receipt.has_value(), fault.at(describe(receipt)));
        QVERIFY2(receipt->packages[0].what == Deletion::Removed, fault.at());
    }
}

void LabWithdrawalsTest::newerListStopsTheRun() {
    for (const char* name : {"withdrawn.json", "exports.json"}) {
        Story story;
        const QStringList before = story.traces();
        const QByteArray newer = R"({"format":2,"orders":[],"copies":[]})";
        story.files.setContent(kOut / name, Bytes(newer.begin(), newer.end()));
        story.ask();
        VERIFY_FAILS(story.lab.receive(story.files, story.sent.store), ErrorCode::NewerVersion);
        QCOMPARE(story.traces(), before);
        QCOMPARE(byteArrayOf(story.files.content(kOut / name)), newer);
    }
}

QTEST_GUILESS_MAIN(LabWithdrawalsTest)
#include "tst_lab_withdrawals.moc"
