// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/workflow/screened_study.h"
#include "people/screenings.h"
#include "workflow/nominate.h"
#include "workflow/study_flow.h"
#include "workflow/withdrawal.h"

using namespace sotto;
using namespace sotto::test;
using workflow::RoleFlow;

class TestStudyFlow : public QObject {
    Q_OBJECT

private slots:
    void everybodyIsCountedOnceWhereTheirWayEnded();
    void whoHoldsNoSessionsSeesNoCounts();
};

static RoleFlow flowOf(Home& home, const QString& role) {
    for (const RoleFlow& flow : must(workflow::studyFlow(home))) {
        if (flow.role == role) return flow;
    }
    return {};
}

void TestStudyFlow::everybodyIsCountedOnceWhereTheirWayEnded() {
    ScreenedHome study;
    const QString person = QStringLiteral("person");
    QCOMPARE(flowOf(*study.home, person).planned.value_or(0), 15);
    QCOMPARE(flowOf(*study.home, person).contacted, 0);
    static_cast<void>(study.enrolAs());  // contacted only
    const auto notNow = study.enrolAs();
    study.agree(notNow);
    must(study.choose(notNow, QStringLiteral("call-person"), QStringLiteral("adult"), QStringLiteral("no")));
    must(workflow::settleScreening(*study.home, notNow));
    must(workflow::wipeWhoDeclined(*study.home, study.enrolAs()));
    const auto fits = study.enrolAs();
    study.answerAsFits(fits);
    must(workflow::settleScreening(*study.home, fits));
    study.consent(fits);
    const auto saidNo = study.enrolAs();
    must(workflow::passScreening(*study.home, saidNo));
    study.consent(saidNo, false);
    const auto tookBack = study.enrolAs();
    must(workflow::passScreening(*study.home, tookBack));
    study.consent(tookBack);
    must(workflow::withdraw(*study.home, tookBack.id, workflow::Wish::Erase));
    const auto stopped = study.enrolAs();
    must(workflow::passScreening(*study.home, stopped));
    study.consent(stopped);
    must(workflow::withdraw(*study.home, stopped.id, workflow::Wish::Stop));
    must(workflow::nominate(*study.home,
                            {fits.id, QStringLiteral("caregiver"), study::NominationWay::PassesOn, {}, {}, {}}));

    const RoleFlow flow = flowOf(*study.home, person);
    QCOMPARE(flow.contacted, 7);
    QCOMPARE(flow.screened, 4);
    QCOMPARE(flow.fits, 3);
    QCOMPARE(flow.notNow, 1);
    QVERIFY(flow.reasons == (std::map<QString, int>{{QStringLiteral("age"), 1}}));
    QCOMPARE(flow.declined, 2);
    QCOMPARE(flow.consented, 3);
    QCOMPARE(flow.interviewed, 0);
    QCOMPARE(flow.tookBack, 2);
    QCOMPARE(flowOf(*study.home, QStringLiteral("caregiver")).waiting, 1);
    QCOMPARE(flowOf(*study.home, QStringLiteral("caregiver")).contacted, 0);
    study.clock.advance(31LL * 24 * 3600 * 1000);
    study.lockAndUnlock();
    QCOMPARE(flowOf(*study.home, QStringLiteral("caregiver")).waiting, 0);
    QCOMPARE(flowOf(*study.home, QStringLiteral("caregiver")).noAnswer, 1);
}

void TestStudyFlow::whoHoldsNoSessionsSeesNoCounts() {
    ScreenedHome study;
    constexpr std::string_view kAssistant = "another five words here now";
    must(study.home->keyring().addPerson(QStringLiteral("Assistant"), viewOf(kAssistant), {Compartment::Outbox},
                                         cheapOptions()));
    study.home.reset();
    const auto assistant = must(
        Home::unlock(study.files, kHome, viewOf(kAssistant), study.clock, cheapOptions(), QStringLiteral("Assistant")));
    VERIFY_FAILS(workflow::studyFlow(*assistant), ErrorCode::NotAllowed);
}

QTEST_GUILESS_MAIN(TestStudyFlow)
#include "tst_study_flow.moc"
