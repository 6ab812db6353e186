// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "consent/strict_json.h"
#include "core/interview/interview_fixture.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;

class TestEvent final : public QObject {
    Q_OBJECT

private slots:
    void everyKindComesBackFromItsJsonWithAllItBears() {
        std::uint64_t number = 0;
        for (Event event : test::everyKind()) {
            event.number = ++number;
            const QByteArray text = consent::compactJson(event.toJson());
            const auto json = consent::parseJsonObject(viewOf(text), "event");
            VERIFY_OK(json);
            const auto read = Event::fromJson(*json);
            VERIFY_OK(read);
            QCOMPARE(read->kind, event.kind);
            QCOMPARE(read->offset.ms, event.offset.ms);
            QCOMPARE(read->at.utcMs, event.at.utcMs);
            QCOMPARE(read->at.bootMs, event.at.bootMs);
            QCOMPARE(read->id, event.id);
            QCOMPARE(read->target, event.target);
            QCOMPARE(read->text, event.text);
            QVERIFY(read->dimensions == event.dimensions);
            QVERIFY(read->prompted == event.prompted);
            QVERIFY(read->until == event.until);
            QCOMPARE(read->number, event.number);
        }
        QCOMPARE(number, std::uint64_t{21});
    }

    void storedNamesNeverChange() {
        const QStringList names{
            QStringLiteral("ask"),        QStringLiteral("probe"),   QStringLiteral("answer"),
            QStringLiteral("mark"),       QStringLiteral("code"),    QStringLiteral("link"),
            QStringLiteral("note"),       QStringLiteral("pause"),   QStringLiteral("resume"),
            QStringLiteral("off-record"), QStringLiteral("correct"), QStringLiteral("off-record-span"),
            QStringLiteral("erased"),     QStringLiteral("present"), QStringLiteral("came-in"),
            QStringLiteral("earshot"),    QStringLiteral("support"), QStringLiteral("confirmed"),
            QStringLiteral("speaker"),    QStringLiteral("joined"),  QStringLiteral("left")};
        const auto events = test::everyKind();
        QCOMPARE(events.size(), static_cast<std::size_t>(names.size()));
        for (int i = 0; i < names.size(); ++i) {
            const EventKind kind = events.at(static_cast<std::size_t>(i)).kind;
            QCOMPARE(eventKindName(kind), names.at(i));
            QVERIFY(eventKindFromName(names.at(i)) == kind);
        }
        QVERIFY(!eventKindFromName(QStringLiteral("Ask")));
        QVERIFY(!eventKindFromName(QString()));
    }

    void theWorkedExampleOfTheReadmeReads() {
        const QByteArray example =
            R"({"at":{"boot":"8f14e45f","boot_ms":3605000,"utc_ms":1790000005000,"zone_min":-300},)"
            R"("dims":{"reciprocity":"both","valence":"+"},"id":"presence","kind":"code","ms":61000,"n":2,"prompted":false})";
        const auto json = consent::parseJsonObject(viewOf(example), "event");
        VERIFY_OK(json);
        const auto event = Event::fromJson(*json);
        VERIFY_OK(event);
        QCOMPARE(event->kind, EventKind::Code);
        QCOMPARE(event->number, std::uint64_t{2});
        QCOMPARE(event->dimensions.at(QStringLiteral("valence")), QStringLiteral("+"));
        QVERIFY(event->prompted == false);
        QCOMPARE(consent::compactJson(event->toJson()), example);
    }

    void unknownKindsAndFieldsAreRefused() {
        QJsonObject json = eventOf(EventKind::Note, 0, {}, QStringLiteral("x")).toJson();
        json.insert(QStringLiteral("mood"), 1);
        VERIFY_FAILS(Event::fromJson(json), ErrorCode::ParseFailed);
        json = eventOf(EventKind::Note, 0, {}, QStringLiteral("x")).toJson();
        json.insert(QStringLiteral("kind"), QStringLiteral("score"));
        VERIFY_FAILS(Event::fromJson(json), ErrorCode::ParseFailed);
    }

    void fieldsOfAWrongTypeAreRefused_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("kind") << QStringLiteral("kind") << QJsonValue(4);
        QTest::newRow("offset text") << QStringLiteral("ms") << QJsonValue(QStringLiteral("4"));
        QTest::newRow("offset negative") << QStringLiteral("ms") << QJsonValue(-1);
        QTest::newRow("offset broken") << QStringLiteral("ms") << QJsonValue(0.5);
        QTest::newRow("time") << QStringLiteral("at") << QJsonValue(1);
        QTest::newRow("id") << QStringLiteral("id") << QJsonValue(true);
        QTest::newRow("dimensions") << QStringLiteral("dims")
                                    << QJsonValue(QJsonObject{{QStringLiteral("valence"), 1}});
        QTest::newRow("prompted") << QStringLiteral("prompted") << QJsonValue(QStringLiteral("yes"));
        QTest::newRow("number") << QStringLiteral("n") << QJsonValue(0);
    }
    void fieldsOfAWrongTypeAreRefused() {
        QFETCH(const QString, field);
        QFETCH(const QJsonValue, value);
        QJsonObject json = test::oneOfEachKind().at(4).toJson();
        VERIFY_OK(Event::fromJson(json));
        json.insert(field, value);
        VERIFY_FAILS(Event::fromJson(json), ErrorCode::ParseFailed);
        json.remove(field);
        const bool isOptional = field == u"dims" || field == u"prompted" || field == u"n";
        QCOMPARE(Event::fromJson(json).has_value(), isOptional);
    }

    void anEventHasWhatItsKindNeedsAndNothingElse() {
        for (const Event& event : test::everyKind()) {
            VERIFY_OK(checkShape(event));
            Event other = event;
            other.until = event.until ? std::nullopt : std::optional(RecordedOffset{event.offset.ms + 1});
            VERIFY_FAILS(checkShape(other), ErrorCode::InvalidArgument);
            other = event;
            other.id = event.id.isEmpty() ? QStringLiteral("x") : QString();
            VERIFY_FAILS(checkShape(other), ErrorCode::InvalidArgument);
            other = event;
            other.target = event.target.isEmpty() ? QStringLiteral("x") : QString();
            VERIFY_FAILS(checkShape(other), ErrorCode::InvalidArgument);
            other = event;
            other.offset.ms = -1;
            VERIFY_FAILS(checkShape(other), ErrorCode::InvalidArgument);
            if (event.kind == EventKind::Code) continue;
            other = event;
            other.prompted = true;
            VERIFY_FAILS(checkShape(other), ErrorCode::InvalidArgument);
            if (event.kind == EventKind::Mark) continue;
            other = event;
            other.text = event.text.isEmpty() ? QStringLiteral("x") : QString();
            VERIFY_FAILS(checkShape(other), ErrorCode::InvalidArgument);
        }
    }

    void aSpanEndsBehindItsBeginning() {
        VERIFY_OK(checkShape(test::spanOf(0, 1)));
        VERIFY_FAILS(checkShape(test::spanOf(5, 5)), ErrorCode::InvalidArgument);
        VERIFY_FAILS(checkShape(test::spanOf(5, 4)), ErrorCode::InvalidArgument);
        QJsonObject json = test::spanOf(5, 9).toJson();
        QCOMPARE(json.value(QStringLiteral("to_ms")).toInt(), 9);
        json.insert(QStringLiteral("to_ms"), -1);
        VERIFY_FAILS(Event::fromJson(json), ErrorCode::ParseFailed);
        json.insert(QStringLiteral("to_ms"), QStringLiteral("9"));
        VERIFY_FAILS(Event::fromJson(json), ErrorCode::ParseFailed);
    }

    void answersSayOneOfThreeThings() {
        for (const char* answer : {"nothing", "declined", "volunteered"}) {
            VERIFY_OK(checkShape(eventOf(EventKind::Answer, 0, QStringLiteral("how"), QString::fromLatin1(answer))));
        }
        VERIFY_FAILS(checkShape(eventOf(EventKind::Answer, 0, QStringLiteral("how"), QStringLiteral("yes"))),
                     ErrorCode::InvalidArgument);
    }

    void correctionsNameANumber() {
        VERIFY_OK(checkShape(correctionOf(17, {}, {})));
        for (const char* bad : {"0", "-1", "01", "1.0", "one", " 1"}) {
            VERIFY_FAILS(checkShape(eventOf(EventKind::Correct, 0, QString::fromLatin1(bad))),
                         ErrorCode::InvalidArgument);
        }
    }

    void aMarkReachesBackTwentySecondsButNotBeforeTheBeginning() {
        QCOMPARE(eventOf(EventKind::Mark, 31'000).start().ms, std::int64_t{11'000});
        QCOMPARE(eventOf(EventKind::Mark, 5'000).start().ms, std::int64_t{0});
        QCOMPARE(eventOf(EventKind::Note, 31'000).start().ms, std::int64_t{31'000});
    }
};

QTEST_GUILESS_MAIN(TestEvent)
#include "tst_event.moc"
