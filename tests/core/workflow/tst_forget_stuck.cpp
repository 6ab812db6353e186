// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/forget_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {

/// Something that can't be removed takes the place of a package's file of the first session.
class Obstacle {
public:
    Obstacle(World& world, Home& home, const SessionId& session) : m_world(world) {
        for (const auto& item : must(outboxItems(home))) {
            if (item.session == session)
                m_path = home.layout().outboxFolder() / (item.id.toString().toStdString() + ".age");
        }
        must(m_world.files.remove(m_path));
        must(m_world.files.createDirectories(m_path));
        m_world.files.setContent(m_path / "in the way", {1});
    }
    void clear() {
        must(m_world.files.remove(m_path / "in the way"));
        must(m_world.files.remove(m_path));
    }

private:
    World& m_world;
    Path m_path;
};

/// As a crash leaves an act of consent between its state and its confirmation.
void takeConfirmationsBack(Home& home) {
    must(home.identities().execute("UPDATE consent_evidence SET confirmed = 0"));
}

void checkPersonIsGone(Home& home, const ParticipantId& participant) {
    QVERIFY(!must(consent::consentInForce(home.sessions(), participant)));
    QVERIFY(!must(people::Participants(home.sessions()).find(participant)));
    QVERIFY(!must(people::Identities(home.identities()).find(participant)));
    const auto acts = must(consent::allEvidence(home.identities()));
    QVERIFY(std::none_of(acts.begin(), acts.end(),
                         [&](const consent::Evidence& act) { return act.participant == participant; }));
}

}  // namespace

class TestForgetStuck : public QObject {
    Q_OBJECT

private slots:
    void aStuckErasureKeepsNobodyOut();
    void thePersonGoesBeforeTheFiles();
    void nobodyBringsBackTheConsentOfSomebodyWhoGoes();
    void aWholeSessionGoesWithItsStuckSpans();
    void nothingIsSealedBeforeAStuckErasureIsThrough();
    void nothingIsSealedAnewWhileAnErasureIsStuck();
};

void TestForgetStuck::aStuckErasureKeepsNobodyOut() {
    TwoInterviews held;
    const Snapshot before = sealedHome(held);
    int stuck = 0;
    for (std::uint64_t n = 1; n <= 40 && stuck == 0; ++n) {
        World world(before);
        Path package;
        {
            const auto home = must(world.unlock());
            for (const auto& item : must(outboxItems(*home))) {
                if (item.session == held.firstSession)
                    package = home->layout().outboxFolder() / (item.id.toString().toStdString() + ".age");
            }
            world.files.resetOperations();
            world.files.failAt(n, true);
            QVERIFY(!eraseParticipant(*home, held.first.id));
            world.files.clearFaults();
        }
        if (!must(world.files.exists(package))) break;
        // Something that can't be removed takes the place of a file.
        must(world.files.remove(package));
        must(world.files.createDirectories(package));
        world.files.setContent(package / "in the way", {1});
        {
            const auto home = must(world.unlock());
            if (must(people::Participants(home->sessions()).find(held.first.id))) continue;  // it had not begun
            ++stuck;
            QVERIFY(home->recovery().unfinished);
            QCOMPARE(must(recordsOf(*home, held.secondSession)).events.size(), std::size_t{1});
            VERIFY_FAILS(rowOf(*home, held.firstSession), ErrorCode::NotFound);
        }
        must(world.files.remove(package / "in the way"));
        must(world.files.remove(package));
        checkForgotten(world, held);
    }
    QCOMPARE(stuck, 1);
}

void TestForgetStuck::thePersonGoesBeforeTheFiles() {
    TwoInterviews held;
    World world(sealedHome(held));
    auto home = must(world.unlock());
    takeConfirmationsBack(*home);
    Obstacle obstacle(world, *home, held.firstSession);
    QVERIFY(!eraseParticipant(*home, held.first.id));
    checkPersonIsGone(*home, held.first.id);
    home.reset();
    home = must(world.unlock());
    QVERIFY(home->recovery().unfinished);
    checkPersonIsGone(*home, held.first.id);
    home.reset();
    obstacle.clear();
    checkForgotten(world, held);
}

void TestForgetStuck::nobodyBringsBackTheConsentOfSomebodyWhoGoes() {
    TwoInterviews held;
    World start(sealedHome(held));
    constexpr std::string_view kOther = "noor";
    {
        const auto home = must(start.unlock());
        must(addPerson(*home, QStringLiteral("Noor"), viewOf(kOther), {Compartment::Sessions, Compartment::Identities},
                       cheapOptions()));
        takeConfirmationsBack(*home);
    }
    // Confirmed again by the unlock; so once more, and no unlock in between.
    const Snapshot before = start.snapshot();
    int begun = 0;
    for (std::uint64_t n = 1; n <= 40 && begun < 3; ++n) {
        World world(before);
        {
            const auto home = must(world.unlock());
            takeConfirmationsBack(*home);
            world.files.resetOperations();
            world.files.failAt(n, true);
            QVERIFY(!eraseParticipant(*home, held.first.id));
            world.files.clearFaults();
        }
        {
            const auto home = must(world.unlock(kOther));  // without the outbox nobody can finish it
            if (must(people::Participants(home->sessions()).find(held.first.id))) continue;
            ++begun;
            checkPersonIsGone(*home, held.first.id);
        }
        checkForgotten(world, held);
    }
    QCOMPARE(begun, 3);
}

void TestForgetStuck::aWholeSessionGoesWithItsStuckSpans() {
    TwoInterviews held;
    World world(sealedHome(held));
    for (const bool wholePerson : {false, true}) {
        const SessionId session = wholePerson ? held.firstSession : held.secondSession;
        auto home = must(world.unlock());
        Obstacle obstacle(world, *home, session);
        QVERIFY(!eraseSpans(*home, session, {{400, 700}}));
        obstacle.clear();
        if (wholePerson) {
            must(eraseParticipant(*home, held.first.id));
        } else {
            must(eraseSession(*home, session));
        }
        QVERIFY(must(Erasures(home->sessions()).unfinished()).empty());
        home.reset();
        home = must(world.unlock());
        QVERIFY(!home->recovery().unfinished);
        VERIFY_FAILS(rowOf(*home, session), ErrorCode::NotFound);
    }
}

void TestForgetStuck::nothingIsSealedBeforeAStuckErasureIsThrough() {
    TwoInterviews held;
    World world(sealedHome(held));
    auto home = must(world.unlock());
    Obstacle obstacle(world, *home, held.firstSession);
    QVERIFY(!eraseSpans(*home, held.firstSession, {{400, 700}}));
    QVERIFY(!sealSession(*home, held.firstSession));
    QVERIFY(must(rowOf(*home, held.firstSession)).state < interview::SessionState::Sealed);
    obstacle.clear();
    must(sealSession(*home, held.firstSession));
    must(world.deliver(*home));
    must(world.receive());
    const QByteArray timeline = byteArrayOf(
        world.files.content(kLabOut / held.firstSession.toString().toStdString() / "content" / "timeline.json"));
    QVERIFY(!timeline.isEmpty() && !timeline.contains(kWord + " sang"));
    home.reset();
    home = must(world.unlock());  // the keys are turned here at the latest
    QVERIFY(!broughtToLight(world.snapshot(), allIdentities(home->keyring())).contains(kWord + " sang"));
}

void TestForgetStuck::nothingIsSealedAnewWhileAnErasureIsStuck() {
    // Delivery takes a package without its file for a broken one and seals it from the log, which still has the sound.
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    Obstacle obstacle(world, *home, held.firstSession);
    QVERIFY(!eraseAudio(*home, held.firstSession));
    QVERIFY(!world.deliver(*home));
    must(world.receive());
    const Path content = kLabOut / held.firstSession.toString().toStdString() / "content";
    QVERIFY(!must(world.files.exists(content / "audio.opus")));
    obstacle.clear();
    must(sealSession(*home, held.firstSession));
    must(world.deliver(*home));
    must(world.receive());
    QVERIFY(must(world.files.exists(content / "timeline.json")));
    QVERIFY(!must(world.files.exists(content / "audio.opus")));
}

QTEST_GUILESS_MAIN(TestForgetStuck)
#include "tst_forget_stuck.moc"
