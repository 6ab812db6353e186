// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/recording/recorded_session.h"

using namespace sotto;
using namespace sotto::recording;
using namespace sotto::test;

namespace {

constexpr std::int64_t kClickTolerance = 240;  // 5 ms
constexpr int kLagTolerance = 4;               // the encoder's high-pass filter turns the phase by as much

Samples withClick(std::size_t count, std::size_t at) {
    Samples samples = quietRoom(count);
    addClick(samples, at);
    return samples;
}

/// Where in the stitched stream a click of a segment is found, less where it should be.
std::int64_t clickError(const Samples& decoded, const Segment& segment, std::int64_t at) {
    const std::span<const std::int16_t> heard(decoded.data() + segment.startSample,
                                              static_cast<std::size_t>(segment.sampleCount));
    return clickIn(heard) - at;
}

}  // namespace

class TestPlayback : public QObject {
    Q_OBJECT

private slots:
    void decodedSoundLiesWhereItWasSpoken_data() {
        QTest::addColumn<int>("samples");
        for (const int samples : {96000, 96001, 95688, 95689, 96647, 96648, 96649, 100000}) {
            QTest::addRow("%d", samples) << samples;
        }
    }
    void decodedSoundLiesWhereItWasSpoken() {
        QFETCH(int, samples);
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        const Samples original = chirp(static_cast<std::size_t>(samples));
        VERIFY_OK(session.record(original, SegmentEnding::End));
        const auto decoded = session.decode();
        VERIFY_OK(decoded);
        QCOMPARE(decoded->size(), original.size());
        const Lag lag = lagOf(original, *decoded, 24000, 48000);
        QVERIFY2(std::abs(lag.samples) <= kLagTolerance && lag.correlation > 0.95,
                 qPrintable(QStringLiteral("lag %1, correlation %2").arg(lag.samples).arg(lag.correlation)));
        // The last 20 ms are there too.
        QVERIFY(lagOf(original, *decoded, original.size() - 960, 960, kLagTolerance).correlation > 0.8);
    }

    void eachSegmentLiesWhereItWasSpoken() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        const std::vector<std::size_t> lengths = {60000, 1, 48311, 96000, 700};
        for (const std::size_t length : lengths)
            VERIFY_OK(session.record(chirp(length), SegmentEnding::Pause));
        const auto decoded = session.decode();
        const auto map = session.map();
        VERIFY_OK(decoded);
        VERIFY_OK(map);
        QCOMPARE(map->segments.size(), lengths.size());
        QCOMPARE(static_cast<std::int64_t>(decoded->size()), map->totalSamples());
        for (std::size_t i = 0; i < lengths.size(); i++) {
            const Segment& segment = map->segments[i];
            QCOMPARE(segment.sampleCount, static_cast<std::int64_t>(lengths[i]));
            QCOMPARE(segment.startSample % 960, std::int64_t{0});
            if (lengths[i] < 40000) continue;
            Samples heard(decoded->begin() + segment.startSample,
                          decoded->begin() + segment.startSample + segment.sampleCount);
            const Lag lag = lagOf(chirp(lengths[i]), heard, 4000, 30000);
            QVERIFY2(std::abs(lag.samples) <= kLagTolerance && lag.correlation > 0.95,
                     qPrintable(QString::number(lag.samples)));
        }
    }

    void clickIsFoundAfterPauseOffRecordAndCrash() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(withClick(50000, 30000), SegmentEnding::Pause));
        VERIFY_OK(session.record(withClick(71234, 5000), SegmentEnding::OffRecord));
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.write(withClick(55555, 40000)));
        VERIFY_OK(session.reopen());
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(withClick(48000, 20), SegmentEnding::End));
        const auto decoded = session.decode();
        const auto map = session.map();
        VERIFY_OK(decoded);
        VERIFY_OK(map);
        const std::vector<SegmentEnding> endings = {SegmentEnding::Pause, SegmentEnding::OffRecord,
                                                    SegmentEnding::Interrupted, SegmentEnding::End};
        const std::vector<std::int64_t> clicks = {30000, 5000, 40000, 20};
        QCOMPARE(map->segments.size(), endings.size());
        for (std::size_t i = 0; i < endings.size(); i++) {
            QCOMPARE(map->segments[i].ending, endings[i]);
            const std::int64_t error = clickError(*decoded, map->segments[i], clicks[i]);
            QVERIFY2(std::abs(error) <= kClickTolerance, qPrintable(QStringLiteral("%1: %2").arg(i).arg(error)));
        }
    }

    void lastInstantBeforeAStopIsHeard() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(withClick(96000 - 312, 96000 - 312 - 144), SegmentEnding::End));
        const auto decoded = session.decode();
        VERIFY_OK(decoded);
        const std::span<const std::int16_t> tail(decoded->data() + decoded->size() - 960, 960);
        QVERIFY(std::abs(clickIn(tail) - (960 - 144)) <= 48);
        QVERIFY(*std::max_element(tail.begin(), tail.end()) > 5000);
    }

    void seekingGivesTheSameSoundAsPlayingThrough() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        for (const std::size_t length : {100000, 77777, 60000}) {
            VERIFY_OK(session.record(babble(length), SegmentEnding::Pause));
        }
        const auto straight = session.decode();
        const auto log = session.reader();
        const auto map = session.map();
        VERIFY_OK(straight);
        const auto player = Player::open(*log, *map);
        VERIFY_OK(player);
        std::mt19937 random(3);
        std::uniform_int_distribution<std::int64_t> anywhere(0, map->totalSamples());
        std::vector<std::int64_t> places = {0, 1, 959, 960, 4799, map->totalSamples() - 1, map->totalSamples()};
        for (const Segment& segment : map->segments) {
            for (const int around : {-400, -312, -1, 0, 1, 312, 960}) {
                const std::int64_t place = segment.startSample + around;
                if (place >= 0) places.push_back(place);
            }
        }
        for (int i = 0; i < 100; i++)
            places.push_back(anywhere(random));
        for (const std::int64_t place : places) {
            VERIFY_OK((*player)->seek(place));
            Samples heard(5000);
            const auto count = (*player)->read(heard);
            VERIFY_OK(count);
            const std::size_t expected =
                std::min<std::size_t>(5000, straight->size() - static_cast<std::size_t>(place));
            QCOMPARE(*count, expected);
            double error = 0;
            double energy = 0;
            for (std::size_t i = 0; i < expected; i++) {
                const double wanted = (*straight)[static_cast<std::size_t>(place) + i];
                error += (heard[i] - wanted) * (heard[i] - wanted);
                energy += wanted * wanted;
            }
            QVERIFY2(error <= 0.005 * energy, qPrintable(QStringLiteral("%1: %2").arg(place).arg(error / energy)));
        }
    }

    void seekingOutsideIsRefused() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(chirp(48000), SegmentEnding::End));
        const auto log = session.reader();
        const auto map = session.map();
        const auto player = Player::open(*log, *map);
        VERIFY_OK(player);
        VERIFY_FAILS((*player)->seek(-1), ErrorCode::InvalidArgument);
        VERIFY_FAILS((*player)->seek(48001), ErrorCode::InvalidArgument);
        VERIFY_OK((*player)->seek(48000));
        Samples out(10);
        QCOMPARE(*(*player)->read(out), std::size_t{0});
    }

    void emptyRecordingPlaysNothing() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        QCOMPARE(session.decode()->size(), std::size_t{0});
        VERIFY_OK(session.record({}, SegmentEnding::Pause));
        QCOMPARE(session.decode()->size(), std::size_t{0});
        VERIFY_FAILS(session.exported(), ErrorCode::NotFound);
        VERIFY_OK(session.record(chirp(4800), SegmentEnding::Pause));
        VERIFY_OK(session.record({}, SegmentEnding::End));
        QCOMPARE(session.map()->segments.size(), std::size_t{3});
        QCOMPARE(session.decode()->size(), std::size_t{4800});
    }
};

QTEST_GUILESS_MAIN(TestPlayback)
#include "tst_playback.moc"
