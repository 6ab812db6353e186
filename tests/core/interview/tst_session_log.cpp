// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include <QTest>

#include "consent/strict_json.h"
#include "core/interview/interview_fixture.h"

using namespace sotto;
using namespace sotto::interview;
using test::eventOf;
using test::LoggedSession;
using Loss = test::FaultFileSystem::Loss;

namespace {

Event note(int n) {
    return eventOf(EventKind::Note, n, {}, QStringLiteral("note %1").arg(n));
}

Bytes audioBody(int n) {
    ByteWriter body;
    body.u32(static_cast<std::uint32_t>(n));
    return body.take();
}

}  // namespace

class TestSessionLog final : public QObject {
    Q_OBJECT

private slots:
    void everyKindOfEventIsReadBackInOrderWithItsNumber() {
        LoggedSession session;
        VERIFY_OK(session.create());
        const auto events = test::oneOfEachKind();
        for (const Event& event : events) {
            VERIFY_OK(session.log->commit(event));
        }
        QCOMPARE(session.log->eventCount(), std::uint64_t{events.size()});
        VERIFY_OK(session.log->finish());
        session.log.reset();
        const auto records = session.read();
        VERIFY_OK(records);
        QVERIFY(records->log.isFinal());
        QVERIFY(records->log.integrity() == sealedlog::Integrity::Ok);
        QVERIFY(records->opening.toJson() == session.opening.toJson());
        QCOMPARE(records->notUnderstood, 0);
        QCOMPARE(records->events.size(), events.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            Event expected = events[i];
            expected.number = i + 1;
            QVERIFY(records->events[i].toJson() == expected.toJson());
        }
    }

    void whatWasCommittedSurvivesAPowerCutAtOnce() {
        LoggedSession session;
        VERIFY_OK(session.create());
        for (int n = 1; n <= 5; ++n) {
            VERIFY_OK(session.log->commit(note(n)));
            QCOMPARE(session.log->durableSequence(), session.log->head().sequence);
        }
        session.files.cutPower(Loss::All);
        VERIFY_OK(session.reopen());
        QCOMPARE(session.log->eventCount(), std::uint64_t{5});
        QVERIFY(session.log->opening().toJson() == session.opening.toJson());
        VERIFY_OK(session.log->commit(note(6)));
        session.log.reset();
        const auto records = session.read();
        VERIFY_OK(records);
        QCOMPARE(records->events.back().number, std::uint64_t{6});
    }

    void audioAloneIsNotSynced() {
        LoggedSession session;
        VERIFY_OK(session.create());
        const std::uint64_t durable = session.log->durableSequence();
        VERIFY_OK(session.log->appendAudio(RecordType::AudioPackets, audioBody(1)));
        QCOMPARE(session.log->durableSequence(), durable);
        VERIFY_OK(session.log->sync());
        QCOMPARE(session.log->durableSequence(), durable + 1);
    }

    void misshapenEventsNeverReachTheLog() {
        LoggedSession session;
        VERIFY_OK(session.create());
        const auto head = session.log->head();
        VERIFY_FAILS(session.log->commit(eventOf(EventKind::Ask, 0)), ErrorCode::InvalidArgument);
        VERIFY_FAILS(session.log->commit(correctionOf(1, {}, {})), ErrorCode::InvalidArgument);
        const Event tooLong = eventOf(EventKind::Note, 0, {}, QString(kMaxEventBytes, QLatin1Char('x')));
        VERIFY_FAILS(session.log->commit(tooLong), ErrorCode::InvalidArgument);
        VERIFY_FAILS(session.log->appendAudio(RecordType::Event, audioBody(1)), ErrorCode::InvalidArgument);
        VERIFY_FAILS(session.log->appendAudio(RecordType::Opening, audioBody(1)), ErrorCode::InvalidArgument);
        QVERIFY(session.log->head() == head);
        QCOMPARE(session.log->eventCount(), std::uint64_t{0});
    }

    void anEventCanBeCorrectedOnceItIsThere() {
        LoggedSession session;
        VERIFY_OK(session.create());
        VERIFY_OK(session.log->commit(note(1)));
        VERIFY_OK(session.log->commit(correctionOf(session.log->eventCount(), {}, {})));
        VERIFY_FAILS(session.log->commit(correctionOf(3, {}, {})), ErrorCode::InvalidArgument);
    }

    void aFinishedLogTakesNothingMore() {
        LoggedSession session;
        VERIFY_OK(session.create());
        VERIFY_OK(session.log->finish());
        QVERIFY(!session.log->commit(note(1)).has_value());
        QCOMPARE(session.log->eventCount(), std::uint64_t{0});
        session.log.reset();
        VERIFY_FAILS(session.reopen(), ErrorCode::NotAllowed);
    }

    void visitingSeesTheRecordsInOrderAndStopsWhenToldTo() {
        LoggedSession session;
        VERIFY_OK(session.create());
        VERIFY_OK(session.log->commit(note(1)));
        VERIFY_OK(session.log->appendAudio(RecordType::AudioPackets, audioBody(7)));
        std::vector<RecordType> types;
        VERIFY_OK(session.log->forEach([&](RecordType type, ByteView) -> Result<> {
            types.push_back(type);
            return session.log->commit(note(2));  // the lock is free meanwhile
        }));
        QVERIFY((types == std::vector{RecordType::Opening, RecordType::Event, RecordType::AudioPackets}));
        int visited = 0;
        VERIFY_FAILS(session.log->forEach([&](RecordType, ByteView) -> Result<> {
            ++visited;
            return fail(ErrorCode::Cancelled, "enough");
        }),
                     ErrorCode::Cancelled);
        QCOMPARE(visited, 1);
    }

    void twoThreadsLoseNothingAndKeepTheirOrder() {
        constexpr int kEvents = 200;
        constexpr int kAudio = 1000;
        LoggedSession session;
        VERIFY_OK(session.create());
        std::atomic<int> failures = 0;
        std::thread recorder([&] {
            for (int n = 0; n < kAudio; ++n) {
                if (!session.log->appendAudio(RecordType::AudioPackets, audioBody(n))) ++failures;
                if (n % 5 == 0 && !session.log->sync()) ++failures;
            }
        });
        std::thread second([&] {
            for (int n = 0; n < kEvents; ++n) {
                if (!session.log->commit(eventOf(EventKind::Mark, n))) ++failures;
            }
        });
        for (int n = 0; n < kEvents; ++n) {
            if (!session.log->commit(note(n))) ++failures;
        }
        recorder.join();
        second.join();
        QCOMPARE(failures.load(), 0);
        VERIFY_OK(session.log->finish());
        session.log.reset();
        const auto records = session.read();
        VERIFY_OK(records);
        QVERIFY(records->log.integrity() == sealedlog::Integrity::Ok);
        QCOMPARE(records->events.size(), std::size_t{2 * kEvents});
        int notes = 0;
        int marks = 0;
        for (std::size_t i = 0; i < records->events.size(); ++i) {
            const Event& event = records->events[i];
            QCOMPARE(event.number, std::uint64_t{i + 1});
            QCOMPARE(event.offset.ms, std::int64_t{event.kind == EventKind::Note ? notes++ : marks++});
        }
        std::uint32_t audio = 0;
        for (const sealedlog::RecordInfo& record : records->log.records()) {
            if (record.type != static_cast<std::uint16_t>(RecordType::AudioPackets)) continue;
            const auto body = records->log.read(record);
            VERIFY_OK(body);
            QCOMPARE(ByteReader(*body).u32(), audio++);
        }
        QCOMPARE(audio, std::uint32_t{kAudio});
    }

    void aDamagedLogGivesBackEveryEventThatVerifies() {
        LoggedSession session;
        VERIFY_OK(session.create());
        for (int n = 1; n <= 9; ++n) {
            VERIFY_OK(session.log->commit(note(n)));
        }
        VERIFY_OK(session.log->finish());
        session.log.reset();
        const auto whole = session.read();
        VERIFY_OK(whole);
        const sealedlog::RecordInfo fifth = whole->log.records().at(5);
        Bytes content = session.files.content(LoggedSession::kPath);
        content.at(static_cast<std::size_t>(fifth.offset) + sealedlog::kRecordOverhead) ^= 1;
        session.files.setContent(LoggedSession::kPath, content);
        VERIFY_FAILS(session.reopen(), ErrorCode::Damaged);
        const auto records = session.read();
        VERIFY_OK(records);
        QVERIFY(records->log.integrity() == sealedlog::Integrity::Damaged);
        QCOMPARE(records->events.size(), std::size_t{8});
        for (const Event& event : records->events) {
            QVERIFY(event.number != 5);
            QCOMPARE(event.text, QStringLiteral("note %1").arg(event.number));
        }
    }

    void aLogWithoutItsOpeningIsDamaged() {
        LoggedSession session;
        VERIFY_OK(session.create());
        VERIFY_OK(session.log->commit(note(1)));
        session.log.reset();
        Bytes content = session.files.content(LoggedSession::kPath);
        content.at(sealedlog::kRecordsStart + sealedlog::kRecordOverhead) ^= 1;
        session.files.setContent(LoggedSession::kPath, content);
        VERIFY_FAILS(session.read(), ErrorCode::Damaged);
    }

    void anotherKeyOpensNothing() {
        LoggedSession session;
        VERIFY_OK(session.create());
        session.log.reset();
        const crypto::age::Identity other = crypto::age::Identity::generate();
        VERIFY_FAILS(readSession(session.files, LoggedSession::kPath, {&other, 1}), ErrorCode::WrongKey);
    }

    void aSealedLogOfAnotherKindIsNoSession() {
        LoggedSession session;
        const crypto::age::Recipient recipient = session.keys().front().recipient();
        {
            auto other = sealedlog::LogWriter::create(session.files, LoggedSession::kPath, sealedlog::Kind::Outbox,
                                                      {&recipient, 1});
            VERIFY_OK(other);
        }
        VERIFY_FAILS(session.read(), ErrorCode::ParseFailed);
        VERIFY_FAILS(session.reopen(), ErrorCode::ParseFailed);
    }

    void recordsOfAStrangerAreCountedAndLeftOut() {
        LoggedSession session;
        VERIFY_OK(session.create());
        session.log.reset();
        {
            auto writer = sealedlog::LogWriter::open(session.files, LoggedSession::kPath, session.keys());
            VERIFY_OK(writer);
            VERIFY_OK(writer->append(static_cast<std::uint16_t>(RecordType::Event), viewOf(std::string_view("{}"))));
            VERIFY_OK(writer->append(99, viewOf(std::string_view("?"))));
            VERIFY_OK(writer->sync());
        }
        const auto records = session.read();
        VERIFY_OK(records);
        QCOMPARE(records->notUnderstood, 2);
        QVERIFY(records->events.empty());
    }

    void aLogOfANewerFormatIsRefusedAndLeftAsItIs() {
        LoggedSession session;
        const crypto::age::Recipient recipient = session.keys().front().recipient();
        {
            auto writer = sealedlog::LogWriter::create(session.files, LoggedSession::kPath, sealedlog::Kind::Session,
                                                       {&recipient, 1});
            VERIFY_OK(writer);
            QJsonObject json = session.opening.toJson();
            json.insert(QStringLiteral("format"), kSessionFormat + 1);
            const QByteArray body = consent::compactJson(json);
            VERIFY_OK(writer->append(static_cast<std::uint16_t>(RecordType::Opening), viewOf(body)));
            VERIFY_OK(writer->sync());
        }
        const Bytes before = session.files.content(LoggedSession::kPath);
        VERIFY_FAILS(session.read(), ErrorCode::NewerVersion);
        VERIFY_FAILS(session.reopen(), ErrorCode::NewerVersion);
        QVERIFY(session.files.content(LoggedSession::kPath) == before);
    }

    void aFaultWhileCreatingLeavesASessionOrNone() {
        bool reached = true;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            LoggedSession session;
            session.files.resetOperations();
            session.files.failAt(n, true);
            const bool created = session.create().has_value();
            reached = session.files.faultHappened();
            QCOMPARE(created, !reached);
            session.log.reset();
            session.files.cutPower(Loss::Nothing);
            session.files.clearFaults();
            const auto records = session.read();
            if (created) {
                VERIFY_OK(records);
            } else if (!records) {
                const ErrorCode code = records.error().code;
                QVERIFY2(code == ErrorCode::NotFound || code == ErrorCode::ParseFailed || code == ErrorCode::Damaged,
                         qPrintable(test::describe(records)));
            }
        }
    }

    void aCreationThatBrokeOffBeforeTheOpeningHoldsNothing() {
        LoggedSession session;
        const crypto::age::Recipient recipient = session.keys().front().recipient();
        VERIFY_OK(sealedlog::LogWriter::create(session.files, LoggedSession::kPath, sealedlog::Kind::Session,
                                               {&recipient, 1}));
        VERIFY_FAILS(session.read(), ErrorCode::NotFound);
        VERIFY_FAILS(session.reopen(), ErrorCode::NotFound);
    }

    void aFaultAtAnyMomentLosesNoCommittedEvent_data() {
        QTest::addColumn<bool>("forGood");
        QTest::addColumn<int>("loss");
        for (const bool forGood : {false, true}) {
            for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
                QTest::addRow("%s, loss %d", forGood ? "for good" : "once", static_cast<int>(loss))
                    << forGood << static_cast<int>(loss);
            }
        }
    }
    void aFaultAtAnyMomentLosesNoCommittedEvent() {
        QFETCH(const bool, forGood);
        QFETCH(const int, loss);
        bool reached = true;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            LoggedSession session;
            VERIFY_OK(session.create());
            session.files.resetOperations();
            session.files.failAt(n, forGood);
            std::vector<int> committed;
            for (int i = 1; i <= 4; ++i) {
                static_cast<void>(session.log->appendAudio(RecordType::AudioPackets, audioBody(i)));  // may be lost
                if (session.log->commit(note(i))) committed.push_back(i);
            }
            reached = session.files.faultHappened();
            session.log.reset();
            session.files.cutPower(static_cast<Loss>(loss));
            session.files.clearFaults();
            VERIFY_OK(session.reopen());
            session.log.reset();
            const auto records = session.read();
            VERIFY_OK(records);
            for (const int i : committed) {
                const QString text = note(i).text;
                const bool found = std::any_of(records->events.begin(), records->events.end(),
                                               [&](const Event& event) { return event.text == text; });
                QVERIFY2(found, qPrintable(QStringLiteral("fault %1 lost a committed event").arg(n)));
            }
        }
    }

    void aFullDiskTakesNothingAwayAndTheLogGoesOn() {
        LoggedSession session;
        VERIFY_OK(session.create());
        VERIFY_OK(session.log->commit(note(1)));
        const std::uint64_t used = session.files.content(LoggedSession::kPath).size();
        session.files.setCapacity(used + 10);
        VERIFY_FAILS(session.log->commit(note(2)), ErrorCode::NoSpace);
        QCOMPARE(session.log->eventCount(), std::uint64_t{1});
        session.files.setCapacity(used + 100'000);
        VERIFY_OK(session.log->commit(note(3)));
        session.log.reset();
        const auto records = session.read();
        VERIFY_OK(records);
        QCOMPARE(records->events.size(), std::size_t{2});
        QCOMPARE(records->events.back().number, std::uint64_t{2});
        QCOMPARE(records->events.back().text, QStringLiteral("note 3"));
    }
};

QTEST_GUILESS_MAIN(TestSessionLog)
#include "tst_session_log.moc"
