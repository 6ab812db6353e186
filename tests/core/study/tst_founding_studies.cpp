// SPDX-License-Identifier: Apache-2.0
// The packs of the founding studies: in order but for what a team must still verify, with the known values of their
// instruments (Kroenke, Spitzer, Williams 2001; Spitzer, Kroenke, Williams, Lowe 2006).
#include <random>

#include <QTest>

#include "form_fixture.h"
#include "study/rehearsal_script.h"

using namespace sotto;
using namespace sotto::test;
using study::Fit;

namespace {

constexpr const char* kLevels[] = {"not-at-all", "several-days", "more-than-half", "nearly-every-day"};

QString itemId(int i) {
    return QStringLiteral("item-%1").arg(i);
}

/// Answers that sum up to a total, the first items highest.
study::Answers answersFor(int total, int items) {
    study::Answers answers;
    for (int i = 1; i <= items; ++i) {
        const int level = std::min(total, 3);
        total -= level;
        answers[itemId(i)] = chosen(kLevels[level]);
    }
    return answers;
}

int uncalledLines(const study::Checked& checked) {
    return static_cast<int>(std::ranges::count_if(checked.faults, [](const study::Fault& fault) {
        return fault.severity == study::Severity::Warning && fault.sentence.startsWith(text("nobody of the team"));
    }));
}

QStringList alertIds(const study::AnsweredForm& answered) {
    QStringList ids;
    for (const study::Alert* alert : study::alerts(answered)) {
        ids.append(alert->id);
    }
    return ids;
}

}  // namespace

class TestFoundingStudies : public QObject {
    Q_OBJECT

private:
    study::StudyPack m_pack;  ///< study A

    /// All that the calling person must say for study A.
    static study::Answers callAnswers() {
        study::Answers answers = {{text("helpers"), number(2)}};
        for (const char* id : {"adult", "language", "diagnosed", "in-recovery", "able"}) {
            answers[text(id)] = chosen("yes");
        }
        return answers;
    }
    study::ScreeningOutcome screenPerson(study::Answers call, study::Answers phq, study::Answers gad) const {
        const study::Screening& screening = *m_pack.screening(text("person"));
        const std::vector<study::AnsweredForm> forms = {{m_pack.form(text("call-person")), std::move(call)},
                                                        {m_pack.form(text("phq-9")), std::move(phq)},
                                                        {m_pack.form(text("gad-7")), std::move(gad)}};
        return study::screen(screening, *screening.inForceOn(QDate(2026, 11, 23)), forms);
    }

private slots:
    void initTestCase() {
        const auto checked = study::checkPack(packIn("studies/a-caregiver-support"));
        QVERIFY2(!checked.hasErrors(), allFaults(checked.faults).constData());
        m_pack = checked.pack;
    }

    void studyAIsInOrderButForTheWordingOfItsInstrumentsAndItsHelpLines() {
        const auto checked = study::checkPack(packIn("studies/a-caregiver-support"));
        QVERIFY2(checked.faults.size() == 4U + 4U && !checked.hasErrors(), allFaults(checked.faults).constData());
        QCOMPARE(uncalledLines(checked), 4);
        for (const char* path : {"instruments/phq-9.yaml", "instruments/gad-7.yaml"}) {
            QVERIFY(hasFault(checked.faults, text(path), 2, text("the wording in fr is not verified")));
            QVERIFY(hasFault(checked.faults, text(path), 2, text("the wording in en is not verified")));
        }
    }

    void studyBIsInOrderButForItsHelpLines() {
        const auto checked = study::checkPack(packIn("studies/b-peer-support"));
        QVERIFY2(checked.faults.size() == 4U && !checked.hasErrors(), allFaults(checked.faults).constData());
        QCOMPARE(uncalledLines(checked), 4);
        const study::Form* questionnaire = checked.pack.form(text("consultation"));
        QVERIFY(questionnaire != nullptr);
        const auto isHeading = [](const study::FormItem& item) { return item.type == study::ItemType::Heading; };
        const auto headings = std::ranges::count_if(questionnaire->items, isHeading);
        QCOMPARE(static_cast<int>(headings), 19);
        QCOMPARE(questionnaire->items.size() - static_cast<std::size_t>(headings), 41U);
        QVERIFY(checked.pack.form(text("demographics"))->kept == study::Kept::Apart);
    }

    void totalsOfThePhqFallIntoTheirBands() {
        const study::Form& phq = *m_pack.form(text("phq-9"));
        for (int total = 0; total <= 27; ++total) {
            const study::AnsweredForm answered{&phq, answersFor(total, 9)};
            QCOMPARE(study::total(answered, phq.scores.front()), std::optional(total));
            const char* expected = total < 5    ? "minimal"
                                   : total < 10 ? "mild"
                                   : total < 15 ? "moderate"
                                   : total < 20 ? "moderately-severe"
                                                : "severe";
            QCOMPARE(study::band(answered, phq.scores.front())->id, text(expected));
            QCOMPARE(alertIds(answered).contains(text("severe")), total >= 20);
        }
    }

    void totalsOfTheGadFallIntoTheirBands() {
        const study::Form& gad = *m_pack.form(text("gad-7"));
        for (int total = 0; total <= 21; ++total) {
            const study::AnsweredForm answered{&gad, answersFor(total, 7)};
            const char* expected = total < 5 ? "minimal" : total < 10 ? "mild" : total < 15 ? "moderate" : "severe";
            QCOMPARE(study::band(answered, gad.scores.front())->id, text(expected));
            QCOMPARE(alertIds(answered), total >= 15 ? QStringList(text("severe")) : QStringList());
        }
    }

    void itemNineAlertsAtOnceWhateverElseIsAnswered() {
        const study::Form& phq = *m_pack.form(text("phq-9"));
        for (int level = 0; level <= 3; ++level) {
            const study::AnsweredForm alone{&phq, {{text("item-9"), chosen(kLevels[level])}}};
            QCOMPARE(alertIds(alone), level >= 1 ? QStringList(text("item-nine")) : QStringList());
        }
        for (const study::Alert& alert : phq.alerts) {
            QVERIFY(!alert.tells.at(text("fr")).isEmpty());
            QVERIFY(!alert.tells.at(text("en")).isEmpty());
        }
        QVERIFY(phq.isPrivate);
    }

    void randomAnswersToThePhqAreSummedAndBandedRightly() {
        std::mt19937 random(9);
        const study::Form& phq = *m_pack.form(text("phq-9"));
        for (int round = 0; round < 1000; ++round) {
            int expected = 0;
            study::AnsweredForm answered{&phq, {}};
            for (int i = 1; i <= 9; ++i) {
                const int level = std::uniform_int_distribution<int>(0, 3)(random);
                expected += level;
                answered.answers[itemId(i)] = chosen(kLevels[level]);
            }
            QCOMPARE(study::total(answered, phq.scores.front()), std::optional(expected));
            const study::Band* band = study::band(answered, phq.scores.front());
            QVERIFY(band != nullptr && band->range.holds({expected, expected}));
        }
    }

    void theSevereCutOffsAreTwentyAndFifteen() {
        const auto outcome = [&](int phq, int gad) {
            return screenPerson(callAnswers(), answersFor(phq, 9), answersFor(gad, 7));
        };
        QVERIFY(outcome(19, 14).fit == Fit::Fits);
        QVERIFY(outcome(20, 0).fit == Fit::NotNow);
        QVERIFY(outcome(0, 15).fit == Fit::NotNow);
        QCOMPARE(outcome(20, 0).reason, text("moment"));
        QVERIFY(screenPerson(callAnswers(), answersFor(3, 9), {}).fit == Fit::Open);
    }

    void everyRuleOfTheCallCanTurnTheOutcome() {
        for (const char* id : {"adult", "language", "diagnosed", "in-recovery", "able"}) {
            study::Answers call = callAnswers();
            call[text(id)] = chosen("no");
            QVERIFY(screenPerson(call, answersFor(0, 9), answersFor(0, 7)).fit == Fit::NotNow);
        }
        study::Answers call = callAnswers();
        call[text("helpers")] = number(1);
        QCOMPARE(screenPerson(call, answersFor(0, 9), answersFor(0, 7)).reason, text("helpers"));
    }

    void everyRoleOfStudyAIsScreenedAndCalledSomething() {
        for (const study::Role& role : m_pack.roles) {
            QVERIFY(m_pack.screening(role.id) != nullptr);
            QCOMPARE(role.called.size(), 2U);
        }
        QCOMPARE(study::standIn(*m_pack.role(text("caregiver")), text("en")), text("the person close to you"));
    }
};

QTEST_GUILESS_MAIN(TestFoundingStudies)
#include "tst_founding_studies.moc"
