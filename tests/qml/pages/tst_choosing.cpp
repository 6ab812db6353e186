// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QFile>

#include "tablet/passphrase_view_model.h"
#include "touching.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;

/// Choosing files and folders, and one's passphrase, on the glass of a phone; and what the screen keyboard is told.
class TestChoosing : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_scenes.reset(); }
    void aStudyIsChosenByTouchAndOnlyStudiesAreShown();
    void theFolderOfTheStoreIsChosenByTouch();
    void thePassphraseIsChangedOnTheScreen();
    void noFieldIsLearntFromWhereSomebodyIsSpokenOf();

private:
    void touch(const QString& name) {
        const QString fault = test::touchItem(*m_scenes, name);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    void type(const QString& name, const QString& text) {
        QVERIFY2(test::typeInto(*m_scenes, name, text), qPrintable(name));
    }
    /// From the places to a folder that this makes in the user's own, which the places name.
    void enter(const QString& folder);

    std::unique_ptr<test::Scenes> m_scenes;
    QString m_user;
};

void TestChoosing::init() {
    // Binding loops are the page walk's to find; on a group's page one is still reported here (a button's width).
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*Binding loop).*(qrc:|QML|qml|TypeError)")));
    m_scenes = std::make_unique<test::Scenes>();
    m_scenes->window().resize(360, 800);
    m_scenes->tablet().app->settings()->setLanguage(QStringLiteral("en"));
    m_scenes->tablet().app->settings()->setReducedMotion(true);
    m_user = QString::fromStdString((m_scenes->tablet().dir / "lea").string());
    QVERIFY(QDir().mkpath(m_user));
    qputenv("HOME", m_user.toLocal8Bit());
}

void TestChoosing::enter(const QString& folder) {
    QVERIFY(QDir(m_user).mkpath(folder));
    touch(QStringLiteral("entry-lea"));
    touch(QStringLiteral("entry-") + folder);
}

void TestChoosing::aStudyIsChosenByTouchAndOnlyStudiesAreShown() {
    auto& tablet = m_scenes->tablet();
    QVERIFY(tablet.isOn(Screen::FirstStart));
    auto* start = tablet.page<app::FirstStartViewModel>();
    start->chooseLanguage(QStringLiteral("en"));
    start->enterName(QStringLiteral("Léa"));
    tablet.passphrase = start->generatedWords();
    start->acceptWords();
    start->confirm(QString(tablet.passphrase));
    QVERIFY(QDir(m_user).mkpath(QStringLiteral("stick")));
    for (const char* name : {"stick/a.sottostudy", "stick/holiday.jpg"}) {
        QFile file(QDir(m_user).filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no study") > 0);
    }
    touch(QStringLiteral("chooseStudy"));
    enter(QStringLiteral("stick"));
    QTRY_VERIFY(m_scenes->item(QStringLiteral("entry-a.sottostudy")) != nullptr);
    QVERIFY(m_scenes->item(QStringLiteral("entry-holiday.jpg")) == nullptr);
    touch(QStringLiteral("leaveFolder"));
    QTRY_VERIFY(m_scenes->item(QStringLiteral("entry-stick")) != nullptr);
    touch(QStringLiteral("entry-stick"));
    touch(QStringLiteral("entry-a.sottostudy"));
    QTRY_VERIFY2(!start->error().isEmpty(), "what is no study is refused");
    QCOMPARE(start->step(), app::FirstStartViewModel::Step::Study);
}

void TestChoosing::theFolderOfTheStoreIsChosenByTouch() {
    auto& tablet = m_scenes->tablet();
    QVERIFY(tablet.setUp());
    tablet.app->openOutbox();
    QVERIFY(tablet.isOn(Screen::Outbox));
    touch(QStringLiteral("chooseFolder"));
    enter(QStringLiteral("store"));
    touch(QStringLiteral("takeFolder"));
    QTRY_COMPARE(tablet.page<app::OutboxViewModel>()->storeFolder(), m_user + QStringLiteral("/store"));
}

void TestChoosing::thePassphraseIsChangedOnTheScreen() {
    auto& tablet = m_scenes->tablet();
    QVERIFY(tablet.setUp());
    tablet.app->openSettings();
    QVERIFY(tablet.isOn(Screen::Settings));
    tablet.settle();
    auto* change = tablet.page<app::TabletViewModel>()->passphrase();
    using Step = app::PassphraseViewModel::Step;
    touch(QStringLiteral("changePassphrase"));
    type(QStringLiteral("currentPassphrase"), QStringLiteral("not these words"));
    touch(QStringLiteral("currentNext"));
    QTRY_VERIFY2(!change->error().isEmpty(), "somebody else can't lock the owner out");
    QCOMPARE(change->step(), Step::Current);
    type(QStringLiteral("currentPassphrase"), tablet.passphrase);
    touch(QStringLiteral("currentNext"));
    QTRY_COMPARE(change->step(), Step::Words);
    const QString words = QString(change->words().constData(), change->words().size());
    QCOMPARE(words.split(u' ').size(), 5);
    touch(QStringLiteral("wordsNext"));
    QVERIFY(change->words().isEmpty());
    type(QStringLiteral("confirmPassphrase"), QStringLiteral("something else"));
    touch(QStringLiteral("confirmNext"));
    QVERIFY(!change->error().isEmpty());
    type(QStringLiteral("confirmPassphrase"), words);
    touch(QStringLiteral("confirmNext"));
    QTRY_COMPARE(change->step(), Step::Changed);

    tablet.app->lock();
    QVERIFY(tablet.isOn(Screen::Unlock));
    tablet.page<app::UnlockViewModel>()->unlock({}, QString(tablet.passphrase));
    QTRY_VERIFY2(!tablet.page<app::UnlockViewModel>()->error().isEmpty(), "the old one opens nothing");
    tablet.passphrase = words;
    QVERIFY(tablet.unlock());
}

void TestChoosing::noFieldIsLearntFromWhereSomebodyIsSpokenOf() {
    // Paths, days and times are nobody's; every other field may hold a name, what was said, or a secret.
    const QStringList harmless{QStringLiteral("path"), QStringLiteral("studyPath"), QStringLiteral("folder"),
                               QStringLiteral("from"), QStringLiteral("to"),        QStringLiteral("Day"),
                               QStringLiteral("Time")};
    QStringList seen;
    QStringList faults;
    const bool reached = m_scenes->walk([&](const QString& scene) {
        const auto all = m_scenes->window().findChildren<QQuickItem*>();
        for (const QQuickItem* item : all) {
            if (!item->inherits("QQuickTextInput") && !item->inherits("QQuickTextEdit")) continue;
            const QQuickItem* frame = item;
            while (frame != nullptr && !frame->property("inputItem").isValid())
                frame = frame->parentItem();
            const QString name =
                frame == nullptr ? QString() : frame->objectName() + frame->property("label").toString();
            seen.append(name);
            if (frame != nullptr && (harmless.contains(frame->objectName()) || harmless.contains(name))) continue;
            const auto hints = item->property("inputMethodHints").value<Qt::InputMethodHints>();
            const bool isQuiet = hints.testFlag(Qt::ImhSensitiveData) && hints.testFlag(Qt::ImhNoPredictiveText);
            if (!isQuiet) faults.append(scene + QStringLiteral(": ") + name);
        }
    });
    QVERIFY2(reached, qPrintable(QStringLiteral("stopped after ") + m_scenes->where()));
    seen.removeDuplicates();
    QVERIFY2(seen.size() >= 12, qPrintable(seen.join(QStringLiteral("; "))));
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QStringLiteral("; "))));
}

QTEST_MAIN(TestChoosing)
#include "tst_choosing.moc"
