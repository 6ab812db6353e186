// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/recording/signals.h"
#include "recording/audio_records.h"
#include "recording/opus_codec.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::recording;

namespace {

/// The worked example of core/recording/README.md.
const char* const kStart =
    "0100"              // version
    "02000000"          // number
    "00b80b0000000000"  // start sample 768,000
    "3801"              // pre-skip 312
    "80bb0000"          // 48,000 Hz
    "01"                // mono
    "007d0000"          // 32,000 bit/s
    "00b650c4a0010000"  // UTC
    "80ee360000000000"  // boot
    "d4fe"              // -300 minutes
    "06000000626f6f742d31"
    "0d0000006c69626f70757320312e332e31";
const char* const kPackets =
    "00b80b0000000000"
    "02"
    "0100f8"
    "020078ff";
const char* const kEnd =
    "02"
    "0c03000000000000"
    "8007000000000000";
const char* const kErased =
    "00b80b0000000000"
    "02000000";

SegmentStartRecord exampleStart() {
    SegmentStartRecord record;
    record.number = 2;
    record.startSample = 768000;
    record.preSkip = 312;
    record.bitrate = 32000;
    record.at.utcMs = 1790000018944;
    record.at.bootMs = 3600000;
    record.at.bootId = QStringLiteral("boot-1");
    record.at.zoneOffsetMinutes = -300;
    record.encoder = "libopus 1.3.1";
    return record;
}

/// Nothing may be accepted that lacks a byte or has one too many.
template <typename Record>
bool lengthIsChecked(const Bytes& body) {
    for (std::size_t size = 0; size < body.size(); size++) {
        if (Record::fromBytes(ByteView(body).first(size))) return false;
    }
    Bytes longer = body;
    longer.push_back(0);
    return !Record::fromBytes(longer);
}

}  // namespace

class TestAudioRecords : public QObject {
    Q_OBJECT

private slots:
    void segmentStartMatchesItsWorkedExample() {
        QCOMPARE(toHex(exampleStart().toBytes()), std::string(kStart));
        const Bytes body = *fromHex(kStart);
        const auto parsed = SegmentStartRecord::fromBytes(body);
        VERIFY_OK(parsed);
        QCOMPARE(parsed->number, 2U);
        QCOMPARE(parsed->startSample, std::int64_t{768000});
        QCOMPARE(parsed->preSkip, std::uint16_t{312});
        QCOMPARE(parsed->bitrate, 32000U);
        QCOMPARE(parsed->at.utcMs, std::int64_t{1790000018944});
        QCOMPARE(parsed->at.bootMs, std::int64_t{3600000});
        QCOMPARE(parsed->at.zoneOffsetMinutes, -300);
        QCOMPARE(parsed->at.bootId, QStringLiteral("boot-1"));
        QCOMPARE(parsed->encoder, std::string("libopus 1.3.1"));
        QVERIFY(lengthIsChecked<SegmentStartRecord>(body));
    }

    void audioPacketsMatchTheirWorkedExample() {
        const Bytes body = *fromHex(kPackets);
        const auto parsed = AudioPacketsRecord::fromBytes(body);
        VERIFY_OK(parsed);
        QCOMPARE(parsed->firstSample, std::int64_t{768000});
        QCOMPARE(parsed->packets.size(), std::size_t{2});
        QCOMPARE(toHex(parsed->packets[0]), std::string("f8"));
        QCOMPARE(toHex(parsed->packets[1]), std::string("78ff"));
        QCOMPARE(toHex(parsed->toBytes()), std::string(kPackets));
        QVERIFY(lengthIsChecked<AudioPacketsRecord>(body));
    }

    void segmentEndMatchesItsWorkedExample() {
        const SegmentEndRecord record{SegmentEnding::Pause, 780, 1920};
        QCOMPARE(toHex(record.toBytes()), std::string(kEnd));
        const Bytes body = *fromHex(kEnd);
        const auto parsed = SegmentEndRecord::fromBytes(body);
        VERIFY_OK(parsed);
        QCOMPARE(parsed->ending, SegmentEnding::Pause);
        QCOMPARE(parsed->sampleCount, std::int64_t{780});
        QCOMPARE(parsed->packetSamples, std::int64_t{1920});
        QVERIFY(lengthIsChecked<SegmentEndRecord>(body));
    }

    void erasedAudioMatchesItsWorkedExample() {
        const AudioErasedRecord record{768000, 2};
        QCOMPARE(toHex(record.toBytes()), std::string(kErased));
        const Bytes body = *fromHex(kErased);
        const auto parsed = AudioErasedRecord::fromBytes(body);
        VERIFY_OK(parsed);
        QCOMPARE(parsed->firstSample, std::int64_t{768000});
        QCOMPARE(parsed->packets, std::int64_t{2});
        QVERIFY(lengthIsChecked<AudioErasedRecord>(body));
    }

    void erasedAudioThatMakesNoSenseIsRefused() {
        for (const char* const bad : {"00b80b000000000000000000",     // no packet
                                      "01b80b000000000001000000",     // off the packet grid
                                      "00b80b0000000000ffffffff",     // ends beyond a week
                                      "c0fcffffffffffff01000000"}) {  // below zero
            VERIFY_FAILS(AudioErasedRecord::fromBytes(*fromHex(bad)), ErrorCode::ParseFailed);
        }
    }

    void theSilentPacketDecodesToZeros() {
        QVERIFY(isWholeFramePacket(silentPacket()));
        VoiceEncoder encoder = *VoiceEncoder::create(32000, 5);
        VoiceDecoder decoder;
        const test::Samples loud = test::babble(48'000);
        std::array<std::int16_t, kFrameSamples> frame{};
        for (std::size_t at = 0; at < loud.size(); at += kFrameSamples) {
            const auto packet = encoder.encode({loud.data() + at, kFrameSamples});
            VERIFY_OK(packet);
            VERIFY_OK(decoder.decode(*packet, frame));
        }
        VERIFY_OK(decoder.decode(silentPacket(), frame));  // what was there dies away
        for (int i = 0; i < 3; ++i) {
            frame.fill(1);
            VERIFY_OK(decoder.decode(silentPacket(), frame));
            QVERIFY(std::all_of(frame.begin(), frame.end(), [](std::int16_t sample) { return sample == 0; }));
        }
    }

    void newerVersionIsRefusedAsNewer() {
        Bytes body = *fromHex(kStart);
        body[0] = 2;
        VERIFY_FAILS(SegmentStartRecord::fromBytes(body), ErrorCode::NewerVersion);
        body[0] = 0;
        VERIFY_FAILS(SegmentStartRecord::fromBytes(body), ErrorCode::ParseFailed);
    }

    void nonsenseIsRefused_data() {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("packets");
        QTest::addColumn<QByteArray>("end");
        const QByteArray none;
        const auto changed = [](const char* hex, qsizetype at, const char* with) {
            QByteArray text(hex);
            return text.replace(at, static_cast<qsizetype>(qstrlen(with)), with);
        };
        QTest::newRow("start off the packet grid") << changed(kStart, 12, "01") << none << none;
        QTest::newRow("start beyond a week") << changed(kStart, 26, "10") << none << none;
        QTest::newRow("other sample rate") << changed(kStart, 32, "44ac") << none << none;
        QTest::newRow("stereo") << changed(kStart, 40, "02") << none << none;
        QTest::newRow("absurd pre-skip") << changed(kStart, 28, "ffff") << none << none;
        QTest::newRow("packets off the grid") << none << changed(kPackets, 0, "01") << none;
        QTest::newRow("negative first sample") << none << changed(kPackets, 14, "80") << none;
        QTest::newRow("no packet") << none << QByteArray("00b80b000000000000") << none;
        QTest::newRow("empty packet") << none << QByteArray("00b80b0000000000010000") << none;
        QTest::newRow("10 ms packet") << none << changed(kPackets, 22, "f0") << none;
        QTest::newRow("ending 0") << none << none << changed(kEnd, 0, "00");
        QTest::newRow("ending 6") << none << none << changed(kEnd, 0, "06");
        QTest::newRow("more heard than the packets hold") << none << none << changed(kEnd, 2, "8107");
        QTest::newRow("half a packet") << none << none << changed(kEnd, 18, "8108");
    }
    void nonsenseIsRefused() {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, packets);
        QFETCH(QByteArray, end);
        if (!start.isEmpty()) {
            VERIFY_FAILS(SegmentStartRecord::fromBytes(*fromHex(start.toStdString())), ErrorCode::ParseFailed);
        } else if (!packets.isEmpty()) {
            VERIFY_FAILS(AudioPacketsRecord::fromBytes(*fromHex(packets.toStdString())), ErrorCode::ParseFailed);
        } else {
            VERIFY_FAILS(SegmentEndRecord::fromBytes(*fromHex(end.toStdString())), ErrorCode::ParseFailed);
        }
    }

    void encoderSpeaksTwentyMillisecondsAPacket() {
        auto encoder = VoiceEncoder::create(32000, 10);
        VERIFY_OK(encoder);
        QCOMPARE(encoder->lookahead(), 312);
        const auto samples = test::chirp(kFrameSamples);
        const auto packet = encoder->encode(samples);
        VERIFY_OK(packet);
        QVERIFY(isWholeFramePacket(*packet));
        VERIFY_FAILS(VoiceEncoder::create(100, 10), ErrorCode::InvalidArgument);
        VERIFY_FAILS(VoiceEncoder::create(32000, 11), ErrorCode::InvalidArgument);
    }

    void silentPacketKeepsItsNeighboursMode() {
        VoiceDecoder decoder;
        test::Samples frame(kFrameSamples, 99);
        for (const Bytes& neighbour : {Bytes{0x78, 0xff}, Bytes{0xf8}, Bytes{0x4b, 0x02, 1, 2}, Bytes{}, Bytes{0x00}}) {
            const Bytes silent = silentPacketLike(neighbour);
            QVERIFY(isWholeFramePacket(silent));
            VERIFY_OK(decoder.decode(silent, frame));
        }
        QCOMPARE(silentPacketLike(Bytes{0x78, 0xff}), Bytes{0x78});
        VERIFY_FAILS(decoder.decode(Bytes{0xf0}, frame), ErrorCode::Damaged);
        VERIFY_FAILS(decoder.decode(Bytes{}, frame), ErrorCode::Damaged);
    }
};

QTEST_GUILESS_MAIN(TestAudioRecords)
#include "tst_audio_records.moc"
