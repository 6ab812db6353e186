// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "support/every_fault.h"
#include "vault/audit.h"
#include "workflow/listen.h"

using namespace sotto;
using namespace sotto::test;
using workflow::Listening;
using workflow::WaveformScan;

namespace {

const QString kReason = QStringLiteral("checking that the sound is there");

/// An interview of two segments, 1000 and 500 ms of voice; wrap-up has begun.
struct Recorded : World {
    Recorded() {
        home = must(create());
        participant = consentedPerson(*home);
        live = must(LiveSession::begin(*home, participant, true));
        id = live->id();
        must(live->record());
        must(speak(*live, 1000));
        must(live->pause());
        must(live->record());
        must(speak(*live, 500));
        must(live->stop());
    }
    void end() {
        must(live->end());
        live.reset();
    }
    [[nodiscard]] QList<QJsonObject> heard() {
        QList<QJsonObject> all;
        for (const auto& entry : must(vault::AuditTrail(home->sessions()).entries())) {
            if (entry.action == u"session.listened") all.append(entry.details);
        }
        return all;
    }
    std::unique_ptr<Home> home;
    people::Participant participant;
    std::unique_ptr<LiveSession> live;
    SessionId id;
};

std::vector<std::int16_t> readAll(Listening& listening) {
    std::vector<std::int16_t> all;
    std::vector<std::int16_t> piece(1000);
    while (const std::size_t count = must(listening.read(piece)))
        all.insert(all.end(), piece.begin(), piece.begin() + std::ptrdiff_t(count));
    return all;
}

int peakBetween(const std::vector<std::int16_t>& samples, int fromMs, int toMs) {
    int peak = 0;
    for (int i = fromMs * 48; i < std::min(toMs * 48, int(samples.size())); ++i)
        peak = std::max(peak, std::abs(int{samples[std::size_t(i)]}));
    return peak;
}

interview::Event span(std::int64_t untilMs) {
    interview::Event event;
    event.kind = interview::EventKind::OffRecordSpan;
    event.until = RecordedOffset{untilMs};
    return event;
}

std::vector<float> outline(const Listening& listening, std::int64_t bucketMs, std::int64_t stepMs) {
    auto scan = must(WaveformScan::begin(listening, bucketMs));
    while (!must(scan.advance(stepMs))) {
    }
    SOTTO_CHECK(scan.peaks().size() == scan.buckets());
    return scan.peaks();
}

}  // namespace

class TestListen : public QObject {
    Q_OBJECT

private slots:
    void aFinishedSessionNeedsAReasonThatIsKept();
    void withoutATraceNothingIsHeard();
    void nothingIsHeardInAnotherInterview();
    void theInterviewItselfNeedsNoReason();
    void whileItIsRecordedNobodyListens();
    void seekingPlaysTheSameSound();
    void whatWasTakenBackFallsSilent();
    void aSealedSessionPlaysWithoutWhatWasTakenBack();
    void notesOnlySessionsHaveNothingToHear();
    void theOutlineShowsThePeaksOfTheSound();
    void theOutlineDoesNotDependOnThePieces();
    void theOutlineIsSilentOffTheRecord();
    void aDamagedLogPlaysWhatVerifies();
};

void TestListen::aFinishedSessionNeedsAReasonThatIsKept() {
    Recorded world;
    world.end();
    VERIFY_FAILS(Listening::open(*world.home, world.id, QString()), ErrorCode::InvalidArgument);
    VERIFY_FAILS(Listening::open(*world.home, world.id, QStringLiteral(" \n ")), ErrorCode::InvalidArgument);
    VERIFY_FAILS(Listening::open(*world.home, world.id, QString(501, u'x')), ErrorCode::InvalidArgument);
    VERIFY_FAILS(Listening::open(*world.home, SessionId::random(), kReason), ErrorCode::NotFound);
    QVERIFY(world.heard().isEmpty());
    const auto listening = must(Listening::open(*world.home, world.id, kReason));
    QVERIFY(listening->durationMs() >= 1500 && listening->durationMs() <= 1540);
    QVERIFY(listening->opening().session == world.id);
    const auto heard = world.heard();
    QCOMPARE(heard.size(), 1);
    QCOMPARE(heard[0],
             (QJsonObject{{QStringLiteral("session"), world.id.toString()}, {QStringLiteral("reason"), kReason}}));
}

void TestListen::withoutATraceNothingIsHeard() {
    Recorded world;
    world.end();
    int refused = 0;
    for (EveryFault fault(true); fault.next();) {
        const auto listening =
            fault.during(world.files, [&] { return Listening::open(*world.home, world.id, kReason); });
        if (!listening) ++refused;
        world.home.reset();
        world.home = must(world.unlock());
        // Whoever was let in left a trace.
        if (listening) QVERIFY2(world.heard().size() >= 1, fault.at());
    }
    QVERIFY(refused > 2);
}

void TestListen::nothingIsHeardInAnotherInterview() {
    Recorded world;
    world.end();
    const auto other = consentedPerson(*world.home);
    const auto live = must(LiveSession::begin(*world.home, other, true));
    VERIFY_FAILS(Listening::open(*world.home, world.id, kReason), ErrorCode::NotAllowed);
    QVERIFY(world.heard().isEmpty());
}

void TestListen::theInterviewItselfNeedsNoReason() {
    Recorded world;
    const auto listening = must(Listening::open(*world.home, *world.live));
    const auto sound = readAll(*listening);
    QCOMPARE(std::int64_t(sound.size()) / 48, listening->durationMs());
    QVERIFY(peakBetween(sound, 100, 900) > 1000);
    QVERIFY(world.heard().isEmpty());
    VERIFY_OK(world.live->commit(note(QStringLiteral("the log still takes events"))));
    VERIFY_OK(world.live->end());
}

void TestListen::whileItIsRecordedNobodyListens() {
    Recorded world;
    must(world.live->record());
    VERIFY_FAILS(Listening::open(*world.home, *world.live), ErrorCode::NotAllowed);
    must(world.live->pause());
    VERIFY_OK(Listening::open(*world.home, *world.live));
}

void TestListen::seekingPlaysTheSameSound() {
    Recorded world;
    const auto listening = must(Listening::open(*world.home, *world.live));
    const auto sound = readAll(*listening);
    VERIFY_OK(listening->seek({600}));
    QCOMPARE(listening->position().ms, std::int64_t{600});
    std::vector<std::int16_t> piece(4800);
    QCOMPARE(must(listening->read(piece)), piece.size());
    QCOMPARE(listening->position().ms, std::int64_t{700});
    double difference = 0;
    double energy = 0;
    for (std::size_t i = 0; i < piece.size(); ++i) {
        const double expected = sound[600 * 48 + i];
        difference += (piece[i] - expected) * (piece[i] - expected);
        energy += expected * expected;
    }
    QVERIFY2(difference < 0.01 * energy, qPrintable(QString::number(difference / energy)));
    VERIFY_FAILS(listening->seek({-1}), ErrorCode::InvalidArgument);
    VERIFY_FAILS(listening->seek({listening->durationMs() + 1}), ErrorCode::InvalidArgument);
    QCOMPARE(listening->position().ms, std::int64_t{700});
    VERIFY_OK(listening->seek({listening->durationMs()}));
    QVERIFY(must(listening->read(piece)) < 48);
}

void TestListen::whatWasTakenBackFallsSilent() {
    Recorded world;
    const auto listening = must(Listening::open(*world.home, *world.live));
    must(listening->seek({350}));
    VERIFY_OK(world.live->commitAt(span(700), {300}));
    VERIFY_OK(listening->update(world.live->allEvents()));
    QCOMPARE(listening->position().ms, std::int64_t{350});
    must(listening->seek({0}));
    const auto silenced = readAll(*listening);
    QCOMPARE(peakBetween(silenced, 340, 690), 0);
    QVERIFY(peakBetween(silenced, 0, 250) > 1000 && peakBetween(silenced, 760, 1000) > 1000);
    const auto anew = must(Listening::open(*world.home, *world.live));
    QCOMPARE(peakBetween(readAll(*anew), 340, 690), 0);
    VERIFY_OK(world.live->correct(world.live->eventCount()));
    VERIFY_OK(listening->update(world.live->allEvents()));
    must(listening->seek({0}));
    QVERIFY(peakBetween(readAll(*listening), 340, 690) > 1000);
}

void TestListen::aSealedSessionPlaysWithoutWhatWasTakenBack() {
    Recorded world;
    must(world.live->commitAt(span(700), {300}));
    world.end();
    must(workflow::sealSession(*world.home, world.id));
    const auto listening = must(Listening::open(*world.home, world.id, kReason));
    const auto sound = readAll(*listening);
    QCOMPARE(peakBetween(sound, 340, 690), 0);
    QVERIFY(peakBetween(sound, 760, 1000) > 1000);
}

void TestListen::notesOnlySessionsHaveNothingToHear() {
    World world;
    const auto home = must(world.create());
    const auto live = must(LiveSession::begin(*home, consentedPerson(*home, consentItems(false)), true));
    VERIFY_FAILS(Listening::open(*home, *live), ErrorCode::NotFound);
}

void TestListen::theOutlineShowsThePeaksOfTheSound() {
    Recorded world;
    const auto listening = must(Listening::open(*world.home, *world.live));
    const auto sound = readAll(*listening);
    const auto peaks = outline(*listening, 50, 400);
    QCOMPARE(peaks.size(), std::size_t((listening->map().totalSamples() + 2399) / 2400));
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        const int from = int(i) * 50;
        QCOMPARE(peaks[i], float(peakBetween(sound, from, from + 50)) / 32768.0F);
    }
    VERIFY_FAILS(WaveformScan::begin(*listening, 0), ErrorCode::InvalidArgument);
    QCOMPARE(outline(*listening, std::numeric_limits<std::int64_t>::max(), 100).size(), std::size_t{1});
}

void TestListen::theOutlineDoesNotDependOnThePieces() {
    Recorded world;
    const auto listening = must(Listening::open(*world.home, *world.live));
    const auto once = outline(*listening, 37, 1'000'000);
    QVERIFY(outline(*listening, 37, 1) == once);
    QVERIFY(outline(*listening, 37, 333) == once);
    QCOMPARE(listening->position().ms, std::int64_t{0});
    auto scan = must(WaveformScan::begin(*listening, 37));
    QVERIFY(!must(scan.advance(100)));
    QVERIFY(scan.peaks().size() == 3 && scan.bucketMs() == 37);
}

void TestListen::theOutlineIsSilentOffTheRecord() {
    Recorded world;
    must(world.live->commitAt(span(700), {300}));
    const auto peaks = outline(*must(Listening::open(*world.home, *world.live)), 100, 1000);
    QVERIFY(peaks[4] == 0.0F && peaks[5] == 0.0F);
    QVERIFY(peaks[1] > 0.03F && peaks[8] > 0.03F);
}

void TestListen::aDamagedLogPlaysWhatVerifies() {
    Recorded world;
    world.end();
    const Path log = kHome / "sessions" / (world.id.toString().toStdString() + ".session");
    Bytes bytes = world.files.content(log);
    bytes[bytes.size() * 4 / 5] ^= 1;
    world.files.setContent(log, bytes);
    const auto listening = must(Listening::open(*world.home, world.id, kReason));
    QCOMPARE(int(listening->integrity()), int(sealedlog::Integrity::Damaged));
    QVERIFY(peakBetween(readAll(*listening), 0, 400) > 1000);
}

QTEST_GUILESS_MAIN(TestListen)
#include "tst_listen.moc"
