// SPDX-License-Identifier: Apache-2.0
#include <QRegularExpression>

#include "tablet/participant_view_model.h"
#include "tablet/role_forms_view_model.h"
#include "touching.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;
using Step = app::ParticipantViewModel::Step;

namespace {

/// What may be touched while a participant has the tablet; "lock" and "pin" only where the way back is asked for.
const QStringList kReachable{QStringLiteral("readAloud"), QStringLiteral("askBack"),   QStringLiteral("support"),
                             QStringLiteral("next"),      QStringLiteral("decline"),   QStringLiteral("lookAgain"),
                             QStringLiteral("handBack"),  QStringLiteral("otherWords")};

void collectTouchable(QQuickItem* item, QList<QQuickItem*>& found) {
    if (!item->isVisible()) return;
    if (item->activeFocusOnTab() && item->isEnabled()) found.append(item);
    for (QQuickItem* child : item->childItems())
        collectTouchable(child, found);
}

}  // namespace

/// The participant's turn on the glass of a phone: filled in by touch, and attacked with keys, the window and gestures.
class TestHandedOver : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void itIsFilledInByTouch();
    void keysLeadNowhere();
    void theWindowLeadsNowhere();
    void gesturesLeadNowhere();
    void supportCanBeOpenedAndShowsLinesOnly();
    void theDigitsLeadBack();

private:
    void touch(const QString& name) {
        const QString fault = test::touchItem(m_scenes, name);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    [[nodiscard]] app::TabletApp& app() { return *m_scenes.tablet().app; }
    [[nodiscard]] app::ParticipantViewModel* turn() { return m_scenes.tablet().page<app::ParticipantViewModel>(); }
    /// Still the participant's, still the same page, and nothing of another one can be touched.
    [[nodiscard]] QString wayOut();
    test::Scenes m_scenes;
    QPointer<app::ParticipantViewModel> m_turn;
};

QString TestHandedOver::wayOut() {
    m_scenes.tablet().settle();
    if (!app().isHandedOver() || app().screen() != Screen::HandOver || turn() != m_turn) return QStringLiteral("left");
    if (!m_scenes.window().isVisible()) return QStringLiteral("closed");
    QList<QQuickItem*> touchable;
    collectTouchable(m_scenes.window().contentItem(), touchable);
    for (const QQuickItem* item : touchable) {
        const QString name = item->objectName();
        const QString text = item->property("text").toString();
        const bool isBack = m_turn->step() == Step::Return;
        if (kReachable.contains(name) || name.startsWith(u"option-") || name.startsWith(u"part-")) continue;
        if (isBack && (name == u"lock" || name == u"stay" || name == u"comeBack")) continue;
        if (item->inherits("QQuickTextInput") || item->inherits("QQuickTextEdit")) continue;
        if (text == u"Back" || text.contains(u"support") || text == u"Close" || isBack) continue;
        return QString::fromLatin1(item->metaObject()->className()) + QStringLiteral(" ") + name + u' ' + text;
    }
    return {};
}

void TestHandedOver::initTestCase() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|qml|TypeError")));
    auto& tablet = m_scenes.tablet();
    m_scenes.window().resize(360, 800);
    app().settings()->setLanguage(QStringLiteral("en"));
    app().settings()->setReducedMotion(true);
    QVERIFY(tablet.setUp());
    QVERIFY(tablet.enrol(QStringLiteral("caregiver")));
    QVERIFY(tablet.consent());
    tablet.settle();
}

void TestHandedOver::itIsFilledInByTouch() {
    touch(QStringLiteral("form-context"));
    QVERIFY(m_scenes.tablet().isOn(Screen::HandOver));
    QVERIFY(test::typeInto(m_scenes, QStringLiteral("pin"), QStringLiteral("2468")));
    touch(QStringLiteral("keepPin"));
    touch(QStringLiteral("handOver"));
    m_turn = turn();
    QVERIFY(app().isHandedOver());
    touch(QStringLiteral("language-en"));
    QTRY_COMPARE(m_turn->step(), Step::Task);
    touch(QStringLiteral("next"));
    touch(QStringLiteral("option-family"));
    auto* form = m_turn->task()->form();
    QCOMPARE(form->chosen(), QStringList(QStringLiteral("family")));
    touch(QStringLiteral("next"));
    QVERIFY(form->text().contains(u"Since about when"));
    QCOMPARE(wayOut(), QString());
}

void TestHandedOver::keysLeadNowhere() {
    QQuickWindow* window = &m_scenes.window();
    for (const auto& [key, held] :
         std::initializer_list<std::pair<Qt::Key, Qt::KeyboardModifiers>>{{Qt::Key_Escape, Qt::NoModifier},
                                                                          {Qt::Key_Back, Qt::NoModifier},
                                                                          {Qt::Key_Home, Qt::NoModifier},
                                                                          {Qt::Key_HomePage, Qt::NoModifier},
                                                                          {Qt::Key_Menu, Qt::NoModifier},
                                                                          {Qt::Key_F1, Qt::NoModifier},
                                                                          {Qt::Key_F10, Qt::NoModifier},
                                                                          {Qt::Key_F4, Qt::AltModifier},
                                                                          {Qt::Key_Left, Qt::AltModifier},
                                                                          {Qt::Key_Q, Qt::ControlModifier},
                                                                          {Qt::Key_W, Qt::ControlModifier},
                                                                          {Qt::Key_Tab, Qt::ControlModifier},
                                                                          {Qt::Key_N, Qt::ControlModifier}}) {
        QTest::keyClick(window, key, held);
        QVERIFY2(wayOut().isEmpty(), qPrintable(QKeySequence(key | held).toString() + u' ' + wayOut()));
    }
    // Once around everything that Tab reaches.
    for (int i = 0; i < 25; ++i) {
        QTest::keyClick(window, Qt::Key_Tab);
        QCOMPARE(app().screen(), Screen::HandOver);
    }
    QCOMPARE(wayOut(), QString());
}

void TestHandedOver::theWindowLeadsNowhere() {
    QQuickWindow& window = m_scenes.window();
    QVERIFY(!window.close());
    QCOMPARE(wayOut(), QString());
    for (const QSize size : {QSize(800, 1280), QSize(1280, 800), QSize(360, 800)}) {
        window.resize(size);
        QTest::qWait(50);
        QCOMPARE(wayOut(), QString());
    }
    window.showMinimized();
    QTest::qWait(50);
    window.showNormal();
    window.resize(360, 800);
    QTest::qWait(50);
    QCOMPARE(wayOut(), QString());
    // Navigation that something else might still ask for.
    app().goHome();
    app().openSettings();
    app().openOutbox();
    QCOMPARE(wayOut(), QString());
}

void TestHandedOver::gesturesLeadNowhere() {
    QQuickWindow* window = &m_scenes.window();
    const auto drag = [window](QPoint from, QPoint to) {
        QTest::mousePress(window, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(window, from + (to - from) * i / 8);
        QTest::mouseRelease(window, Qt::LeftButton, {}, to);
    };
    drag({1, 400}, {340, 400});
    drag({358, 400}, {20, 400});
    drag({180, 2}, {180, 780});
    drag({180, 798}, {180, 20});
    QTest::mouseClick(window, Qt::RightButton, {}, {180, 300});
    QTest::mouseClick(window, Qt::BackButton, {}, {180, 300});
    QTest::mouseDClick(window, Qt::LeftButton, {}, {180, 30});
    QCOMPARE(wayOut(), QString());
}

void TestHandedOver::supportCanBeOpenedAndShowsLinesOnly() {
    app().support()->setOpen(true);
    QTest::qWait(300);
    QCOMPARE(wayOut(), QString());
    QTest::keyClick(&m_scenes.window(), Qt::Key_Escape);
    QTRY_VERIFY(!app().support()->isOpen());
    QCOMPARE(wayOut(), QString());
}

void TestHandedOver::theDigitsLeadBack() {
    touch(QStringLiteral("askBack"));
    QCOMPARE(m_turn->step(), Step::Return);
    QTest::keyClick(&m_scenes.window(), Qt::Key_Escape);
    QCOMPARE(wayOut(), QString());
    QVERIFY(test::typeInto(m_scenes, QStringLiteral("pin"), QStringLiteral("1357")));
    touch(QStringLiteral("comeBack"));
    QVERIFY(m_turn->isWrongPin() && app().isHandedOver());
    QVERIFY(test::typeInto(m_scenes, QStringLiteral("pin"), QStringLiteral("2468")));
    touch(QStringLiteral("comeBack"));
    QVERIFY(m_scenes.tablet().isOn(Screen::Person));
    QVERIFY(!app().isHandedOver());
    QVERIFY(m_turn.isNull() || m_turn->task()->form()->answers().empty());
}

QTEST_MAIN(TestHandedOver)
#include "tst_handed_over.moc"
