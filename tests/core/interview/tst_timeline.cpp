// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/interview/interview_fixture.h"
#include "interview/timeline.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;

namespace {

const QString kHow = QStringLiteral("how");
const QString kWhen = QStringLiteral("when");
const QString kLast = QStringLiteral("last");

Event ask(std::int64_t ms, const QString& id) {
    return eventOf(EventKind::Ask, ms, id);
}
Event answer(std::int64_t ms, const QString& id, const char* what) {
    return eventOf(EventKind::Answer, ms, id, QString::fromLatin1(what));
}
Event correct(std::int64_t ms, std::uint64_t number) {
    return correctionOf(number, {ms}, {});
}

QuestionCoverage rowOf(const std::vector<Event>& events, const QString& question) {
    for (const QuestionCoverage& row : coverage(test::guide(), events)) {
        if (row.question == question) return row;
    }
    return {};
}

}  // namespace

class TestTimeline final : public QObject {
    Q_OBJECT

private slots:
    void everyQuestionIsListedInTheOrderOfTheGuide() {
        const auto rows = coverage(test::guide(), {});
        QCOMPARE(rows.size(), std::size_t{3});
        QCOMPARE(rows[0].question, kHow);
        QCOMPARE(rows[0].section, QStringLiteral("start"));
        QCOMPARE(rows[1].question, kWhen);
        QCOMPARE(rows[2].question, kLast);
        QCOMPARE(rows[2].section, QStringLiteral("end"));
        for (const QuestionCoverage& row : rows) {
            QCOMPARE(row.coverage, Coverage::NotReached);
            QVERIFY(!row.firstAsked);
            QCOMPARE(row.probesAsked, 0);
        }
    }

    void notAskedAskedAndNothingToReportAreThreeFindings() {
        const std::vector<Event> events{ask(1000, kHow), ask(2000, kWhen), answer(2500, kWhen, "nothing")};
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Asked);
        QCOMPARE(rowOf(events, kWhen).coverage, Coverage::NothingToReport);
        QCOMPARE(rowOf(events, kLast).coverage, Coverage::NotReached);
    }

    void aDeclinedQuestionThatIsAskedAgainIsAsked() {
        std::vector<Event> events{ask(1000, kHow), answer(2000, kHow, "declined")};
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Declined);
        events.push_back(ask(9000, kHow));
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Asked);
        QCOMPARE(rowOf(events, kHow).firstAsked->ms, std::int64_t{1000});
    }

    void whatWasVolunteeredNeedsNoQuestionAndStaysVolunteered() {
        std::vector<Event> events{answer(500, kLast, "volunteered")};
        QCOMPARE(rowOf(events, kLast).coverage, Coverage::Volunteered);
        QVERIFY(!rowOf(events, kLast).firstAsked);
        events.push_back(ask(1000, kLast));
        QCOMPARE(rowOf(events, kLast).coverage, Coverage::Volunteered);
        QCOMPARE(rowOf(events, kLast).firstAsked->ms, std::int64_t{1000});
    }

    void probesAreCountedAndReachTheirQuestion() {
        const std::vector<Event> events{eventOf(EventKind::Probe, 700, QStringLiteral("how.a")),
                                        eventOf(EventKind::Probe, 800, QStringLiteral("how.b"))};
        const QuestionCoverage row = rowOf(events, kHow);
        QCOMPARE(row.probesAsked, 2);
        QCOMPARE(row.coverage, Coverage::Asked);
        QCOMPARE(row.firstAsked->ms, std::int64_t{700});
    }

    void eventsOfAnotherGuideCountNowhere() {
        const std::vector<Event> events{ask(1, QStringLiteral("elsewhere")),
                                        eventOf(EventKind::Probe, 2, QStringLiteral("elsewhere.a")),
                                        eventOf(EventKind::Code, 3, kHow)};
        for (const QuestionCoverage& row : coverage(test::guide(), events)) {
            QCOMPARE(row.coverage, Coverage::NotReached);
        }
    }

    void aCorrectedEventIsInNoView() {
        const std::vector<Event> events{ask(1000, kHow), ask(2000, kLast), correct(2500, 2)};
        QCOMPARE(rowOf(events, kLast).coverage, Coverage::NotReached);
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Asked);
        const auto times = sectionTime(test::guide(), events, {5000});
        QCOMPARE(times.at(QStringLiteral("start")), std::int64_t{4000});
        QCOMPARE(times.at(QStringLiteral("end")), std::int64_t{0});
        QCOMPARE(standingEvents(events).size(), std::size_t{1});
    }

    void aCorrectionTakenBackBringsTheEventBack() {
        const std::vector<Event> events{ask(1000, kHow), correct(2000, 1), correct(3000, 2)};
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Asked);
        QCOMPARE(standingEvents(events).size(), std::size_t{1});
    }

    void numbersAndNotPlacesSayWhatIsCorrected() {
        // As a damaged log gives them: number 2 did not verify.
        std::vector<Event> events{ask(1000, kHow), ask(3000, kWhen), correct(4000, 3)};
        events[0].number = 1;
        events[1].number = 3;
        events[2].number = 4;
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Asked);
        QCOMPARE(rowOf(events, kWhen).coverage, Coverage::NotReached);
    }

    void aCorrectionReachesOnlyBackwards() {
        const std::vector<Event> events{correct(0, 2), ask(1000, kHow), correct(2000, 3), correct(2000, 99)};
        QCOMPARE(standingEvents(events).size(), std::size_t{1});
        QCOMPARE(rowOf(events, kHow).coverage, Coverage::Asked);
    }

    void timeRunsFromTheFirstQuestionOfASectionToTheNextSection() {
        const std::vector<Event> events{ask(10'000, kHow), ask(30'000, kWhen), ask(60'000, kLast), ask(80'000, kHow)};
        const auto times = sectionTime(test::guide(), events, {100'000});
        QCOMPARE(times.size(), std::size_t{2});
        QCOMPARE(times.at(QStringLiteral("start")), std::int64_t{50'000 + 20'000});
        QCOMPARE(times.at(QStringLiteral("end")), std::int64_t{20'000});
    }

    void timeIsNeverNegative() {
        const std::vector<Event> events{ask(10'000, kHow), ask(9'000, kLast)};
        const auto times = sectionTime(test::guide(), events, {5'000});
        QCOMPARE(times.at(QStringLiteral("start")), std::int64_t{0});
        QCOMPARE(times.at(QStringLiteral("end")), std::int64_t{0});
    }

    void coverageHasStableNames() {
        QCOMPARE(coverageName(Coverage::NotReached), QStringLiteral("not-reached"));
        QCOMPARE(coverageName(Coverage::Asked), QStringLiteral("asked"));
        QCOMPARE(coverageName(Coverage::NothingToReport), QStringLiteral("nothing-to-report"));
        QCOMPARE(coverageName(Coverage::Declined), QStringLiteral("declined"));
        QCOMPARE(coverageName(Coverage::Volunteered), QStringLiteral("volunteered"));
    }

    void eventsThatFitTheStudyPass() {
        for (const Event& event : test::oneOfEachKind()) {
            VERIFY_OK(checkEvent(event, test::guide(), test::codebook()));
        }
    }

    void eventsThatDoNotFitTheStudyAreRefused() {
        const auto refused = [](const Event& event) {
            const auto result = checkEvent(event, test::guide(), test::codebook());
            return !result && result.error().code == ErrorCode::InvalidArgument;
        };
        const QString unknown = QStringLiteral("unknown");
        QVERIFY(refused(ask(0, unknown)));
        QVERIFY(refused(answer(0, unknown, "nothing")));
        QVERIFY(refused(eventOf(EventKind::Probe, 0, unknown)));
        QVERIFY(refused(eventOf(EventKind::Probe, 0, kHow)));
        QVERIFY(refused(eventOf(EventKind::Code, 0, unknown)));
        QVERIFY(refused(eventOf(EventKind::Note, 0)));
        Event code = eventOf(EventKind::Code, 0, QStringLiteral("presence"));
        code.dimensions[QStringLiteral("valence")] = QStringLiteral("purple");
        QVERIFY(refused(code));
        code.dimensions = {{QStringLiteral("size"), QStringLiteral("positive")}};
        QVERIFY(refused(code));
        Event link = eventOf(EventKind::Link, 0, QStringLiteral("presence"));
        link.target = unknown;
        QVERIFY(refused(link));
        link.target = QStringLiteral("presence");
        QVERIFY(refused(link));
        link.target = QStringLiteral("communication");
        QVERIFY(!refused(link));
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
