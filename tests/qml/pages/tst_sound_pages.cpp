// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "tablet/sound_view_model.h"
#include "tablet/span_view_model.h"
#include "touching.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;

/// Wrapping up and listening on the glass, on a phone: every step is a touch or a key, none is a drag.
class TestSoundPages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|qml|TypeError"))); }
    void aMarkIsGivenCodesAndALink();
    void aStretchIsChosenWhileListeningAndHeardBeforeItIsTakenBack();
    void aStretchIsTypedAndWhatIsWrongIsSaid();
    void aTouchAndTheArrowKeysMoveInTheRecording();
    void theListLeadsToTheQuestion();

private:
    void touch(const QString& name, double x = 0.5);
    void type(const QString& name, const QString& text);
    [[nodiscard]] app::WrapUpViewModel& wrapUp() { return *m_scenes->tablet().page<app::WrapUpViewModel>(); }
    [[nodiscard]] app::SoundViewModel& listening() {
        return *m_scenes->tablet().page<app::PlaybackViewModel>()->sound();
    }
    [[nodiscard]] int loudest();
    void openThePlayback();

    std::unique_ptr<test::Scenes> m_scenes;
};

void TestSoundPages::touch(const QString& name, double x) {
    const QString fault = test::touchItem(*m_scenes, name, x);
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void TestSoundPages::type(const QString& name, const QString& text) {
    QVERIFY2(test::typeInto(*m_scenes, name, text), qPrintable(name));
}

int TestSoundPages::loudest() {
    auto& speaker = *m_scenes->tablet().sound->control();
    const std::lock_guard lock(speaker.mutex);
    int peak = 0;
    for (const std::int16_t sample : speaker.voiced)
        peak = std::max(peak, std::abs(int{sample}));
    return peak;
}

void TestSoundPages::initTestCase() {
    m_scenes = std::make_unique<test::Scenes>();
    m_scenes->window().resize(360, 800);
    auto& tablet = m_scenes->tablet();
    tablet.app->settings()->setReducedMotion(true);
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    auto* interview = tablet.beginInterview();
    QVERIFY(interview != nullptr);
    interview->record();
    QTRY_VERIFY_WITH_TIMEOUT(tablet.app->vault().live().positionMs > 2000, 10'000);
    interview->mark();
    interview->next();
    QTRY_VERIFY_WITH_TIMEOUT(tablet.app->vault().live().positionMs > 8000, 20'000);
    interview->end();
    QVERIFY(tablet.isOn(Screen::WrapUp));
    QTRY_COMPARE(wrapUp().state(), app::WrapUpViewModel::State::Open);
    QVERIFY(wrapUp().sound() != nullptr);
}

void TestSoundPages::aMarkIsGivenCodesAndALink() {
    QVERIFY(wrapUp().codes().size() >= 2);
    const auto code = [this](qsizetype index) { return wrapUp().codes().at(index).toMap(); };
    const auto mark = [this] { return wrapUp().marks().constFirst().toMap(); };
    const QString first = QStringLiteral("code-") + code(0)[QStringLiteral("id")].toString();
    const QString second = QStringLiteral("code-") + code(1)[QStringLiteral("id")].toString();
    touch(QStringLiteral("meaning"));
    touch(first);
    QTRY_COMPARE(mark()[QStringLiteral("summary")], code(0)[QStringLiteral("name")]);
    touch(QStringLiteral("linkTwo"));
    touch(first);
    touch(second);
    QTRY_COMPARE(mark()[QStringLiteral("links")].toList().size(), 1);
    const QString link =
        mark()[QStringLiteral("links")].toList().constFirst().toMap()[QStringLiteral("text")].toString();
    QVERIFY(link.startsWith(code(0)[QStringLiteral("name")].toString()));
    QVERIFY(link.endsWith(code(1)[QStringLiteral("name")].toString()));
    touch(first);  // the code goes, the link stays
    QTRY_COMPARE(mark()[QStringLiteral("summary")].toString(), link);
    type(QStringLiteral("meaningText"), QStringLiteral("the turning point"));
    touch(QStringLiteral("keepMeaning"));
    QTRY_COMPARE(mark()[QStringLiteral("text")].toString(), QStringLiteral("the turning point"));
    QCOMPARE(mark()[QStringLiteral("links")].toList().size(), 1);
}

void TestSoundPages::aStretchIsChosenWhileListeningAndHeardBeforeItIsTakenBack() {
    const double duration = static_cast<double>(wrapUp().sound()->durationMs());
    QVERIFY(m_scenes->item(QStringLiteral("takeBack")) == nullptr);
    touch(QStringLiteral("spanWaveform"), 0.25);
    touch(QStringLiteral("fromHere"));
    QVERIFY(std::abs(wrapUp().span()->from() - 0.25) < 0.05);
    touch(QStringLiteral("spanWaveform"), 0.1);
    touch(QStringLiteral("toHere"));
    QVERIFY2(wrapUp().span()->error().contains(wrapUp().span()->fromText()), "the end before the beginning is refused");
    touch(QStringLiteral("spanWaveform"), 0.75);
    touch(QStringLiteral("toHere"));
    QVERIFY(wrapUp().span()->error().isEmpty());
    const double from = wrapUp().span()->from() * duration;
    const double to = wrapUp().span()->to() * duration;
    QVERIFY(std::abs(to - duration * 0.75) < duration * 0.05);

    touch(QStringLiteral("hearSpan"));
    QTRY_VERIFY(!wrapUp().sound()->isPlaying());
    QVERIFY(std::abs(static_cast<double>(wrapUp().sound()->positionMs()) - to) < 100);
    QVERIFY(loudest() > 1000);
    QVERIFY(wrapUp().spans().isEmpty());
    touch(QStringLiteral("takeBack"));
    QTRY_COMPARE(wrapUp().spans().size(), 1);
    QVERIFY(!wrapUp().span()->isReady());
    wrapUp().sound()->playStretch(static_cast<std::int64_t>(from) + 500, static_cast<std::int64_t>(to) - 500);
    QTRY_VERIFY(!wrapUp().sound()->isPlaying());
    QVERIFY2(loudest() < 10, "what was taken back is silent");
    touch(QStringLiteral("takenBack"));
    QTRY_VERIFY(wrapUp().spans().isEmpty());
}

void TestSoundPages::aStretchIsTypedAndWhatIsWrongIsSaid() {
    touch(QStringLiteral("typeTimes"));
    const auto say = [this](const QString& from, const QString& to) {
        type(QStringLiteral("from"), from);
        type(QStringLiteral("to"), to);
        touch(QStringLiteral("takeTimes"));
    };
    say(QStringLiteral("soon"), QStringLiteral("0:04"));
    QVERIFY2(wrapUp().span()->error().contains(QStringLiteral("12:30")), qPrintable(wrapUp().span()->error()));
    say(QStringLiteral("0:04"), QStringLiteral("0:02"));
    QVERIFY2(wrapUp().span()->error().contains(QStringLiteral("0:04")), qPrintable(wrapUp().span()->error()));
    say(QStringLiteral("12:00"), QStringLiteral("13:00"));
    QVERIFY2(wrapUp().span()->error().contains(QStringLiteral("0:08")), qPrintable(wrapUp().span()->error()));
    QVERIFY(!wrapUp().span()->isReady());
    say(QStringLiteral("0:02"), QStringLiteral("0:04"));
    QVERIFY2(wrapUp().span()->error().isEmpty(), qPrintable(wrapUp().span()->error()));
    QCOMPARE(wrapUp().span()->lengthText(), QStringLiteral("2 seconds"));
    touch(QStringLiteral("takeBack"));
    QTRY_COMPARE(wrapUp().spans().size(), 1);
    QCOMPARE(wrapUp().spans().constFirst().toMap()[QStringLiteral("text")].toString(), QStringLiteral("0:02 to 0:04"));
}

void TestSoundPages::openThePlayback() {
    auto& tablet = m_scenes->tablet();
    if (tablet.app->screen() == Screen::Playback) return;
    wrapUp().seal();
    QTRY_COMPARE_WITH_TIMEOUT(wrapUp().state(), app::WrapUpViewModel::State::Sealed, 30'000);
    wrapUp().finish();
    QVERIFY(tablet.isOn(Screen::Person) && tablet.personLoaded());
    tablet.page<app::PersonViewModel>()->listen();
    QVERIFY(tablet.isOn(Screen::Playback));
    tablet.page<app::PlaybackViewModel>()->giveReason(QStringLiteral("a test"));
    QTRY_VERIFY(tablet.page<app::PlaybackViewModel>()->isOpen());
}

void TestSoundPages::aTouchAndTheArrowKeysMoveInTheRecording() {
    openThePlayback();
    touch(QStringLiteral("waveform"), 0.5);
    QVERIFY(std::abs(listening().place() - 0.5) < 0.05);
    QTest::keyClick(&m_scenes->window(), Qt::Key_Right);
    QCOMPARE(listening().place(), 1.0);
    QTest::keyClick(&m_scenes->window(), Qt::Key_Left);
    QCOMPARE(listening().positionMs(), std::max<std::int64_t>(0, listening().durationMs() - 10'000));
    QTest::keyClick(&m_scenes->window(), Qt::Key_End);
    QCOMPARE(listening().place(), 1.0);
    touch(QStringLiteral("back10"));
    QCOMPARE(listening().positionMs(), std::max<std::int64_t>(0, listening().durationMs() - 10'000));
}

void TestSoundPages::theListLeadsToTheQuestion() {
    openThePlayback();
    listening().jumpToPlace(1);
    const QVariantList markers = m_scenes->tablet().page<app::PlaybackViewModel>()->markers();
    touch(QStringLiteral("marker"));  // the first of them
    QCOMPARE(static_cast<double>(listening().positionMs()),
             markers.constFirst().toMap()[QStringLiteral("at")].toDouble());
}

QTEST_MAIN(TestSoundPages)
#include "tst_sound_pages.moc"
