// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "consent/strict_json.h"
#include "core/interview/group_fixture.h"
#include "interview/timeline.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;
using test::memberId;
using test::numbered;
using test::touch;
using test::touchSeveral;

namespace {

using Spans = std::vector<Span>;
using Times = std::map<QString, std::int64_t>;
constexpr RecordedOffset kEnd{100'000};

QString id(char letter) {
    return memberId(letter).toString();
}

Event noteAt(std::int64_t ms, const QString& text) {
    return eventOf(EventKind::Note, ms, {}, text);
}

QByteArray textOf(const std::vector<Event>& events) {
    QByteArray text;
    for (const Event& event : events)
        text += consent::compactJson(event.toJson()) + '\n';
    return text;
}

/// a from 10 s, b from 30 s, several from 50 s, a again from 60 s to 70 s, then c.
std::vector<Event> talk() {
    return numbered({touch(10'000, 'a'), noteAt(12'000, QStringLiteral("of a")), touch(30'000, 'b'),
                     noteAt(30'000, QStringLiteral("of b, at once")), touchSeveral(50'000),
                     noteAt(55'000, QStringLiteral("of all")), touch(60'000, 'a'), touch(70'000, 'c'),
                     noteAt(99'000, QStringLiteral("of c"))});
}

/// Turns in any order, with notes that say whose they are; a canary in those of a.
std::vector<Event> anyTalk(std::mt19937& random) {
    std::vector<Event> events;
    std::int64_t ms = 0;
    char now = 0;
    const std::size_t count = 5 + random() % 60;
    while (events.size() < count) {
        ms += static_cast<std::int64_t>(random() % 4) * 700;
        const unsigned what = random() % 8;
        if (what < 3) {
            now = "abc"[random() % 3];
            events.push_back(touch(ms, now));
        } else if (what == 3) {
            now = 0;
            events.push_back(touchSeveral(ms));
        } else if (what == 4 && !events.empty()) {
            // Of what is noted; a touch that is taken back changes whose the words are.
            const std::size_t which = random() % events.size();
            if (events[which].kind != EventKind::Speaker) events.push_back(correctionOf(1 + which, {ms}, {}));
        } else {
            events.push_back(noteAt(ms, now == 'a' ? QStringLiteral("Canary-77") : QStringLiteral("theirs")));
        }
    }
    return numbered(events);
}

std::size_t countOf(const std::vector<Event>& events, const QString& text) {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [&](const Event& event) { return event.text == text; }));
}

}  // namespace

class TestSpeakers final : public QObject {
    Q_OBJECT

private slots:
    void timePerSpeakerIsWhatLiesBetweenTheTouches() {
        const Times expected{{several(), 20'000}, {id('a'), 30'000}, {id('b'), 20'000}, {id('c'), 30'000}};
        QCOMPARE(speakingTime(talk(), kEnd), expected);
    }

    void aTouchThatWasTakenBackGivesTheTimeToWhoSpokeBefore() {
        auto events = talk();
        events.push_back(correctionOf(3, {99'000}, {}));
        const Times times = speakingTime(numbered(events), kEnd);
        QCOMPARE(times.at(id('a')), 50'000);
        QCOMPARE(times.count(id('b')), std::size_t{0});
    }

    void whoGoesSpeaksNoLonger() {
        const auto events = numbered({touch(10'000, 'a'), leftOf(memberId('b')), leftOf(memberId('a'))});
        auto moved = events;
        moved[1].offset = {20'000};
        moved[2].offset = {30'000};
        const Times expected{{several(), 80'000}, {id('a'), 20'000}};
        QCOMPARE(speakingTime(moved, kEnd), expected);
    }

    void spansBeginBeforeTheTouchBecauseItComesLate() {
        const Spans expected{{{8'000}, {30'000}}, {{58'000}, {70'000}}};
        QCOMPARE(spansOf({id('a')}, talk(), kEnd), expected);
        const Spans neighbours{{{8'000}, {50'000}}, {{58'000}, {70'000}}};
        QCOMPARE(spansOf({id('a'), id('b')}, talk(), kEnd), neighbours);
    }

    void whatIsNotedAtTheTouchBelongsToWhoWasTouched() {
        const auto events = talk();
        QCOMPARE(speakerAt(events[1], events), id('a'));
        QCOMPARE(speakerAt(events[3], events), id('b'));
        QCOMPARE(speakerAt(events[5], events), several());
        QCOMPARE(speakerAt(noteAt(5'000, QStringLiteral("before")), events), QString());
    }

    void withoutSoundTheOrderOfTheEventsDecides() {
        const auto events = numbered(
            {touch(0, 'a'), noteAt(0, QStringLiteral("of a")), touch(0, 'b'), noteAt(0, QStringLiteral("of b"))});
        QCOMPARE(speakerAt(events[1], events), id('a'));
        QCOMPARE(speakerAt(events[3], events), id('b'));
        const auto left = withoutMembers(events, {id('a')}, {}, {});
        QVERIFY(!textOf(left).contains("of a"));
        QVERIFY(textOf(left).contains("of b"));
    }

    void whoIsTakenOutLeavesNothingButThePlace() {
        const auto left = withoutMembers(talk(), {id('a')}, {}, kEnd);
        QVERIFY(!textOf(left).contains(id('a').toUtf8()));
        QVERIFY(!textOf(left).contains("of a\""));
        for (const char* kept : {"of b, at once", "of all", "of c"})
            QVERIFY2(textOf(left).contains(kept), kept);
        const Times expected{{several(), 20'000}, {takenOut(), 30'000}, {id('b'), 20'000}, {id('c'), 30'000}};
        QCOMPARE(speakingTime(left, kEnd), expected);
    }

    void aMarkThatReachesBackIntoTheirWordsGoesAlong() {
        auto events = talk();
        events.push_back(eventOf(EventKind::Mark, 45'000, {}, QStringLiteral("reaches a")));
        events.push_back(eventOf(EventKind::Mark, 95'000, {}, QStringLiteral("reaches c alone")));
        const auto left = withoutMembers(numbered(events), {id('a')}, {}, kEnd);
        QVERIFY(!textOf(left).contains("reaches a"));
        QVERIFY(textOf(left).contains("reaches c alone"));
    }

    void aNoteThatNamesThemGoesWhereverItIs() {
        auto events = talk();
        events.push_back(noteAt(80'000, QStringLiteral("c answers mira-42")));
        const auto left = withoutMembers(numbered(events), {id('a')}, {QStringLiteral("Mira-42")}, kEnd);
        QVERIFY(!textOf(left).contains("mira-42"));
    }

    void comingAndGoingIsForgottenWithThem() {
        const GroupOpening group = test::groupOfThree();
        const auto events = numbered({leftOf(memberId('a')), joinedOf(memberId('d'), EvidenceId::random()),
                                      leftOf(memberId('b')), joinedOf(memberId('b'), EvidenceId::random())});
        const std::set<QString> there{id('b'), id('c'), id('d')};
        QCOMPARE(membersThere(group, events), there);
        QCOMPARE(everybodyIn(group, events).size(), std::size_t{4});
        const auto left = withoutMembers(events, {id('d')}, {}, kEnd);
        QVERIFY(!textOf(left).contains(id('d').toUtf8()));
        QCOMPARE(membersThere(group, left), (std::set<QString>{id('b'), id('c')}));
    }

    void onlyWhoIsThereIsTheOneWhoSpeaks() {
        const GroupOpening group = test::groupOfThree();
        QCOMPARE(speakerNow(group, {}), QString());
        QCOMPARE(speakerNow(group, numbered({touch(0, 'a')})), id('a'));
        QCOMPARE(speakerNow(group, numbered({touch(0, 'a'), leftOf(memberId('a'))})), QString());
        QCOMPARE(speakerNow(group, numbered({touch(0, 'a'), touchSeveral(1)})), several());
    }

    void whateverTheTalkNothingOfTheirsStaysAndEverythingElseDoes() {
        std::mt19937 random(20261123);
        for (int i = 0; i < 400; ++i) {
            const auto events = anyTalk(random);
            const auto left = withoutMembers(events, {id('a')}, {}, {10'000'000});
            QCOMPARE(left.size(), events.size());
            QVERIFY(!textOf(left).contains("Canary-77"));
            QVERIFY(!textOf(left).contains(id('a').toUtf8()));
            QCOMPARE(countOf(left, QStringLiteral("theirs")), countOf(events, QStringLiteral("theirs")));
            // Nothing that had been taken back stands again.
            QCOMPARE(countOf(standingEvents(left), QStringLiteral("theirs")),
                     countOf(standingEvents(events), QStringLiteral("theirs")));
            QCOMPARE(textOf(withoutMembers(left, {id('a')}, {}, {10'000'000})), textOf(left));
        }
    }
};

QTEST_GUILESS_MAIN(TestSpeakers)
#include "tst_speakers.moc"
