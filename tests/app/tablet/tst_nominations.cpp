// SPDX-License-Identifier: Apache-2.0
#include "screened_tablet.h"

using namespace sotto;
using app::NominateViewModel;
using app::WaitingViewModel;
using Screen = app::TabletApp::Screen;

/// Naming somebody, and the wall between the two of a pair.
class TestNominations : public QObject {
    Q_OBJECT

private slots:
    void init();
    void theNominatorsPageStaysTheSameWhateverComesOfIt();
    void whoAgreesHasAPageOfTheirOwn();
    void whoWouldRatherNotLeavesNothing();
    void whatTheStudyDoesNotProvideForIsSaid();
    void appointmentsAreMovedAndMissed();

private:
    [[nodiscard]] bool name(const QString& role, const QString& way);
    [[nodiscard]] WaitingViewModel* waiting();
    /// Opens the page of the person in recovery, and tells all that it shows.
    [[nodiscard]] QStringList nominatorsPage();
    std::unique_ptr<test::ScreenedTablet> m_tablet;
    QString m_nominator;
};

void TestNominations::init() {
    m_tablet = std::make_unique<test::ScreenedTablet>();
    QVERIFY(m_tablet->unlock());
    QVERIFY(m_tablet->enrol());
    m_nominator = m_tablet->page<app::PersonViewModel>()->pseudonym();
    QVERIFY(QTest::qWaitFor([&] { return m_tablet->page<app::PersonViewModel>()->nominate()->isOffered(); }));
}

bool TestNominations::name(const QString& role, const QString& way) {
    auto* nominate = m_tablet->page<app::PersonViewModel>()->nominate();
    QSignalSpy kept(nominate, &NominateViewModel::kept);
    nominate->nominate(role, way, QStringLiteral("Alex Canary"), QStringLiteral("555 0199"),
                       {QStringLiteral("study-topic")});
    return kept.wait(test::TabletFixture::kPatienceMs);
}

WaitingViewModel* TestNominations::waiting() {
    m_tablet->app->openWaiting();
    auto* page = m_tablet->page<WaitingViewModel>();
    return QTest::qWaitFor([&] { return !page->isLoading(); }) ? page : nullptr;
}

QStringList TestNominations::nominatorsPage() {
    m_tablet->app->goHome();
    if (!m_tablet->loaded()) return {};
    auto* home = m_tablet->page<app::HomeViewModel>();
    QStringList all;
    for (int row = 0; row < home->people()->rowCount(); ++row) {
        const auto index = home->people()->index(row);
        if (home->people()->data(index, app::PeopleListModel::Pseudonym).toString() != m_nominator) continue;
        all += QString::number(home->people()->data(index, app::PeopleListModel::IsPaired).toBool());
        home->open(home->people()->data(index, app::PeopleListModel::Participant).toString());
    }
    if (!m_tablet->isOn(Screen::Person) || !m_tablet->personLoaded()) return {};
    auto* page = m_tablet->page<app::PersonViewModel>();
    if (!QTest::qWaitFor([&] { return page->nominate()->isOffered(); })) return {};
    all +=
        {page->pseudonym(), page->roleName(), page->pairText(), page->stateText(), page->nextText(), page->nextHint()};
    all += page->nominate()->named();
    for (const QVariant& place : page->nominate()->places())
        all += place.toMap()[QStringLiteral("value")].toString();
    return all;
}

void TestNominations::theNominatorsPageStaysTheSameWhateverComesOfIt() {
    QVERIFY(name(QStringLiteral("caregiver"), QStringLiteral("permits")));
    QVERIFY(name(QStringLiteral("professional"), QStringLiteral("passes-on")));
    const QStringList before = nominatorsPage();
    QVERIFY2(before.size() == 9, qPrintable(before.join(u'\n')));
    auto* page = waiting();
    QVERIFY(page != nullptr);
    QCOMPARE(page->waiting().size(), 2);
    page->accept(page->waiting()[0].toMap()[QStringLiteral("id")].toString(), {});
    QVERIFY(m_tablet->isOn(Screen::Person) && m_tablet->personLoaded());
    QCOMPARE(nominatorsPage(), before);
    page = waiting();
    QVERIFY(page != nullptr);
    page->decline(page->waiting()[0].toMap()[QStringLiteral("id")].toString());
    QVERIFY(QTest::qWaitFor([&] { return page->waiting().isEmpty(); }, test::TabletFixture::kPatienceMs));
    QCOMPARE(nominatorsPage(), before);
}

void TestNominations::whoAgreesHasAPageOfTheirOwn() {
    QVERIFY(name(QStringLiteral("caregiver"), QStringLiteral("permits")));
    auto* page = waiting();
    QVERIFY(page != nullptr);
    QVariantMap place = page->waiting().constFirst().toMap();
    QVERIFY2(place[QStringLiteral("name")].toString().isEmpty(), "a name is shown on request only");
    page->reveal(place[QStringLiteral("id")].toString());
    place = page->waiting().constFirst().toMap();
    QCOMPARE(place[QStringLiteral("name")].toString(), QStringLiteral("Alex Canary"));
    QCOMPARE(place[QStringLiteral("maySay")].toString(), QStringLiteral("May be told: what the study is about"));
    page->addTry(place[QStringLiteral("id")].toString(), QStringLiteral("no-answer"));
    QVERIFY(QTest::qWaitFor(
        [&] { return page->waiting().constFirst().toMap()[QStringLiteral("tries")].toString().startsWith(u"1 try"); }));
    page->accept(place[QStringLiteral("id")].toString(), {});
    QVERIFY(m_tablet->isOn(Screen::Person) && m_tablet->personLoaded());
    auto* person = m_tablet->page<app::PersonViewModel>();
    QCOMPARE(person->roleName(), QStringLiteral("Caregiver"));
    QCOMPARE(person->safeWays(), QStringLiteral("555 0199"));
    QCOMPARE(person->nextText(), QStringLiteral("See whether the study suits them"));
    QVERIFY(person->pairText().contains(m_nominator));
    QVERIFY(!person->nominate()->isOffered());
}

void TestNominations::whoWouldRatherNotLeavesNothing() {
    QVERIFY(name(QStringLiteral("caregiver"), QStringLiteral("permits")));
    m_tablet->app->goHome();
    QVERIFY(m_tablet->loaded());
    QCOMPARE(m_tablet->page<app::HomeViewModel>()->waitingForAnswer(), 1);
    auto* page = waiting();
    QVERIFY(page != nullptr);
    page->decline(page->waiting().constFirst().toMap()[QStringLiteral("id")].toString());
    QVERIFY(QTest::qWaitFor([&] { return page->waiting().isEmpty(); }, test::TabletFixture::kPatienceMs));
    m_tablet->app->goHome();
    QVERIFY(m_tablet->loaded());
    QCOMPARE(m_tablet->page<app::HomeViewModel>()->waitingForAnswer(), 0);
    QCOMPARE(m_tablet->page<app::HomeViewModel>()->people()->rowCount(), 1);
}

void TestNominations::whatTheStudyDoesNotProvideForIsSaid() {
    auto* nominate = m_tablet->page<app::PersonViewModel>()->nominate();
    QCOMPARE(nominate->places().size(), 2);
    QCOMPARE(nominate->ways().size(), 2);
    QCOMPARE(nominate->forgetAfterDays(), 30);
    nominate->nominate(QStringLiteral("caregiver"), QStringLiteral("permits"), QStringLiteral("Alex"), {}, {});
    QVERIFY(QTest::qWaitFor([&] { return !nominate->error().isEmpty(); }));
    QVERIFY(name(QStringLiteral("caregiver"), QStringLiteral("passes-on")));
    QVERIFY(nominate->error().isEmpty());
    QCOMPARE(nominate->places().size(), 1);
    nominate->nominate(QStringLiteral("caregiver"), QStringLiteral("passes-on"), {}, {}, {});
    QVERIFY(QTest::qWaitFor([&] { return !nominate->error().isEmpty(); }));
    QCOMPARE(nominate->named().size(), 1);
}

void TestNominations::appointmentsAreMovedAndMissed() {
    auto* person = m_tablet->page<app::PersonViewModel>();
    const auto until = [&](const auto& isThere) { return QTest::qWaitFor(isThere, test::TabletFixture::kPatienceMs); };
    person->setAppointment(QStringLiteral("2026-13-40"), QStringLiteral("14:30"), {});
    QVERIFY(until([&] { return !person->error().isEmpty(); }));
    person->setAppointment(QStringLiteral("2026-11-30"), QStringLiteral("14:30"), QStringLiteral("library"));
    QVERIFY(until([&] { return person->appointments().size() == 1; }));
    QVERIFY(person->error().isEmpty() && person->appointmentText().contains(QStringLiteral("library")));
    person->setAppointment(QStringLiteral("2026-12-01"), QStringLiteral("9:00"), {});
    QVERIFY(until([&] { return person->appointments().size() == 2; }));
    QVERIFY(person->missedText().isEmpty());
    person->dropAppointment(QStringLiteral("missed"));
    QVERIFY(until([&] { return person->appointments().size() == 3; }));
    QVERIFY(person->appointmentText().isEmpty());
    QCOMPARE(person->missedText(), QStringLiteral("Did not come (1 time(s))"));
    QVERIFY(person->appointments().constFirst().toMap()[QStringLiteral("text")].toString().startsWith(
        QStringLiteral("Did not come on")));
}

QTEST_MAIN(TestNominations)
#include "tst_nominations.moc"
