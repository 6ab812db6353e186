// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "journeys/tablet_steps.h"

using namespace sotto::test;

namespace {

constexpr quint32 kEscape = 0xff1b;
constexpr quint32 kTab = 0xff09;
constexpr quint32 kF4 = 0xffc1;
constexpr quint32 kF10 = 0xffc7;
constexpr quint32 kLeft = 0xff51;
constexpr quint32 kAlt = 0xffe9;
constexpr quint32 kControl = 0xffe3;

const QString kForm = QStringLiteral("A little context");
const QString kStillTheirs = QStringLiteral("Back to the interviewer");
const QString kSecondQuestion = QStringLiteral("Since about when have you known each other?");

}  // namespace

/// The tablet in a participant's hands: attacked with keys and window operations, killed in the middle, handed back.
class TabletHandedOverTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theTabletIsHandedOver();
    void keysAndTheWindowLeadNowhere();
    void whatWasAnsweredOutlivesAKill();
    void onlyTheDigitsLeadBack();

private:
    void handOver();
    Stage m_stage;
    Interviewer m_who{m_stage};
};

void TabletHandedOverTest::initTestCase() {
    QVERIFY2(Interviewer::missingPrograms().isEmpty(), qPrintable(Interviewer::missingPrograms()));
    m_who.prepare();
    m_who.openApp();
    setUpTablet(m_who);
    m_who.press(QStringLiteral("New person"));
    m_who.press(QStringLiteral("Person close to them"));
    m_who.enter(QStringLiteral("Name"), QStringLiteral("Ada Imaginary"));
    m_who.press(QStringLiteral("Add"));
    takeConsent(m_who);
    VERIFY_WELL(m_who);
}

void TabletHandedOverTest::handOver() {
    m_who.press(kForm);
    m_who.enter(QStringLiteral("Four digits"), QStringLiteral("2468"));
    m_who.press(QStringLiteral("Keep these digits"));
    m_who.press(QStringLiteral("Hand the tablet over"));
    m_who.press(QStringLiteral("English"));
    m_who.press(QStringLiteral("Begin"));
}

void TabletHandedOverTest::theTabletIsHandedOver() {
    handOver();
    m_who.press(QStringLiteral("Family"));
    m_who.press(QStringLiteral("Continue"));
    m_who.see(kSecondQuestion);
    VERIFY_WELL(m_who);
}

void TabletHandedOverTest::keysAndTheWindowLeadNowhere() {
    m_who.strike(kEscape);
    m_who.strike(kF10);
    m_who.strike(kF4, {kAlt});
    m_who.strike(kLeft, {kAlt});
    m_who.strike('q', {kControl});
    m_who.strike('w', {kControl});
    m_who.strike(kTab, {kControl});
    for (int i = 0; i < 12; ++i)
        m_who.strike(kTab);
    m_who.strike(kEscape);
    m_who.see(kSecondQuestion);
    m_who.askToClose();
    m_who.turnTo(QSize(1280, 800));
    m_who.see(kSecondQuestion);
    m_who.askToClose();
    m_who.turnTo(QSize(800, 1280));
    m_who.see(kSecondQuestion);
    m_who.see(kStillTheirs);
    m_who.seeNot(QStringLiteral("New person"));
    m_who.seeNot(QStringLiteral("Settings"));
    VERIFY_WELL(m_who);
}

void TabletHandedOverTest::whatWasAnsweredOutlivesAKill() {
    m_who.killApp();
    m_who.openApp();
    unlock(m_who);
    m_who.pressDescribed(QStringLiteral("Person close to them"));
    m_who.seeBeginningOf(QStringLiteral("Begin the interview"));
    handOver();
    m_who.see(kSecondQuestion);  // the first has its answer
    VERIFY_WELL(m_who);
}

void TabletHandedOverTest::onlyTheDigitsLeadBack() {
    m_who.press(kStillTheirs);
    m_who.enter(QStringLiteral("Four digits"), QStringLiteral("1357"));
    m_who.press(QStringLiteral("Come back"));
    m_who.see(QStringLiteral("These are not the digits."));
    m_who.enter(QStringLiteral("Four digits"), QStringLiteral("2468"));
    m_who.press(QStringLiteral("Come back"));
    m_who.see(QStringLiteral("Begin the interview"));
    VERIFY_WELL(m_who);
}

QTEST_GUILESS_MAIN(TabletHandedOverTest)
#include "tst_tablet_handed_over.moc"
