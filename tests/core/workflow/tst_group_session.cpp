// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/group_home.h"
#include "workflow/overview.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;

namespace {

std::map<QString, bool> refusal() {
    return consentItems(false);
}

}  // namespace

class TestGroupSession : public QObject {
    Q_OBJECT

private slots:
    void aStudyWithoutGroupsMakesNone() {
        World world;
        const auto home = must(world.create());
        const auto person = consentedPerson(*home);
        VERIFY_FAILS(workflow::makeGroup(*home, {}, {person.id}), ErrorCode::NotAllowed);
    }

    void aGroupHasNoMoreThanTheStudyAllowsAndOnlyRolesOfAGroup() {
        GroupHome world;
        const auto fourth = consentedPerson(*world.home);
        VERIFY_OK(workflow::addToGroup(*world.home, world.group.id, fourth.id));
        const auto fifth = consentedPerson(*world.home);
        VERIFY_FAILS(workflow::addToGroup(*world.home, world.group.id, fifth.id), ErrorCode::NotAllowed);
        const auto caregiver =
            must(people::enrol(world.home->sessions(), world.home->identities(), QStringLiteral("caregiver"),
                               QStringLiteral("Ana"), std::nullopt, world.clock.now()));
        VERIFY_FAILS(workflow::makeGroup(*world.home, {}, {caregiver.id}), ErrorCode::NotAllowed);
    }

    void everyOneBeginsByTheirOwnConsentAndTheLogSaysWhoSpeaks() {
        GroupHome world;
        const auto live = must(world.begin(world.everybody()));
        QVERIFY(live->hasAudio());
        must(live->record());
        must(live->speak(world.id(0)));
        must(speak(*live, 400));
        must(live->speak(world.id(1)));
        must(speak(*live, 200));
        must(live->speak(interview::several()));
        QCOMPARE(live->speaker(), interview::several());
        must(live->end());
        const auto records = must(recordsOf(*world.home, live->id()));
        QCOMPARE(records.opening.participant, world.group.id);
        QCOMPARE(records.opening.group->members.size(), std::size_t{3});
        const auto times = interview::speakingTime(records.events, {10'000});
        QVERIFY(times.at(world.id(0)) >= 380);
        QVERIFY(times.at(world.id(1)) >= 180);
        QCOMPARE(*people::Groups(world.home->sessions()).sessionsOf(world.people[1].id),
                 std::vector<SessionId>{live->id()});
    }

    void withOneRefusalTheMicrophoneCannotStartWhileTheyAreThere() {
        GroupHome world(refusal());
        VERIFY_FAILS(world.begin(world.everybody()), ErrorCode::ConsentMissing);
        const auto live = must(world.begin(world.everybody(GroupSound::NotesOnly)));
        QVERIFY(!live->hasAudio());
        VERIFY_FAILS(live->record(), ErrorCode::ConsentMissing);
    }

    void whoRefusesIsHeardApartAndTheOthersAreRecorded() {
        GroupHome world(refusal(), "[apart]");
        VERIFY_FAILS(world.begin(world.everybody(GroupSound::NotesOnly)), ErrorCode::NotAllowed);
        const auto live = must(world.begin({{world.people[0].id, world.people[2].id}, GroupSound::Recorded}));
        VERIFY_OK(live->record());
    }

    void whoComesLateAndRefusesStopsTheRecordingBeforeTheyAreThere() {
        GroupHome world(refusal());
        const auto live = must(world.begin({{world.people[0].id, world.people[2].id}, GroupSound::Recorded}));
        must(live->record());
        must(speak(*live, 200));
        VERIFY_OK(live->join(world.people[1].id));
        QVERIFY(!live->isRecording());
        VERIFY_FAILS(live->record(), ErrorCode::ConsentMissing);
        VERIFY_OK(live->leave(world.people[1].id));
        VERIFY_OK(live->record());
        must(live->end());
        const auto events = must(recordsOf(*world.home, live->id())).events;
        const auto at = [&](EventKind kind) {
            return std::find_if(events.begin(), events.end(), [&](const auto& event) { return event.kind == kind; }) -
                   events.begin();
        };
        QVERIFY(at(EventKind::Pause) < at(EventKind::Joined));
    }

    void aConsentTakenBackMeanwhileStopsTheNextRecording() {
        GroupHome world;
        const auto live = must(world.begin(world.everybody()));
        must(live->record());
        must(live->pause());
        must(giveConsent(*world.home, world.people[2], refusal()));
        VERIFY_FAILS(live->record(), ErrorCode::ConsentMissing);
        VERIFY_OK(live->leave(world.people[2].id));
        VERIFY_OK(live->record());
    }

    void onlyWhoIsThereCanSpeakAndNobodyWhoIsNotInTheGroupComes() {
        GroupHome world;
        const auto live = must(world.begin({{world.people[0].id, world.people[1].id}, GroupSound::Recorded}));
        VERIFY_FAILS(live->speak(world.id(2)), ErrorCode::NotAllowed);
        VERIFY_OK(live->join(world.people[2].id));
        VERIFY_OK(live->speak(world.id(2)));
        VERIFY_OK(live->leave(world.people[2].id));
        QCOMPARE(live->speaker(), QString());
        VERIFY_FAILS(live->speak(world.id(2)), ErrorCode::NotAllowed);
        VERIFY_FAILS(live->leave(world.people[2].id), ErrorCode::NotFound);
        const auto stranger = consentedPerson(*world.home);
        VERIFY_FAILS(live->join(stranger.id), ErrorCode::InvalidArgument);
    }

    void oneAloneIsNoGroupAndWithoutAConsentNobodyIsThere() {
        GroupHome world;
        VERIFY_FAILS(world.begin({{world.people[0].id}, GroupSound::Recorded}), ErrorCode::InvalidArgument);
        const auto unsigned_ = must(enrolPerson(*world.home));
        VERIFY_OK(workflow::addToGroup(*world.home, world.group.id, unsigned_.id));
        VERIFY_FAILS(world.begin({{world.people[0].id, unsigned_.id}, GroupSound::NotesOnly}),
                     ErrorCode::ConsentMissing);
        const auto plan = must(workflow::planGroup(*world.home, world.group.id));
        QVERIFY(plan.members.back().obstacle.has_value());
        QVERIFY(!plan.members.front().obstacle.has_value());
    }

    void inAnInterviewOfOneNobodyIsTouched() {
        GroupHome world;
        const auto live = must(LiveSession::begin(*world.home, world.people[0], true));
        VERIFY_FAILS(live->speak(world.id(0)), ErrorCode::InvalidArgument);
        VERIFY_FAILS(live->join(world.people[1].id), ErrorCode::NotAllowed);
    }

    void brokenOffItGoesOnWithoutWhoTakesPartNoLonger() {
        GroupHome world;
        SessionId session;
        {
            const auto live = must(world.begin(world.everybody()));
            session = live->id();
            must(live->record());
            must(speak(*live, 200));
        }
        world.relock();
        auto items = consentItems();
        items[QStringLiteral("take-part")] = false;
        must(giveConsent(*world.home, world.people[0], items));
        const auto live = must(LiveSession::resume(*world.home, session));
        QCOMPARE(live->membersThere(), (std::set<QString>{world.id(1), world.id(2)}));
        VERIFY_OK(live->record());
    }

    void whatIsWrittenAfterTheEndIsNobodysWords() {
        GroupHome world;
        const auto live = must(world.begin(world.everybody(GroupSound::NotesOnly)));
        must(live->speak(world.id(0)));
        must(live->commit(note(QStringLiteral("of the first"))));
        must(live->stop());
        must(live->commit(note(QStringLiteral("a memo"))));
        must(live->end());
        const auto events = must(recordsOf(*world.home, live->id())).events;
        QCOMPARE(interview::speakerAt(events.at(1), events), world.id(0));
        QCOMPARE(interview::speakerAt(events.back(), events), interview::several());
    }

    void eachOfThemCountsAsInterviewedOnceItIsOver() {
        GroupHome world;
        const auto interviewed = [&] {
            int all = 0;
            for (const auto& role : must(workflow::overview(*world.home)).roles)
                all += role.interviewed;
            return all;
        };
        const auto live = must(world.begin(world.everybody()));
        // Every session of the practice study is practice, which does not count.
        must(must(world.home->sessions().prepare("UPDATE session SET practice = 0")).run());
        QCOMPARE(interviewed(), 0);
        must(live->end());
        QCOMPARE(interviewed(), 3);
    }

    void aSessionThatLostItsRowIsTakenInWithItsGroupAndMembers() {
        GroupHome world;
        SessionId session;
        {
            const auto live = must(world.begin(world.everybody()));
            session = live->id();
            must(live->end());
        }
        // As after a crash between the log and its row, in a vault that does not know the group either.
        must(interview::SessionIndex(world.home->sessions()).erase(session));
        people::Groups groups(world.home->sessions());
        must(groups.forget(session));
        must(groups.erase(world.group.id));
        world.relock();
        const people::Groups again(world.home->sessions());
        const auto group = must(again.find(world.group.id));
        QVERIFY(group.has_value());
        QCOMPARE(group->name, QStringLiteral("Érable"));
        QCOMPARE(group->members.size(), std::size_t{3});
        QCOMPARE(must(again.membersOf(session)).size(), std::size_t{3});
        QCOMPARE(must(rowOf(*world.home, session)).participant, world.group.id);
    }
};

QTEST_GUILESS_MAIN(TestGroupSession)
#include "tst_group_session.moc"
