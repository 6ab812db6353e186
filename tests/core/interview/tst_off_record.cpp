// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "consent/strict_json.h"
#include "core/interview/interview_fixture.h"
#include "interview/off_record.h"
#include "interview/timeline.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;
using test::spanOf;

namespace {

const QString kCanary = QStringLiteral("Canary-77");
using Spans = std::vector<Span>;

/// As they come out of a log: numbered from 1.
std::vector<Event> numbered(std::vector<Event> events) {
    for (std::size_t i = 0; i < events.size(); ++i)
        events[i].number = i + 1;
    return events;
}

QByteArray textOf(const std::vector<Event>& events) {
    QByteArray text;
    for (const Event& event : events)
        text += consent::compactJson(event.toJson()) + '\n';
    return text;
}

/// What is said of an event's content, within a span from 10 to 20 s.
std::vector<Event> contentAt(std::int64_t ms) {
    Event link = eventOf(EventKind::Link, ms, QStringLiteral("presence"));
    link.target = QStringLiteral("communication");
    return {eventOf(EventKind::Note, ms, {}, kCanary), eventOf(EventKind::Mark, ms, {}, kCanary),
            eventOf(EventKind::Code, ms, QStringLiteral("presence")), link,
            eventOf(EventKind::Answer, ms, QStringLiteral("how"), QStringLiteral("declined"))};
}

/// Any history: events anywhere in two minutes, corrections of anything before, spans.
std::vector<Event> anyHistory(std::mt19937& random) {
    std::vector<Event> events;
    const auto anywhere = [&] { return static_cast<std::int64_t>(random() % 120'000); };
    const std::size_t count = 5 + random() % 60;
    while (events.size() < count) {
        switch (random() % 6) {
            case 0:
                events.push_back(eventOf(EventKind::Ask, anywhere(), QStringLiteral("how")));
                break;
            case 1:
                if (!events.empty()) {
                    events.push_back(correctionOf(1 + random() % events.size(), {anywhere()}, {}));
                }
                break;
            case 2: {
                const std::int64_t from = anywhere();
                if (random() % 2 == 0)
                    events.push_back(spanOf(from, from + 1 + static_cast<std::int64_t>(random() % 9000)));
                break;
            }
            default: {
                const auto content = contentAt(anywhere());
                events.push_back(content[random() % content.size()]);
            }
        }
    }
    return numbered(events);
}

}  // namespace

class TestOffRecord final : public QObject {
    Q_OBJECT

private:
    /// Commits the events, rewrites the log through the filter, reads it again.
    [[nodiscard]] static Result<std::vector<Event>> rewritten(test::LoggedSession& session,
                                                              const std::vector<Event>& events,
                                                              const sealedlog::Filter& filter) {
        SOTTO_TRY(session.create());
        for (const Event& event : events)
            SOTTO_TRY(session.log->commit(event));
        session.log.reset();
        const auto recipient = session.keys().front().recipient();
        SOTTO_TRY(
            sealedlog::rewrite(session.files, test::LoggedSession::kPath, session.keys(), {&recipient, 1}, filter));
        SOTTO_ASSIGN(auto records, session.read());
        SOTTO_CHECK(records.notUnderstood == 0);
        return std::move(records.events);
    }

private slots:
    void spansAreSortedAndJoined() {
        const std::vector<Event> events =
            numbered({spanOf(50, 60), spanOf(10, 20), spanOf(20, 30), spanOf(12, 15), spanOf(55, 58), spanOf(31, 40)});
        QVERIFY(spansTakenBack(events) == (Spans{{{10}, {30}}, {{31}, {40}}, {{50}, {60}}}));
        QVERIFY(spansTakenBack({}).empty());
    }

    void aSpanThatWasCorrectedDoesNotCount() {
        std::vector<Event> events{spanOf(10, 20), spanOf(50, 60), correctionOf(1, {70}, {})};
        QVERIFY(spansTakenBack(numbered(events)) == (Spans{{{50}, {60}}}));
        events.push_back(correctionOf(3, {71}, {}));
        QCOMPARE(spansTakenBack(numbered(events)).size(), std::size_t{2});
    }

    void contentGoesWithItsSpanAndTheWalkStays() {
        const Spans spans{{{10'000}, {20'000}}};
        for (const std::int64_t inside : {10'000, 15'000, 20'000}) {
            for (const Event& event : contentAt(inside))
                QVERIFY(goesWith(event, spans));
        }
        for (const Event& event : contentAt(9'999))
            QVERIFY(!goesWith(event, spans));
        for (const Event& event : contentAt(20'001)) {
            // A mark there was made for what was said in the span: it reaches back 20 s.
            QCOMPARE(goesWith(event, spans), event.kind == EventKind::Mark);
        }
        QVERIFY(goesWith(eventOf(EventKind::Mark, 40'000), spans));
        QVERIFY(!goesWith(eventOf(EventKind::Mark, 40'001), spans));
        for (const EventKind kind : {EventKind::Ask, EventKind::Probe, EventKind::Pause, EventKind::Resume,
                                     EventKind::OffRecord, EventKind::OffRecordSpan, EventKind::Erased}) {
            QVERIFY(!goesWith(eventOf(kind, 15'000, QStringLiteral("how")), spans));
        }
    }

    void aStubKeepsNumberOffsetAndTimeAndNothingElse() {
        std::vector<Event> events = contentAt(15'000);
        for (Event& event : events)
            event.dimensions = event.kind == EventKind::Code
                                   ? std::map<QString, QString>{{QStringLiteral("valence"), kCanary}}
                                   : std::map<QString, QString>{};
        events = numbered(events);
        const auto kept = withoutSpans(events, {{{10'000}, {20'000}}});
        QCOMPARE(kept.size(), events.size());
        for (std::size_t i = 0; i < kept.size(); ++i) {
            QCOMPARE(kept[i].kind, EventKind::Erased);
            QCOMPARE(kept[i].number, events[i].number);
            QCOMPARE(kept[i].offset.ms, std::int64_t{15'000});
            QCOMPARE(kept[i].at.utcMs, events[i].at.utcMs);
            const QStringList fields = kept[i].toJson().keys();
            QCOMPARE(fields, (QStringList{QStringLiteral("at"), QStringLiteral("kind"), QStringLiteral("ms"),
                                          QStringLiteral("n")}));
        }
        QVERIFY(!textOf(kept).contains(kCanary.toUtf8()));
    }

    void aCorrectionGoesOnlyWithWhatItCorrects() {
        const std::vector<Event> events = numbered({
            eventOf(EventKind::Note, 5'000, {}, QStringLiteral("outside")),  // 1
            eventOf(EventKind::Note, 15'000, {}, kCanary),                   // 2
            correctionOf(1, {15'000}, {}),                                   // 3: inside, of one outside
            correctionOf(2, {50'000}, {}),                                   // 4: outside, of one inside
            correctionOf(4, {51'000}, {}),                                   // 5: of that correction
        });
        const auto kept = withoutSpans(events, {{{10'000}, {20'000}}});
        const std::vector<EventKind> kinds{EventKind::Note, EventKind::Erased, EventKind::Correct, EventKind::Erased,
                                           EventKind::Erased};
        for (std::size_t i = 0; i < kinds.size(); ++i)
            QCOMPARE(kept[i].kind, kinds[i]);
        QVERIFY2(standingEvents(kept).empty(), "the note outside was taken back and stays so");
    }

    void anErasedEventStandsForNothing() {
        const std::vector<Event> events = numbered({eventOf(EventKind::Ask, 1000, QStringLiteral("how")),
                                                    eventOf(EventKind::Erased, 2000), spanOf(5000, 6000)});
        const auto standing = standingEvents(events);
        QCOMPARE(standing.size(), std::size_t{2});
        QCOMPARE(standing[1].kind, EventKind::OffRecordSpan);
    }

    void nothingOfASpanStandsEvenBeforeTheLogIsRewritten() {
        std::vector<Event> events = contentAt(15'000);
        events.push_back(eventOf(EventKind::Ask, 15'000, QStringLiteral("how")));
        events.push_back(spanOf(10'000, 20'000));
        auto standing = standingEvents(numbered(events));
        QCOMPARE(standing.size(), std::size_t{2});
        QCOMPARE(standing[0].kind, EventKind::Ask);
        QCOMPARE(standing[1].kind, EventKind::OffRecordSpan);
        events.push_back(correctionOf(7, {60'000}, {}));
        standing = standingEvents(numbered(events));
        QCOMPARE(standing.size(), std::size_t{6});
    }

    void aRewrittenLogSaysWhatTheViewsSaidBefore() {
        std::mt19937 random(20261122);
        int erased = 0;
        for (int round = 0; round < 60; ++round) {
            const std::vector<Event> events = anyHistory(random);
            const Spans spans = spansTakenBack(events);
            test::LoggedSession session;
            const auto after = rewritten(session, events, eraseFilter(spans));
            VERIFY_OK(after);
            QCOMPARE(textOf(*after), textOf(withoutSpans(events, spans)));
            QCOMPARE(textOf(standingEvents(*after)), textOf(standingEvents(events)));
            QVERIFY(spansTakenBack(*after) == spans);
            for (std::size_t i = 0; i < events.size(); ++i) {
                QCOMPARE(after->at(i).number, i + 1);
                const bool goes = goesWith(events[i], spans);
                erased += goes ? 1 : 0;
                if (goes) QCOMPARE(after->at(i).kind, EventKind::Erased);
                if (after->at(i).kind != EventKind::Erased) QCOMPARE(textOf({after->at(i)}), textOf({events[i]}));
            }
        }
        QVERIFY(erased > 100);
    }

    void erasingTwiceIsErasingOnce() {
        test::LoggedSession session;
        const Spans spans{{{10'000}, {20'000}}};
        const sealedlog::Filter filter = eraseFilter(spans);
        const auto once = rewritten(session, contentAt(15'000), filter);
        VERIFY_OK(once);
        const auto recipient = session.keys().front().recipient();
        VERIFY_OK(
            sealedlog::rewrite(session.files, test::LoggedSession::kPath, session.keys(), {&recipient, 1}, filter));
        QCOMPARE(textOf(session.read()->events), textOf(*once));
    }

    void aFilterThatWasUsedBeforeKnowsNothingOfTheOtherLog() {
        const sealedlog::Filter filter = eraseFilter({{{10'000}, {20'000}}});
        test::LoggedSession one;
        VERIFY_OK(rewritten(one, {eventOf(EventKind::Note, 15'000, {}, kCanary)}, filter));
        test::LoggedSession other;
        const auto after = rewritten(
            other, {eventOf(EventKind::Note, 50'000, {}, QStringLiteral("stays")), correctionOf(1, {51'000}, {})},
            filter);
        VERIFY_OK(after);
        QCOMPARE(after->at(1).kind, EventKind::Correct);
    }

    void aLogOfTheFirstFormatIsOfThePresentOneAfterwards() {
        test::LoggedSession session;
        session.opening.format = 1;
        const auto after = rewritten(session, {eventOf(EventKind::Note, 50'000, {}, QStringLiteral("stays"))},
                                     eraseFilter({{{10'000}, {20'000}}}));
        VERIFY_OK(after);
        const auto records = session.read();
        VERIFY_OK(records);
        QCOMPARE(records->opening.format, kSessionFormat);
        session.opening.format = kSessionFormat;
        QVERIFY(records->opening.toJson() == session.opening.toJson());
        VERIFY_OK(session.reopen());
        VERIFY_OK(session.log->commit(eventOf(EventKind::Ask, 60'000, QStringLiteral("how"))));
        QCOMPARE(session.log->eventCount(), std::uint64_t{2});
    }

    void aLiveLogOfTheFirstFormatTakesASpan() {
        test::LoggedSession session;
        session.opening.format = 1;
        VERIFY_OK(session.create());
        VERIFY_OK(session.log->commit(eventOf(EventKind::Note, 15'000, {}, kCanary)));
        VERIFY_OK(session.log->commit(spanOf(10'000, 20'000)));
        VERIFY_OK(session.reopen());
        const auto records = session.read();
        VERIFY_OK(records);
        QCOMPARE(records->opening.format, 1);
        QCOMPARE(records->notUnderstood, 0);
        QCOMPARE(spansTakenBack(records->events).size(), std::size_t{1});
        QCOMPARE(standingEvents(records->events).size(), std::size_t{1});
    }

    void aLiveLogOfTheSecondFormatTakesWhatSurroundsTheInterview() {
        test::LoggedSession session;
        session.opening.format = 2;
        VERIFY_OK(session.create());
        const auto around = test::aroundOneOfEach();
        for (const Event& event : around)
            VERIFY_OK(session.log->commit(event));
        const auto records = session.read();
        VERIFY_OK(records);
        QCOMPARE(records->opening.format, 2);
        QCOMPARE(records->notUnderstood, 0);
        QCOMPARE(records->events.size(), around.size());
    }

    void nobodyCommitsAStub() {
        test::LoggedSession session;
        VERIFY_OK(session.create());
        VERIFY_FAILS(session.log->commit(eventOf(EventKind::Erased, 0)), ErrorCode::InvalidArgument);
        QCOMPARE(session.log->eventCount(), std::uint64_t{0});
    }

    void anEventThatCantBeJudgedEndsTheRewriteAndTheOldLogStays() {
        test::LoggedSession session;
        VERIFY_OK(session.create());
        session.log.reset();
        {
            auto writer = sealedlog::LogWriter::open(session.files, test::LoggedSession::kPath, session.keys());
            VERIFY_OK(writer);
            VERIFY_OK(writer->append(2, viewOf(std::string_view("{\"kind\":\"score\"}"))));
            VERIFY_OK(writer->sync());
        }
        const Bytes before = session.files.content(test::LoggedSession::kPath);
        const auto recipient = session.keys().front().recipient();
        VERIFY_FAILS(sealedlog::rewrite(session.files, test::LoggedSession::kPath, session.keys(), {&recipient, 1},
                                        eraseFilter({})),
                     ErrorCode::ParseFailed);
        QVERIFY(session.files.content(test::LoggedSession::kPath) == before);
    }

    void numbersGoOnBehindTheHighestWhereEventsAreMissing() {
        test::LoggedSession session;
        std::vector<Event> events;
        for (int i = 0; i < 5; ++i)
            events.push_back(eventOf(EventKind::Ask, i, QStringLiteral("how")));
        // As a damaged log that is rewritten with what verifies: the third event is missing.
        const sealedlog::Filter lossy = [](const sealedlog::RecordInfo& record,
                                           Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
            std::vector<sealedlog::NewRecord> kept;
            if (record.sequence != 4) kept.push_back({record.type, std::move(body)});
            return kept;
        };
        VERIFY_OK(rewritten(session, events, lossy));
        VERIFY_OK(session.reopen());
        QCOMPARE(session.log->eventCount(), std::uint64_t{5});
        VERIFY_OK(session.log->commit(correctionOf(5, {9}, {})));
        QCOMPARE(session.read()->events.back().number, std::uint64_t{6});
    }

    void filtersWorkOneAfterTheOther() {
        const auto named = [](std::string_view letter, int copies) -> sealedlog::Filter {
            return [=](const sealedlog::RecordInfo& record, Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
                if (record.bodySize != body.size()) return fail(ErrorCode::Damaged, "the size is another's");
                body.push_back(static_cast<std::uint8_t>(letter.front()));
                return std::vector<sealedlog::NewRecord>(static_cast<std::size_t>(copies), {record.type, body});
            };
        };
        sealedlog::RecordInfo info;
        info.type = 2;
        const auto both = inTurn(named("a", 2), named("b", 3))(info, {});
        VERIFY_OK(both);
        QCOMPARE(both->size(), std::size_t{6});
        for (const sealedlog::NewRecord& record : *both)
            QCOMPARE(byteArrayOf(record.body), QByteArray("ab"));
        QVERIFY(inTurn(named("a", 0), named("b", 3))(info, {})->empty());
    }
};

QTEST_GUILESS_MAIN(TestOffRecord)
#include "tst_off_record.moc"
