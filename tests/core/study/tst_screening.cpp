// SPDX-License-Identifier: Apache-2.0
// Screening: what its file says, what is wrong with a broken one, and what comes of answers, versions and deviations.
#include <QTest>

#include "form_fixture.h"

using namespace sotto;
using namespace sotto::test;
using study::Fit;

namespace {

constexpr const char* kScreening = "screening/member.yaml";
constexpr const char* kScreeningText = R"(ask_first: {en: "May I ask?"}
forms: [sheet]
versions:
  - version: 1
    in_force: 2026-01-01
    rules:
      - {id: adult, when: {sheet.adult: yes}, reason: age}
  - version: 3
    in_force: 2026-06-01
    rules:
      - {id: adult, when: {sheet.adult: yes}, reason: age}
      - {id: not-low, when: {sheet.total: {below: 10}}, reason: moment}
      - {id: helped, when: {any: [{sheet.helpers: {least: 2}}, {sheet.strength: 5}]}, reason: helpers}
reasons:
  age: {en: "age"}
  moment: {en: "not the right time"}
  helpers: {en: "people to name"}
fits: {en: "Thank you, let us meet."}
not_now: {en: "Thank you. It is not the right time."}
deviations: {approved_by: {en: "the lead researcher"}}
)";

study::PackFiles packWithScreening() {
    study::PackFiles files = packWithSheet();
    edit(files, text("study.yaml"), kAsksSheet, "");
    edit(files, text(kSheet), "kept: session", "kept: screening");
    edit(files, text(kSheet), "carry: {adult: is_adult, helpers: helpers_band}\n", "");
    files[text(kScreening)] = bytesOf(kScreeningText);
    return files;
}

void row(const char* name, const char* from, const char* to, const char* marker, const char* part, int count = 1) {
    QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(marker) << text(part) << count;
}

}  // namespace

class TestScreening : public QObject {
    Q_OBJECT

private:
    study::StudyPack m_pack;
    const study::Screening* m_screening = nullptr;

    static void columns() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("marker");
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("count");
    }
    /// A count of 0: other faults follow from this one.
    static void checkRow(study::Severity severity) {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, marker);
        QFETCH(QString, part);
        QFETCH(int, count);
        study::PackFiles files = packWithScreening();
        edit(files, text(kScreening), from, to);
        const auto checked = study::checkPack(files);
        const QByteArray found = allFaults(checked.faults);
        QVERIFY2(count == 0 || static_cast<int>(checked.faults.size()) == count, found);
        QVERIFY2(hasFault(checked.faults, text(kScreening), lineOf(files, text(kScreening), marker), part), found);
        QCOMPARE(checked.hasErrors(), severity == study::Severity::Error);
    }

    /// What comes of these answers by the newest rules.
    study::ScreeningOutcome outcome(study::Answers answers,
                                    const std::vector<study::Deviation>& deviations = {}) const {
        const std::vector<study::AnsweredForm> forms = {{m_pack.form(text("sheet")), std::move(answers)}};
        return study::screen(*m_screening, m_screening->versions.back(), forms, deviations);
    }
    static study::Answers fittingAnswers() {
        return {{text("adult"), chosen("yes")},
                {text("tired"), chosen("daily")},
                {text("sad"), chosen("never")},
                {text("helpers"), number(2)}};
    }

private slots:
    void initTestCase() {
        const auto checked = study::checkPack(packWithScreening());
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
        m_pack = checked.pack;
        m_screening = m_pack.screening(text("member"));
        QVERIFY(m_screening != nullptr);
        QVERIFY(m_pack.screening(text("nobody")) == nullptr);
    }

    void theModelHoldsWhatTheFileSays() {
        QCOMPARE(m_screening->askFirst.at(text("en")), text("May I ask?"));
        QCOMPARE(m_screening->forms, QStringList(text("sheet")));
        QCOMPARE(m_screening->versions.size(), 2U);
        QCOMPARE(m_screening->versions.back().rules.size(), 3U);
        QCOMPARE(m_screening->versions.back().rules[1].reason, text("moment"));
        QCOMPARE(m_screening->reasons.at(text("moment")).at(text("en")), text("not the right time"));
        QCOMPARE(m_screening->fits.at(text("en")), text("Thank you, let us meet."));
        QCOMPARE(m_screening->notNow.at(text("en")), text("Thank you. It is not the right time."));
        QCOMPARE(m_screening->deviationsApprovedBy.at(text("en")), text("the lead researcher"));
    }

    void theNewestVersionNotAfterTodayCounts() {
        const auto numberOn = [&](const char* day) {
            const auto* version = m_screening->inForceOn(QDate::fromString(text(day), Qt::ISODate));
            return version == nullptr ? 0 : version->number;
        };
        QCOMPARE(numberOn("2025-12-31"), 0);
        QCOMPARE(numberOn("2026-01-01"), 1);
        QCOMPARE(numberOn("2026-05-31"), 1);
        QCOMPARE(numberOn("2026-06-01"), 3);
        QCOMPARE(numberOn("2030-01-01"), 3);
        QVERIFY(m_screening->version(2) == nullptr);
        QCOMPARE(m_screening->version(3)->rules.size(), 3U);
    }

    void whoeverMeetsAllRulesFits() {
        const auto result = outcome(fittingAnswers());
        QVERIFY(result.fit == Fit::Fits);
        QCOMPARE(result.rulesVersion, 3);
        QCOMPARE(result.reason, QString());
        QVERIFY(result.deviations.isEmpty());
    }

    void theOutcomeIsOpenUntilNothingIsMissing() {
        QVERIFY(outcome({}).fit == Fit::Open);
        study::Answers answers = fittingAnswers();
        answers.erase(text("adult"));
        QVERIFY(outcome(answers).fit == Fit::Open);
        QVERIFY(study::screen(*m_screening, m_screening->versions.back(), {}).fit == Fit::Open);
    }

    void oneRuleThatDoesNotHoldDecidesAtOnceWithItsReason() {
        const auto young = outcome({{text("adult"), chosen("no")}});
        QVERIFY(young.fit == Fit::NotNow);
        QCOMPARE(young.reason, text("age"));
        study::Answers answers = fittingAnswers();
        answers[text("sad")] = chosen("daily");
        answers[text("helpers")] = number(4);
        QCOMPARE(outcome(answers).reason, text("moment"));  // 3 + 3 + 4 = 10
        answers[text("helpers")] = number(3);
        QVERIFY(outcome(answers).fit == Fit::Fits);  // 9
        answers[text("helpers")] = number(1);
        answers[text("strength")] = number(4);
        QCOMPARE(outcome(answers).reason, text("helpers"));
        answers[text("strength")] = number(5);
        QVERIFY(outcome(answers).fit == Fit::Fits);
    }

    void anAnswerThatIsDeclinedCountsAgainstOnlyIfItMatters() {
        study::Answers answers = fittingAnswers();
        answers[text("sad")] = declined();
        QVERIFY(outcome(answers).fit == Fit::Fits);  // 3 + at most 3 + 2 is below 10
        answers[text("helpers")] = number(4);
        QCOMPARE(outcome(answers).reason, text("moment"));  // could be 10
        answers = fittingAnswers();
        answers[text("adult")] = declined();
        QCOMPARE(outcome(answers).reason, text("age"));
    }

    void anApprovedDeviationPassesOneRuleOver() {
        study::Answers answers = fittingAnswers();
        answers[text("adult")] = chosen("no");
        const auto passed = outcome(answers, {{text("adult"), text("R. Researcher")}});
        QVERIFY(passed.fit == Fit::Fits);
        QCOMPARE(passed.deviations, QStringList(text("adult")));
        QVERIFY(outcome(answers, {{text("adult"), text(" ")}}).fit == Fit::NotNow);
        QVERIFY(outcome(answers, {{text("helped"), text("R. Researcher")}}).fit == Fit::NotNow);
        QVERIFY(outcome(fittingAnswers(), {{text("adult"), text("R. Researcher")}}).deviations.isEmpty());
    }

    void withoutSomebodyWhoMayApproveThereIsNoDeviation() {
        study::Screening strict = *m_screening;
        strict.deviationsApprovedBy.clear();
        study::Answers answers = fittingAnswers();
        answers[text("adult")] = chosen("no");
        const std::vector<study::AnsweredForm> forms = {{m_pack.form(text("sheet")), answers}};
        const auto result =
            study::screen(strict, strict.versions.back(), forms, {{text("adult"), text("R. Researcher")}});
        QVERIFY(result.fit == Fit::NotNow);
    }

    void aBrokenScreeningIsReportedWhereItIs_data() {
        columns();
        row("unknown key", "forms: [sheet]", "forms: [sheet]\nform: x", "form: x", "unknown key \"form\"");
        row("not_now missing", "not_now: {en: \"Thank you. It is not the right time.\"}\n", "", "ask_first",
            "lacks \"not_now\"");
        row("fits in no language", "fits: {en: \"Thank you, let us meet.\"}", "fits: {}", "fits:", "lacks \"en\"");
        row("nothing asked first", "ask_first: {en: \"May I ask?\"}\n", "", "forms:", "lacks \"ask_first\"");
        row("form that is not there", "forms: [sheet]", "forms: [sheet, phq-9]",
            "forms:", "there is no form \"phq-9\": add instruments/phq-9.yaml");
        row("cut-off without its instrument", "{sheet.total: {below: 10}}", "{phq-9.total: {below: 20}}", "phq-9.total",
            "looks at \"phq-9.total\", which is not an item or a score of a form that this screening asks");
        row("score that is not there", "{sheet.total: {below: 10}}", "{sheet.sum: {below: 10}}", "sheet.sum",
            "looks at \"sheet.sum\"");
        row("item without its form", "{sheet.total: {below: 10}}", "{total: {below: 10}}",
            "{total:", "looks at \"total\"");
        row("cut-off that always holds", "{below: 10}", "{below: 40}", "below: 40",
            "always holds for \"sheet.total\", which goes from 0 to 15");
        row("cut-off that never holds", "{below: 10}", "{least: 16}", "least: 16", "can never hold");
        row("reason that is not listed", "reason: moment", "reason: mood", "reason: mood",
            "\"mood\" is not among the \"reasons\"", 2);
        row("rule twice", "id: not-low", "id: adult", "id: adult, when: {sheet.total", "is here twice");
        row("rules that contradict", "{id: not-low, when: {sheet.total: {below: 10}}",
            "{id: not-low, when: {sheet.adult: no}", "id: not-low", "nobody could ever fit");
        row("rules that contradict in numbers", "      - {id: helped,",
            "      - {id: high, when: {sheet.total: {least: 10}}, reason: moment}\n      - {id: helped,", "id: high",
            "the rules \"not-low\" and \"high\" contradict each other");
        row("version twice", "version: 3", "version: 1", "version: 1\n    in_force: 2026-06",
            "version 1 after version 1", 0);
        row("same day", "in_force: 2026-06-01", "in_force: \"2026-01-01\"", "\"2026-01-01\"", "is in force later than");
        row("no date", "in_force: 2026-06-01", "in_force: June", "in_force: June", "\"June\" is no date");
        row("day that is far away", "in_force: 2026-06-01", "in_force: 2062-06-01", "2062", "more than 10 years");
        row("no rule", "    rules:\n      - {id: adult, when: {sheet.adult: yes}, reason: age}\n  - version: 3",
            "    rules: []\n  - version: 3", "rules: []", "a version has 1 to 50 rules");
        row("rule without a condition", "{id: not-low, when: {sheet.total: {below: 10}}, reason",
            "{id: not-low, reason", "id: not-low", "lacks \"when\"");
        row("reason's id", "  helpers: {en", "  Helpers: {en", "Helpers", "cannot be a reason's id", 3);
        row("nobody approves", "{approved_by: {en: \"the lead researcher\"}}", "{}",
            "deviations:", "lacks \"approved_by\"");
        row("list", "ask_first: {en: \"May I ask?\"}", "ask_first: yes", "ask_first", "a text in each language");
    }
    void aBrokenScreeningIsReportedWhereItIs() { checkRow(study::Severity::Error); }

    void noVersionAtAllIsReported() {
        study::PackFiles files = packWithScreening();
        const QByteArray content(kScreeningText);
        const auto from = content.indexOf("versions:");
        const auto to = content.indexOf("reasons:");
        edit(files, text(kScreening), content.mid(from, to - from), "versions: []\n");
        QVERIFY(hasFault(study::checkPack(files).faults, text(kScreening), 3, text("1 to 50 versions")));
    }

    void whatIsNotNeededIsAWarning_data() {
        columns();
        row("reason of no rule", "  helpers: {en", "  weather: {en: \"weather\"}\n  helpers: {en", "age: {en",
            "no rule gives the reason \"weather\"");
    }
    void whatIsNotNeededIsAWarning() { checkRow(study::Severity::Warning); }

    void aFormThatNoRuleNeedsIsAWarningUnlessItOffersHelp() {
        study::PackFiles files = packWithScreening();
        const QByteArray other =
            "title: {en: O}\nkept: screening\nitems: [{id: a, type: single, options: yes-no, text: {en: A}}]\n";
        const char* path = "instruments/other.yaml";
        files[text(path)] = bytesOf(other);
        auto checked = study::checkPack(files);
        QVERIFY(!checked.hasErrors());
        QVERIFY(hasFault(checked.faults, text(path), 1, text("nobody is asked this form")));

        edit(files, text(kScreening), "forms: [sheet]", "forms: [sheet, other]");
        checked = study::checkPack(files);
        QVERIFY(!checked.hasErrors());
        QCOMPARE(checked.faults.size(), 1U);
        QVERIFY(hasFault(checked.faults, text(kScreening), 2, text("no rule looks at the form \"other\"")));

        files[text(path)] = bytesOf(other + "alerts: [{id: b, when: {a: yes}, protocol: severe, tells: {en: T}}]\n");
        checked = study::checkPack(files);
        QVERIFY2(checked.faults.empty(), allFaults(checked.faults).constData());
    }

    void aFormThatIsNotWipedCannotScreen() {
        study::PackFiles files = packWithScreening();
        edit(files, text(kSheet), "kept: screening", "kept: session");
        VERIFY_FAULT(files, 1, kScreening, 2, "must say \"kept: screening\"");
    }

    void aScreeningBelongsToARole() {
        study::PackFiles files = packWithScreening();
        files[text("screening/stranger.yaml")] = files.at(text(kScreening));
        VERIFY_FAULT(files, 1, "screening/stranger.yaml", 1, "study.yaml has no role \"stranger\"");
    }
};

QTEST_GUILESS_MAIN(TestScreening)
#include "tst_screening.moc"
