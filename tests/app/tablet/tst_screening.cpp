// SPDX-License-Identifier: Apache-2.0
#include "screened_tablet.h"

using namespace sotto;
using app::ScreeningViewModel;
using Screen = app::TabletApp::Screen;
using Step = app::ScreeningViewModel::Step;

/// From a call to what comes of it, on the tablet.
class TestScreening : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aCallerWhomTheStudySuitsGoesOnToConsent();
    void aCallerWhoIsNotTheRightFitIsErased();
    void anAnswerOpensSupportAndHoldsTheEndBack();
    void anotherCallGoesOnWhereTheLastOneEnded();
    void anExceptionLeadsOn();
    void whoWouldRatherNotBeAskedIsErased();

private:
    [[nodiscard]] ScreeningViewModel* begun();
    std::unique_ptr<test::ScreenedTablet> m_tablet;
};

void TestScreening::init() {
    m_tablet = std::make_unique<test::ScreenedTablet>();
    QVERIFY(m_tablet->unlock());
    QVERIFY(m_tablet->enrol());
}

/// Up to the first question.
ScreeningViewModel* TestScreening::begun() {
    auto* screening = m_tablet->screening();
    if (screening == nullptr || screening->step() != Step::Ask) return nullptr;
    screening->agree(QStringLiteral("telephone"));
    return m_tablet->at(*screening, Step::Form) ? screening : nullptr;
}

void TestScreening::aCallerWhomTheStudySuitsGoesOnToConsent() {
    auto* person = m_tablet->page<app::PersonViewModel>();
    QCOMPARE(person->nextText(), QStringLiteral("See whether the study suits them"));
    auto* screening = begun();
    QVERIFY(screening != nullptr);
    QVERIFY(screening->askFirst().contains(QStringLiteral("May I begin?")));
    QCOMPARE(screening->progress(), QStringLiteral("Part 1 of 3"));
    for (int form = 0; form < 3; ++form)
        QVERIFY(m_tablet->fillForm(*screening));
    QVERIFY(m_tablet->at(*screening, Step::Fits));
    QVERIFY(screening->words().contains(QStringLiteral("the study suits you")));
    QVERIFY(screening->reason().isEmpty() && screening->alerts().isEmpty());
    screening->settle();
    QVERIFY(m_tablet->isOn(Screen::Person) && m_tablet->personLoaded());
    QCOMPARE(m_tablet->page<app::PersonViewModel>()->nextText(), QStringLiteral("Take consent"));
}

void TestScreening::aCallerWhoIsNotTheRightFitIsErased() {
    auto* screening = begun();
    QVERIFY(screening != nullptr);
    QVERIFY(m_tablet->fillForm(*screening, {{QStringLiteral("Are you 18 or over?"), QStringLiteral("no")}}));
    // Nothing more is asked: it could not change anything.
    QVERIFY(m_tablet->at(*screening, Step::NotNow));
    QVERIFY(screening->words().contains(QStringLiteral("says nothing about you or your worth")));
    QVERIFY2(!screening->words().contains(QStringLiteral("18")), "no rule is told");
    QCOMPARE(screening->reason(), QStringLiteral("age"));
    screening->settle();
    QVERIFY(m_tablet->at(*screening, Step::Wiped));
    screening->settle();
    QVERIFY(m_tablet->isOn(Screen::Home) && m_tablet->loaded());
    QCOMPARE(m_tablet->page<app::HomeViewModel>()->people()->rowCount(), 0);
    m_tablet->app->openFlow();
    auto* flow = m_tablet->page<app::FlowViewModel>();
    QVERIFY(QTest::qWaitFor([&] { return !flow->isLoading(); }));
    const QVariantMap role = flow->roles().constFirst().toMap();
    QCOMPARE(role[QStringLiteral("planned")].toInt(), 15);
    QStringList lines;
    for (const QVariant& line : role[QStringLiteral("lines")].toList()) {
        const QVariantMap one = line.toMap();
        lines += one[QStringLiteral("text")].toString() + u' ' + one[QStringLiteral("value")].toString() + u' ' +
                 one[QStringLiteral("detail")].toString();
    }
    QVERIFY2(lines.contains(QStringLiteral("Not the right fit now 1 age: 1")), qPrintable(lines.join(u'\n')));
}

void TestScreening::anAnswerOpensSupportAndHoldsTheEndBack() {
    auto* screening = begun();
    QVERIFY(screening != nullptr);
    QVERIFY(m_tablet->fillForm(*screening));
    QVERIFY(m_tablet->at(*screening, Step::Form));
    const QSignalSpy asked(screening, &ScreeningViewModel::supportWanted);
    const QString itemNine =
        QStringLiteral("Thoughts that you would be better off dead or of hurting yourself in some way");
    QVERIFY(m_tablet->fillForm(*screening, {{itemNine, QStringLiteral("several-days")}}));
    QVERIFY(QTest::qWaitFor([&] { return screening->alerts().size() == 1; }));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("item-nine"));
    QVERIFY(m_tablet->app->support()->isOpen());
    QVERIFY(m_tablet->fillForm(*screening));
    QVERIFY(m_tablet->at(*screening, Step::Fits));
    QVERIFY(!screening->isSupported());
    screening->settle();
    m_tablet->settle();
    QCOMPARE(m_tablet->app->screen(), Screen::Screening);
    screening->answerAlert(0, QStringLiteral("stayed"));
    QVERIFY(QTest::qWaitFor([&] { return screening->isSupported(); }));
    screening->settle();
    QVERIFY(m_tablet->isOn(Screen::Person));
}

void TestScreening::anotherCallGoesOnWhereTheLastOneEnded() {
    auto* screening = begun();
    QVERIFY(screening != nullptr);
    QVERIFY(m_tablet->fillForm(*screening));
    screening->leave();
    QVERIFY(m_tablet->isOn(Screen::Person) && m_tablet->personLoaded());
    QCOMPARE(m_tablet->page<app::PersonViewModel>()->stateText(), QStringLiteral("Screening begun"));
    m_tablet->app->lock();
    QVERIFY(m_tablet->unlock());
    auto* home = m_tablet->page<app::HomeViewModel>();
    home->open(home->people()->data(home->people()->index(0), app::PeopleListModel::Participant).toString());
    QVERIFY(m_tablet->isOn(Screen::Person) && m_tablet->personLoaded());
    screening = m_tablet->screening();
    QVERIFY(screening != nullptr && screening->step() == Step::Form);
    QCOMPARE(screening->progress(), QStringLiteral("Part 1 of 3"));
    QVERIFY(m_tablet->fillForm(*screening));
    QVERIFY(m_tablet->at(*screening, Step::Form));
    QCOMPARE(screening->progress(), QStringLiteral("Part 2 of 3"));
}

void TestScreening::anExceptionLeadsOn() {
    auto* screening = begun();
    QVERIFY(screening != nullptr);
    QVERIFY(m_tablet->fillForm(*screening, {{QStringLiteral("Are you 18 or over?"), QStringLiteral("no")}}));
    QVERIFY(m_tablet->at(*screening, Step::NotNow));
    QCOMPARE(screening->approver(), QStringLiteral("the lead researcher"));
    screening->approve(QStringLiteral("  "));
    QCOMPARE(screening->step(), Step::NotNow);
    screening->approve(QStringLiteral("Dr. M"));
    QVERIFY(m_tablet->at(*screening, Step::Form));
    QCOMPARE(screening->progress(), QStringLiteral("Part 2 of 3"));
}

void TestScreening::whoWouldRatherNotBeAskedIsErased() {
    auto* screening = m_tablet->screening();
    QVERIFY(screening != nullptr);
    screening->decline();
    QVERIFY(m_tablet->at(*screening, Step::Wiped));
    screening->leave();
    QVERIFY(m_tablet->isOn(Screen::Home) && m_tablet->loaded());
    QCOMPARE(m_tablet->page<app::HomeViewModel>()->people()->rowCount(), 0);
}

QTEST_MAIN(TestScreening)
#include "tst_screening.moc"
