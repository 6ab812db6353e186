// SPDX-License-Identifier: Apache-2.0
#include <QJsonDocument>
#include <QTest>

#include "core/people/all_rows.h"
#include "core/workflow/workflow_fixture.h"
#include "support/every_fault.h"
#include "workflow/forget.h"
#include "workflow/late_notes.h"

using namespace sotto;
using namespace sotto::test;
using workflow::addLateNote;
using workflow::lateNotes;
using workflow::LateNoteState;
using workflow::searchNotes;

namespace {

const QString kWords = QStringLiteral("the neighbour's zither, all afternoon");

/// An interview that was ended and is not sealed yet.
struct Ended : World {
    Ended() {
        home = must(create());
        participant = consentedPerson(*home);
        must(interviewShortly(*home, participant, told));
    }
    [[nodiscard]] QList<LateNoteState> states() {
        QList<LateNoteState> all;
        for (const auto& note : must(lateNotes(*home, told.id)))
            all.append(note.state);
        return all;
    }
    /// The file of late notes that the lab gets, empty if there is none.
    [[nodiscard]] QJsonArray atTheLab() {
        must(deliver(*home));
        must(receive());
        for (const Path& path : files.paths()) {
            if (path.filename() != "late-notes.json") continue;
            const Bytes content = files.content(path);
            return QJsonDocument::fromJson(byteArrayOf(content))[u"notes"].toArray();
        }
        return {};
    }
    std::unique_ptr<Home> home;
    people::Participant participant;
    Acknowledged told;
};

}  // namespace

class TestLateNotes : public QObject {
    Q_OBJECT

private slots:
    void aNoteAfterTheEndTravelsWithTheSession();
    void aNoteAfterSealingWaitsAndSaysSo();
    void whatIsSealedAnewTakesTheLaterNotesAlong();
    void anInterviewThatIsOpenTakesItsNotesItself();
    void blankAndEndlessNotesAreRefused();
    void aNoteCanBeTakenAwayUntilItIsSealed();
    void lateNotesAreFoundByTheirWords();
    void theyGoWithTheirSession();
    void theyGoWithTheirParticipant();
    void aSessionCantGoBeforeThem();
    void addingLivesThroughEveryFault_data();
    void addingLivesThroughEveryFault();
};

void TestLateNotes::aNoteAfterTheEndTravelsWithTheSession() {
    Ended world;
    const auto id = must(addLateNote(*world.home, world.told.id, kWords));
    world.clock.advance(1000);
    must(addLateNote(*world.home, world.told.id, QStringLiteral("and later")));
    const auto notes = must(lateNotes(*world.home, world.told.id));
    QCOMPARE(notes.size(), std::size_t{2});
    QCOMPARE(notes[0].id, id);
    QCOMPARE(notes[0].text, kWords);
    QCOMPARE(notes[1].utcMs, world.clock.now().utcMs);
    QCOMPARE(world.states(), (QList{LateNoteState::Waiting, LateNoteState::Waiting}));
    must(workflow::sealSession(*world.home, world.told.id));
    QCOMPARE(world.states(), (QList{LateNoteState::InPackage, LateNoteState::InPackage}));
    const QJsonArray arrived = world.atTheLab();
    QCOMPARE(arrived.size(), 2);
    QCOMPARE(arrived[0][u"text"].toString(), kWords);
    QCOMPARE(arrived[1][u"at_utc"].toString(), utcText(world.clock.now().utcMs));
}

void TestLateNotes::aNoteAfterSealingWaitsAndSaysSo() {
    Ended world;
    must(addLateNote(*world.home, world.told.id, QStringLiteral("in time")));
    must(workflow::sealSession(*world.home, world.told.id));
    must(addLateNote(*world.home, world.told.id, kWords));
    QCOMPARE(world.states(), (QList{LateNoteState::InPackage, LateNoteState::NotSentYet}));
    QCOMPARE(world.atTheLab().size(), 1);
    QCOMPARE(world.states(), (QList{LateNoteState::InPackage, LateNoteState::NotSentYet}));
    must(addLateNote(*world.home, world.told.id, QStringLiteral("weeks later")));
    world.home.reset();
    world.home = must(world.unlock());
    QCOMPARE(world.states().size(), 3);
}

void TestLateNotes::whatIsSealedAnewTakesTheLaterNotesAlong() {
    Ended world;
    const auto report = must(workflow::sealSession(*world.home, world.told.id));
    must(addLateNote(*world.home, world.told.id, kWords));
    QCOMPARE(world.states(), (QList{LateNoteState::NotSentYet}));
    must(workflow::resealPackage(*world.home, report.packages.front().id));
    QCOMPARE(world.states(), (QList{LateNoteState::InPackage}));
    QCOMPARE(world.atTheLab().size(), 1);
}

void TestLateNotes::anInterviewThatIsOpenTakesItsNotesItself() {
    Ended world;
    const auto live = must(LiveSession::begin(*world.home, world.participant, true));
    VERIFY_FAILS(addLateNote(*world.home, live->id(), kWords), ErrorCode::NotAllowed);
    VERIFY_FAILS(addLateNote(*world.home, SessionId::random(), kWords), ErrorCode::NotFound);
    VERIFY_FAILS(lateNotes(*world.home, SessionId::random()), ErrorCode::NotFound);
    VERIFY_OK(addLateNote(*world.home, world.told.id, kWords));
}

void TestLateNotes::blankAndEndlessNotesAreRefused() {
    Ended world;
    VERIFY_FAILS(addLateNote(*world.home, world.told.id, QStringLiteral(" \t\n")), ErrorCode::InvalidArgument);
    VERIFY_FAILS(addLateNote(*world.home, world.told.id, QString(workflow::kMaxLateNoteChars + 1, u'x')),
                 ErrorCode::InvalidArgument);
    VERIFY_OK(addLateNote(*world.home, world.told.id, QString(workflow::kMaxLateNoteChars, u'x')));
}

void TestLateNotes::aNoteCanBeTakenAwayUntilItIsSealed() {
    Ended world;
    const auto first = must(addLateNote(*world.home, world.told.id, kWords));
    const auto second = must(addLateNote(*world.home, world.told.id, QStringLiteral("stays")));
    VERIFY_OK(workflow::removeLateNote(*world.home, first));
    VERIFY_FAILS(workflow::removeLateNote(*world.home, first), ErrorCode::NotFound);
    QVERIFY(must(searchNotes(*world.home, QStringLiteral("zither"))).empty());
    must(workflow::sealSession(*world.home, world.told.id));
    VERIFY_FAILS(workflow::removeLateNote(*world.home, second), ErrorCode::NotAllowed);
    const auto third = must(addLateNote(*world.home, world.told.id, kWords));
    VERIFY_OK(workflow::removeLateNote(*world.home, third));
    QCOMPARE(world.states().size(), 1);
}

void TestLateNotes::lateNotesAreFoundByTheirWords() {
    Ended world;
    must(addLateNote(*world.home, world.told.id, QStringLiteral("la première zither")));
    must(workflow::sealSession(*world.home, world.told.id));
    const auto found = must(searchNotes(*world.home, QStringLiteral("premiere zit")));
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].session == world.told.id && found[0].lateNote && !found[0].offset);
    QVERIFY(found[0].snippet.contains(u"zither"));
    const auto inTheInterview = must(searchNotes(*world.home, QStringLiteral("second")));
    QCOMPARE(inTheInterview.size(), std::size_t{1});
    QVERIFY(inTheInterview[0].offset && !inTheInterview[0].lateNote);
    QVERIFY(must(searchNotes(*world.home, QStringLiteral("zither*\" OR"))).empty());
    QVERIFY(must(searchNotes(*world.home, QStringLiteral("!?"))).empty());
}

void TestLateNotes::theyGoWithTheirSession() {
    Ended world;
    must(addLateNote(*world.home, world.told.id, kWords));
    Acknowledged other;
    must(interviewShortly(*world.home, world.participant, other));
    must(addLateNote(*world.home, other.id, QStringLiteral("of another session")));
    QVERIFY(!mentioning(allRows(world.home->sessions()), {QStringLiteral("zither")}).isEmpty());
    must(workflow::eraseSession(*world.home, world.told.id));
    QCOMPARE(mentioning(allRows(world.home->sessions()), {QStringLiteral("zither")}), QStringList());
    QVERIFY(must(searchNotes(*world.home, QStringLiteral("zither"))).empty());
    QCOMPARE(must(lateNotes(*world.home, other.id)).size(), std::size_t{1});
    QCOMPARE(must(searchNotes(*world.home, QStringLiteral("another"))).size(), std::size_t{1});
}

void TestLateNotes::theyGoWithTheirParticipant() {
    Ended world;
    must(addLateNote(*world.home, world.told.id, kWords));
    must(workflow::eraseParticipant(*world.home, world.participant.id));
    QCOMPARE(mentioning(allRows(world.home->sessions()), {QStringLiteral("zither")}), QStringList());
}

void TestLateNotes::aSessionCantGoBeforeThem() {
    Ended world;
    must(addLateNote(*world.home, world.told.id, kWords));
    QVERIFY(!interview::SessionIndex(world.home->sessions()).erase(world.told.id));
    QVERIFY(must(interview::SessionIndex(world.home->sessions()).find(world.told.id)).has_value());
    QCOMPARE(world.states().size(), 1);
}

void TestLateNotes::addingLivesThroughEveryFault_data() {
    addFaultRows();
}

void TestLateNotes::addingLivesThroughEveryFault() {
    QFETCH(const bool, forGood);
    QFETCH(const int, code);
    Ended start;
    must(addLateNote(*start.home, start.told.id, QStringLiteral("before")));
    start.home.reset();
    const Snapshot before = start.snapshot();
    for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
        World world(before);
        Result<std::int64_t> added = 0;
        {
            const auto home = must(world.unlock());
            added = fault.during(world.files, [&] { return addLateNote(*home, start.told.id, kWords); });
        }
        const auto home = must(world.unlock());
        const auto notes = must(lateNotes(*home, start.told.id));
        QVERIFY2(notes.size() == (added ? 2 : notes.size()) && notes.size() >= 1, fault.at(describe(added)));
        QVERIFY2(notes.front().text == u"before", fault.at());
        QVERIFY2(must(searchNotes(*home, QStringLiteral("zither"))).size() == notes.size() - 1, fault.at());
    }
}

QTEST_GUILESS_MAIN(TestLateNotes)
#include "tst_late_notes.moc"
