// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/store_room.h"
#include "vault/audit.h"
#include "workflow/inspect.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

constexpr std::string_view kAssistant = "an assistant's words";
constexpr std::string_view kColleague = "a colleague's words";
const QString kRa = QStringLiteral("ra");

Snapshot homeWithTwoInterviews(TwoInterviews& held) {
    World world;
    {
        const auto home = must(world.create());
        held = holdTwoInterviews(*home);
    }
    return world.snapshot();
}

void checkWhole(Home& home, const TwoInterviews& held) {
    for (const SessionId& session : {held.firstSession, held.secondSession}) {
        const auto records = must(recordsOf(home, session));
        QCOMPARE(records.log.integrity(), sealedlog::Integrity::Ok);
        QVERIFY(!records.log.hasDamagedSlot());
        QCOMPARE(records.events.size(), std::size_t{1});
    }
    for (const Compartment compartment : keyring::kCompartments)
        QVERIFY(!home.keyring().isRotating(compartment));
    QVERIFY(!home.recovery().unfinished);
}

}  // namespace

class TestRotation : public QObject {
    Q_OBJECT

private slots:
    void afterARotationNoKeyOpensACopyFromBefore();
    void progressIsTold();
    void everyFaultWhileRotatingIsMadeGoodAtTheNextUnlock_data();
    void everyFaultWhileRotatingIsMadeGoodAtTheNextUnlock();
    void aHeaderThatDidNotTurnKeepsTheOldEpoch();
    void everyFaultWhileCompactingLeavesAVaultThatOpens();
    void aFullDiskLeavesBothEpochs();
    void aClockIn1970ChangesNothing();
    void noKeyTurnsDuringAnInterview();
    void anAssistantDeliversAndReadsNothing();
    void aRevokedPersonOpensNothingMadeSince();
    void removingThePersonWhoRecordsIsRefused();
    void theLastHolderStays();
    void anOlderKeyringIsNoticed();
    void whoOnlyLooksNoticesAnOlderKeyringToo();
    void anOlderVaultIsNoticed();
    void anOlderCopyOfABrokenOffInterviewIsNoticed();
    void aVaultFromBeforeItsCompactionIsNoticed();
    void aChangedPassphraseIsTheOnlyOne();
};

void TestRotation::afterARotationNoKeyOpensACopyFromBefore() {
    TwoInterviews held;
    const Snapshot before = homeWithTwoInterviews(held);
    World world(before);
    must(rotate(*must(world.unlock()), keyring::kCompartments));
    const auto keys = keysOf(world);
    QVERIFY(broughtToLight(before, keys).isEmpty());
    checkWhole(*must(world.unlock()), held);
    // The custodians open everything, as before.
    const Snapshot now = world.snapshot();
    QCOMPARE(broughtToLight(now, Lab::instance().identities()), broughtToLight(now, keys));
}

void TestRotation::progressIsTold() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    const auto home = must(world.unlock());
    std::vector<std::tuple<Compartment, std::size_t, std::size_t>> told;
    const std::array both{Compartment::Outbox, Compartment::Sessions};
    must(rotate(*home, both, [&](Compartment compartment, std::size_t done, std::size_t total) {
        told.emplace_back(compartment, done, total);
    }));
    QCOMPARE(told.size(), std::size_t{4});  // a vault; a vault and two logs
    QVERIFY(told[0] == std::tuple(Compartment::Outbox, std::size_t{1}, std::size_t{1}));
    for (std::size_t i = 1; i < told.size(); ++i)
        QVERIFY(told[i] == std::tuple(Compartment::Sessions, i, std::size_t{3}));
}

void TestRotation::everyFaultWhileRotatingIsMadeGoodAtTheNextUnlock_data() {
    QTest::addColumn<int>("fault");
    for (std::size_t i = 0; i < kDiskFaults.size(); ++i)
        QTest::newRow(kDiskFaults[i].name) << static_cast<int>(i);
}

void TestRotation::everyFaultWhileRotatingIsMadeGoodAtTheNextUnlock() {
    QFETCH(int, fault);
    const DiskFault& kind = kDiskFaults[static_cast<std::size_t>(fault)];
    TwoInterviews held;
    const Snapshot before = homeWithTwoInterviews(held);
    std::uint64_t operations = 0;
    {
        World world(before);
        const auto home = must(world.unlock());
        world.files.resetOperations();
        must(rotate(*home, keyring::kCompartments));
        operations = world.files.operations();
    }
    const FaultStride stride(operations, fault);
    int turned = 0;
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        World world(before);
        {
            const auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            const bool claimed = rotate(*home, keyring::kCompartments).has_value();
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            world.files.clearFaults();
            if (claimed) ++turned;
        }
        const auto home = world.unlock();
        QVERIFY2(home, qPrintable(QStringLiteral("operation %1: %2").arg(n).arg(describe(home))));
        checkWhole(**home, held);
        if (QTest::currentTestFailed()) qFatal("at operation %llu", static_cast<unsigned long long>(n));
    }
    qInfo("%llu operations; finished in spite of the fault: %d", static_cast<unsigned long long>(operations), turned);
}

void TestRotation::aHeaderThatDidNotTurnKeepsTheOldEpoch() {
    // A disk that gave back what lay there before: without the old epoch this log would be lost for good.
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    {
        const auto home = must(world.unlock());
        const Path log = home->layout().sessionLog(must(rowOf(*home, held.firstSession)).logName);
        const Bytes before = world.files.content(log);
        const std::array sessions{Compartment::Sessions};
        QVERIFY(!rotate(*home, sessions,
                        [&](Compartment, std::size_t, std::size_t) { world.files.setContent(log, before); }));
        QVERIFY(home->keyring().isRotating(Compartment::Sessions));
    }
    const auto home = must(world.unlock());
    QVERIFY(home->recovery().rotationsFinished > 0);
    checkWhole(*home, held);
}

void TestRotation::everyFaultWhileCompactingLeavesAVaultThatOpens() {
    // The keyring knows the new log before it takes the place of the old one, whatever breaks off in between.
    TwoInterviews held;
    const Snapshot before = homeWithTwoInterviews(held);
    for (const DiskFault& kind : kDiskFaults) {
        for (std::uint64_t n = 1;; ++n) {
            World world(before);
            auto home = must(world.unlock());
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            static_cast<void>(compactVault(*home, Compartment::Sessions));
            const bool reached = world.files.faultHappened();
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            home.reset();
            world.files.clearFaults();
            const auto again = world.unlock();
            QVERIFY2(again, qPrintable(QStringLiteral("%1: %2").arg(n).arg(describe(again))));
            if (!reached) break;
        }
    }
}

void TestRotation::aFullDiskLeavesBothEpochs() {
    TwoInterviews held;
    const Snapshot before = homeWithTwoInterviews(held);
    World world(before);
    {
        const auto home = must(world.unlock());
        std::uint64_t used = 0;
        for (const Path& path : world.files.paths())
            used += world.files.content(path).size();
        world.files.setCapacity(used + 9000);
        VERIFY_FAILS(rotate(*home, keyring::kCompartments), ErrorCode::NoSpace);
    }
    {
        const auto home = must(world.unlock());  // a full disk keeps nobody from their data
        QVERIFY(home->recovery().unfinished);
        QCOMPARE(home->recovery().unfinished->code, ErrorCode::NoSpace);
        QVERIFY(home->keyring().isRotating(Compartment::Sessions));
        QCOMPARE(must(recordsOf(*home, held.firstSession)).events.size(), std::size_t{1});
    }
    world.files.setCapacity(std::uint64_t{1} << 30);
    const auto home = must(world.unlock());
    QVERIFY(home->recovery().rotationsFinished > 0);
    checkWhole(*home, held);
}

void TestRotation::aClockIn1970ChangesNothing() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    world.clock.setWall(0);
    {
        const auto home = must(world.unlock());
        must(rotate(*home, keyring::kCompartments));
        must(eraseSession(*home, held.firstSession));
    }
    const auto home = must(world.unlock());
    VERIFY_FAILS(rowOf(*home, held.firstSession), ErrorCode::NotFound);
    QCOMPARE(must(recordsOf(*home, held.secondSession)).events.size(), std::size_t{1});
}

void TestRotation::noKeyTurnsDuringAnInterview() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    const auto home = must(world.unlock());
    const auto session = must(LiveSession::begin(*home, held.second, true));
    VERIFY_FAILS(rotate(*home, keyring::kCompartments), ErrorCode::NotAllowed);
    VERIFY_FAILS(addPerson(*home, kRa, viewOf(kAssistant), {}, cheapOptions()), ErrorCode::NotAllowed);
    VERIFY_FAILS(changePassphrase(*home, viewOf(kAssistant), cheapOptions()), ErrorCode::NotAllowed);
}

void TestRotation::anAssistantDeliversAndReadsNothing() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    {
        const auto home = must(world.unlock());
        must(sealSession(*home, held.firstSession));
        must(addPerson(*home, kRa, viewOf(kAssistant), {Compartment::Outbox}, cheapOptions()));
    }
    {
        const auto home = must(world.unlock(kAssistant));
        QVERIFY(home->holds(Compartment::Outbox));
        QVERIFY(!home->holds(Compartment::Sessions) && !home->holds(Compartment::Identities));
        QVERIFY(!home->keyring().hasDeviceKey());
        QCOMPARE(must(world.deliver(*home)).sent, 3);
        must(world.receive());
        QCOMPARE(must(world.deliver(*home)).receipts, 3);
        VERIFY_FAILS(sealSession(*home, held.secondSession), ErrorCode::NotAllowed);
        VERIFY_FAILS(grant(*home, must(personNamed(*home, kRa)), Compartment::Sessions), ErrorCode::NotAllowed);
        const auto trail = must(vault::AuditTrail(home->outbox()).entries());
        QVERIFY(std::any_of(trail.begin(), trail.end(), [&](const vault::AuditEntry& entry) {
            return entry.action == u"packages.delivered" && entry.person == home->keyring().personId();
        }));
    }
    QVERIFY(!broughtToLight(world.snapshot(), keysOf(world, kAssistant)).contains(QByteArray(kCanary.data())));
    // The interviewer's next unlock learns what the assistant did.
    const auto home = must(world.unlock());
    QCOMPARE(must(rowOf(*home, held.firstSession)).state, interview::SessionState::Received);
}

void TestRotation::aRevokedPersonOpensNothingMadeSince() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    PersonId colleague;
    {
        const auto home = must(world.unlock());
        colleague = must(addPerson(*home, QStringLiteral("Noor"), viewOf(kColleague),
                                   {Compartment::Sessions, Compartment::Outbox}, cheapOptions()));
    }
    const auto theirs = keysOf(world, kColleague);
    QVERIFY(broughtToLight(world.snapshot(), theirs).contains(QByteArray(kCanary.data())));
    must(revoke(*must(world.unlock()), colleague, Compartment::Sessions));
    // Neither the keys kept from before nor those that the passphrase opens now lead to anything.
    for (const auto* keys : {&theirs}) {
        QVERIFY(!broughtToLight(world.snapshot(), *keys).contains(QByteArray(kCanary.data())));
    }
    const auto home = must(world.unlock(kColleague));
    QVERIFY(!home->holds(Compartment::Sessions) && home->holds(Compartment::Outbox));
}

void TestRotation::removingThePersonWhoRecordsIsRefused() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    const auto home = must(world.unlock());
    const PersonId other =
        must(addPerson(*home, QStringLiteral("Noor"), viewOf(kColleague),
                       {keyring::kCompartments.begin(), keyring::kCompartments.end()}, cheapOptions()));
    auto session = must(LiveSession::begin(*home, held.second, true));
    const auto refused = removePerson(*home, home->keyring().personId());
    VERIFY_FAILS(refused, ErrorCode::NotAllowed);
    QVERIFY(QByteArray::fromStdString(refused.error().context).contains("interview"));
    VERIFY_FAILS(removePerson(*home, other), ErrorCode::NotAllowed);
    // Another program with the other person's passphrase is turned away by the lock.
    VERIFY_FAILS(world.unlock(kColleague), ErrorCode::Busy);
    must(session->end());
    session.reset();
    VERIFY_OK(removePerson(*home, other));
    QCOMPARE(home->keyring().persons().size(), std::size_t{1});
    checkWhole(*home, held);
}

void TestRotation::theLastHolderStays() {
    World world;
    const auto home = must(world.create());
    const PersonId ra = must(addPerson(*home, kRa, viewOf(kAssistant), {Compartment::Outbox}, cheapOptions()));
    VERIFY_FAILS(revoke(*home, home->keyring().personId(), Compartment::Sessions), ErrorCode::NotAllowed);
    VERIFY_FAILS(removePerson(*home, home->keyring().personId()), ErrorCode::NotAllowed);
    VERIFY_OK(revoke(*home, ra, Compartment::Outbox));
}

void TestRotation::anOlderKeyringIsNoticed() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    const Bytes before = world.files.content(kHome / "keyring");
    PersonId ra;
    {
        const auto home = must(world.unlock());
        ra = must(addPerson(*home, kRa, viewOf(kAssistant), {Compartment::Outbox}, cheapOptions()));
    }
    const Bytes withRa = world.files.content(kHome / "keyring");
    must(revoke(*must(world.unlock()), ra, Compartment::Outbox));
    for (const Bytes& older : {before, withRa}) {
        World swapped(world.snapshot());
        swapped.files.setContent(kHome / "keyring", older);
        const auto refused = swapped.unlock();
        VERIFY_FAILS(refused, ErrorCode::Damaged);
        QVERIFY(QByteArray::fromStdString(refused.error().context).contains("put"));
    }
    VERIFY_OK(world.unlock());
}

void TestRotation::whoOnlyLooksNoticesAnOlderKeyringToo() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    const Bytes before = world.files.content(kHome / "keyring");
    must(changePassphrase(*must(world.unlock()), viewOf(kColleague), cheapOptions()));
    VERIFY_OK(inspectHome(world.files, kHome, viewOf(kColleague), world.clock, cheapOptions()));
    world.files.setContent(kHome / "keyring", before);
    VERIFY_FAILS(inspectHome(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()), ErrorCode::Damaged);
}

void TestRotation::anOlderVaultIsNoticed() {
    TwoInterviews held;
    const Snapshot before = homeWithTwoInterviews(held);
    World world(before);
    must(rotate(*must(world.unlock()), keyring::kCompartments));
    must(world.unlock());
    for (const char* name : {"sessions.vault", "identities.vault", "outbox.vault"}) {
        World swapped(world.snapshot());
        swapped.files.setContent(kHome / name, before.at(kHome / name));
        VERIFY_FAILS(swapped.unlock(), ErrorCode::Damaged);
    }
}

void TestRotation::anOlderCopyOfABrokenOffInterviewIsNoticed() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    SessionId broken;
    Path log;
    Bytes earlier;
    {
        const auto home = must(world.unlock());
        const auto session = must(LiveSession::begin(*home, held.second, true));
        broken = session->id();
        log = home->layout().sessionLog(must(rowOf(*home, broken)).logName);
        earlier = world.files.content(log);
        must(session->record());
        must(speak(*session, 600));
        must(session->pause());
    }
    must(world.unlock());
    world.files.setContent(log, earlier);
    const auto home = must(world.unlock());
    must(sealSession(*home, broken));
    must(world.deliver(*home));
    must(world.receive());
    const QByteArray manifest =
        byteArrayOf(world.files.content(kLabOut / broken.toString().toStdString() / "content" / "manifest.json"));
    QVERIFY2(manifest.contains("\"integrity\": \"damaged\""), manifest);
}

void TestRotation::aVaultFromBeforeItsCompactionIsNoticed() {
    // The same keys open it; only that the keyring no longer knows it gives it away.
    TwoInterviews held;
    const Snapshot before = homeWithTwoInterviews(held);
    World world(before);
    must(compactVault(*must(world.unlock()), Compartment::Sessions));
    world.files.setContent(kHome / "sessions.vault", before.at(kHome / "sessions.vault"));
    VERIFY_FAILS(world.unlock(), ErrorCode::Damaged);
}

void TestRotation::aChangedPassphraseIsTheOnlyOne() {
    TwoInterviews held;
    World world(homeWithTwoInterviews(held));
    must(changePassphrase(*must(world.unlock()), viewOf(kColleague), cheapOptions()));
    VERIFY_FAILS(world.unlock(), ErrorCode::WrongPassphrase);
    checkWhole(*must(world.unlock(kColleague)), held);
}

QTEST_GUILESS_MAIN(TestRotation)
#include "tst_rotation.moc"
