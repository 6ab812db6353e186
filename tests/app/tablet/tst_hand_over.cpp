// SPDX-License-Identifier: Apache-2.0
#include <QMetaProperty>

#include "people/detached_sheets.h"
#include "people/filled_forms.h"
#include "people/people.h"
#include "support/result_check.h"
#include "tablet/answering_view_model.h"
#include "tablet/participant_view_model.h"
#include "tablet/role_forms_view_model.h"
#include "tablet_fixture.h"

using namespace sotto;
using Screen = app::TabletApp::Screen;
using Step = app::ParticipantViewModel::Step;

namespace {

const QString kContext = QStringLiteral("context");
const QString kAboutYou = QStringLiteral("about-you");
const QString kPin = QStringLiteral("2468");

}  // namespace

/// The forms of a role on a real tablet: handed over and taken back, and what is where afterwards.
class TestHandOver : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theFormsOfTheRoleAreListed();
    void digitsAreChosenBeforeTheTabletChangesHands();
    void nothingElseCanBeReached();
    void answersAreKeptAsTheyAreGivenAndGoneOnWithAfterTheLock();
    void fiveWrongTriesAskForThePassphrase();
    void aSheetKeptApartLeadsToNobodyAndIsNotShownAgain();
    void theAddressForTheReportIsAskedOfWhoWantsIt();

private:
    [[nodiscard]] app::RoleFormsViewModel* forms() { return m_tablet.page<app::PersonViewModel>()->forms(); }
    [[nodiscard]] QVariantMap row(const QString& form) {
        for (const QVariant& one : forms()->rows()) {
            if (one.toMap()[QStringLiteral("id")].toString() == form) return one.toMap();
        }
        return {};
    }
    /// From the person's page to the first question, in English.
    [[nodiscard]] app::ParticipantViewModel* handOver(const QString& form);
    [[nodiscard]] bool isBackOnPerson() { return m_tablet.isOn(Screen::Person) && m_tablet.personLoaded(); }
    /// Something of the home, read on its thread.
    template <typename Value>
    [[nodiscard]] Value read(const std::function<Value(workflow::Home&)>& of) {
        std::optional<Value> value;
        m_tablet.app->vault().run(
            m_tablet.app.get(), [of](app::Tablet& tablet) { return of(*tablet.home().value()); },
            [&value](Value got) { value = std::move(got); });
        static_cast<void>(QTest::qWaitFor([&] { return value.has_value(); }, 10'000));
        return value.value_or(Value{});
    }
    test::TabletFixture m_tablet;
};

void TestHandOver::initTestCase() {
    QVERIFY(m_tablet.setUp());
    QVERIFY(m_tablet.enrol(QStringLiteral("caregiver")));
}

app::ParticipantViewModel* TestHandOver::handOver(const QString& form) {
    forms()->open(form);
    if (!m_tablet.isOn(Screen::HandOver)) return nullptr;
    auto* page = m_tablet.page<app::ParticipantViewModel>();
    if (!QTest::qWaitFor([&] { return page->task()->form() != nullptr; }, 10'000)) return nullptr;
    if (!page->isPinSet() && !page->choosePin(QString(kPin))) return nullptr;
    page->handOver();
    page->chooseLanguage(QStringLiteral("en"));
    if (page->step() != Step::Task) return nullptr;
    page->task()->form()->start();
    return page;
}

void TestHandOver::theFormsOfTheRoleAreListed() {
    m_tablet.settle();
    QVERIFY(forms()->rows().isEmpty());  // nothing is asked before consent
    QVERIFY(m_tablet.consent());
    m_tablet.settle();
    QVERIFY(!row(kContext).isEmpty() && !row(kAboutYou).isEmpty());
    QVERIFY(!row(kContext)[QStringLiteral("done")].toBool());
}

void TestHandOver::digitsAreChosenBeforeTheTabletChangesHands() {
    forms()->open(kContext);
    QVERIFY(m_tablet.isOn(Screen::HandOver));
    auto* page = m_tablet.page<app::ParticipantViewModel>();
    QTRY_VERIFY(page->task()->form() != nullptr);
    page->handOver();
    QCOMPARE(page->step(), Step::Prepare);
    QVERIFY(!page->choosePin(QStringLiteral("12a4")) && page->isWrongPin());
    QVERIFY(!m_tablet.app->isHandedOver());
    page->cancel();
    QVERIFY(isBackOnPerson());
}

void TestHandOver::nothingElseCanBeReached() {
    auto* page = handOver(kContext);
    QVERIFY(page != nullptr);
    QVERIFY(m_tablet.app->isHandedOver());
    QVERIFY(!m_tablet.app->mayClose());
    m_tablet.app->goHome();
    m_tablet.app->openOutbox();
    m_tablet.app->openSettings();
    m_tablet.settle();
    QCOMPARE(m_tablet.app->screen(), Screen::HandOver);
    QCOMPARE(m_tablet.page<app::ParticipantViewModel>(), page);
    page->cancel();
    page->comeBack(QString(kPin));  // the way back was not asked for
    QCOMPARE(m_tablet.app->screen(), Screen::HandOver);
    page->askBack();
    page->comeBack(QStringLiteral("1111"));
    QVERIFY(page->isWrongPin());
    page->comeBackWithPassphrase(QString(m_tablet.passphrase));  // not while there are tries
    m_tablet.settle();
    QCOMPARE(page->step(), Step::Return);
    page->stay();
    QCOMPARE(page->step(), Step::Task);
    page->askBack();
    page->comeBack(QString(kPin));
    QVERIFY(isBackOnPerson());
    QVERIFY(!m_tablet.app->isHandedOver() && m_tablet.app->mayClose());
}

void TestHandOver::answersAreKeptAsTheyAreGivenAndGoneOnWithAfterTheLock() {
    auto* page = handOver(kContext);
    QVERIFY(page != nullptr);
    page->task()->form()->choose(QStringLiteral("family"));
    page->task()->form()->next();
    page->task()->form()->writeDate(QStringLiteral("year"), QStringLiteral("1999"));
    m_tablet.app->lock();  // in the middle of typing
    QVERIFY(m_tablet.unlock());
    QVERIFY(!m_tablet.app->isHandedOver());
    m_tablet.page<app::HomeViewModel>()->open(read<QString>([](workflow::Home& home) {
        return people::Participants(home.sessions()).all().value().front().id.toString();
    }));
    QVERIFY(isBackOnPerson());
    m_tablet.settle();
    QVERIFY(row(kContext)[QStringLiteral("text")].toString().contains(u"Begun"));
    page = handOver(kContext);
    QVERIFY(page != nullptr);
    auto* form = page->task()->form();
    QVERIFY2(form->text().contains(u"How close"), qPrintable(form->text()));
    form->back();
    QCOMPARE(form->dateFields()[0].toMap()[QStringLiteral("value")].toString(), QStringLiteral("1999"));
    while (form->step() == app::FormViewModel::Step::Item)
        form->next();
    form->finish();
    QTRY_COMPARE(page->step(), Step::Thanks);
    page->askBack();
    page->comeBack(QString(kPin));
    QVERIFY(isBackOnPerson());
    m_tablet.settle();
    QVERIFY(row(kContext)[QStringLiteral("done")].toBool());
}

void TestHandOver::fiveWrongTriesAskForThePassphrase() {
    auto* page = handOver(kContext);
    QVERIFY(page != nullptr);
    page->askBack();
    for (int i = 0; i < 5; ++i)
        page->comeBack(QStringLiteral("0000"));
    QVERIFY(page->needsPassphrase());
    page->comeBack(QString(kPin));  // too late
    QCOMPARE(m_tablet.app->screen(), Screen::HandOver);
    page->comeBackWithPassphrase(QStringLiteral("not these words"));
    QTRY_VERIFY_WITH_TIMEOUT(!page->unlocking()->isBusy(), 10'000);
    QCOMPARE(m_tablet.app->screen(), Screen::HandOver);
    page->comeBackWithPassphrase(QString(m_tablet.passphrase));
    QVERIFY(isBackOnPerson());
}

void TestHandOver::aSheetKeptApartLeadsToNobodyAndIsNotShownAgain() {
    auto* page = handOver(kAboutYou);
    QVERIFY(page != nullptr);
    auto* form = page->task()->form();
    form->choose(QStringLiteral("age-30-59"));
    form->next();
    form->decline();
    form->next();
    form->finish();
    QTRY_COMPARE(page->step(), Step::Thanks);
    const QPointer<app::FormViewModel> kept(form);
    page->askBack();
    page->comeBack(QString(kPin));
    // Nothing that the interviewer's side could still reach hands the answers out.
    if (kept) QVERIFY(kept->answers().empty() && kept->chosen().isEmpty());
    QVERIFY(isBackOnPerson());
    m_tablet.settle();
    QVERIFY(row(kAboutYou)[QStringLiteral("done")].toBool());
    forms()->open(kAboutYou);
    m_tablet.settle();
    QCOMPARE(m_tablet.app->screen(), Screen::Person);
    const auto sheets = read<std::vector<people::DetachedSheet>>([](workflow::Home& home) {
        return people::DetachedSheets(home.identities()).all(QStringLiteral("about-you")).value();
    });
    QCOMPARE(sheets.size(), std::size_t{1});
    QVERIFY(sheets.front().isFinished && !sheets.front().participant);
    QCOMPARE(sheets.front().answers.at(QStringLiteral("age")).options, QStringList(QStringLiteral("age-30-59")));
}

void TestHandOver::theAddressForTheReportIsAskedOfWhoWantsIt() {
    const QString report = QStringLiteral("report-copy:");
    QVERIFY(!row(report).isEmpty());
    auto* page = handOver(report);
    QVERIFY(page != nullptr);
    auto* form = page->task()->form();
    form->write(QStringLiteral("zanzibar@example.org"));
    form->next();
    form->finish();
    QTRY_COMPARE(page->step(), Step::Thanks);
    page->askBack();
    page->comeBack(QString(kPin));
    QVERIFY(isBackOnPerson());
    m_tablet.settle();
    QVERIFY(row(report)[QStringLiteral("done")].toBool());
    const auto sheets = read<std::vector<people::DetachedSheet>>(
        [report](workflow::Home& home) { return people::DetachedSheets(home.identities()).all(report).value(); });
    QCOMPARE(sheets.size(), std::size_t{1});
    QVERIFY(!sheets.front().participant && sheets.front().answers.begin()->second.text.startsWith(u"zanzibar"));
}

QTEST_MAIN(TestHandOver)
#include "tst_hand_over.moc"
