// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "vault/audit.h"
#include "workflow/rebuild.h"
#include "workflow/rehearsal.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;
using recording::SegmentEnding;

namespace {

/// A voice of so many milliseconds, handed out in uneven pieces as a device does.
class SyntheticVoice final : public recording::AudioInput {
public:
    explicit SyntheticVoice(int milliseconds) : m_samples(voice(milliseconds)) {}
    Result<std::size_t> read(std::span<std::int16_t> out) override {
        if (failAfter && m_read >= *failAfter) return fail(ErrorCode::IoFailed, "the microphone is gone");
        const std::size_t count = std::min({out.size(), m_samples.size() - m_read, m_piece});
        m_piece = m_piece % 900 + 77;
        std::copy_n(m_samples.begin() + static_cast<std::ptrdiff_t>(m_read), count, out.begin());
        m_read += count;
        return count;
    }
    std::optional<std::size_t> failAfter;

private:
    std::span<const std::int16_t> m_samples;
    std::size_t m_read = 0;
    std::size_t m_piece = 480;
};

const QByteArray kHead =
    "participant: {role: person, language: en, name: Camille Invention}\n"
    "partner: {role: caregiver, name: Dominique Exemple}\n"
    "consent:\n"
    "  items: {take-part: true, audio: true, quote: true, share: true, contact-again: false, report: true}\n";

study::RehearsalScript script(const QByteArray& steps, QByteArray head = kHead) {
    return must(study::parseRehearsalScript(viewOf(head + "steps:\n" + steps)));
}

struct Stage : World {
    Result<workflow::RehearsalReport> play(const study::RehearsalScript& what, int milliseconds) {
        SyntheticVoice sound(milliseconds);
        return workflow::rehearse(*home, what, sound, hooks);
    }
    [[nodiscard]] std::vector<interview::Event> events(const workflow::RehearsalReport& report) {
        return must(recordsOf(*home, report.sealed.session)).events;
    }
    [[nodiscard]] std::vector<recording::Segment> segments(const workflow::RehearsalReport& report) {
        return must(recording::mapAudio(must(recordsOf(*home, report.sealed.session)).log)).segments;
    }
    [[nodiscard]] std::size_t people() { return must(people::Participants(home->sessions()).all()).size(); }
    std::unique_ptr<Home> home = must(create());
    workflow::RehearsalHooks hooks;
};

}  // namespace

class TestRehearsal : public QObject {
    Q_OBJECT

private slots:
    void stepsFallOnTheirSamples();
    void pausesShortenTheRecording();
    void stepsAfterTheEndAreCounted();
    void aVoiceThatEndsInAPauseEndsTheInterview();
    void theShippedScriptFitsTheShippedStudy();
    void aScriptThatDoesNotFitCreatesNothing_data();
    void aScriptThatDoesNotFitCreatesNothing();
    void withoutAudioConsentItIsNotesOnly();
    void aRefusalIsKeptAndNoInterviewIsHeld();
    void everySampleIsCounted();
    void anEarlierSessionIsSealedFirst();
    void whatMayHaveBeenSealedBeforeARebuildWaits();
    void aSessionThatCannotBeSealedBlocksNobody();
    void aMicrophoneThatFailsEndsInOrder();
    void theNameIsOnlyWithTheIdentities();
};

void TestRehearsal::stepsFallOnTheirSamples() {
    Stage stage;
    const auto report = stage.play(script("  - {at: 0, ask: recovery-story}\n"
                                          "  - {at: 0.333, probe: recovery-turning-point}\n"
                                          "  - {at: 0.333, mark: here}\n"
                                          "  - {at: 0.5, answer: declined}\n"
                                          "  - {at: 0.777, code: {id: presence, valence: positive, prompted: true}}\n"
                                          "  - {at: 1.001, link: {from: presence, to: communication}}\n"
                                          "  - {at: 1.2, note: the end}\n"),
                                   1200);
    VERIFY_OK(report);
    QCOMPARE(report->stepsDone, 7);
    QCOMPARE(report->stepsAfterEnd, 0);
    QCOMPARE(report->sealed.recordedMs, std::int64_t{1200});
    const auto events = stage.events(*report);
    const std::vector<std::int64_t> expected{0, 333, 333, 500, 777, 1001, 1200};
    QCOMPARE(events.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(events[i].offset.ms, expected[i]);
    QCOMPARE(events[3].id, QStringLiteral("recovery-story"));
    QCOMPARE(events[3].text, QStringLiteral("declined"));
    QCOMPARE(events[4].dimensions.at(QStringLiteral("valence")), QStringLiteral("positive"));
    QVERIFY(events[4].prompted == true);
    QCOMPARE(events[5].target, QStringLiteral("communication"));
    QVERIFY(must(rowOf(*stage.home, report->sealed.session)).practice);
}

void TestRehearsal::pausesShortenTheRecording() {
    Stage stage;
    const auto report = stage.play(script("  - {at: 0.5, pause: 0.4}\n"
                                          "  - {at: 0.9, note: after the pause}\n"
                                          "  - {at: 1.1, off_record: 0.3}\n"
                                          "  - {at: 1.3, note: after that}\n"),
                                   2500);
    VERIFY_OK(report);
    const auto segments = stage.segments(*report);
    QCOMPARE(segments.size(), std::size_t{3});
    QCOMPARE(segments[0].durationMs(), std::int64_t{500});
    QCOMPARE(segments[0].ending, SegmentEnding::Pause);
    QCOMPARE(segments[1].ending, SegmentEnding::OffRecord);
    std::int64_t heard = 0;
    for (const auto& segment : segments)
        heard += segment.durationMs();
    QVERIFY2(std::abs(heard - (2500 - 700)) <= 2, qPrintable(QString::number(heard)));
    const auto events = stage.events(*report);
    QCOMPARE(events.size(), std::size_t{6});
    QVERIFY(events[0].kind == EventKind::Pause && events[1].kind == EventKind::Resume);
    QCOMPARE(events[2].offset.ms, std::int64_t{900});
    QVERIFY(events[3].kind == EventKind::OffRecord && events[3].offset.ms == 1100);
    QCOMPARE(events[5].offset.ms, std::int64_t{1300});
}

void TestRehearsal::stepsAfterTheEndAreCounted() {
    Stage stage;
    const auto report =
        stage.play(script("  - {at: 0.2, note: one}\n  - {at: 5, note: two}\n  - {at: 6, pause: 1}\n"), 600);
    VERIFY_OK(report);
    QCOMPARE(report->stepsDone, 1);
    QCOMPARE(report->stepsAfterEnd, 2);
    QCOMPARE(stage.events(*report).size(), std::size_t{1});
}

void TestRehearsal::aVoiceThatEndsInAPauseEndsTheInterview() {
    Stage stage;
    const auto report =
        stage.play(script("  - {at: 0.4, pause: 5}\n  - {at: 0.4, off_record: 5}\n  - {at: 0.6, note: never}\n"), 700);
    VERIFY_OK(report);
    QCOMPARE(stage.segments(*report).size(), std::size_t{1});
    QCOMPARE(report->sealed.recordedMs, std::int64_t{400});
    QCOMPARE(report->stepsAfterEnd, 1);
}

void TestRehearsal::theShippedScriptFitsTheShippedStudy() {
    PosixFileSystem disk;
    for (const char* role : {"person", "caregiver"}) {
        Stage stage;
        const Path path = Path(SOTTO_SOURCE_DIR) / "assets/scripts" / (std::string(role) + ".yaml");
        const auto shipped = must(study::parseRehearsalScript(must(readFile(disk, path, 1 << 20))));
        const auto report = stage.play(shipped, 2000);
        VERIFY_OK(report);
        QCOMPARE(report->stepsDone + report->stepsAfterEnd, static_cast<int>(shipped.steps.size()));
        QCOMPARE(stage.people(), std::size_t{2});
    }
}

void TestRehearsal::aScriptThatDoesNotFitCreatesNothing_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const char* from, const char* to, const char* said) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(said);
    };
    row("role", "role: person", "role: doctor", "doctor");
    row("language", "language: en", "language: de", "de");
    row("partner's role", "role: caregiver", "role: neighbour", "neighbour");
    row("partner of the same role", "role: caregiver", "role: person", "own role");
    row("unknown consent item", "quote: true", "quote: true, horoscope: true", "consent");
    row("unanswered consent item", "quote: true, ", "", "consent");
    row("unknown question", "ask: recovery-story", "ask: star-sign", "line 6");
    row("unknown probe", "ask: recovery-story", "probe: star-sign", "line 6");
    row("unknown code", "note: last", "code: {id: magic}", "line 7");
    row("unknown dimension", "note: last", "code: {id: presence, colour: red}", "line 7");
    row("unknown value", "note: last", "code: {id: presence, valence: red}", "line 7");
    row("unknown code of a link", "note: last", "link: {from: presence, to: magic}", "line 7");
    row("answer without a question", "ask: recovery-story", "answer: nothing", "line 6");
}

void TestRehearsal::aScriptThatDoesNotFitCreatesNothing() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, said);
    QByteArray text = kHead + "steps:\n  - {at: 0, ask: recovery-story}\n  - {at: 0.1, note: last}\n";
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    Stage stage;
    const auto before = stage.snapshot();
    const auto report = stage.play(must(study::parseRehearsalScript(viewOf(text))), 300);
    VERIFY_FAILS(report, ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(report.error().context).contains(said), report.error().context.c_str());
    QVERIFY(stage.snapshot() == before);
}

void TestRehearsal::withoutAudioConsentItIsNotesOnly() {
    Stage stage;
    QByteArray head = kHead;
    head.replace("audio: true", "audio: false");
    std::size_t handed = 0;
    stage.hooks.samplesHanded = [&handed](std::size_t count) { handed += count; };
    const auto report = stage.play(
        script("  - {at: 0.1, note: one}\n  - {at: 0.2, pause: 0.1}\n  - {at: 0.3, note: two}\n", head), 600);
    VERIFY_OK(report);
    QCOMPARE(handed, std::size_t{0});
    QCOMPARE(report->sealed.recordedMs, std::int64_t{0});
    QVERIFY(stage.segments(*report).empty());
    QCOMPARE(stage.events(*report).size(), std::size_t{3});
    QCOMPARE(report->stepsDone, 3);
}

void TestRehearsal::aRefusalIsKeptAndNoInterviewIsHeld() {
    Stage stage;
    QByteArray head = kHead;
    head.replace("take-part: true", "take-part: false");
    VERIFY_FAILS(stage.play(script("  - {at: 0.1, note: one}\n", head), 300), ErrorCode::ConsentMissing);
    const auto everybody = must(people::Participants(stage.home->sessions()).all());
    QCOMPARE(everybody.size(), std::size_t{2});
    const auto consent = must(consent::consentInForce(stage.home->sessions(), everybody.front().id));
    QVERIFY(consent.has_value() && !consent->takesPart);
    QVERIFY(must(interview::SessionIndex(stage.home->sessions()).all()).empty());
}

void TestRehearsal::everySampleIsCounted() {
    Stage stage;
    std::size_t handed = 0;
    std::int64_t lastMs = 0;
    std::uint64_t lastEvents = 0;
    stage.hooks.samplesHanded = [&handed](std::size_t count) { handed += count; };
    stage.hooks.tick = [&](const workflow::RehearsalProgress& progress) {
        QVERIFY(progress.recordedMs >= lastMs && progress.syncedMs <= progress.recordedMs);
        lastMs = progress.recordedMs;
        lastEvents = progress.events;
    };
    const auto report = stage.play(script("  - {at: 0.3, note: one}\n  - {at: 0.5, pause: 0.25}\n"), 1500);
    VERIFY_OK(report);
    QCOMPARE(handed, std::size_t{(1500 - 250) * 48});
    QCOMPARE(lastMs, report->sealed.recordedMs);
    QCOMPARE(lastEvents, std::uint64_t{3});
}

void TestRehearsal::anEarlierSessionIsSealedFirst() {
    Stage stage;
    SessionId earlier;
    {
        const auto live = must(LiveSession::begin(*stage.home, consentedPerson(*stage.home), true));
        earlier = live->id();
        must(live->record());
        must(speak(*live, 400));
    }
    QStringList lines;
    stage.hooks.say = [&lines](const QString& line) { lines += line; };
    const auto report = stage.play(script("  - {at: 0.1, note: one}\n"), 300);
    VERIFY_OK(report);
    QCOMPARE(report->sealedEarlier.size(), std::size_t{1});
    QVERIFY(report->sealedEarlier.front().session == earlier);
    QVERIFY(lines.first().contains(QStringLiteral("0.4 s")));
    QVERIFY(must(workflow::unsealedSessions(*stage.home)).empty());
}

void TestRehearsal::whatMayHaveBeenSealedBeforeARebuildWaits() {
    Stage stage;
    const auto report = stage.play(script("  - {at: 0.1, note: one}\n"), 300);
    VERIFY_OK(report);
    stage.home.reset();
    must(stage.files.remove(kHome / "outbox.vault"));
    must(workflow::rebuildHome(stage.files, kHome, viewOf(kPassphrase), stage.clock, std::nullopt, cheapOptions()));
    stage.home = must(stage.unlock());
    for (int i = 0; i < 2; ++i) {
        const auto next = stage.play(script("  - {at: 0.1, note: two}\n"), 300);
        VERIFY_OK(next);
        QCOMPARE(next->heldBack, 1);
        QVERIFY(next->sealedEarlier.empty());
    }
    QCOMPARE(must(rowOf(*stage.home, report->sealed.session)).state, interview::SessionState::Interrupted);
}

void TestRehearsal::aSessionThatCannotBeSealedBlocksNobody() {
    Stage stage;
    {
        const auto live = must(LiveSession::begin(*stage.home, consentedPerson(*stage.home), true));
        must(stage.files.remove(stage.home->layout().sessionLog(must(rowOf(*stage.home, live->id())).logName)));
    }
    const auto report = stage.play(script("  - {at: 0.1, note: one}\n"), 300);
    VERIFY_OK(report);
    QCOMPARE(report->notSealed, 1);
    QCOMPARE(must(workflow::unsealedSessions(*stage.home)).size(), std::size_t{1});
}

void TestRehearsal::aMicrophoneThatFailsEndsInOrder() {
    Stage stage;
    SyntheticVoice sound(2000);
    sound.failAfter = 48 * 700;
    VERIFY_FAILS(workflow::rehearse(*stage.home, script("  - {at: 0.1, note: kept}\n"), sound, stage.hooks),
                 ErrorCode::IoFailed);
    const auto rows = must(workflow::unsealedSessions(*stage.home));
    QCOMPARE(rows.size(), std::size_t{1});
    QVERIFY(must(recordsOf(*stage.home, rows.front().id)).log.isFinal());
    QVERIFY(must(workflow::sealSession(*stage.home, rows.front().id)).recordedMs >= 700);
}

void TestRehearsal::theNameIsOnlyWithTheIdentities() {
    Stage stage;
    VERIFY_OK(stage.play(script("  - {at: 0.1, note: private words}\n"), 300));
    stage.home.reset();
    for (const Path& path : stage.files.paths()) {
        const QByteArray content = byteArrayOf(stage.files.content(path));
        for (const char* canary : {"Camille", "Dominique", "private words"})
            QVERIFY2(!content.contains(canary), path.c_str());
    }
}

QTEST_GUILESS_MAIN(TestRehearsal)
#include "tst_rehearsal.moc"
