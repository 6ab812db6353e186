// SPDX-License-Identifier: Apache-2.0
// What study.yaml lays down besides its roles' names: who fills in what, whom one may name, groups, sites, storage,
// help lines. What is said is in the model; what is wrong has its sentence at its line.
#include <QTest>

#include "form_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {

constexpr const char* kStudy = "study.yaml";

/// The smallest study, with further lines in study.yaml.
study::PackFiles packWith(const QByteArray& lines) {
    study::PackFiles files = minimalPack();
    files[text(kStudy)] = bytesOf(byteArrayOf(files.at(text(kStudy))) + lines);
    return files;
}

/// The same with a second role, which answers alone, and a third that meets in groups.
study::PackFiles packWithThreeRoles() {
    study::PackFiles files = packWithSheet();
    edit(files, text(kStudy), "roles:\n",
         "roles:\n"
         "  - {id: writer, name: {en: W}, session: alone, forms: [{form: sheet, when: any, by: participant}]}\n"
         "  - {id: talker, name: {en: T}, session: group, guide: member, minutes: 50, planned: 12}\n");
    edit(files, text(kStudy), "storage:", "group: {most: 9, if_one_refuses_audio: [apart]}\nstorage:");
    for (const char* role : {"writer", "talker"}) {
        files[text("consents/") + text(role) + text(".en.md")] = files.at(text("consents/member.en.md"));
    }
    return files;
}

void row(const char* name, const char* lines, const char* marker, const char* part) {
    QTest::newRow(name) << QByteArray(lines) << QByteArray(marker) << text(part);
}

}  // namespace

class TestStudyPolicy : public QObject {
    Q_OBJECT

private slots:
    void whatRolesSayIsInTheModel() {
        const auto checked = study::checkPack(packWithThreeRoles());
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const study::Role* writer = checked.pack.role(text("writer"));
        QVERIFY(writer->manner == study::SessionManner::Alone);
        QCOMPARE(writer->forms.size(), 1U);
        QVERIFY(writer->forms[0].moment == study::FormMoment::Any);
        QVERIFY(writer->forms[0].by == study::FilledBy::Participant);
        QVERIFY(checked.pack.guide(text("writer"), text("en")) == nullptr);
        const study::Role* talker = checked.pack.role(text("talker"));
        QVERIFY(talker->manner == study::SessionManner::Group);
        QCOMPARE(talker->planned, std::optional(12));
        QCOMPARE(talker->guide, text("member"));
        QCOMPARE(checked.pack.policy.group->most, 9);
        QVERIFY(checked.pack.policy.group->ifOneRefusesAudio == std::vector{study::AudioRefusal::Apart});
        QVERIFY(checked.pack.role(text("member"))->forms[0].moment == study::FormMoment::After);
    }

    void aSharedGuideIsScaledToTheMinutesOfTheRole() {
        study::PackFiles files = packWithThreeRoles();
        edit(files, text("guides/member.en.md"), "## The only section {#only} (5 min)",
             "## First {#first} (1 min)\n\n1. Q {#first-q}\n\n## The only section {#only} (2 min)");
        const auto checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const auto& own = checked.pack.guide(text("member"), text("en"))->sections;
        const auto& shared = checked.pack.guide(text("talker"), text("en"))->sections;
        QCOMPARE(own[0].plannedMinutes + own[1].plannedMinutes, 3);
        QCOMPARE(shared[0].plannedMinutes, 17);
        QCOMPARE(shared[1].plannedMinutes, 33);
        QCOMPARE(shared[1].questions.size(), own[1].questions.size());
    }

    void aStudyThatSaysNothingHasNoWallAndOneVisit() {
        const auto checked = study::checkPack(minimalPack());
        const study::StudyPolicy& policy = checked.pack.policy;
        QVERIFY(!policy.hasWall && policy.nominations.empty() && !policy.group && !policy.custodian && !policy.onCall);
        QCOMPARE(policy.visits.most, 1);
        QCOMPARE(policy.storage.place, text("QC"));
        QVERIFY(policy.compensation.amount.isEmpty());
    }

    void whatTheStudyLaysDownIsInTheModel() {
        study::PackFiles files = packWithThreeRoles();
        edit(files, text(kStudy), "storage: {place: QC}",
             "nominations:\n"
             "  - {by: member, of: [talker], each: 2, contact: [permits, passes-on], may_say: [name, study-topic],"
             " forget_after_days: 21}\n"
             "visits: {most: 3, confirm_after_pause_minutes: 20}\n"
             "compensation: {amount: \"30 $\", when: end}\n"
             "retention: {years: 7, until_withdrawal: 2027-06-30}\n"
             "sites: [{id: east, name: {en: East}, place: CA}]\n"
             "storage: {place: ON, assessment: \"12, 2026-10-01\"}\n"
             "custodian: {name: The council, approves_export: true}\n"
             "contacts: {team: us, complaints: them}\n"
             "on_call: {name: Ada, phone: \"514 555-0100\"}\n");
        const auto checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        const study::StudyPolicy& policy = checked.pack.policy;
        const study::Nomination* nomination = policy.nominationBy(text("member"));
        QVERIFY(nomination != nullptr && policy.nominationBy(text("talker")) == nullptr);
        QCOMPARE(nomination->of, QStringList(text("talker")));
        QCOMPARE(nomination->each, 2);
        QCOMPARE(nomination->forgetAfterDays, 21);
        QVERIFY((nomination->ways == std::vector{study::NominationWay::Permits, study::NominationWay::PassesOn}));
        QVERIFY((nomination->maySay == std::vector{study::MaySay::Name, study::MaySay::StudyTopic}));
        QVERIFY(policy.hasWall);
        QCOMPARE(policy.visits.most, 3);
        QCOMPARE(policy.visits.confirmAfterPauseMinutes, 20);
        QCOMPARE(policy.compensation.amount, text("30 $"));
        QVERIFY(!policy.compensation.isGivenAtStart);
        QCOMPARE(policy.retention.years, 7);
        QCOMPARE(policy.retention.untilWithdrawal, std::optional(QDate(2027, 6, 30)));
        QCOMPARE(policy.site(text("east"))->place, text("CA"));
        QCOMPARE(policy.storage.assessment, text("12, 2026-10-01"));
        QVERIFY(policy.custodian->approvesExport);
        QCOMPARE(policy.contacts.complaints, text("them"));
        QCOMPARE(policy.onCall->phone, text("514 555-0100"));
    }

    void whatIsWrongIsReportedAtItsLine_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("marker");
        QTest::addColumn<QString>("part");
        const char* names =
            "nominations: [{by: member, of: [stranger], contact: [permits], may_say: [name], "
            "forget_after_days: 3}]\n";
        row("stranger", names, "nominations:", "\"stranger\" is no role of this study");
        row("circle",
            "nominations: [{by: member, of: [member], contact: [permits], may_say: [name], "
            "forget_after_days: 3}]\n",
            "nominations:", "comes to be named by those it names");
        row("nominations for ever", "nominations: [{by: member, of: [], contact: [permits], may_say: [name]}]\n",
            "nominations:", "lacks \"forget_after_days\"");
        row("way", "nominations: [{by: member, of: [], contact: [rings], may_say: [name], forget_after_days: 3}]\n",
            "nominations:", "\"rings\" is unknown for \"contact\": write some of passes-on, permits");
        row("nobody may say",
            "nominations: [{by: member, of: [], contact: [permits], may_say: [], "
            "forget_after_days: 3}]\n",
            "nominations:", "\"may_say\" is empty");
        row("large group", "group: {most: 16, if_one_refuses_audio: [apart]}\n", "group:", "from 2 to 15");
        row("visits", "visits: {most: 0}\n", "visits:", "from 1 to 50");
        row("pause", "visits: {confirm_after_pause_minutes: -1}\n", "visits:", "from 0 to 1440");
        row("compensation", "compensation: {amount: x, when: never}\n", "compensation:", "must be one of end, start");
        row("retention", "retention: {years: long}\n", "retention:", "whole number from 1 to 100");
        row("day", "retention: {years: 3, until_withdrawal: 2027-13-01}\n", "retention:", "is no date");
        row("site twice", "sites: [{id: a, name: {en: A}, place: QC}, {id: a, name: {en: B}, place: QC}]\n",
            "sites:", "the site \"a\" is here twice");
        row("custodian without name", "custodian: {approves_export: true}\n", "custodian:", "lacks \"name\"");
        row("on call", "on_call: {name: Ada, phone: call me}\n", "on_call:", "is no telephone number");
        row("on call to fill in", "on_call: {name: Ada, phone: \"[phone]\"}\n", "on_call:", "square brackets");
        row("unknown", "wal: true\n", "wal:", "unknown key \"wal\"");
    }
    void whatIsWrongIsReportedAtItsLine() {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        const study::PackFiles files = packWith(lines);
        const auto checked = study::checkPack(files);
        QVERIFY2(hasFault(checked.faults, text(kStudy), lineOf(files, text(kStudy), marker), part),
                 allFaults(checked.faults).constData());
        QVERIFY(checked.hasErrors());
    }

    void aRoleThatCannotWorkIsReported_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("part");
        const auto one = [](const char* name, const char* from, const char* to, const char* part) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << text(part);
        };
        one("alone with nothing", "forms: [{form: sheet, when: any, by: participant}]", "forms: []",
            "answers alone, but there is nothing to fill in");
        one("form that is not there", "[{form: sheet, when: any", "[{form: sheets, when: any", "no form \"sheets\"");
        one("form twice", "{form: sheet, when: any, by: participant}",
            "{form: sheet, when: any, by: participant}, {form: sheet}", "is here twice for the role \"writer\"");
        one("asked of a private form", "when: any, by: participant", "when: any, by: interviewer",
            "is private, but the interviewer would fill it in");
        one("moment", "when: any", "when: never", "\"when\" of a form of a role must be one of after, any, before");
        one("manner", "session: alone", "session: crowd", "\"session\" of a role must be one of alone, group, single");
        one("group without rules", "group: {most: 9, if_one_refuses_audio: [apart]}\n", "",
            "meets as a group, but nothing says how");
        one("planned", "planned: 12", "planned: 0", "from 1 to 100000");
    }
    void aRoleThatCannotWorkIsReported() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, part);
        study::PackFiles files = packWithThreeRoles();
        edit(files, text(kStudy), from, to);
        const auto checked = study::checkPack(files);
        QVERIFY(checked.hasErrors());
        const auto found = [&](const study::Fault& fault) {
            return fault.file == text(kStudy) && fault.line > 1 && fault.sentence.contains(part);
        };
        QVERIFY2(std::ranges::any_of(checked.faults, found), allFaults(checked.faults).constData());
    }

    void everyGuideIsThereAndUsed() {
        study::PackFiles files = packWithThreeRoles();
        edit(files, text(kStudy), "guide: member", "guide: members");
        VERIFY_FAULT(files, 1, "guides/members.en.md", 1, "the role \"talker\" needs its guide");
        files[text("guides/members.en.md")] = files.at(text("guides/member.en.md"));
        files[text("guides/talker.en.md")] = files.at(text("guides/member.en.md"));
        VERIFY_FAULT(files, 1, "guides/talker.en.md", 1, "the role \"talker\" says \"guide: members\"");
    }

    void helpIsAskedForWhereTheStudyIs() {
        const auto checked = study::checkPack(packWith("sites: [{id: east, name: {en: East}, place: NB}]\n"));
        QVERIFY(!checked.hasErrors());
        QCOMPARE(checked.faults.size(), 1U);
        QVERIFY(checked.faults[0].sentence.contains(text("no crisis line is for \"NB\"")));
    }

    void aLineNobodyHasCalledIsAWarningAndHasNoDay() {
        study::PackFiles files = minimalPack();
        edit(files, text(kStudy), "phone: \"988\", verified: 2026-11-22",
             "phone: \"988\", verified: not-yet, for: [member], hours: {en: day and night}");
        const auto checked = study::checkPack(files);
        QVERIFY(!checked.hasErrors());
        QCOMPARE(checked.faults.size(), 1U);
        QVERIFY(checked.faults[0].sentence.contains(text("nobody of the team has called this number yet")));
        const study::CrisisLine& line = checked.pack.crisisLines.at(0);
        QVERIFY(line.verified.isEmpty());
        QCOMPARE(line.roles, QStringList(text("member")));
        QCOMPARE(line.hours.at(text("en")), text("day and night"));
        edit(files, text(kStudy), "for: [member]", "for: [members]");
        QVERIFY(study::checkPack(files).hasErrors());
    }

    void aCrisisLineNeedsAPlace() {
        study::PackFiles files = minimalPack();
        edit(files, text(kStudy), "  - {place: CA, name: {en: \"Suicide", "  - {name: {en: \"Suicide");
        VERIFY_FAULT(files, 1, kStudy, lineOf(files, text(kStudy), "Suicide"), "a crisis line lacks \"place\"");
    }

    void daysAreWeighedOnlyWhenTodayIsKnown() {
        const study::PackFiles files = packWith("retention: {years: 3, until_withdrawal: 2027-01-31}\n");
        const auto count = [&](QDate today) {
            return study::checkPack(files, study::CheckFor::Signing, today).faults.size();
        };
        QCOMPARE(count({}), 0U);
        QCOMPARE(count(QDate(2026, 11, 22).addDays(70)), 0U);
        QCOMPARE(count(QDate(2027, 2, 1)), 1U);
        QCOMPARE(count(QDate(2026, 11, 22).addDays(90)), 1U);
        QCOMPARE(count(QDate(2026, 11, 22).addDays(91)), 3U);
        QCOMPARE(count(QDate(2026, 11, 21)), 2U);
        QVERIFY(!study::checkPack(files, study::CheckFor::Signing, QDate(2030, 1, 1)).hasErrors());
    }

    void aRealStudySaysWhereDataAreKeptAndAPlaceElsewhereNeedsItsAssessment() {
        study::PackFiles files = minimalPack();
        edit(files, text(kStudy), "storage: {place: QC}\n", "");
        VERIFY_FAULT(files, 1, kStudy, 1, "nothing says where the lab keeps the data");

        files = minimalPack();
        edit(files, text(kStudy), "{place: QC}", "{place: ON, assessment: none}");
        VERIFY_FAULT(files, 1, kStudy, lineOf(files, text(kStudy), "storage:"),
                     "storage outside Qu\xc3\xa9"
                     "bec needs its assessment");
        edit(files, text(kStudy), "assessment: none", "assessment: \"12, 2026-10-01\"");
        QVERIFY(study::checkPack(files).faults.empty());
    }

    void nothingIsLeftToFillInButInPractice() {
        study::PackFiles files = minimalPack();
        edit(files, text(kStudy), "ethics: \"none\"", "ethics: \"[number]\"");
        edit(files, text("consents/member.en.md"), "A sentence.", "By [the board].");
        edit(files, text("protocol.en.md"), "Call 911.", "Call [somebody].");
        const auto checked = study::checkPack(files);
        QCOMPARE(countOf(checked.faults, study::Severity::Error), 3);
        for (const char* path : {kStudy, "consents/member.en.md", "protocol.en.md"}) {
            const int line = lineOf(files, text(path), "[");
            QVERIFY2(text(path) == text(kStudy) || hasFault(checked.faults, text(path), line, text("square brackets")),
                     allFaults(checked.faults).constData());
        }
        edit(files, text(kStudy), "ethics:", "practice: true\nethics:");
        QVERIFY(study::checkPack(files).faults.empty());
    }

    void whatWasSignedBeforeARuleWasMadeStaysUsable() {
        study::PackFiles files = minimalPack();
        edit(files, text(kStudy), "storage: {place: QC}\n", "");
        files.erase(text("protocol.en.md"));
        QCOMPARE(countOf(study::checkPack(files).faults, study::Severity::Error), 2);
        const auto used = study::checkPack(files, study::CheckFor::Use);
        QVERIFY(!used.hasErrors());
        QCOMPARE(used.faults.size(), 2U);
        QVERIFY(!study::parsePack(files).has_value());
        QVERIFY(study::parsePack(files, study::CheckFor::Use).has_value());
    }
};

QTEST_GUILESS_MAIN(TestStudyPolicy)
#include "tst_study_policy.moc"
