// SPDX-License-Identifier: Apache-2.0
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "core/recording/recorded_session.h"
#include "recording/erase.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::recording;
using namespace sotto::test;

namespace {

struct Outcome {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

Outcome run(const char* program, const QStringList& arguments) {
    QProcess process;
    process.start(QString::fromLatin1(program), arguments);
    Outcome outcome;
    if (!process.waitForFinished(120000)) return outcome;
    outcome.exitCode = process.exitCode();
    outcome.output = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    return outcome;
}

bool isMissing(const char* program) {
    return QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
}

/// What the tools of others make of an export.
struct Opinion {
    QByteArray opusinfo;
    QByteArray ffprobe;
    double seconds = -1;
    Samples decoded;
    bool ok = false;
};

Opinion askOthers(const Bytes& stream) {
    const TempDir dir;
    const QString file = QString::fromStdString((dir / "audio.opus").string());
    const QString wav = QString::fromStdString((dir / "audio.wav").string());
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(byteArrayOf(stream)) != static_cast<qint64>(stream.size()))
        return {};
    out.close();
    const Outcome info = run("opusinfo", {file});
    const Outcome probe =
        run("ffprobe", {QStringLiteral("-v"), QStringLiteral("warning"), QStringLiteral("-show_entries"),
                        QStringLiteral("format=duration"), QStringLiteral("-of"), QStringLiteral("csv=p=0"), file});
    const Outcome decoder = run("opusdec", {QStringLiteral("--quiet"), QStringLiteral("--no-dither"),
                                            QStringLiteral("--rate"), QStringLiteral("48000"), file, wav});
    Opinion opinion;
    opinion.opusinfo = info.output + info.errors;
    opinion.ffprobe = probe.errors;
    opinion.seconds = probe.output.trimmed().toDouble();
    QFile decoded(wav);
    if (decoded.open(QIODevice::ReadOnly)) {
        const QByteArray content = decoded.readAll();
        const qsizetype data = content.indexOf("data") + 8;
        opinion.decoded.resize(static_cast<std::size_t>(content.size() - data) / 2);
        std::copy_n(content.constData() + data, opinion.decoded.size() * 2,
                    reinterpret_cast<char*>(opinion.decoded.data()));
    }
    opinion.ok = info.exitCode == 0 && probe.exitCode == 0 && decoder.exitCode == 0 && decoder.errors.isEmpty() &&
                 !opinion.opusinfo.contains("WARNING") && !opinion.opusinfo.contains("ERROR") && probe.errors.isEmpty();
    return opinion;
}

/// The Ogg pages of a stream: flags, granule, size of the body. Only what RFC 3533 says, nothing of libogg.
struct Page {
    int flags = 0;
    std::int64_t granule = 0;
    std::uint32_t serial = 0;
    std::uint32_t number = 0;
    int packets = 0;
    QByteArray body;
};

std::vector<Page> pagesOf(const Bytes& stream) {
    std::vector<Page> pages;
    ByteReader reader(stream);
    while (reader.remaining() > 0) {
        if (byteArrayOf(reader.raw(4)) != "OggS" || reader.u8() != 0) return {};
        Page page;
        page.flags = reader.u8();
        page.granule = static_cast<std::int64_t>(reader.u64());
        page.serial = reader.u32();
        page.number = reader.u32();
        static_cast<void>(reader.u32());  // checksum: opusinfo verifies it
        const ByteView lacing = reader.raw(reader.u8());
        std::size_t size = 0;
        for (const std::uint8_t value : lacing) {
            size += value;
            if (value < 255) page.packets++;
        }
        page.body = byteArrayOf(reader.raw(size));
        if (reader.failed()) return {};
        pages.push_back(page);
    }
    return pages;
}

}  // namespace

class TestOggExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        for (const char* program : {"opusinfo", "opusdec", "ffprobe"}) {
            if (isMissing(program)) QSKIP("opusinfo, opusdec and ffprobe are needed (packages opus-tools and ffmpeg)");
        }
    }

    void othersAcceptEveryExportWithoutAWarning_data() {
        QTest::addColumn<QList<int>>("segments");
        QTest::newRow("one sample") << QList<int>{1};
        QTest::newRow("one packet") << QList<int>{648};
        QTest::newRow("two packets by one sample") << QList<int>{649};
        QTest::newRow("just under a page") << QList<int>{48000 - 313};
        QTest::newRow("just a page") << QList<int>{48000 - 312};
        QTest::newRow("just over a page") << QList<int>{48000 - 311};
        QTest::newRow("three seconds") << QList<int>{144000};
        QTest::newRow("segments") << QList<int>{100000, 1, 48000, 0, 649, 96000 - 312, 77777};
        QTest::newRow("ends with an empty segment") << QList<int>{100000, 0};
        QTest::newRow("ten minutes") << QList<int>{48000 * 600};
    }
    void othersAcceptEveryExportWithoutAWarning() {
        QFETCH(QList<int>, segments);
        RecordedSession session;
        VERIFY_OK(session.openRecorder({32000, 3}));
        for (const int count : segments) {
            VERIFY_OK(session.record(chirp(static_cast<std::size_t>(count)), SegmentEnding::Pause));
        }
        const auto exported = session.exported();
        const auto map = session.map();
        VERIFY_OK(exported);
        const Opinion opinion = askOthers(*exported);
        QVERIFY2(opinion.ok, (opinion.opusinfo + opinion.ffprobe).constData());
        QCOMPARE(static_cast<std::int64_t>(opinion.decoded.size()), map->totalSamples());
        const double seconds = static_cast<double>(map->totalSamples()) / 48000;
        QVERIFY2(std::abs(opinion.seconds - seconds) < 0.01, qPrintable(QString::number(opinion.seconds)));
        for (const Segment& segment : map->segments) {
            if (segment.sampleCount < 48000 * 2) continue;
            const Samples heard(opinion.decoded.begin() + segment.startSample,
                                opinion.decoded.begin() + segment.startSample + segment.sampleCount);
            const Lag lag = lagOf(chirp(heard.size()), heard, 10000, 48000);
            QVERIFY2(std::abs(lag.samples) <= 4 && lag.correlation > 0.9, qPrintable(QString::number(lag.samples)));
        }
    }

    void interruptedAndDamagedRecordingsExportWithoutAWarning() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        Samples original = quietRoom(48000 * 3);
        addClick(original, 120000);
        VERIFY_OK(session.record(original, SegmentEnding::Pause));
        VERIFY_OK(session.recorder->start());
        VERIFY_OK(session.recorder->write(chirp(50000)));
        session.kill();
        Bytes content = session.files.content(RecordedSession::kPath);
        const auto whole = session.map();
        content[session.reader()->records()[6].offset + 60] ^= 1;
        session.files.setContent(RecordedSession::kPath, content);
        const auto map = session.map();
        QCOMPARE(map->segments.size(), std::size_t{3});
        QCOMPARE(map->totalSamples(), whole->totalSamples());
        const Opinion opinion = askOthers(*session.exported());
        QVERIFY2(opinion.ok, (opinion.opusinfo + opinion.ffprobe).constData());
        QCOMPARE(static_cast<std::int64_t>(opinion.decoded.size()), map->totalSamples());
        QVERIFY(std::abs(clickIn({opinion.decoded.data(), original.size()}) - 120000) <= 240);
    }

    void erasedRecordingsExportWithoutAWarningAndAreSilentThere_data() {
        QTest::addColumn<int>("fromMs");
        QTest::addColumn<int>("toMs");
        QTest::newRow("beginning") << 0 << 1000;
        QTest::newRow("middle") << 2000 << 4000;
        QTest::newRow("over a pause") << 4500 << 5500;
        QTest::newRow("end") << 7000 << 100'000;
        QTest::newRow("a moment") << 3000 << 3001;
    }
    void erasedRecordingsExportWithoutAWarningAndAreSilentThere() {
        QFETCH(const int, fromMs);
        QFETCH(const int, toMs);
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(babble(48000 * 5), SegmentEnding::Pause));
        VERIFY_OK(session.record(babble(48000 * 3), SegmentEnding::End));
        const Opinion before = askOthers(*session.exported());
        VERIFY_OK(session.rewrite(recording::eraseFilter({{{fromMs}, {toMs}}})));
        const Opinion after = askOthers(*session.exported());
        QVERIFY2(after.ok, (after.opusinfo + after.ffprobe).constData());
        QCOMPARE(after.seconds, before.seconds);
        QCOMPARE(after.decoded.size(), before.decoded.size());
        const std::size_t from = static_cast<std::size_t>(fromMs) * 48;
        const std::size_t to = std::min(static_cast<std::size_t>(toMs) * 48, after.decoded.size());
        for (std::size_t i = from; i < to; ++i)
            QVERIFY2(after.decoded[i] == 0, qPrintable(QStringLiteral("sound at %1 ms").arg(i / 48)));
        // Our player and the decoder of others hear the same.
        const Samples own = *session.decode();
        QVERIFY(correlation(own, after.decoded) > 0.9999);
        if (fromMs == 2000) {
            QVERIFY(correlation({before.decoded.data(), 90'000}, {after.decoded.data(), 90'000}) > 0.9999);
            const std::size_t behind = 4300 * 48;
            QVERIFY(correlation({before.decoded.data() + behind, 30'000}, {after.decoded.data() + behind, 30'000}) >
                    0.999);
        }
    }

    void pagesAreAsTheStandardWantsThem() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder({510000, 0}));
        VERIFY_OK(session.record(chirp(123456), SegmentEnding::Pause));
        VERIFY_OK(session.record(chirp(50000), SegmentEnding::End));
        const auto pages = pagesOf(*session.exported());
        QVERIFY(pages.size() > 5);
        QVERIFY(pages[0].body.startsWith("OpusHead") && pages[0].body.size() == 19);
        QCOMPARE(pages[0].flags, 2);
        QCOMPARE(pages[1].body, QByteArray("OpusTags\x05\0\0\0Sotto\0\0\0\0", 21));
        std::int64_t granule = 0;
        for (std::size_t i = 0; i < pages.size(); i++) {
            QCOMPARE(pages[i].serial, 4711U);
            QCOMPARE(pages[i].number, static_cast<std::uint32_t>(i));
            QCOMPARE(pages[i].flags == 4, i + 1 == pages.size());
            if (i < 2) {
                QCOMPARE(pages[i].granule, std::int64_t{0});
                QCOMPARE(pages[i].packets, 1);
                continue;
            }
            QVERIFY(pages[i].packets > 0 && pages[i].packets <= 50);
            granule += pages[i].packets * std::int64_t{960};
            const bool last = i + 1 == pages.size();
            QCOMPARE(pages[i].granule, last ? 312 + session.map()->totalSamples() : granule);
        }
    }

    void failingSinkIsReported() {
        RecordedSession session;
        VERIFY_OK(session.openRecorder());
        VERIFY_OK(session.record(chirp(96000), SegmentEnding::End));
        const auto log = session.reader();
        const auto map = session.map();
        int calls = 0;
        const auto written = writeOggOpus(*log, *map, 1, [&calls](ByteView) -> Result<> {
            return ++calls == 5 ? fail(ErrorCode::NoSpace, "full") : Result<>{};
        });
        VERIFY_FAILS(written, ErrorCode::NoSpace);
        QCOMPARE(calls, 5);
    }
};

QTEST_GUILESS_MAIN(TestOggExport)
#include "tst_ogg_export.moc"
