// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/recording/recorded_session.h"
#include "recording/audio_records.h"
#include "recording/map_builder.h"

using namespace sotto;
using namespace sotto::recording;
using namespace sotto::test;
using interview::RecordType;

namespace {

Bytes startAt(std::int64_t sample, std::uint32_t number = 1) {
    SegmentStartRecord record;
    record.number = number;
    record.startSample = sample;
    record.preSkip = 312;
    record.at.utcMs = 1000000;
    record.at.bootMs = 5000;
    return record.toBytes();
}

Bytes packetsAt(std::int64_t sample, std::size_t count = 10) {
    static const Bytes silent = {0xf8};
    AudioPacketsRecord record;
    record.firstSample = sample;
    record.packets.assign(count, silent);
    return record.toBytes();
}

Bytes endOf(SegmentEnding ending, std::int64_t heard, std::int64_t held) {
    return SegmentEndRecord{ending, heard, held}.toBytes();
}

/// Records of a log: three segments' worth of audio, with an event between.
struct Script {
    MapBuilder builder;
    std::size_t record = 0;
    void add(RecordType type, const Bytes& body) { QVERIFY(builder.add(type, body, record++).has_value()); }
};

/// Flips one byte in the body of the n-th audio record of the file (counted from 0).
bool damageAudioRecord(RecordedSession& session, int number) {
    const auto log = session.reader();
    if (!log) return false;
    for (const auto& info : log->records()) {
        if (info.type != static_cast<std::uint16_t>(RecordType::AudioPackets) || number-- > 0) continue;
        Bytes content = session.files.content(RecordedSession::kPath);
        content[info.offset + sealedlog::kRecordHeaderSize + 30] ^= 0x10;
        session.files.setContent(RecordedSession::kPath, std::move(content));
        return true;
    }
    return false;
}

}  // namespace

class TestSegment : public QObject {
    Q_OBJECT

private slots:
    void endingsHaveTheNamesOfTheContract() {
        QCOMPARE(segmentEndingName(SegmentEnding::End), QStringLiteral("end"));
        QCOMPARE(segmentEndingName(SegmentEnding::Pause), QStringLiteral("pause"));
        QCOMPARE(segmentEndingName(SegmentEnding::OffRecord), QStringLiteral("off-record"));
        QCOMPARE(segmentEndingName(SegmentEnding::Device), QStringLiteral("device"));
        QCOMPARE(segmentEndingName(SegmentEnding::Interrupted), QStringLiteral("interrupted"));
    }

    void segmentsKeepTimesEndingsAndPlaces() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        const Instant first = session.clock.now();
        VERIFY_OK(session.record(chirp(48000), SegmentEnding::Pause));
        session.clock.advance(90000);
        VERIFY_OK(session.record(chirp(10000), SegmentEnding::OffRecord));
        session.clock.reboot();
        VERIFY_OK(session.record(chirp(20000), SegmentEnding::End));
        const auto map = session.map();
        VERIFY_OK(map);
        QCOMPARE(map->preSkip, 312);
        QCOMPARE(map->segments.size(), std::size_t{3});
        QCOMPARE(map->segments[0].startedAt.utcMs, first.utcMs);
        QCOMPARE(map->segments[0].durationMs(), std::int64_t{1000});
        QCOMPARE(map->segments[1].startedAt.utcMs, first.utcMs + 90000);
        QCOMPARE(map->segments[1].startedAt.bootId, QStringLiteral("boot-1"));
        QCOMPARE(map->segments[2].startedAt.bootId, QStringLiteral("boot-1+"));
        QCOMPARE(map->segments[2].startedAt.zoneOffsetMinutes, -300);
        QCOMPARE(map->segments[1].startSample, std::int64_t{48960});
        QCOMPARE(map->segments[1].ending, SegmentEnding::OffRecord);
        QCOMPARE(map->segments[1].start().ms, std::int64_t{1020});
        QCOMPARE(map->totalSamples(), map->segments[2].startSample + 20000);
    }

    void lostRecordLeavesAHoleAndNothingElse() {
        Script log;
        log.add(RecordType::SegmentStart, startAt(0));
        log.add(RecordType::AudioPackets, packetsAt(0));
        log.record++;  // 9600 is lost
        log.add(RecordType::AudioPackets, packetsAt(19200));
        log.add(RecordType::SegmentEnd, endOf(SegmentEnding::Pause, 28000, 28800));
        log.add(RecordType::SegmentStart, startAt(28800, 2));
        log.add(RecordType::AudioPackets, packetsAt(28800));
        const AudioMap map = log.builder.finish();
        QCOMPARE(log.builder.malformed(), 0);
        QCOMPARE(map.segments.size(), std::size_t{3});
        QCOMPARE(map.segments[0].ending, SegmentEnding::Interrupted);
        QCOMPARE(map.segments[0].sampleCount, std::int64_t{9600 - 312});
        QCOMPARE(map.segments[1].startSample, std::int64_t{19200});
        QCOMPARE(map.segments[1].sampleCount, std::int64_t{28000 - 19200});
        QCOMPARE(map.segments[1].ending, SegmentEnding::Pause);
        QCOMPARE(map.segments[1].startedAt.utcMs, std::int64_t{1000400});
        QCOMPARE(map.segments[1].startedAt.bootMs, std::int64_t{5400});
        QCOMPARE(map.segments[2].startSample, std::int64_t{28800});
        QCOMPARE(map.chunks.size(), std::size_t{3});
        QCOMPARE(map.chunks[1].record, std::size_t{3});
    }

    void lostStartsAndEndsKeepTheAudio() {
        Script log;
        log.add(RecordType::AudioPackets, packetsAt(9600));  // its start and first record are lost
        log.add(RecordType::SegmentEnd, endOf(SegmentEnding::Pause, 19000, 19200));
        log.add(RecordType::SegmentStart, startAt(28800, 2));  // so is all of what lies before it
        log.add(RecordType::AudioPackets, packetsAt(28800, 2));
        log.add(RecordType::SegmentStart, startAt(38400, 3));                    // and the end of that
        log.add(RecordType::SegmentEnd, endOf(SegmentEnding::End, 9000, 9600));  // whose audio is lost
        const AudioMap map = log.builder.finish();
        QCOMPARE(map.segments.size(), std::size_t{3});
        QCOMPARE(map.segments[0].startSample, std::int64_t{9600});
        QCOMPARE(map.segments[0].sampleCount, std::int64_t{9600 - 312});
        QCOMPARE(map.segments[0].ending, SegmentEnding::Pause);
        QCOMPARE(map.segments[1].ending, SegmentEnding::Interrupted);
        QCOMPARE(map.segments[1].sampleCount, std::int64_t{1920 - 312});
        QCOMPARE(map.segments[2].sampleCount, std::int64_t{0});
        QCOMPARE(map.segments[2].ending, SegmentEnding::End);
        QCOMPARE(map.totalSamples(), std::int64_t{28800 + 1920 - 312});
        QCOMPARE(log.builder.nextStart(), std::int64_t{48000});
    }

    void absurdRecordsCountAsMissing() {
        Script log;
        log.add(RecordType::SegmentEnd, endOf(SegmentEnding::End, 0, 0));
        log.add(RecordType::SegmentStart, startAt(0));
        log.add(RecordType::AudioPackets, packetsAt(0));
        log.add(RecordType::AudioPackets, packetsAt(0));  // again
        log.add(RecordType::AudioPackets, Bytes{1, 2, 3});
        log.add(RecordType::SegmentStart, startAt(960, 2));  // in the middle of the other
        log.add(RecordType::SegmentEnd, Bytes{});
        log.add(RecordType::SegmentEnd, endOf(SegmentEnding::End, 0, 9600));  // says that nothing was heard
        const AudioMap map = log.builder.finish();
        QCOMPARE(log.builder.malformed(), 5);
        QCOMPARE(map.segments.size(), std::size_t{1});
        QCOMPARE(map.segments[0].sampleCount, std::int64_t{9600 - 312 - 959});
    }

    void audioOfANewerSottoIsRefused() {
        MapBuilder builder;
        Bytes start = startAt(0);
        start[0] = 2;
        VERIFY_FAILS(builder.add(RecordType::SegmentStart, start, 0), ErrorCode::NewerVersion);
    }

    void flippedByteCostsOneRecordOnly() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        Samples original = quietRoom(48000 * 4);
        addClick(original, 150000);
        VERIFY_OK(session.record(original, SegmentEnding::End));
        VERIFY_OK(session.record(chirp(30000), SegmentEnding::End));
        const auto whole = session.map();
        const auto wholeExport = session.exported();
        session.kill();
        QVERIFY(damageAudioRecord(session, 7));
        QCOMPARE(session.reader()->integrity(), sealedlog::Integrity::Damaged);
        const auto map = session.map();
        VERIFY_OK(map);
        QCOMPARE(map->segments.size(), std::size_t{3});
        QCOMPARE(map->chunks.size(), whole->chunks.size() - 1);
        QCOMPARE(map->segments[0].ending, SegmentEnding::Interrupted);
        QCOMPARE(map->segments[0].packetSamples, std::int64_t{7} * 9600);
        QCOMPARE(map->segments[1].startSample, std::int64_t{8} * 9600);
        QCOMPARE(map->totalSamples(), whole->totalSamples());
        const auto decoded = session.decode();
        VERIFY_OK(decoded);
        QVERIFY(std::abs(clickIn({decoded->data(), 48000 * 4}) - 150000) <= 240);
        const auto exported = session.exported();
        VERIFY_OK(exported);
        QVERIFY(exported->size() > 1000 && exported->size() < wholeExport->size());
    }
};

QTEST_GUILESS_MAIN(TestSegment)
#include "tst_segment.moc"
