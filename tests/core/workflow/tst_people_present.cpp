// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "interview/around.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;
using interview::PersonPresent;
using interview::PresentAs;

namespace {

PersonPresent interpreter(bool agreedAudio, bool isThere = true) {
    return {QStringLiteral("1"), PresentAs::Interpreter, true, agreedAudio, isThere};
}

/// An interview that is being recorded.
struct Running : World {
    Running() {
        home = must(create());
        participant = consentedPerson(*home);
        live = must(LiveSession::begin(*home, participant, true));
        must(live->record());
        must(live->feed(chirp(48'000)));
    }
    [[nodiscard]] std::vector<EventKind> kinds() {
        std::vector<EventKind> all;
        for (const auto& event : live->allEvents())
            all.push_back(event.kind);
        return all;
    }
    std::unique_ptr<Home> home;
    people::Participant participant;
    std::unique_ptr<LiveSession> live;
};

}  // namespace

class TestPeoplePresent : public QObject {
    Q_OBJECT

private slots:
    void whoDidNotAgreeStopsTheMicrophoneAsLongAsTheyAreThere() {
        Running tablet;
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false))));
        QVERIFY(!tablet.live->isRecording());
        QVERIFY(tablet.kinds() == (std::vector{EventKind::Pause, EventKind::Present}));
        VERIFY_FAILS(tablet.live->record(), ErrorCode::ConsentMissing);
        VERIFY_FAILS(tablet.live->feed(chirp(4800)), ErrorCode::NotAllowed);
        VERIFY_OK(tablet.live->commit(note(QStringLiteral("notes go on"))));
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false, false))));
        VERIFY_OK(tablet.live->record());
        QVERIFY(tablet.live->isRecording());
    }

    void whoAgreedChangesNothing() {
        Running tablet;
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(true))));
        QVERIFY(tablet.live->isRecording());
        QVERIFY(tablet.kinds() == std::vector{EventKind::Present});
    }

    void whoTakesItBackStopsIt() {
        Running tablet;
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(true))));
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false))));
        QVERIFY(!tablet.live->isRecording());
    }

    void aCorrectionThatBringsThemBackStopsIt() {
        Running tablet;
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false))));
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false, false))));
        const std::uint64_t left = tablet.live->eventCount();
        VERIFY_OK(tablet.live->record());
        VERIFY_OK(tablet.live->correct(left));
        QVERIFY(!tablet.live->isRecording());
        VERIFY_FAILS(tablet.live->record(), ErrorCode::ConsentMissing);
    }

    void nobodyIsForgottenWhenTheProgramDies() {
        Running tablet;
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false))));
        const SessionId id = tablet.live->id();
        tablet.live.reset();
        tablet.home.reset();
        tablet.home = must(tablet.unlock());
        tablet.live = must(LiveSession::resume(*tablet.home, id));
        VERIFY_FAILS(tablet.live->record(), ErrorCode::ConsentMissing);
        QVERIFY(!tablet.live->isRecording());
    }

    void lockedTheMicrophoneWaitsForThemToo() {
        Running tablet;
        VERIFY_OK(tablet.live->commit(interview::presenceOf(interpreter(false))));
        tablet.live->detach();
        tablet.home.reset();
        VERIFY_FAILS(tablet.live->record(), ErrorCode::ConsentMissing);
    }

    void lockedOnlyWhatWasDoneForSupportIsTaken() {
        Running tablet;
        tablet.live->detach();
        tablet.home.reset();
        VERIFY_OK(tablet.live->commit(interview::supportOpened(QStringLiteral("danger"))));
        VERIFY_OK(tablet.live->commit(interview::supportStep(QStringLiteral("danger"), 2)));
        VERIFY_FAILS(tablet.live->commit(note(QStringLiteral("said"))), ErrorCode::Locked);
        VERIFY_FAILS(tablet.live->commit(interview::earshotOf(true)), ErrorCode::Locked);
        QVERIFY(tablet.live->isRecording());
        QVERIFY(tablet.kinds() == (std::vector{EventKind::Support, EventKind::Support}));
        QVERIFY(interview::wasSupportOpened(tablet.live->events()));
    }

    void theTelephoneIsSaidInTheOpening() {
        World world;
        const auto home = must(world.create());
        const auto participant = consentedPerson(*home);
        const auto live = must(LiveSession::begin(*home, participant, true, interview::Manner::Telephone));
        QCOMPARE(live->opening().manner, interview::Manner::Telephone);
        QCOMPARE(must(recordsOf(*home, live->id())).opening.manner, interview::Manner::Telephone);
    }
};

QTEST_GUILESS_MAIN(TestPeoplePresent)
#include "tst_people_present.moc"
