// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QTest>

#include "core/recording/erased_audio.h"

using namespace sotto;
using namespace sotto::recording;
using namespace sotto::test;

class TestErase : public QObject {
    Q_OBJECT

private:
    /// Four segments of babble with a pause, off the record and a crash between them: eleven seconds.
    [[nodiscard]] static Result<> recordSome(RecordedSession& session, unsigned seed) {
        SOTTO_TRY(session.openRecorder({32000, 3}));
        SOTTO_TRY(session.record(babble(200'001, seed), SegmentEnding::Pause));
        SOTTO_TRY(session.record(babble(60'000, seed + 1), SegmentEnding::OffRecord));
        SOTTO_TRY(session.recorder->start());
        SOTTO_TRY(session.write(babble(121'212, seed + 2)));
        SOTTO_TRY(session.reopen());
        SOTTO_TRY(session.openRecorder({32000, 3}));
        return session.record(babble(150'000, seed + 3), SegmentEnding::End);
    }
    [[nodiscard]] static std::vector<Span> anySpans(std::mt19937& random, std::int64_t durationMs) {
        std::vector<Span> spans;
        const std::size_t count = 1 + random() % 4;
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t from = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(durationMs));
            const std::int64_t length = random() % 3 == 0 ? 1 + static_cast<std::int64_t>(random() % 40)
                                                          : static_cast<std::int64_t>(random() % 2500);
            spans.push_back({{from}, {from + length}});
        }
        if (random() % 4 == 0) spans.push_back({{0}, {static_cast<std::int64_t>(random() % 500)}});
        if (random() % 4 == 0) spans.push_back({{durationMs - 300}, {durationMs + 5000}});
        std::erase_if(spans, [](const Span& span) { return span.to <= span.from; });
        return spans;
    }

private slots:
    void anErasedToneIsGoneAndItsNeighboursAreThere();
    void anySpansAreSilentAndAllElseIsAsItWas();
    void theMapListsWhatIsGoneAndElseIsTheSame();
    void aRecordThatLiesPartlyInsideIsSplit();
    void anExportDiffersInTheErasedPacketsOnly();
    void aMaskedMapSoundsAsARewrittenLog();
    void seekingBehindAnErasedStretchGivesTheSameSound();
    void withoutSpansNothingChangesButTheFormat();
    void withAllAudioErasedTimesAndSegmentsStay();
    void recordingGoesOnBehindErasedAudio();
    void audioThatMakesNoSenseGoes();
    void audioOfANewerSottoEndsTheRewrite();
    void damageBesideAnErasedStretchKeepsTheOffsets();
    void stretchesJoinWhereTheyTouch();
};

void TestErase::anErasedToneIsGoneAndItsNeighboursAreThere() {
    // Three tones of two seconds each; the one in the middle is what was taken back.
    constexpr std::size_t kTone = 96'000;
    Samples original;
    for (const double hertz : {330.0, 550.0, 880.0}) {
        const Samples tone = sine(kTone, hertz, 8000);
        original.insert(original.end(), tone.begin(), tone.end());
    }
    RecordedSession session;
    VERIFY_OK(session.openRecorder());
    VERIFY_OK(session.record(original, SegmentEnding::End));
    const auto control = session.decode();
    VERIFY_OK(control);
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{2000}, {4000}}})));
    const auto erased = session.decode();
    VERIFY_OK(erased);
    const auto likeness = [&](const Samples& decoded, std::size_t from, std::size_t count) {
        return lagOf(original, decoded, from, count, 60).correlation;
    };
    QVERIFY(likeness(*control, kTone + 4800, kTone - 9600) > 0.97);
    QVERIFY(std::abs(likeness(*erased, kTone + 4800, kTone - 9600)) < 0.01);
    for (const std::size_t neighbour : {std::size_t{4800}, 2 * kTone + 24'000}) {
        QVERIFY(likeness(*control, neighbour, kTone - 30'000) > 0.97);
        QVERIFY(likeness(*erased, neighbour, kTone - 30'000) > 0.97);
    }
    const std::span<const std::int16_t> middle(erased->data() + kTone, kTone);
    QVERIFY(std::all_of(middle.begin(), middle.end(), [](std::int16_t sample) { return sample == 0; }));
}

void TestErase::anySpansAreSilentAndAllElseIsAsItWas() {
    std::mt19937 random(20261122);
    for (unsigned round = 0; round < 15; ++round) {
        RecordedSession session;
        VERIFY_OK(recordSome(session, 100 + round));
        const auto before = session.decode();
        const auto packetsBefore = packetsOf(*session.reader());
        const auto spans = anySpans(random, session.map()->durationMs());
        VERIFY_OK(session.rewrite(recording::eraseFilter(spans)));
        const auto after = session.decode();
        VERIFY_OK(after);
        const QString fault = faultOfSound(*before, *after, spans);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        const auto packetsAfter = packetsOf(*session.reader());
        const QByteArray bodies = bodiesOf(*session.reader());
        std::set<QByteArray> kept;
        for (const auto& [granule, packet] : packetsAfter)
            kept.insert(packet);
        for (const auto& [granule, packet] : packetsBefore) {
            // The sound of a packet lies 312 samples before its granule.
            const bool mustGo = isIn(spans, granule - 312, 2 * kFrameSamples - 1, kFrameSamples);
            const bool mayGo = isIn(spans, granule - 312, kMostWidening + 960, kMostWidening);
            const auto found = packetsAfter.find(granule);
            QVERIFY2(!mustGo || found == packetsAfter.end(), "a packet of a span is there");
            QVERIFY2(mayGo || found != packetsAfter.end(), "a packet outside is gone");
            if (found != packetsAfter.end()) QCOMPARE(found->second, packet);
            const bool isTelling = packet.size() > 8 && kept.count(packet) == 0;
            if (mustGo && isTelling) QVERIFY2(!bodies.contains(packet), "a packet of a span is in some record");
        }
    }
}

void TestErase::theMapListsWhatIsGoneAndElseIsTheSame() {
    RecordedSession session;
    VERIFY_OK(recordSome(session, 1));
    const auto before = session.map();
    // 1 s is sample 48,000; with the pre-skip of 312 it lies in the packet at 48,000, so from the one before that.
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{1000}, {2000}}, {{3000}, {3001}}})));
    const auto after = session.map();
    VERIFY_OK(after);
    const std::vector<AudioMap::Erased> expected{{47'040, 97'920}, {143'040, 145'920}};
    QVERIFY(after->erased == expected);
    QCOMPARE(after->totalSamples(), before->totalSamples());
    QCOMPARE(after->packetsEnd(), before->packetsEnd());
    QCOMPARE(after->preSkip, before->preSkip);
    QCOMPARE(after->segments.size(), before->segments.size());
    for (std::size_t i = 0; i < before->segments.size(); ++i)
        QVERIFY(isSameSegment(after->segments[i], before->segments[i]));
    QVERIFY(after->isErased(47'040) && after->isErased(96'960) && !after->isErased(97'920) && !after->isErased(0));
}

void TestErase::aRecordThatLiesPartlyInsideIsSplit() {
    RecordedSession session;
    VERIFY_OK(session.openRecorder());
    VERIFY_OK(session.record(babble(9600 - 312), SegmentEnding::End));  // one record of ten packets
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{70}, {90}}, {{150}, {151}}})));
    const auto log = session.reader();
    VERIFY_OK(log);
    QStringList found;
    for (const sealedlog::RecordInfo& info : log->records()) {
        const Bytes body = *log->read(info);
        if (const auto kept = AudioPacketsRecord::fromBytes(body);
            kept && info.type == static_cast<std::uint16_t>(RecordType::AudioPackets)) {
            found += QStringLiteral("%1+%2").arg(kept->firstSample / 960).arg(kept->packets.size());
        }
        if (info.type != static_cast<std::uint16_t>(RecordType::AudioErased)) continue;
        const auto gone = AudioErasedRecord::fromBytes(body);
        VERIFY_OK(gone);
        found += QStringLiteral("-%1+%2").arg(gone->firstSample / 960).arg(gone->packets);
    }
    // 70 to 90 ms with the pre-skip of 6.5 ms: packets 3 and 4, and 2 and 5; 150 ms: packet 7, and 6 and 8.
    QCOMPARE(found, (QStringList{QStringLiteral("0+2"), QStringLiteral("-2+7"), QStringLiteral("9+1")}));
    QCOMPARE(session.map()->segments.size(), std::size_t{1});
}

void TestErase::anExportDiffersInTheErasedPacketsOnly() {
    RecordedSession session;
    VERIFY_OK(recordSome(session, 5));
    std::vector<std::int64_t> granulesBefore;
    const auto before = oggPackets(*session.exported(), granulesBefore);
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{0}, {100}}, {{2500}, {4200}}, {{9000}, {99'000}}})));
    std::vector<std::int64_t> granulesAfter;
    const auto exported = session.exported();
    VERIFY_OK(exported);
    const auto after = oggPackets(*exported, granulesAfter);
    QVERIFY(granulesAfter.size() > 10 && granulesAfter.back() == granulesBefore.back());
    QCOMPARE(after.size(), before.size());
    const auto map = session.map();
    int gone = 0;
    for (std::size_t i = 2; i < after.size(); ++i) {
        const bool isErased = map->isErased(static_cast<std::int64_t>(i - 2) * kFrameSamples);
        gone += isErased ? 1 : 0;
        QCOMPARE(after[i], isErased ? QByteArray("\xF8\xFF\xFE", 3) : before[i]);
    }
    QVERIFY(gone > 150);
}

void TestErase::aMaskedMapSoundsAsARewrittenLog() {
    std::mt19937 random(3);
    for (unsigned round = 0; round < 8; ++round) {
        RecordedSession session;
        VERIFY_OK(recordSome(session, 300 + round));
        const auto spans = anySpans(random, session.map()->durationMs());
        Samples masked;
        AudioMap map;
        {
            const auto log = session.reader();
            map = withoutSpans(*mapAudio(*log), spans);
            const auto player = Player::open(*log, map);
            VERIFY_OK(player);
            masked.resize(static_cast<std::size_t>(map.totalSamples()));
            QCOMPARE(*(*player)->read(masked), masked.size());
        }
        VERIFY_OK(session.rewrite(recording::eraseFilter(spans)));
        QVERIFY(*session.decode() == masked);
        QVERIFY(session.map()->erased == map.erased);
    }
}

void TestErase::seekingBehindAnErasedStretchGivesTheSameSound() {
    RecordedSession session;
    VERIFY_OK(recordSome(session, 9));
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{1000}, {2000}}, {{2100}, {2200}}, {{6000}, {7000}}})));
    const auto straight = session.decode();
    const auto log = session.reader();
    const auto map = session.map();
    const auto player = Player::open(*log, *map);
    VERIFY_OK(player);
    for (std::int64_t ms = 800; ms < 8000; ms += 37) {
        const auto place = static_cast<std::size_t>(ms * 48);
        VERIFY_OK((*player)->seek(ms * 48));
        Samples heard(2000);
        QCOMPARE(*(*player)->read(heard), heard.size());
        double error = 0;
        double energy = 1000;
        for (std::size_t i = 0; i < heard.size(); ++i) {
            const double wanted = (*straight)[place + i];
            error += (heard[i] - wanted) * (heard[i] - wanted);
            energy += wanted * wanted;
        }
        QVERIFY2(error <= 0.005 * energy, qPrintable(QStringLiteral("%1: %2").arg(ms).arg(error / energy)));
    }
}

void TestErase::withoutSpansNothingChangesButTheFormat() {
    RecordedSession session;
    VERIFY_OK(recordSome(session, 2));
    const QByteArray before = bodiesOf(*session.reader());
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{500}, {500}}, {{900}, {400}}})));
    QCOMPARE(bodiesOf(*session.reader()), before);
    QVERIFY(session.map()->erased.empty());
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{500}, {900}}})));
    const QByteArray once = bodiesOf(*session.reader());
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{500}, {900}}})));
    QCOMPARE(bodiesOf(*session.reader()), once);
}

void TestErase::withAllAudioErasedTimesAndSegmentsStay() {
    RecordedSession session(true, 1);
    VERIFY_OK(recordSome(session, 4));
    const auto before = session.map();
    const auto packets = packetsOf(*session.reader());
    VERIFY_OK(session.rewrite(eraseAllAudio()));
    const auto after = session.map();
    VERIFY_OK(after);
    QVERIFY(packetsOf(*session.reader()).empty());
    QVERIFY(!after->hasSound() && before->hasSound());
    QCOMPARE(after->totalSamples(), before->totalSamples());
    QCOMPARE(after->segments.size(), before->segments.size());
    for (std::size_t i = 0; i < before->segments.size(); ++i)
        QVERIFY(isSameSegment(after->segments[i], before->segments[i]));
    const std::vector<AudioMap::Erased> everything{{0, before->packetsEnd()}};
    QVERIFY(after->erased == everything);
    const QByteArray bodies = bodiesOf(*session.reader());
    QVERIFY2(bodies.contains("\"format\":3"), "a log that was rewritten is of the format of today");
    for (const auto& [granule, packet] : packets)
        QVERIFY(packet.size() <= 8 || !bodies.contains(packet));
    const auto heard = session.decode();
    QCOMPARE(static_cast<std::int64_t>(heard->size()), before->totalSamples());
    QVERIFY(std::all_of(heard->begin(), heard->end(), [](std::int16_t sample) { return sample == 0; }));
    VERIFY_FAILS(session.exported(), ErrorCode::NotFound);
}

void TestErase::recordingGoesOnBehindErasedAudio() {
    RecordedSession session;
    VERIFY_OK(session.openRecorder());
    VERIFY_OK(session.record(babble(60'000), SegmentEnding::Pause));
    VERIFY_OK(session.recorder->start());
    VERIFY_OK(session.write(babble(48'000)));
    VERIFY_OK(session.rewrite(eraseAllAudio()));  // broken off: the last segment has no end
    const std::int64_t before = session.map()->packetsEnd();
    VERIFY_OK(session.reopen());
    VERIFY_OK(session.openRecorder());
    Samples click = quietRoom(48'000);
    addClick(click, 20'000);
    VERIFY_OK(session.record(click, SegmentEnding::End));
    const auto map = session.map();
    QCOMPARE(map->segments.size(), std::size_t{3});
    QCOMPARE(map->segments[1].ending, SegmentEnding::Interrupted);
    QCOMPARE(map->segments[2].startSample, before);
    QCOMPARE(map->erased.size(), std::size_t{1});
    QVERIFY(map->hasSound());
    QVERIFY(std::abs(clickIn(*session.decode()) - (before + 20'000)) <= 240);
}

void TestErase::audioThatMakesNoSenseGoes() {
    RecordedSession session;
    VERIFY_OK(session.openRecorder());
    VERIFY_OK(session.record(babble(48'000), SegmentEnding::End));
    VERIFY_OK(session.log->appendAudio(RecordType::AudioPackets, viewOf(std::string_view("canary sound"))));
    VERIFY_OK(session.log->sync());
    QVERIFY(bodiesOf(*session.reader()).contains("canary sound"));
    const auto before = session.decode();
    VERIFY_OK(session.rewrite(recording::eraseFilter({})));
    QVERIFY(!bodiesOf(*session.reader()).contains("canary sound"));
    QVERIFY(*session.decode() == *before);
}

void TestErase::audioOfANewerSottoEndsTheRewrite() {
    RecordedSession session;
    VERIFY_OK(session.log->appendAudio(RecordType::SegmentStart, viewOf(std::string_view("\x02\x00", 2))));
    VERIFY_OK(session.log->sync());
    VERIFY_FAILS(session.rewrite(eraseAllAudio()), ErrorCode::NewerVersion);
}

void TestErase::damageBesideAnErasedStretchKeepsTheOffsets() {
    RecordedSession session;
    VERIFY_OK(session.openRecorder());
    Samples original = quietRoom(48'000 * 4);
    addClick(original, 150'000);
    VERIFY_OK(session.record(original, SegmentEnding::End));
    VERIFY_OK(session.log->finish());
    VERIFY_OK(session.rewrite(recording::eraseFilter({{{1000}, {2000}}})));
    const auto whole = session.map();
    // The record before the stretch, one in it, the one behind it.
    for (const std::size_t record : {6U, 9U, 12U, 13U}) {
        Bytes content = session.files.content(RecordedSession::kPath);
        const Bytes intact = content;
        content[session.reader()->records()[record].offset + 60] ^= 1;
        session.files.setContent(RecordedSession::kPath, content);
        const auto map = session.map();
        VERIFY_OK(map);
        QCOMPARE(map->totalSamples(), whole->totalSamples());
        QVERIFY(map->segments.size() > 1);
        const auto decoded = session.decode();
        VERIFY_OK(decoded);
        QVERIFY(std::abs(clickIn(*decoded) - 150'000) <= 240);
        std::vector<std::int64_t> granules;
        QCOMPARE(oggPackets(*session.exported(), granules).size(),
                 static_cast<std::size_t>(whole->packetsEnd() / kFrameSamples) + 2);
        session.files.setContent(RecordedSession::kPath, intact);
    }
}

void TestErase::stretchesJoinWhereTheyTouch() {
    AudioMap map;
    using Stretches = std::vector<AudioMap::Erased>;
    map.erase({9600, 19'200});
    map.erase({0, 960});
    QVERIFY(map.erased == (Stretches{{0, 960}, {9600, 19'200}}));
    map.erase({19'200, 20'160});
    map.erase({28'800, 29'760});
    QVERIFY(map.erased == (Stretches{{0, 960}, {9600, 20'160}, {28'800, 29'760}}));
    map.erase({1920, 28'800});
    QVERIFY(map.erased == (Stretches{{0, 960}, {1920, 29'760}}));
    map.chunks = {{0, 0, 1}, {1, 1920, 10}};
    QVERIFY(!map.hasSound());
    map.chunks.push_back({2, 28'800, 2});
    QVERIFY(map.hasSound());
}

QTEST_GUILESS_MAIN(TestErase)
#include "tst_erase.moc"
