// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;
using interview::SessionState;
using package::PackageKind;

namespace {

/// A home with one interview that was sealed and not sent.
struct Sealed : World {
    Sealed() {
        home = must(create());
        participant = consentedPerson(*home);
        must(interviewShortly(*home, participant, told));
        must(workflow::sealSession(*home, told.id));
        items = must(outboxItems(*home));
    }
    [[nodiscard]] static Path fileOf(const sync::OutboxItem& item) {
        return kHome / "outbox" / (item.id.toString().toStdString() + ".age");
    }
    void damage(const sync::OutboxItem& item) {
        Bytes content = files.content(fileOf(item));
        content[content.size() / 2] ^= 1;
        files.setContent(fileOf(item), content);
    }
    [[nodiscard]] const sync::OutboxItem& packageOf(PackageKind kind) const {
        return *std::find_if(items.begin(), items.end(), [kind](const auto& item) { return item.kind == kind; });
    }
    [[nodiscard]] SessionState state() { return must(rowOf(*home, told.id)).state; }
    /// Every kind arrives, is opened, and bears the session's one number.
    void verifyThatTheLabHasAll() {
        const auto received = must(receive());
        std::set<PackageKind> kinds;
        for (const auto& one : received) {
            QVERIFY2(one.outcome == sync::Received::Outcome::New && one.opened, qPrintable(one.note));
            QVERIFY(one.manifest.session == told.id);
            QCOMPARE(one.manifest.sequence, std::uint64_t{1});
            kinds.insert(one.manifest.kind);
        }
        QCOMPARE(kinds.size(), std::size_t{3});
        QCOMPARE(received.size(), std::size_t{3});
    }
    std::unique_ptr<Home> home;
    people::Participant participant;
    Acknowledged told;
    std::vector<sync::OutboxItem> items;
};

}  // namespace

class TestDeliver : public QObject {
    Q_OBJECT

private slots:
    void aBrokenPackageIsSealedAnewAndTheLabTakesIt_data();
    void aBrokenPackageIsSealedAnewAndTheLabTakesIt();
    void partsThatWereLeftBehindLeaveTheStore();
    void whatTheStoreHasWholeIsNotSealedAnew();
    void onlyAQueuedPackageIsSealedAnew();
    void aResearchPackageThatConsentKeepsBackIsNotMadeAgain();
    void anErrorOfOnePackageStillBringsStatesUpToDate();
    void everyFaultWhileSealingAnewCanBeMended();
};

void TestDeliver::aBrokenPackageIsSealedAnewAndTheLabTakesIt_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("gone");
    for (const auto kind : {PackageKind::Content, PackageKind::Identity, PackageKind::Research}) {
        const QByteArray name = package::packageKindName(kind).toLatin1();
        QTest::addRow("%s damaged", name.constData()) << static_cast<int>(kind) << false;
        QTest::addRow("%s gone", name.constData()) << static_cast<int>(kind) << true;
    }
}

void TestDeliver::aBrokenPackageIsSealedAnewAndTheLabTakesIt() {
    QFETCH(int, kind);
    QFETCH(bool, gone);
    Sealed world;
    const auto broken = world.packageOf(static_cast<PackageKind>(kind));
    if (gone) {
        must(world.files.remove(Sealed::fileOf(broken)));
    } else {
        world.damage(broken);
    }
    const auto delivered = world.deliver(*world.home);
    VERIFY_OK(delivered);
    QCOMPARE(delivered->resealed, 1);
    QCOMPARE(delivered->sent, 3);
    QCOMPARE(world.state(), SessionState::Sent);
    const auto after = must(outboxItems(*world.home));
    QCOMPARE(after.size(), std::size_t{3});
    QVERIFY(std::none_of(after.begin(), after.end(), [&](const auto& item) { return item.id == broken.id; }));
    QCOMPARE(filesBelow(world.files, kHome / "outbox").size(), 3);
    world.verifyThatTheLabHasAll();
    VERIFY_OK(world.deliver(*world.home));
    QCOMPARE(world.state(), SessionState::Received);
    const auto entries = must(vault::AuditTrail(world.home->sessions()).entries());
    QCOMPARE(std::count_if(entries.begin(), entries.end(),
                           [](const auto& entry) { return entry.action == u"package.resealed"; }),
             std::ptrdiff_t{1});
}

void TestDeliver::partsThatWereLeftBehindLeaveTheStore() {
    Sealed world;
    const auto broken = world.packageOf(PackageKind::Content);
    const auto manifest = must(package::openManifest(viewOf(broken.signedManifest)));
    // An upload that was broken off before the manifest.
    const Path part = kStore / manifest.parts.front().name.toStdString();
    world.files.setContent(part, Bytes(10, std::uint8_t{1}));
    world.damage(broken);
    VERIFY_OK(world.deliver(*world.home));
    QVERIFY(!must(world.files.exists(part)));
    world.verifyThatTheLabHasAll();
}

void TestDeliver::whatTheStoreHasWholeIsNotSealedAnew() {
    Sealed world;
    const auto broken = world.packageOf(PackageKind::Identity);
    world.home.reset();
    const auto before = world.snapshot();
    world.home = must(world.unlock());
    VERIFY_OK(world.deliver(*world.home));
    world.home.reset();
    // The tablet died before it knew that it had sent: the manifests are in the store all the same.
    for (const auto& [path, content] : before)
        world.files.setContent(path, content);
    world.home = must(world.unlock());
    world.damage(broken);
    VERIFY_FAILS(world.deliver(*world.home), ErrorCode::Damaged);
    const auto after = must(outboxItems(*world.home));
    QVERIFY(std::any_of(after.begin(), after.end(), [&](const auto& item) { return item.id == broken.id; }));
    world.verifyThatTheLabHasAll();
    VERIFY_OK(world.deliver(*world.home));  // its receipt is there by now
    QCOMPARE(world.state(), SessionState::Received);
}

void TestDeliver::onlyAQueuedPackageIsSealedAnew() {
    Sealed world;
    VERIFY_FAILS(workflow::resealPackage(*world.home, PackageId::random()), ErrorCode::NotFound);
    VERIFY_OK(world.deliver(*world.home));
    const auto before = must(outboxItems(*world.home));
    VERIFY_FAILS(workflow::resealPackage(*world.home, before.front().id), ErrorCode::NotAllowed);
    sync::Outbox outbox(world.home->outbox(), world.files, kHome / "outbox");
    VERIFY_FAILS(outbox.withdraw(before.front().id), ErrorCode::NotAllowed);
    QCOMPARE(must(outboxItems(*world.home)).size(), std::size_t{3});
    QCOMPARE(filesBelow(world.files, kHome / "outbox").size(), 3);
}

void TestDeliver::aResearchPackageThatConsentKeepsBackIsNotMadeAgain() {
    Sealed world;
    world.damage(world.packageOf(PackageKind::Research));
    must(giveConsent(*world.home, world.participant, consentItems(true, false)));
    const auto delivered = world.deliver(*world.home);
    VERIFY_OK(delivered);
    QCOMPARE(delivered->resealed, 1);
    QCOMPARE(delivered->sent, 2);
    const auto after = must(outboxItems(*world.home));
    QCOMPARE(after.size(), std::size_t{2});
    QVERIFY(
        std::none_of(after.begin(), after.end(), [](const auto& item) { return item.kind == PackageKind::Research; }));
    QCOMPARE(world.state(), SessionState::Sent);
}

void TestDeliver::anErrorOfOnePackageStillBringsStatesUpToDate() {
    Sealed world;
    Acknowledged second;
    must(interviewShortly(*world.home, world.participant, second));
    must(workflow::sealSession(*world.home, second.id));
    // The file of the second session's first package is not what was sealed, and its log is not there either.
    const auto items = must(outboxItems(*world.home));
    const Path broken = Sealed::fileOf(items[3]);
    const Path log = world.home->layout().sessionLog(must(rowOf(*world.home, second.id)).logName);
    const Bytes whole = world.files.content(broken);
    const Bytes wholeLog = world.files.content(log);
    world.damage(items[3]);
    must(world.files.remove(log));
    VERIFY_FAILS(world.deliver(*world.home), ErrorCode::Damaged);
    QCOMPARE(world.state(), SessionState::Sent);
    QCOMPARE(must(rowOf(*world.home, second.id)).state, SessionState::Sealed);
    const auto entries = must(vault::AuditTrail(world.home->outbox()).entries());
    QCOMPARE(entries.back().details[QStringLiteral("sent")].toInt(), 5);
    world.files.setContent(broken, whole);
    QCOMPARE(must(world.deliver(*world.home)).sent, 1);
    QCOMPARE(must(rowOf(*world.home, second.id)).state, SessionState::Sent);
}

void TestDeliver::everyFaultWhileSealingAnewCanBeMended() {
    Snapshot start;
    std::uint64_t operations = 0;
    SessionId id;
    {
        Sealed world;
        world.damage(world.packageOf(PackageKind::Content));
        id = world.told.id;
        world.home.reset();
        start = world.snapshot();
        world.home = must(world.unlock());
        world.files.resetOperations();
        must(world.deliver(*world.home));
        operations = world.files.operations();
    }
    int failures = 0;
    for (std::uint64_t n = 1; n <= operations; ++n) {
        for (const bool forGood : {false, true}) {
            World world(start);
            {
                const auto home = must(world.unlock());
                world.files.resetOperations();
                world.files.failAt(n, forGood);
                if (!world.deliver(*home)) ++failures;
            }
            world.files.clearFaults();
            if (forGood) world.files.cutPower(FaultFileSystem::Loss::All, static_cast<unsigned>(n));
            const auto home = must(world.unlock());
            VERIFY_OK(world.deliver(*home));
            QCOMPARE(must(rowOf(*home, id)).state, SessionState::Sent);
            QCOMPARE(must(world.receive()).size(), std::size_t{3});
            QCOMPARE(filesBelow(world.files, kHome / "outbox").size(), 3);
        }
    }
    QVERIFY(failures > 20);
}

QTEST_GUILESS_MAIN(TestDeliver)
#include "tst_deliver.moc"
