// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/recording/recorded_session.h"

using namespace sotto;
using namespace sotto::recording;
using namespace sotto::test;
using interview::RecordType;

namespace {

/// How many records of each type the log holds, in order, as text: "SAAE".
QString recordsOf(const interview::SessionLog& log) {
    QString text;
    const auto visited = log.forEach([&text](RecordType type, ByteView) -> Result<> {
        if (type == RecordType::SegmentStart) text += QLatin1Char('S');
        if (type == RecordType::AudioPackets) text += QLatin1Char('A');
        if (type == RecordType::SegmentEnd) text += QLatin1Char('E');
        return {};
    });
    return visited ? text : QStringLiteral("unreadable");
}

bool holds(const Bytes& content, const Samples& samples) {
    const auto* first = reinterpret_cast<const std::uint8_t*>(samples.data());
    return std::search(content.begin(), content.end(), first, first + 64) != content.end();
}

}  // namespace

class TestRecorder : public QObject {
    Q_OBJECT

private slots:
    void withoutAudioConsentItDoesNotStart() {
        RecordedSession session(false);
        VERIFY_FAILS(session.openRecorder(), ErrorCode::ConsentMissing);
        QCOMPARE(recordsOf(*session.log), QString());
    }

    void callsOutOfOrderAreRefusedAndHarmNothing() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_FAILS(session.recorder->write(chirp(960)), ErrorCode::NotAllowed);
        VERIFY_FAILS(session.recorder->stop(SegmentEnding::End), ErrorCode::NotAllowed);
        VERIFY_OK(session.recorder->start());
        VERIFY_FAILS(session.recorder->start(), ErrorCode::NotAllowed);
        VERIFY_OK(session.recorder->write(chirp(48000)));
        VERIFY_FAILS(session.recorder->start(), ErrorCode::NotAllowed);
        QVERIFY(session.recorder->isRunning());
        VERIFY_OK(session.recorder->stop(SegmentEnding::End));
        QVERIFY(!session.recorder->isRunning());
        QCOMPARE(session.map()->totalSamples(), std::int64_t{48000});
    }

    void impossibleOptionsAreRefused() {
        RecordedSession session;
        VERIFY_FAILS(session.openRecorder({1000, 10}), ErrorCode::InvalidArgument);
        VERIFY_FAILS(session.openRecorder({32000, 11}), ErrorCode::InvalidArgument);
    }

    void oneRecordEachFifthOfASecondAndASyncEachSecond() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.recorder->start());
        std::uint64_t durable = session.log->durableSequence();
        for (int fifth = 1; fifth <= 20; fifth++) {
            VERIFY_OK(session.recorder->write(chirp(9600)));
            QCOMPARE(session.recorder->position().ms, std::int64_t{fifth} * 200);
            // The encoder's look-ahead is not decodable yet.
            QCOMPARE(session.recorder->written().ms, (std::int64_t{fifth} * 9600 - 312) / 48);
            const int seconds = fifth / 5;
            QCOMPARE(session.recorder->synced().ms, std::max<std::int64_t>(0, (seconds * 48000 - 312) / 48));
            const bool grew = session.log->durableSequence() > durable;
            QCOMPARE(grew, fifth % 5 == 0);
            durable = session.log->durableSequence();
        }
        QCOMPARE(recordsOf(*session.log), QStringLiteral("S") + QString(20, QLatin1Char('A')));
        VERIFY_OK(session.recorder->stop(SegmentEnding::End));
        QCOMPARE(session.recorder->synced().ms, std::int64_t{4000});
        QCOMPARE(session.log->durableSequence(), session.log->head().sequence);
    }

    void manyMinutesInOneCallAreSyncedEachSecondToo() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder({32000, 0}));
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.recorder->write(chirp(48000 * 20 + 9600)));
        QCOMPARE(session.recorder->synced().ms, (std::int64_t{48000} * 20 - 312) / 48);
        QCOMPARE(session.recorder->written().ms, (std::int64_t{48000} * 20 + 9600 - 312) / 48);
        session.kill();
        session.files.cutPower(FaultFileSystem::Loss::All);
        VERIFY_OK(session.reopen());
        QCOMPARE(recordsOf(*session.log).count(QLatin1Char('A')), 100);
    }

    void levelIsShownWhileRecordingOnly() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder({32000, 0}));
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.recorder->write(silence(96000)));
        QVERIFY(session.recorder->level().deadInput);
        VERIFY_OK(session.recorder->write(sine(9600, 1000, 16384)));
        QVERIFY(session.recorder->level().peak > 0.49F);
        QVERIFY(!session.recorder->level().deadInput);
        VERIFY_OK(session.recorder->stop(SegmentEnding::Pause));
        QCOMPARE(session.recorder->level().peak, 0.0F);
    }

    void killLosesAtMostTheLastRecord_data() {
        QTest::addColumn<int>("samples");
        for (const int samples : {0, 1, 959, 9599, 9600, 9601, 19199, 47999, 48000, 100000}) {
            QTest::addRow("%d", samples) << samples;
        }
    }
    void killLosesAtMostTheLastRecord() {
        QFETCH(int, samples);
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.write(chirp(static_cast<std::size_t>(samples))));
        const auto written = session.recorder->written();
        VERIFY_OK(session.reopen());
        VERIFY_OK(session.openRecorder());
        const auto map = session.map();
        VERIFY_OK(map);
        QCOMPARE(map->segments.size(), std::size_t{1});
        QCOMPARE(map->segments[0].ending, SegmentEnding::Interrupted);
        QCOMPARE(map->segments[0].sampleCount, std::max<std::int64_t>(0, samples / 9600 * 9600 - 312));
        QCOMPARE(RecordedOffset::fromSamples(map->totalSamples()), written);
        QCOMPARE(session.recorder->position(), written);
        QVERIFY(samples - map->totalSamples() <= 9600 + 312);
    }

    void brokenOffSegmentGetsItsEndBeforeAnythingElse() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(chirp(30000), SegmentEnding::Pause));
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.recorder->write(chirp(20000)));
        VERIFY_OK(session.reopen());
        QCOMPARE(recordsOf(*session.log), QStringLiteral("SAAAAESAA"));
        VERIFY_OK(session.openRecorder());
        QCOMPARE(recordsOf(*session.log), QStringLiteral("SAAAAESAAE"));
        VERIFY_OK(session.record(chirp(9600), SegmentEnding::End));
        QCOMPARE(recordsOf(*session.log), QStringLiteral("SAAAAESAAESAAE"));
        VERIFY_OK(session.reopen());
        VERIFY_OK(session.openRecorder());
        QCOMPARE(recordsOf(*session.log), QStringLiteral("SAAAAESAAESAAE"));
    }

    void fullDiskAtTheStartIsSaidBeforeAnythingIsRecorded() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        session.files.setCapacity(1 << 20);
        VERIFY_FAILS(session.recorder->start(), ErrorCode::NoSpace);
        QVERIFY(!session.recorder->isRunning());
        QCOMPARE(recordsOf(*session.log), QString());
        session.files.setCapacity(1 << 30);
        VERIFY_OK(session.record(chirp(9600), SegmentEnding::End));
    }

    void fullDiskInTheMiddleKeepsWhatWasRecorded() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder({6000, 0}));
        session.files.setCapacity(1300000);
        VERIFY_OK(session.recorder->start());
        // Ten minutes are reserved and a little more is there: the next reservation fails and the recording goes on.
        const Samples minute = chirp(48000 * 60);
        Result<> result;
        int minutes = 0;
        while (result && minutes++ < 60)
            result = session.recorder->write(minute);
        VERIFY_FAILS(result, ErrorCode::NoSpace);
        QVERIFY(minutes > 6);
        QVERIFY(!session.recorder->isRunning());
        VERIFY_FAILS(session.recorder->write(minute), ErrorCode::NotAllowed);
        const auto map = session.map();
        VERIFY_OK(map);
        QCOMPARE(map->segments.size(), std::size_t{1});
        QVERIFY(map->totalSamples() > (minutes - 1) * std::int64_t{48000} * 60);
        QCOMPARE(RecordedOffset::fromSamples(map->totalSamples()), session.recorder->written());
        VERIFY_OK(session.exported());

        session.files.setCapacity(1 << 30);
        VERIFY_OK(session.record(chirp(9600), SegmentEnding::End));
        QCOMPARE(session.map()->segments.size(), std::size_t{2});
        QCOMPARE(session.map()->segments[0].ending, SegmentEnding::Device);
    }

    void endThatFindsNoRoomIsWrittenByTheNextStart() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder({6000, 0}));
        session.files.setCapacity(1300000);
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.recorder->write(chirp(20000)));
        // Somebody else fills the log to the last byte that matters.
        for (const std::size_t size : {50000, 1000, 1}) {
            while (session.log->appendAudio(static_cast<RecordType>(77), Bytes(size))) {
            }
        }
        VERIFY_FAILS(session.recorder->write(chirp(20000)), ErrorCode::NoSpace);
        QCOMPARE(recordsOf(*session.log), QStringLiteral("SAA"));
        VERIFY_FAILS(session.recorder->start(), ErrorCode::NoSpace);
        session.files.setCapacity(1 << 30);
        VERIFY_OK(session.record(chirp(9600), SegmentEnding::End));
        QCOMPARE(recordsOf(*session.log), QStringLiteral("SAAESAAE"));
        QCOMPARE(session.map()->segments[0].ending, SegmentEnding::Device);
        QCOMPARE(session.map()->segments[1].startSample, std::int64_t{19200});
    }

    void roomForTenMinutesIsReservedAgainAndAgain() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder({6000, 0}));
        VERIFY_OK(session.recorder->start());
        const Samples minute = silence(48000 * 60);
        for (int i = 0; i < 11; i++)
            VERIFY_OK(session.recorder->write(minute));
        // At the sixth minute the second reservation was made, at the eleventh the third: two minutes fit for sure.
        session.files.setCapacity(session.files.content(RecordedSession::kPath).size() + 1000000);
        VERIFY_OK(session.recorder->write(minute));
        VERIFY_OK(session.recorder->stop(SegmentEnding::End));
        QCOMPARE(session.map()->durationMs(), std::int64_t{12} * 60000);
    }

    void everyFailingDiskOperationLeavesAllThatWasSynced_data() {
        QTest::addColumn<bool>("forGood");
        QTest::newRow("once") << false;
        QTest::newRow("for good") << true;
    }
    void everyFailingDiskOperationLeavesAllThatWasSynced() {
        QFETCH(bool, forGood);
        int failures = 0;
        for (std::uint64_t operation = 1;; operation++) {
            RecordedSession session;
            VERIFY_OK(session.openRecorder({16000, 0}));
            session.files.resetOperations();
            session.files.failAt(operation, forGood);
            Result<> result = session.record(chirp(60000), SegmentEnding::Pause);
            if (result) result = session.record(chirp(30000), SegmentEnding::End);
            const auto synced = session.recorder->synced();
            const bool happened = session.files.faultHappened();
            session.files.clearFaults();
            session.kill();
            session.files.cutPower(FaultFileSystem::Loss::All);
            VERIFY_OK(session.reopen());
            VERIFY_OK(session.openRecorder());
            const auto map = session.map();
            VERIFY_OK(map);
            // An empty segment stands behind the padding of the one before.
            const std::int64_t end =
                map->segments.empty() ? 0 : std::max(map->totalSamples(), map->segments.back().startSample);
            QVERIFY2(
                RecordedOffset::fromSamples(end) >= synced,
                qPrintable(
                    QStringLiteral("operation %1: %2 < %3 ms").arg(operation).arg(map->durationMs()).arg(synced.ms)));
            QCOMPARE(session.decode()->size(), static_cast<std::size_t>(map->totalSamples()));
            VERIFY_OK(session.record(chirp(9600), SegmentEnding::End));
            if (!happened) {
                VERIFY_OK(result);
                break;
            }
            QVERIFY2(!result, qPrintable(QString::number(operation)));
            failures++;
        }
        QVERIFY(failures > 15);
    }

    void clearAudioIsNowhereOnTheDisk() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        const Samples noise = quietRoom(96000);
        VERIFY_OK(session.record(noise, SegmentEnding::End));
        QVERIFY(holds(Bytes(reinterpret_cast<const std::uint8_t*>(noise.data()),
                            reinterpret_cast<const std::uint8_t*>(noise.data() + 500)),
                      noise));
        const auto exported = session.exported();
        VERIFY_OK(exported);
        const ByteView packets = ByteView(*exported).subspan(2000, 64);
        for (const Path& path : session.files.paths()) {
            const Bytes content = session.files.content(path);
            QVERIFY(!holds(content, noise));
            QVERIFY(std::search(content.begin(), content.end(), packets.begin(), packets.end()) == content.end());
        }
    }
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
