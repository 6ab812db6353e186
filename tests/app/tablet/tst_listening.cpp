// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tablet/sound_view_model.h"
#include "tablet_fixture.h"

using namespace sotto;
using app::SoundViewModel;
using Screen = app::TabletApp::Screen;

namespace {

/// By its passages from below to above zero, between the first and the last.
double frequency(const std::vector<std::int16_t>& sound) {
    std::vector<std::size_t> rises;
    for (std::size_t i = 1; i < sound.size(); ++i) {
        if (sound[i - 1] < 0 && sound[i] >= 0) rises.push_back(i);
    }
    if (rises.size() < 2) return 0;
    return static_cast<double>(rises.size() - 1) * kSampleRate / static_cast<double>(rises.back() - rises.front());
}

}  // namespace

/// Listening to a recorded tone of 440 Hz through the view-models.
class TestListening : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void eachTempoKeepsThePitchAndTakesItsTime();
    void thePlaceShownIsThatOfTheRecordingAtAnyTempo();
    void aTempoChangedMeanwhileGoesOnWithoutAJump();
    void markersLeadToWhereTheyStand();
    void fromTheEndItBeginsAnew();

private:
    [[nodiscard]] SoundViewModel& sound() const { return *m_tablet.page<app::PlaybackViewModel>()->sound(); }
    [[nodiscard]] test::FakeSound::Switch& speaker() const { return *m_tablet.sound->control(); }
    test::TabletFixture m_tablet;
};

void TestListening::initTestCase() {
    QVERIFY(m_tablet.setUp());
    QVERIFY(m_tablet.enrol());
    QVERIFY(m_tablet.consent());
    auto* interview = m_tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_VERIFY(m_tablet.app->vault().live().positionMs > 1500);
    interview->mark();
    interview->next();
    QTRY_COMPARE(interview->marks(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(m_tablet.app->vault().live().positionMs > 4000, 10'000);
    interview->end();
    QVERIFY(m_tablet.isOn(Screen::WrapUp));
    auto* wrapUp = m_tablet.page<app::WrapUpViewModel>();
    QTRY_COMPARE(wrapUp->state(), app::WrapUpViewModel::State::Open);
    wrapUp->seal();
    QTRY_COMPARE_WITH_TIMEOUT(wrapUp->state(), app::WrapUpViewModel::State::Sealed, 30'000);
    wrapUp->finish();
    QVERIFY(m_tablet.isOn(Screen::Person) && m_tablet.personLoaded());
    m_tablet.page<app::PersonViewModel>()->listen();
    QVERIFY(m_tablet.isOn(Screen::Playback));
    m_tablet.page<app::PlaybackViewModel>()->giveReason(QStringLiteral("a test"));
    QTRY_VERIFY(m_tablet.page<app::PlaybackViewModel>()->isOpen());
}

void TestListening::init() {
    speaker().room = std::numeric_limits<std::int64_t>::max();
    QTRY_VERIFY(!sound().isPlaying());
    sound().chooseTempo(1);
    sound().jumpTo(0);
}

void TestListening::eachTempoKeepsThePitchAndTakesItsTime() {
    const std::array tempos{0.75, 1.0, 1.25, 1.5, 2.0};
    QCOMPARE(SoundViewModel::fastest(), int{tempos.size()} - 1);
    for (std::size_t i = 0; i < tempos.size(); ++i) {
        sound().jumpTo(0);
        sound().chooseTempo(static_cast<int>(i));
        sound().playOrPause();
        QTRY_VERIFY(!sound().isPlaying());
        const std::lock_guard lock(speaker().mutex);
        const double expected = static_cast<double>(sound().durationMs()) * kSampleRate / 1000 / tempos[i];
        const double ratio = static_cast<double>(speaker().voiced.size()) / expected;
        QVERIFY2(std::abs(ratio - 1) < 0.01, qPrintable(QString::number(ratio)));
        const double hertz = frequency(speaker().voiced);
        QVERIFY2(std::abs(hertz - 440) < 4.4, qPrintable(QString::number(hertz)));
    }
}

void TestListening::thePlaceShownIsThatOfTheRecordingAtAnyTempo() {
    for (const auto& [tempo, ms] : {std::pair{0, 375}, std::pair{1, 500}, std::pair{4, 1000}}) {
        speaker().room = kSampleRate / 2;  // half a second of the loudspeaker
        sound().chooseTempo(tempo);
        sound().playOrPause();
        QTRY_COMPARE(sound().positionMs(), ms);
        sound().playOrPause();
        QCOMPARE(sound().positionMs(), ms);
        sound().jumpTo(0);
    }
}

void TestListening::aTempoChangedMeanwhileGoesOnWithoutAJump() {
    speaker().room = kSampleRate / 2;
    sound().playOrPause();
    QTRY_COMPARE(sound().positionMs(), 500);
    sound().chooseTempo(4);
    speaker().room = kSampleRate;
    // The piece in hand, 50 ms, is still played as it was begun.
    QTRY_VERIFY(sound().positionMs() >= 1440 && sound().positionMs() <= 1510);
    sound().playOrPause();
}

void TestListening::markersLeadToWhereTheyStand() {
    auto* page = m_tablet.page<app::PlaybackViewModel>();
    QStringList kinds;
    for (const QVariant& marker : page->markers())
        kinds.append(marker.toMap()[QStringLiteral("kind")].toString());
    // The mark reaches back to the beginning; the order is that of the recording.
    QCOMPARE(kinds, QStringList({QStringLiteral("question"), QStringLiteral("mark"), QStringLiteral("question")}));
    const QString first = page->hereText();
    QCOMPARE(first, page->markers().constFirst().toMap()[QStringLiteral("text")].toString());
    const QVariantMap second = page->markers().constLast().toMap();
    const double at = second[QStringLiteral("at")].toDouble();
    QVERIFY(at > 1000);
    sound().jumpTo(at);
    QVERIFY(std::abs(sound().place() - second[QStringLiteral("place")].toDouble()) < 1e-3);
    QCOMPARE(page->hereText(), second[QStringLiteral("text")].toString());
    sound().skip(-3600);
    QCOMPARE(sound().positionMs(), 0);
    QCOMPARE(page->hereText(), first);
}

void TestListening::fromTheEndItBeginsAnew() {
    sound().playOrPause();
    QTRY_VERIFY(!sound().isPlaying());
    QTRY_COMPARE(sound().positionMs(), sound().durationMs());
    speaker().room = kSampleRate;
    sound().playOrPause();
    QTRY_COMPARE(sound().positionMs(), 1000);
    sound().playOrPause();
}

QTEST_GUILESS_MAIN(TestListening)
#include "tst_listening.moc"
