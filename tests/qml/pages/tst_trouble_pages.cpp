// SPDX-License-Identifier: Apache-2.0
#include "touching.h"

using namespace sotto;
using Alarm = app::InterviewViewModel::Alarm;
using Screen = app::TabletApp::Screen;
using State = app::InterviewViewModel::State;

/// An interview to which something happens, on the glass: what is said is read from the window, in both languages.
class TestTroublePages : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|qml|TypeError"))); }
    void withoutAMicrophoneItIsSaidAndTheKeyIsOff();
    void aMicrophoneThatMayNotBeOpenedIsSaid();
    void theCoverKeepsKeysFromThePage();
    void theLockIsLeftByThePassphraseTyped();
    void aRecordingThatStoppedIsSaidWithTheWaysOn();

private:
    void touch(const QString& name);
    [[nodiscard]] app::TabletApp& app() { return *m_scenes->tablet().app; }
    [[nodiscard]] app::InterviewViewModel& interview() { return *m_scenes->tablet().page<app::InterviewViewModel>(); }
    /// True if the window shows these words somewhere.
    [[nodiscard]] bool shows(const QString& words) const;
    /// In English and in French.
    [[nodiscard]] QString missing(const QString& english, const QString& french);

    std::unique_ptr<test::Scenes> m_scenes;
};

void TestTroublePages::touch(const QString& name) {
    const QString fault = test::touchItem(*m_scenes, name);
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

bool TestTroublePages::shows(const QString& words) const {
    const QRectF glass(QPointF(), m_scenes->window().size());
    const std::function<bool(QQuickItem*)> inside = [&](QQuickItem* item) {
        if (!item->isVisible() || item->opacity() == 0) return false;
        const QRectF place = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
        if (item->inherits("QQuickText") && item->property("text").toString().contains(words) &&
            glass.intersects(place))
            return true;
        const auto children = item->childItems();
        return std::any_of(children.begin(), children.end(), inside);
    };
    return inside(m_scenes->window().contentItem());
}

QString TestTroublePages::missing(const QString& english, const QString& french) {
    QString fault;
    for (const auto& [language, words] :
         {std::pair{QStringLiteral("fr"), french}, std::pair{QStringLiteral("en"), english}}) {
        app().settings()->setLanguage(language);
        if (!QTest::qWaitFor([&, w = words] { return shows(w); }, 3000)) fault += words + u' ';
    }
    return fault;
}

void TestTroublePages::initTestCase() {
    m_scenes = std::make_unique<test::Scenes>();
    m_scenes->window().resize(360, 800);
    test::TabletFixture& tablet = m_scenes->tablet();
    tablet.app->settings()->setLanguage(QStringLiteral("en"));
    tablet.sound->control()->isPlugged = false;
    QVERIFY(tablet.setUp() && tablet.enrol() && tablet.consent());
    QVERIFY(tablet.beginInterview() != nullptr);
}

void TestTroublePages::withoutAMicrophoneItIsSaidAndTheKeyIsOff() {
    QTRY_COMPARE(interview().alarm(), Alarm::NoMicrophone);
    const QString lacks = missing(QStringLiteral("There is no microphone"), QStringLiteral("pas de microphone"));
    QVERIFY2(lacks.isEmpty(), qPrintable(lacks));
    QTRY_VERIFY(m_scenes->item(QStringLiteral("record")) != nullptr);
    QVERIFY(!m_scenes->item(QStringLiteral("record"))->isEnabled());
    QVERIFY(m_scenes->item(QStringLiteral("notes"))->isEnabled());
}

void TestTroublePages::aMicrophoneThatMayNotBeOpenedIsSaid() {
    m_scenes->tablet().sound->control()->whyNot = ErrorCode::PermissionDenied;
    QTRY_COMPARE(interview().alarm(), Alarm::MicrophoneRefused);
    const QString lacks = missing(QStringLiteral("cannot be opened"), QStringLiteral("ne s'ouvre pas"));
    QVERIFY2(lacks.isEmpty(), qPrintable(lacks));
    m_scenes->tablet().sound->control()->isPlugged = true;
    QTRY_COMPARE(interview().alarm(), Alarm::None);
    QVERIFY(m_scenes->item(QStringLiteral("notes")) == nullptr);
    touch(QStringLiteral("record"));
    QTRY_COMPARE(interview().state(), State::Recording);
}

void TestTroublePages::theCoverKeepsKeysFromThePage() {
    QTest::keyClick(&m_scenes->window(), Qt::Key_M);
    QTRY_COMPARE(interview().marks(), 1);
    touch(QStringLiteral("cover"));
    QTRY_VERIFY(interview().isCovered());
    QTest::keyClick(&m_scenes->window(), Qt::Key_M);
    for (int i = 0; i < 40; ++i) {  // all around the focus chain
        QTest::keyClick(&m_scenes->window(), Qt::Key_Tab);
        QTest::keyClick(&m_scenes->window(), Qt::Key_M);
    }
    m_scenes->tablet().settle();
    QCOMPARE(interview().marks(), 1);
    QVERIFY(shows(QStringLiteral("Recording")));
    QVERIFY(m_scenes->item(QStringLiteral("elapsed")) != nullptr);
    QVERIFY(test::typeInto(*m_scenes, QStringLiteral("pin"), QStringLiteral("1234")));
    touch(QStringLiteral("enter"));
    QVERIFY(interview().isPinSet());
    QVERIFY(test::typeInto(*m_scenes, QStringLiteral("pin"), QStringLiteral("1234")));
    touch(QStringLiteral("enter"));
    QTRY_VERIFY(!interview().isCovered());
    QTest::keyClick(&m_scenes->window(), Qt::Key_M);  // the page has the keys again
    QTRY_COMPARE(interview().marks(), 2);
}

void TestTroublePages::theLockIsLeftByThePassphraseTyped() {
    touch(QStringLiteral("cover"));
    touch(QStringLiteral("lock"));
    QTRY_VERIFY(interview().isLocked());
    const QString lacks =
        missing(QStringLiteral("The tablet is locked"), QStringLiteral("La tablette est verrouillée"));
    QVERIFY2(lacks.isEmpty(), qPrintable(lacks));
    QVERIFY(shows(QStringLiteral("Recording")));
    QVERIFY(test::typeInto(*m_scenes, QStringLiteral("pin"), QStringLiteral("not these words")));
    touch(QStringLiteral("enter"));
    QTRY_VERIFY(shows(QStringLiteral("That is not the passphrase")));
    touch(QStringLiteral("supportFromCover"));  // help is there, locked or not
    QTRY_VERIFY(app().support()->isOpen());
    app().support()->setOpen(false);
    QTest::qWait(400);
    QVERIFY(test::typeInto(*m_scenes, QStringLiteral("pin"), m_scenes->tablet().passphrase));
    touch(QStringLiteral("enter"));
    QTRY_VERIFY(!interview().isCovered());
    QVERIFY(interview().isRecordingNow());
}

void TestTroublePages::aRecordingThatStoppedIsSaidWithTheWaysOn() {
    emit app().capture().recordingFailed({ErrorCode::NoSpace, "a test"});
    QTRY_COMPARE(interview().state(), State::Failed);
    QString lacks = missing(QStringLiteral("Recording stopped"), QStringLiteral("Enregistrement arrêté"));
    QVERIFY2(lacks.isEmpty(), qPrintable(lacks));
    QVERIFY(shows(QStringLiteral("The tablet is full")));
    QVERIFY(m_scenes->item(QStringLiteral("retry")) != nullptr && m_scenes->item(QStringLiteral("more")) != nullptr);
    touch(QStringLiteral("more"));
    touch(QStringLiteral("end"));
    QVERIFY(m_scenes->tablet().isOn(Screen::WrapUp));
}

QTEST_MAIN(TestTroublePages)
#include "tst_trouble_pages.moc"
