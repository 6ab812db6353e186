// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "core/recording/recorded_session.h"
#include "platform/wav/wav_input.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::platform;
using namespace sotto::test;

namespace {

enum class Coding { Int8, Int16, Int24, Int32, Float32, MuLaw };

struct Shape {
    int rate = 48000;
    int channels = 1;
    Coding coding = Coding::Int16;
    bool rf64 = false;
};

int bytesOf(Coding coding) {
    switch (coding) {
        case Coding::Int8:
        case Coding::MuLaw:
            return 1;
        case Coding::Int16:
            return 2;
        case Coding::Int24:
            return 3;
        case Coding::Int32:
        case Coding::Float32:
            break;
    }
    return 4;
}

void putSample(ByteWriter& writer, Coding coding, double value) {
    const double clipped = std::clamp(value, -1.0, 1.0 - 1e-9);
    if (coding == Coding::Float32) {
        const float sample = static_cast<float>(value);
        std::uint32_t bits = 0;
        std::memcpy(&bits, &sample, sizeof bits);
        writer.u32(bits);
        return;
    }
    const auto whole = static_cast<std::int64_t>(std::lrint(clipped * 2147483647.0));
    if (coding == Coding::Int8 || coding == Coding::MuLaw) {
        writer.u8(static_cast<std::uint8_t>((whole >> 24) + 128));
        return;
    }
    const int bytes = bytesOf(coding);
    for (int byte = 4 - bytes; byte < 4; byte++)
        writer.u8(static_cast<std::uint8_t>((whole >> (8 * byte)) & 0xFF));
}

void putFormat(ByteWriter& writer, const Shape& shape) {
    const int frame = shape.channels * bytesOf(shape.coding);
    const int tag = shape.coding == Coding::Float32 ? 3 : shape.coding == Coding::MuLaw ? 7 : 1;
    writer.raw(viewOf(std::string_view("fmt ")));
    writer.u32(16);
    writer.u16(static_cast<std::uint16_t>(tag));
    writer.u16(static_cast<std::uint16_t>(shape.channels));
    writer.u32(static_cast<std::uint32_t>(shape.rate));
    writer.u32(static_cast<std::uint32_t>(shape.rate * frame));
    writer.u16(static_cast<std::uint16_t>(frame));
    writer.u16(static_cast<std::uint16_t>(8 * bytesOf(shape.coding)));
}

/// A WAV file by the book; `value(i, channel)` is from -1 to 1.
template <typename Value>
Bytes wavOf(const Shape& shape, std::size_t frames, Value value) {
    const std::size_t data = frames * static_cast<std::size_t>(shape.channels * bytesOf(shape.coding));
    ByteWriter writer;
    writer.raw(viewOf(std::string_view(shape.rf64 ? "RF64" : "RIFF")));
    writer.u32(shape.rf64 ? 0xFFFFFFFF : static_cast<std::uint32_t>(36 + data));
    writer.raw(viewOf(std::string_view("WAVE")));
    if (shape.rf64) {
        writer.raw(viewOf(std::string_view("ds64")));
        writer.u32(28);
        writer.u64(72 + data);
        writer.u64(data);
        writer.u64(frames);
        writer.u32(0);
    }
    putFormat(writer, shape);
    writer.raw(viewOf(std::string_view("data")));
    writer.u32(shape.rf64 ? 0xFFFFFFFF : static_cast<std::uint32_t>(data));
    for (std::size_t i = 0; i < frames; i++) {
        for (int channel = 0; channel < shape.channels; channel++)
            putSample(writer, shape.coding, value(i, channel));
    }
    return writer.take();
}

Bytes toneOf(const Shape& shape, std::size_t frames, double hertz = 440) {
    return wavOf(shape, frames, [&](std::size_t i, int) {
        return 0.5 * std::sin(2 * kPi * hertz * static_cast<double>(i) / shape.rate);
    });
}

Path save(const TempDir& dir, const Bytes& content, const char* name = "voice.wav") {
    const Path path = dir / name;
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    return path;
}

Result<Samples> readAll(recording::AudioInput& input) {
    Samples all;
    Samples piece(777);
    for (;;) {
        SOTTO_ASSIGN(const std::size_t count, input.read(piece));
        if (count == 0) return all;
        all.insert(all.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

}  // namespace
Q_DECLARE_METATYPE(Shape)

class TestWavInput : public QObject {
    Q_OBJECT

private slots:
    void everyShapeGivesTheSameTone_data() {
        QTest::addColumn<Shape>("shape");
        for (const int rate : {8000, 11025, 16000, 22050, 44100, 48000, 96000, 192000}) {
            for (const int channels : {1, 2, 6}) {
                for (const Coding coding :
                     {Coding::Int8, Coding::Int16, Coding::Int24, Coding::Int32, Coding::Float32}) {
                    QTest::addRow("%d Hz, %d channels, coding %d", rate, channels, static_cast<int>(coding))
                        << Shape{rate, channels, coding, false};
                }
            }
        }
        QTest::newRow("RF64") << Shape{44100, 2, Coding::Int24, true};
    }
    void everyShapeGivesTheSameTone() {
        QFETCH(Shape, shape);
        const TempDir dir;
        const auto frames = static_cast<std::size_t>(shape.rate) * 2 + 17;
        const auto input = WavInput::open(save(dir, toneOf(shape, frames)));
        VERIFY_OK(input);
        const double exact = static_cast<double>(frames) * 48000 / shape.rate;
        QVERIFY(std::abs(static_cast<double>((*input)->durationSamples()) - exact) <= 0.5);
        const auto samples = readAll(**input);
        VERIFY_OK(samples);
        QCOMPARE(static_cast<std::int64_t>(samples->size()), (*input)->durationSamples());
        const Samples wanted = sine(samples->size(), 440, 16384);
        const double tolerance = shape.coding == Coding::Int8 ? 400 : 40;
        for (std::size_t i = 500; i + 500 < samples->size(); i++) {
            if (std::abs((*samples)[i] - wanted[i]) > tolerance) QCOMPARE((*samples)[i], wanted[i]);
        }
    }

    void wholeSamplesComeThroughBitForBit() {
        const TempDir dir;
        const Samples original = quietRoom(100000);
        const auto value = [&original](std::size_t i, int) {
            return static_cast<double>(original[i]) * 65536.0 / 2147483647.0;
        };
        const auto input = WavInput::open(save(dir, wavOf(Shape{}, original.size(), value)));
        VERIFY_OK(input);
        const auto samples = readAll(**input);
        VERIFY_OK(samples);
        QVERIFY(*samples == original);
    }

    void channelsAreAveraged() {
        const TempDir dir;
        const auto input = WavInput::open(save(dir, wavOf(Shape{48000, 2, Coding::Int16, false}, 1000,
                                                          [](std::size_t, int channel) { return channel * 0.5; })));
        VERIFY_OK(input);
        const auto samples = readAll(**input);
        VERIFY_OK(samples);
        for (const std::int16_t sample : *samples)
            QVERIFY(std::abs(sample - 8192) <= 1);
    }

    void overshootAndNonsenseAreClipped() {
        const TempDir dir;
        const auto input =
            WavInput::open(save(dir, wavOf(Shape{48000, 1, Coding::Float32, false}, 4, [](std::size_t i, int) {
                                    const std::array<double, 4> values = {2.5, -7.0, std::nan(""), HUGE_VAL};
                                    return values[i];
                                })));
        VERIFY_OK(input);
        QCOMPARE(*readAll(**input), (Samples{32767, -32768, 0, 0}));
    }

    void shortestFileGivesSound() {
        const TempDir dir;
        const auto input = WavInput::open(save(dir, toneOf(Shape{96000, 1, Coding::Int16, false}, 1)));
        VERIFY_OK(input);
        QCOMPARE(readAll(**input)->size(), std::size_t{1});
    }

    void headerOfAPipeIsUnderstood() {
        // A program that writes into a pipe can't know the length and claims the longest.
        const TempDir dir;
        Bytes content = toneOf(Shape{22050, 1, Coding::Int16, false}, 22050);
        for (const std::size_t at : {4U, 40U}) {
            content[at] = content[at + 1] = content[at + 2] = 0xFF;
            content[at + 3] = 0x7F;
        }
        const auto input = WavInput::open(save(dir, content));
        VERIFY_OK(input);
        QCOMPARE((*input)->durationSamples(), std::int64_t{48000});
        QCOMPARE(readAll(**input)->size(), std::size_t{48000});
    }

    void whatIsNotAWavIsRefusedInOneSentence_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        const Bytes good = toneOf(Shape{}, 1000);
        const auto text = [](const Bytes& bytes) { return byteArrayOf(bytes); };
        const int parse = static_cast<int>(ErrorCode::ParseFailed);
        const int unsupported = static_cast<int>(ErrorCode::Unsupported);
        QTest::newRow("empty file") << QByteArray() << parse;
        QTest::newRow("text") << QByteArray("This is not a recording at all, but it is long enough to be one.")
                              << parse;
        QTest::newRow("header only") << text(good).left(44) << parse;
        QTest::newRow("half a header") << text(good).left(30) << parse;
        QTest::newRow("AIFF") << QByteArray(
                                     "FORM\0\0\0\x2e"
                                     "AIFFCOMM\0\0\0\x12\0\1\0\0\0\0\0\x10\x40\x0e\xac\x44\0\0\0\0\0\0SSND"
                                     "\0\0\0\x08\0\0\0\0\0\0\0\0",
                                     54)
                              << parse;
        QTest::newRow("Ogg") << QByteArray("OggS\0\2\0\0\0\0\0\0\0\0", 14) << parse;
        QTest::newRow("mu-law") << text(toneOf(Shape{8000, 1, Coding::MuLaw, false}, 1000)) << unsupported;
        QTest::newRow("100 Hz") << text(toneOf(Shape{100, 1, Coding::Int16, false}, 1000, 5)) << unsupported;
    }
    void whatIsNotAWavIsRefusedInOneSentence() {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const TempDir dir;
        const ByteView view = viewOf(content);
        const auto input = WavInput::open(save(dir, Bytes(view.begin(), view.end())));
        VERIFY_FAILS(input, static_cast<ErrorCode>(code));
        QVERIFY(input.error().context.find("voice.wav") != std::string::npos);
    }

    void missingFileAndFolderAreToldApart() {
        const TempDir dir;
        VERIFY_FAILS(WavInput::open(dir / "none.wav"), ErrorCode::NotFound);
        VERIFY_FAILS(WavInput::open(dir.path()), ErrorCode::ParseFailed);
    }

    void fileThatShrinksWhileReadIsAnError() {
        const TempDir dir;
        const Path path = save(dir, toneOf(Shape{}, 200000));
        const auto input = WavInput::open(path);
        VERIFY_OK(input);
        std::filesystem::resize_file(path, 100000);
        VERIFY_FAILS(readAll(**input), ErrorCode::IoFailed);
    }

    void spokenSampleIsRecordedWhereItWasSpoken() {
        if (QStandardPaths::findExecutable(QStringLiteral("espeak-ng")).isEmpty()) {
            QSKIP("espeak-ng is needed to speak the sample (package espeak-ng)");
        }
        const TempDir dir;
        const Path path = dir / "spoken.wav";
        QCOMPARE(
            QProcess::execute(QStringLiteral("espeak-ng"),
                              {QStringLiteral("-w"), QString::fromStdString(path.string()),
                               QStringLiteral("When did somebody last ask how you were, and mean it? "
                                              "Tell me about a day on which it was easier than you had thought.")}),
            0);
        const auto input = WavInput::open(path);
        VERIFY_OK(input);
        const auto spoken = readAll(**input);
        VERIFY_OK(spoken);
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(*spoken, recording::SegmentEnding::Pause));
        VERIFY_OK(session.record(*spoken, recording::SegmentEnding::End));
        const auto heard = session.decode();
        const auto map = session.map();
        VERIFY_OK(heard);
        QCOMPARE(map->segments.size(), std::size_t{2});
        for (const recording::Segment& segment : map->segments) {
            QCOMPARE(segment.sampleCount, static_cast<std::int64_t>(spoken->size()));
            const Samples part(heard->begin() + segment.startSample,
                               heard->begin() + segment.startSample + segment.sampleCount);
            const Lag lag = lagOf(*spoken, part, 24000, 96000);
            QVERIFY2(std::abs(lag.samples) <= 4 && lag.correlation > 0.9,
                     qPrintable(QStringLiteral("lag %1, correlation %2").arg(lag.samples).arg(lag.correlation)));
        }
        const auto log = session.reader();
        const auto player = recording::Player::open(*log, *map);
        for (std::int64_t place = 3000; place + 48000 < map->totalSamples(); place += 7919) {
            VERIFY_OK((*player)->seek(place));
            Samples part(48000);
            VERIFY_OK((*player)->read(part));
            QVERIFY(correlation(part, {heard->data() + place, part.size()}) > 0.99);
        }
    }
};

QTEST_GUILESS_MAIN(TestWavInput)
#include "tst_wav_input.moc"
