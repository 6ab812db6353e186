// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QTest>

#include "core/workflow/store_room.h"
#include "workflow/inspect.h"
#include "workflow/rebuild.h"
#include "workflow/rekey.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

constexpr std::string_view kNewPassphrase = "brass otters lend seven umbrellas";

/// One interview sealed and sent, one ended; the first with the canary in it.
Snapshot sentHome(TwoInterviews& held) {
    World world;
    {
        const auto home = must(world.create());
        held = holdTwoInterviews(*home);
        must(sealSession(*home, held.firstSession));
        must(world.deliver(*home));
    }
    return world.snapshot();
}

Result<RebuildReport> rebuild(World& world, const std::optional<study::SignedPack>& study = std::nullopt) {
    return rebuildHome(world.files, kHome, viewOf(kPassphrase), world.clock, study, cheapOptions());
}

Result<RekeyReport> rekey(World& world, std::span<const crypto::age::Identity> lab) {
    return rekeyHome(world.files, kHome, lab, viewOf(kNewPassphrase), world.clock, cheapOptions(),
                     QStringLiteral("Custodian"));
}

/// Everything that a rebuild brings back is there.
bool isWhole(Home& home, const TwoInterviews& held) {
    const people::Participants participants(home.sessions());
    for (const auto* one : {&held.first, &held.second}) {
        if (!must(participants.find(one->id)) || !must(consent::consentInForce(home.sessions(), one->id))) return false;
    }
    for (const SessionId& session : {held.firstSession, held.secondSession}) {
        if (must(recordsOf(home, session)).events.size() != 1) return false;
    }
    return must(rowOf(home, held.firstSession)).state == interview::SessionState::Sent;
}

/// Everything that a person who unlocks works with is there.
void checkUsable(World& world, Home& home, const TwoInterviews& held) {
    QCOMPARE(must(rowOf(home, held.firstSession)).state, interview::SessionState::Sent);
    const auto second = must(rowOf(home, held.secondSession));
    QVERIFY(second.state < interview::SessionState::Sealed);
    QVERIFY(second.number > must(rowOf(home, held.firstSession)).number);
    QVERIFY(must(people::Participants(home.sessions()).find(held.second.id)));
    QVERIFY(must(consent::consentInForce(home.sessions(), held.second.id)));
    QCOMPARE(must(interview::SessionIndex(home.sessions()).search(QString::fromLatin1(kCanary.data()))).size(),
             std::size_t{1});
    VERIFY_OK(sealSession(home, held.secondSession));
    VERIFY_OK(world.deliver(home));
    for (const sync::Received& received : must(world.receive()))
        QVERIFY2(received.outcome == sync::Received::Outcome::New, received.note.toUtf8());
}

}  // namespace

class TestRebuild : public QObject {
    Q_OBJECT

private slots:
    void aLostSessionsVaultIsRebuiltFromTheLogs();
    void aDamagedVaultKeepsWhatVerifies_data();
    void aDamagedVaultKeepsWhatVerifies();
    void aVaultPutBackIsTakenUpAndCompleted();
    void withoutAnyStudyItIsAskedFor();
    void whatALostOutboxKnewIsNotSealedAgainByItself();
    void whatWasSealedAndNotSentCanBeSealedAgain();
    void aSoundHomeIsLeftAlone();
    void everyFaultWhileRebuildingCanBeRepeated();
    void theCustodianLetsNewPeopleIn();
    void rekeyingNeedsBothKeys();
    void rekeyingNeedsAPassphraseThatIsHardToGuess();
    void aLostKeyringIsNoObstacle();
    void everyFaultWhileRekeyingCanBeRepeated();
};

void TestRebuild::aLostSessionsVaultIsRebuiltFromTheLogs() {
    TwoInterviews held;
    World world(sentHome(held));
    must(world.files.remove(kHome / "sessions.vault"));
    VERIFY_FAILS(world.unlock(), ErrorCode::NotFound);
    const auto report = must(rebuild(world));
    QVERIFY(report.rebuilt == std::vector{Compartment::Sessions});
    QCOMPARE(report.sessions, 2);
    QCOMPARE(report.participants, 2);
    QCOMPARE(report.consents, 2);
    const auto home = must(world.unlock());
    const auto first = must(people::Participants(home->sessions()).find(held.first.id));
    QVERIFY(first);
    QCOMPARE(first->pseudonym, held.first.pseudonym);
    checkUsable(world, *home, held);
}

void TestRebuild::aDamagedVaultKeepsWhatVerifies_data() {
    QTest::addColumn<QByteArray>("vault");
    QTest::addColumn<double>("where");
    for (const char* vault : {"sessions.vault", "identities.vault", "outbox.vault"}) {
        for (const double where : {0.0, 0.2, 0.5, 0.98})
            QTest::addRow("%s at %.2f", vault, where) << QByteArray(vault) << where;
    }
}

void TestRebuild::aDamagedVaultKeepsWhatVerifies() {
    QFETCH(QByteArray, vault);
    QFETCH(double, where);
    TwoInterviews held;
    World world(sentHome(held));
    const Path path = kHome / vault.toStdString();
    Bytes content = world.files.content(path);
    if (where == 0.0) {
        content.resize(100);  // nothing of it can be read
    } else {
        content[8192 + static_cast<std::size_t>(where * static_cast<double>(content.size() - 8192))] ^= 0x10;
    }
    world.files.setContent(path, content);
    VERIFY_FAILS(world.unlock(), ErrorCode::Damaged);
    const auto report = must(rebuild(world));
    QCOMPARE(report.rebuilt.size(), std::size_t{1});
    QVERIFY(must(world.files.exists(path.string() + ".lost-1")));
    const auto home = must(world.unlock());
    QCOMPARE(must(recordsOf(*home, held.firstSession)).events.size(), std::size_t{1});
    QVERIFY(must(rowOf(*home, held.secondSession)).state < interview::SessionState::Sealed);
    if (vault == "sessions.vault") checkUsable(world, *home, held);
}

void TestRebuild::aVaultPutBackIsTakenUpAndCompleted() {
    TwoInterviews held;
    World world;
    Bytes earlier;
    {
        const auto home = must(world.create());
        earlier = world.files.content(kHome / "sessions.vault");
        held = holdTwoInterviews(*home);
        must(sealSession(*home, held.firstSession));
        must(world.deliver(*home));
    }
    world.files.setContent(kHome / "sessions.vault", earlier);
    VERIFY_FAILS(world.unlock(), ErrorCode::Damaged);
    must(rebuild(world));
    checkUsable(world, *must(world.unlock()), held);
}

void TestRebuild::withoutAnyStudyItIsAskedFor() {
    TwoInterviews held;
    World world(sentHome(held));
    must(world.files.remove(kHome / "sessions.vault"));
    must(world.files.remove(kHome / "outbox.vault"));
    VERIFY_FAILS(rebuild(world), ErrorCode::InvalidArgument);
    const auto report = must(rebuild(world, *Lab::instance().study));
    QCOMPARE(report.sessions, 2);
    QCOMPARE(must(recordsOf(*must(world.unlock()), held.secondSession)).events.size(), std::size_t{1});
}

void TestRebuild::whatALostOutboxKnewIsNotSealedAgainByItself() {
    TwoInterviews held;
    World world(sentHome(held));
    must(world.receive());
    const Path atLab = kLabOut / held.firstSession.toString().toStdString() / "content.age";
    const Bytes first = world.files.content(atLab);
    must(world.files.remove(kHome / "sessions.vault"));
    must(world.files.remove(kHome / "outbox.vault"));
    QCOMPARE(must(rebuild(world, *Lab::instance().study)).heldBack, 2);
    const auto seen = must(inspectHome(world.files, kHome, viewOf(kPassphrase), world.clock, cheapOptions()));
    for (const QJsonValue& session : seen[u"sessions"].toArray()) {
        QCOMPARE(session[u"state"].toString(), QStringLiteral("interrupted"));
        QCOMPARE(session[u"sealing"].toString(), QStringLiteral("on request"));
    }
    const auto home = must(world.unlock());
    QVERIFY(must(heldBackUpTo(*home)) >= must(rowOf(*home, held.secondSession)).number);
    QVERIFY(must(heldBackUpTo(*home)) < must(interview::SessionIndex(home->sessions()).nextNumber()));
    // Asked for all the same, it does no harm: the lab keeps what came first.
    must(sealSession(*home, held.firstSession));
    must(sealSession(*home, held.secondSession));
    must(world.deliver(*home));
    int refused = 0;
    for (const sync::Received& received : must(world.receive())) {
        const bool isSecondTime = received.manifest.session == held.firstSession;
        const bool isRefused = received.outcome == sync::Received::Outcome::Refused;
        QVERIFY(isSecondTime || !isRefused);
        refused += isRefused ? 1 : 0;
    }
    QVERIFY(refused > 0);
    QVERIFY(world.files.content(atLab) == first);
}

void TestRebuild::whatWasSealedAndNotSentCanBeSealedAgain() {
    TwoInterviews held;
    World world;
    {
        const auto home = must(world.create());
        held = holdTwoInterviews(*home);
        must(sealSession(*home, held.firstSession));
    }
    must(world.files.remove(kHome / "outbox.vault"));
    QCOMPARE(must(rebuild(world)).heldBack, 2);
    const auto home = must(world.unlock());
    QCOMPARE(must(rowOf(*home, held.firstSession)).state, interview::SessionState::Interrupted);
    must(sealSession(*home, held.firstSession));
    must(world.deliver(*home));
    for (const sync::Received& received : must(world.receive()))
        QVERIFY2(received.outcome == sync::Received::Outcome::New, received.note.toUtf8());
    QCOMPARE(must(rowOf(*home, held.firstSession)).state, interview::SessionState::Sent);
}

void TestRebuild::aSoundHomeIsLeftAlone() {
    TwoInterviews held;
    World world(sentHome(held));
    const Bytes before = world.files.content(kHome / "sessions.vault");
    VERIFY_FAILS(rebuild(world), ErrorCode::NotFound);
    QVERIFY(world.files.content(kHome / "sessions.vault") == before);
}

void TestRebuild::everyFaultWhileRebuildingCanBeRepeated() {
    TwoInterviews held;
    Snapshot before = sentHome(held);
    before.at(kHome / "sessions.vault")[9000] ^= 1;
    std::uint64_t operations = 0;
    {
        World world(before);
        world.files.resetOperations();
        must(rebuild(world));
        operations = world.files.operations();
    }
    int finishedByRebuild = 0;
    int finishedByUnlock = 0;
    const FaultStride stride(operations, 0);
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        for (const DiskFault& kind : kDiskFaults) {
            World world(before);
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            static_cast<void>(rebuild(world));
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            world.files.clearFaults();
            // Whoever comes first goes on with it.
            const bool unlocksFirst = n % 2 == 0 && world.unlock().has_value();
            const auto again = rebuild(world);
            const auto where = QStringLiteral("operation %1, %2: ").arg(n).arg(QLatin1String(kind.name));
            const bool wasSound = !again && again.error().code == ErrorCode::NotFound;
            QVERIFY2(again || wasSound, qPrintable(where + describe(again)));
            (unlocksFirst ? finishedByUnlock : finishedByRebuild) += again && again->rebuilt.empty() ? 1 : 0;
            const auto home = world.unlock();
            QVERIFY2(home, qPrintable(where + describe(home)));
            QVERIFY2(isWhole(**home, held), qPrintable(where));
        }
    }
    QVERIFY(finishedByRebuild > 0);
    QCOMPARE(finishedByUnlock, 0);  // then nothing is left to be done
}

void TestRebuild::theCustodianLetsNewPeopleIn() {
    TwoInterviews held;
    World world(sentHome(held));
    const auto oldKeys = keysOf(world);
    const auto report = must(rekey(world, Lab::instance().identities()));
    QCOMPARE(report.logs, 5);
    QVERIFY(report.unreadable.empty());
    VERIFY_FAILS(world.unlock(), ErrorCode::WrongPassphrase);
    QVERIFY(broughtToLight(world.snapshot(), oldKeys).isEmpty());
    const auto home = must(world.unlock(kNewPassphrase));
    QVERIFY(home->keyring().deviceVerifyKey() == report.deviceKey);
    QCOMPARE(home->keyring().persons()[0].name, QStringLiteral("Custodian"));
    checkUsable(world, *home, held);
}

void TestRebuild::rekeyingNeedsBothKeys() {
    TwoInterviews held;
    World world(sentHome(held));
    const Lab& lab = Lab::instance();
    for (const auto* one : {&lab.content, &lab.identity_}) {
        std::vector<crypto::age::Identity> keys;
        keys.push_back(one->clone());
        const auto refused = rekey(world, keys);
        VERIFY_FAILS(refused, ErrorCode::WrongKey);
        QVERIFY(QByteArray::fromStdString(refused.error().context).contains("both"));
    }
    VERIFY_OK(world.unlock());
}

void TestRebuild::rekeyingNeedsAPassphraseThatIsHardToGuess() {
    TwoInterviews held;
    World world(sentHome(held));
    const Snapshot before = world.snapshot();
    VERIFY_FAILS(rekeyHome(world.files, kHome, Lab::instance().identities(), viewOf(std::string_view("password1")),
                           world.clock, cheapOptions()),
                 ErrorCode::InvalidArgument);
    QVERIFY(world.snapshot() == before);
}

void TestRebuild::aLostKeyringIsNoObstacle() {
    TwoInterviews held;
    World world(sentHome(held));
    must(world.files.remove(kHome / "keyring"));
    must(world.files.remove(kHome / "attempts"));
    must(rekey(world, Lab::instance().identities()));
    checkUsable(world, *must(world.unlock(kNewPassphrase)), held);
}

void TestRebuild::everyFaultWhileRekeyingCanBeRepeated() {
    TwoInterviews held;
    const Snapshot before = sentHome(held);
    const auto lab = Lab::instance().identities();
    std::uint64_t operations = 0;
    {
        World world(before);
        world.files.resetOperations();
        must(rekey(world, lab));
        operations = world.files.operations();
    }
    const FaultStride stride(operations, 0);
    for (std::uint64_t n = stride.first; n <= operations; n += stride.step) {
        for (const DiskFault& kind : kDiskFaults) {
            World world(before);
            world.files.resetOperations();
            world.files.failAt(n, kind.forGood);
            const bool claimed = rekey(world, lab).has_value();
            if (kind.loss) world.files.cutPower(*kind.loss, static_cast<unsigned>(n));
            world.files.clearFaults();
            if (claimed) VERIFY_OK(world.unlock(kNewPassphrase));
            must(rekey(world, lab));
            const auto home = must(world.unlock(kNewPassphrase));
            QCOMPARE(must(recordsOf(*home, held.firstSession)).events.size(), std::size_t{1});
            QCOMPARE(must(recordsOf(*home, held.secondSession)).events.size(), std::size_t{1});
        }
    }
}

QTEST_GUILESS_MAIN(TestRebuild)
#include "tst_rebuild.moc"
