// SPDX-License-Identifier: Apache-2.0
// What a board asks for: nothing leaves for research before a community approves, and incidents are written down.
#include <set>

#include <QTest>

#include "core/workflow/workflow_fixture.h"
#include "vault/audit.h"
#include "workflow/export_approval.h"
#include "workflow/incidents.h"
#include "workflow/study_update.h"

using namespace sotto;
using namespace sotto::test;
using package::PackageKind;

namespace {

/// The practice study with a custodian, or another one.
study::SignedPack studyOf(const char* custodian, int version) {
    study::PackFiles files = practicePack();
    Bytes& study = files.at(QStringLiteral("study.yaml"));
    QByteArray text = byteArrayOf(study);
    text.replace("version: 1\n", "version: " + QByteArray::number(version) + "\n");
    text += "custodian: {name: " + QByteArray(custodian) + ", approves_export: true}\n";
    study = Bytes(text.begin(), text.end());
    return Lab::instance().sign(files);
}

/// One interview, sealed under a study whose custodian was not asked yet.
struct Governed : World {
    Governed() {
        home = must(Home::create(files, kHome, viewOf(kPassphrase), studyOf("The council", 1), clock, cheapOptions()));
        must(interviewShortly(*home, consentedPerson(*home), told));
        must(workflow::sealSession(*home, told.id));
    }
    /// What the lab took in since the last time.
    [[nodiscard]] std::set<PackageKind> arrive() {
        must(deliver(*home));
        std::set<PackageKind> kinds;
        for (const auto& one : must(receive())) {
            if (one.outcome == sync::Received::Outcome::New) kinds.insert(one.manifest.kind);
        }
        return kinds;
    }
    [[nodiscard]] QStringList actions() const {
        QStringList all;
        for (const auto& entry : must(vault::AuditTrail(home->outbox()).entries()))
            all.append(entry.action);
        for (const auto& entry : must(vault::AuditTrail(home->sessions()).entries()))
            all.append(entry.action);
        return all;
    }
    std::unique_ptr<Home> home;
    Acknowledged told;
};

people::Incident anIncident() {
    people::Incident incident;
    incident.found = QDate(2020, 1, 2);
    incident.happened = QStringLiteral("The tablet was left on a bus, locked.");
    incident.data = QStringLiteral("Contact details of about three people.");
    return incident;
}

}  // namespace

class TestBoardRecords : public QObject {
    Q_OBJECT

private slots:
    void researchPackagesWaitForTheApprovalAndTheRestDoesNot();
    void anApprovalIsForTheCustodianWhoGaveIt();
    void anApprovalNamesSomebodyAndIsAskedFor();
    void aStudyWithoutACustodianHoldsNothing();
    void anIncidentIsWrittenDownAndAuditedWithoutItsWords();
    void anIncidentSaysWhatHappened();
};

void TestBoardRecords::researchPackagesWaitForTheApprovalAndTheRestDoesNot() {
    Governed world;
    QVERIFY(must(workflow::isExportHeld(*world.home)));
    QCOMPARE(world.arrive(), (std::set{PackageKind::Content, PackageKind::Identity}));
    QCOMPARE(world.arrive(), std::set<PackageKind>());
    must(workflow::approveExport(*world.home, QStringLiteral(" Elder Ada, 2026-11-20 ")));
    QVERIFY(!must(workflow::isExportHeld(*world.home)));
    QCOMPARE(must(workflow::exportApproval(*world.home))->approvedBy, QStringLiteral("Elder Ada, 2026-11-20"));
    QCOMPARE(world.arrive(), std::set{PackageKind::Research});
    QVERIFY(world.actions().contains(QStringLiteral("export.approved")));
}

void TestBoardRecords::anApprovalIsForTheCustodianWhoGaveIt() {
    Governed world;
    must(workflow::approveExport(*world.home, QStringLiteral("Ada")));
    must(workflow::updateStudy(*world.home, studyOf("Another council", 2).bytes));
    QVERIFY(must(workflow::isExportHeld(*world.home)));
    must(workflow::approveExport(*world.home, QStringLiteral("Bo")));
    QVERIFY(!must(workflow::isExportHeld(*world.home)));
    must(workflow::withdrawExportApproval(*world.home));
    must(workflow::withdrawExportApproval(*world.home));
    QVERIFY(must(workflow::isExportHeld(*world.home)));
    QCOMPARE(world.actions().count(QStringLiteral("export.approval-withdrawn")), 1);
    QCOMPARE(world.arrive(), (std::set{PackageKind::Content, PackageKind::Identity}));
}

void TestBoardRecords::anApprovalNamesSomebodyAndIsAskedFor() {
    Governed world;
    VERIFY_FAILS(workflow::approveExport(*world.home, QStringLiteral("  ")), ErrorCode::InvalidArgument);
    VERIFY_FAILS(workflow::approveExport(*world.home, QString(201, u'x')), ErrorCode::InvalidArgument);
    QVERIFY(must(workflow::isExportHeld(*world.home)));
    World other;
    const auto home = must(other.create());
    VERIFY_FAILS(workflow::approveExport(*home, QStringLiteral("Ada")), ErrorCode::NotAllowed);
}

void TestBoardRecords::aStudyWithoutACustodianHoldsNothing() {
    World world;
    const auto home = must(world.create());
    QVERIFY(!must(workflow::isExportHeld(*home)));
    QVERIFY(!must(workflow::exportApproval(*home)).has_value());
}

void TestBoardRecords::anIncidentIsWrittenDownAndAuditedWithoutItsWords() {
    World world;
    auto home = must(world.create());
    QCOMPARE(must(workflow::recordIncident(*home, anIncident())), std::int64_t{1});
    people::Incident second = anIncident();
    second.told = QStringLiteral("The commission, the same day.");
    QCOMPARE(must(workflow::recordIncident(*home, second)), std::int64_t{2});
    home.reset();
    home = must(world.unlock());
    const auto all = must(workflow::incidents(*home));
    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(all[0].happened, anIncident().happened);
    QCOMPARE(all[0].found, QDate(2020, 1, 2));
    QVERIFY(all[0].recordedUtcMs > 0 && all[0].told.isEmpty());
    QCOMPARE(all[1].told, second.told);
    int audited = 0;
    for (const auto& entry : must(vault::AuditTrail(home->sessions()).entries())) {
        if (entry.action != QStringLiteral("incident.recorded")) continue;
        ++audited;
        QCOMPARE(entry.details.keys(), QStringList(QStringLiteral("number")));
    }
    QCOMPARE(audited, 2);
}

void TestBoardRecords::anIncidentSaysWhatHappened() {
    World world;
    const auto home = must(world.create());
    people::Incident incident = anIncident();
    incident.happened = QStringLiteral(" ");
    VERIFY_FAILS(workflow::recordIncident(*home, incident), ErrorCode::InvalidArgument);
    incident = anIncident();
    incident.data.clear();
    VERIFY_FAILS(workflow::recordIncident(*home, incident), ErrorCode::InvalidArgument);
    incident = anIncident();
    incident.found = QDate();
    VERIFY_FAILS(workflow::recordIncident(*home, incident), ErrorCode::InvalidArgument);
    incident.found = QDate(2199, 1, 1);
    VERIFY_FAILS(workflow::recordIncident(*home, incident), ErrorCode::InvalidArgument);
    incident = anIncident();
    incident.done = QString(10'001, u'x');
    VERIFY_FAILS(workflow::recordIncident(*home, incident), ErrorCode::InvalidArgument);
    QVERIFY(must(workflow::incidents(*home)).empty());
}

QTEST_GUILESS_MAIN(TestBoardRecords)
#include "tst_board_records.moc"
