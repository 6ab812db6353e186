// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>

#include "core/workflow/forget_fixture.h"
#include "vault/audit.h"

using namespace sotto;
using namespace sotto::test;

class TestForget : public QObject {
    Q_OBJECT

private slots:
    void aParticipantIsForgottenEverywhere();
    void theControlFindsTheCanary();
    void erasingASessionLeavesThePersonAndTheNumbers();
    void whatLiesBesideAnErasedLogGoesToo();
    void nothingIsErasedDuringAnInterview();
    void somebodyWithoutTheCompartmentsErasesNothing();
    void aLogThatIsGoneHoldsUpNoErasure();
};

void TestForget::aParticipantIsForgottenEverywhere() {
    TwoInterviews held;
    World world(sealedHome(held));
    {
        const auto home = must(world.unlock());
        const auto report = must(eraseParticipant(*home, held.first.id));
        QCOMPARE(report.sessions, 1);
        QVERIFY(report.packagesLeft.isEmpty());
        QCOMPARE(whereItSings(*home), QStringList());
        QCOMPARE(must(interview::SessionIndex(home->sessions()).search(QString::fromLatin1(kWord))).size(),
                 std::size_t{0});
        VERIFY_OK(vault::AuditTrail(home->sessions()).verify());
        for (const vault::AuditEntry& entry : must(vault::AuditTrail(home->sessions()).entries())) {
            const QByteArray text = QJsonDocument(entry.details).toJson();
            QVERIFY(!text.contains(held.first.id.toString().toLatin1()));
            QVERIFY(!text.contains(held.firstSession.toString().toLatin1()));
        }
        const auto tombstones = must(Erasures(home->sessions()).all());
        QCOMPARE(tombstones.size(), std::size_t{1});
        QCOMPARE(tombstones[0].id, report.tombstone);
        QVERIFY(tombstones[0].logs.empty() && !tombstones[0].participant);
    }
    checkForgotten(world, held);
}

void TestForget::theControlFindsTheCanary() {
    TwoInterviews held;
    World world(sealedHome(held));
    QVERIFY(broughtToLight(world.snapshot(), keysOf(world)).contains(kWord));
    const auto home = must(world.unlock());
    QCOMPARE(whereItSings(*home), (QStringList{QStringLiteral("sessions"), QStringLiteral("identities")}));
    QCOMPARE(must(interview::SessionIndex(home->sessions()).search(QString::fromLatin1(kWord))).size(), std::size_t{1});
}

void TestForget::erasingASessionLeavesThePersonAndTheNumbers() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(eraseSession(*home, held.secondSession));
    QVERIFY(must(people::Participants(home->sessions()).find(held.second.id)));
    QVERIFY(must(people::Identities(home->identities()).find(held.second.id)));
    QCOMPARE(must(interview::SessionIndex(home->sessions()).nextNumber()), std::uint64_t{3});
    QCOMPARE(must(outboxItems(*home)).size(), std::size_t{3});
    const auto& names = filesBelow(world.files, kHome / "sessions");
    QCOMPARE(names.size(), 1);
    VERIFY_FAILS(eraseSession(*home, held.secondSession), ErrorCode::NotFound);
}

void TestForget::whatLiesBesideAnErasedLogGoesToo() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    const std::string erased = must(rowOf(*home, held.firstSession)).logName;
    const std::string other = must(rowOf(*home, held.secondSession)).logName;
    for (const std::string& name : {erased, other}) {
        for (const char* suffix : {".tail-1", ".tail-12", ".rewrite"})
            world.files.setContent(home->layout().sessionLog(name + suffix), {1, 2, 3});
    }
    must(eraseSession(*home, held.firstSession));
    const QStringList left = filesBelow(world.files, kHome / "sessions");
    QVERIFY(left.filter(QString::fromStdString(erased)).isEmpty());
    QCOMPARE(left.filter(QString::fromStdString(other)).size(), 4);
}

void TestForget::nothingIsErasedDuringAnInterview() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    auto session = must(LiveSession::begin(*home, held.second, true));
    VERIFY_FAILS(eraseParticipant(*home, held.first.id), ErrorCode::NotAllowed);
    VERIFY_OK(session->end());
    session.reset();
    VERIFY_OK(eraseParticipant(*home, held.first.id));
}

void TestForget::somebodyWithoutTheCompartmentsErasesNothing() {
    TwoInterviews held;
    World world(sealedHome(held));
    {
        const auto home = must(world.unlock());
        must(addPerson(*home, QStringLiteral("ra"), viewOf(std::string_view("assistant")), {Compartment::Outbox},
                       cheapOptions()));
    }
    const auto home = must(world.unlock("assistant"));
    VERIFY_FAILS(eraseSession(*home, held.firstSession), ErrorCode::NotAllowed);
}

void TestForget::aLogThatIsGoneHoldsUpNoErasure() {
    TwoInterviews held;
    World world(sealedHome(held));
    const auto home = must(world.unlock());
    must(world.files.remove(home->layout().sessionLog(must(rowOf(*home, held.secondSession)).logName)));
    VERIFY_FAILS(eraseAudio(*home, held.secondSession), ErrorCode::NotFound);
    QVERIFY(must(Erasures(home->sessions()).unfinished()).empty());
    VERIFY_OK(eraseParticipant(*home, held.first.id));
    VERIFY_OK(eraseParticipant(*home, held.second.id));
}

QTEST_GUILESS_MAIN(TestForget)
#include "tst_forget.moc"
