// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "core/interview/interview_fixture.h"
#include "interview/around.h"
#include "interview/off_record.h"
#include "interview/timeline.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;

namespace {

PersonPresent interpreter(bool agreedAudio) {
    return {QStringLiteral("1"), PresentAs::Interpreter, true, agreedAudio, true};
}

std::vector<Event> all(const std::vector<PersonPresent>& people) {
    std::vector<Event> events;
    for (const PersonPresent& person : people)
        events.push_back(presenceOf(person));
    return events;
}

}  // namespace

class TestAround final : public QObject {
    Q_OBJECT

private slots:
    void everythingSaidIsAShapeThatTheLogTakes() {
        for (const PresentAs as : {PresentAs::Interpreter, PresentAs::Support, PresentAs::Other}) {
            VERIFY_OK(checkShape(presenceOf({QStringLiteral("12"), as, false, true, false})));
            QVERIFY(presentAsFromName(presentAsName(as)) == as);
        }
        VERIFY_OK(checkShape(earshotOf(true)));
        VERIFY_OK(checkShape(earshotOf(false)));
        VERIFY_OK(checkShape(supportOpened(QStringLiteral("pause"))));
        VERIFY_OK(checkShape(supportStep(QStringLiteral("danger"), 1)));
        VERIFY_OK(checkShape(supportStepUndone(QStringLiteral("danger"), 1)));
        VERIFY_OK(checkShape(supportNoted(QStringLiteral("pause"))));
        for (const SupportOutcome outcome : {SupportOutcome::Stop, SupportOutcome::Go, SupportOutcome::Later}) {
            QVERIFY(outcomeFromName(outcomeName(outcome)) == outcome);
            for (const DecidedBy by :
                 {DecidedBy::Participant, DecidedBy::Interviewer, DecidedBy::Both, DecidedBy::OnCall}) {
                QVERIFY(decidedByFromName(decidedByName(by)) == by);
                VERIFY_OK(checkShape(supportDecided(QStringLiteral("stop-or-go"), outcome, by)));
            }
        }
        QVERIFY(!presentAsFromName(QStringLiteral("neighbour")));
        QVERIFY(!outcomeFromName(QString()));
        QVERIFY(!decidedByFromName(QStringLiteral("nobody")));
    }

    void noNameFindsAPlaceInWhatSurroundsTheInterview_data() {
        QTest::addColumn<Event>("event");
        Event event = presenceOf(interpreter(true));
        event.id = QStringLiteral("Marie");
        QTest::newRow("somebody present") << event;
        event = presenceOf(interpreter(true));
        event.dimensions[QStringLiteral("as")] = QStringLiteral("sister Marie");
        QTest::newRow("as what") << event;
        event = presenceOf(interpreter(true));
        event.dimensions[QStringLiteral("name")] = QStringLiteral("Marie");
        QTest::newRow("besides") << event;
        event = presenceOf(interpreter(true));
        event.text = QStringLiteral("Marie");
        QTest::newRow("text") << event;
        event = earshotOf(true);
        event.text = QStringLiteral("Marie in the kitchen");
        QTest::newRow("who overhears") << event;
        event = eventOf(EventKind::CameIn, 0);
        event.text = QStringLiteral("Marie");
        QTest::newRow("who came in") << event;
        QTest::newRow("heading") << supportOpened(QStringLiteral("Marie"));
        event = supportOpened(QStringLiteral("pause"));
        event.text = QStringLiteral("called Marie");
        QTest::newRow("support") << event;
        QTest::newRow("joined") << eventOf(EventKind::Joined, 0, QStringLiteral("Marie"));
        QTest::newRow("left") << eventOf(EventKind::Left, 0, QStringLiteral("Marie"));
        QTest::newRow("speaker") << eventOf(EventKind::Speaker, 0, QStringLiteral("Marie"));
    }
    void noNameFindsAPlaceInWhatSurroundsTheInterview() {
        QFETCH(const Event, event);
        VERIFY_FAILS(checkShape(event), ErrorCode::InvalidArgument);
        VERIFY_FAILS(Event::fromJson(event.toJson()), ErrorCode::ParseFailed);
    }

    void whatHasToBeSaidIsSaidWhole() {
        for (const Event& whole : {presenceOf(interpreter(true)), supportStep(QStringLiteral("pause"), 3),
                                   supportDecided(QStringLiteral("stop-or-go"), SupportOutcome::Go, DecidedBy::Both),
                                   test::confirmedOf(QStringLiteral("fine"), QStringLiteral("pause"))}) {
            for (const auto& [name, value] : whole.dimensions) {
                Event part = whole;
                part.dimensions.erase(name);
                VERIFY_FAILS(checkShape(part), ErrorCode::InvalidArgument);
                part.dimensions[name] = QStringLiteral("perhaps");
                VERIFY_FAILS(checkShape(part), ErrorCode::InvalidArgument);
            }
        }
        for (const int step : {0, -1, 100}) {
            VERIFY_FAILS(checkShape(supportStep(QStringLiteral("pause"), step)), ErrorCode::InvalidArgument);
        }
        Event opened = supportOpened(QStringLiteral("pause"));
        opened.dimensions[QStringLiteral("step")] = QStringLiteral("1");
        VERIFY_FAILS(checkShape(opened), ErrorCode::InvalidArgument);
    }

    void theLastWordOnSomebodyCounts() {
        PersonPresent first = interpreter(false);
        PersonPresent second{QStringLiteral("2"), PresentAs::Support, false, true, true};
        std::vector<Event> events = all({first, second});
        QVERIFY(peoplePresent(events) == (std::vector{first, second}));
        first.isThere = false;
        events.push_back(presenceOf(first));
        QVERIFY(peoplePresent(events) == (std::vector{first, second}));
        QVERIFY(peoplePresent({}).empty());
    }

    void theMicrophoneWaitsForEverybodyWhoIsThere() {
        QVERIFY(mayRecordThosePresent({}));
        QVERIFY(mayRecordThosePresent(all({interpreter(true)})));
        QVERIFY(!mayRecordThosePresent(all({interpreter(false)})));
        const PersonPresent other{QStringLiteral("2"), PresentAs::Other, true, false, true};
        QVERIFY(!mayRecordThosePresent(all({interpreter(true), other})));
        PersonPresent gone = interpreter(false);
        gone.isThere = false;
        QVERIFY(mayRecordThosePresent(all({interpreter(false), gone})));
        QVERIFY(mayRecordThosePresent(all({interpreter(false), interpreter(true)})));
        QVERIFY(!mayRecordThosePresent(all({gone, interpreter(false)})));
    }

    void earshotIsWhatWasSaidLast() {
        QVERIFY(!couldOverhear({}));
        QVERIFY(couldOverhear({earshotOf(true)}) == true);
        QVERIFY(couldOverhear({earshotOf(true), earshotOf(false)}) == false);
    }

    void supportIsRemembered() {
        QVERIFY(!wasSupportOpened({earshotOf(true)}));
        QVERIFY(wasSupportOpened({earshotOf(true), supportOpened(QStringLiteral("pause"))}));
    }

    void offTheRecordTakesWhatWasSaidAndLeavesWhoWasThere() {
        std::vector<Event> events{eventOf(EventKind::Note, 15'000, {}, QStringLiteral("said"))};
        for (Event event : test::aroundOneOfEach()) {
            event.offset = {15'000};
            events.push_back(event);
        }
        const std::size_t around = events.size() - 1;
        events.push_back(test::spanOf(10'000, 20'000));
        const std::vector<Event> standing = standingEvents(events);
        QCOMPARE(standing.size(), around + 1);
        QVERIFY(std::none_of(standing.begin(), standing.end(),
                             [](const Event& event) { return event.kind == EventKind::Note; }));
        QVERIFY(!mayRecordThosePresent(standing));
    }

    void aPersonTakenBackIsNotThere() {
        std::vector<Event> events = all({interpreter(false)});
        events.push_back(correctionOf(1, {}, {}));
        QVERIFY(mayRecordThosePresent(standingEvents(events)));
    }
};

QTEST_GUILESS_MAIN(TestAround)
#include "tst_around.moc"
