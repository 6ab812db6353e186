// SPDX-License-Identifier: Apache-2.0
// What follows from answers: which items are asked, scores, bands and alerts; by example, and for random answers.
#include <random>

#include <QTest>

#include "form_fixture.h"

using namespace sotto;
using namespace sotto::test;
using study::Verdict;

namespace {

constexpr int kRounds = 2000;

/// A condition of one test, in the form "sheet".
study::Condition within(const char* subject, int least, int most) {
    return {{{study::Test{text("sheet"), text(subject), study::Test::Kind::Within, {}, least, most}}}};
}

/// What a test says once nothing is missing any more.
bool isWithin(int number, const study::Condition& condition) {
    const study::Test& test = condition.anyOf.front().front();
    return number >= test.least && number <= test.most;
}

}  // namespace

class TestAnswers : public QObject {
    Q_OBJECT

private:
    study::StudyPack m_pack;
    const study::Form* m_form = nullptr;

    study::AnsweredForm answered(study::Answers answers) const { return {m_form, std::move(answers)}; }
    Verdict asked(const char* item, const study::Answers& answers) const {
        return study::isAsked(answered(answers), *m_form->item(text(item)));
    }
    Verdict verdictOn(const study::Condition& condition, const study::Answers& answers) const {
        const std::vector<study::AnsweredForm> forms = {answered(answers)};
        return study::verdict(condition, forms);
    }

private slots:
    void initTestCase() {
        const auto checked = study::checkPack(packWithSheet());
        QVERIFY(!checked.hasErrors());
        m_pack = checked.pack;
        m_form = m_pack.form(text("sheet"));
    }

    void anItemWithoutARuleIsAlwaysAsked() { QVERIFY(asked("sad", {}) == Verdict::Yes); }

    void aSkipRuleIsOpenUntilItsItemIsAnswered() {
        const QString helpers = text("helpers");
        QVERIFY(asked("helpers-seen", {}) == Verdict::Open);
        QVERIFY(asked("helpers-seen", {{helpers, number(1)}}) == Verdict::Yes);
        QVERIFY(asked("helpers-seen", {{helpers, number(0)}}) == Verdict::No);
        QVERIFY(asked("helpers-seen", {{helpers, declined()}}) == Verdict::No);
        QVERIFY(asked("helpers-seen", {{helpers, number(10)}}) == Verdict::Open);  // no answer: out of range
    }

    void severalChosenOptionsIncludeEachOfThem() {
        const QString forms = text("forms");
        const study::Answer both{false, {text("group"), text("other")}, {}, text("A choir")};
        QVERIFY(asked("why-other", {{forms, both}}) == Verdict::Yes);
        QVERIFY(asked("why-other", {{forms, chosen("group")}}) == Verdict::No);
        QVERIFY(asked("why-other", {{forms, study::Answer{}}}) == Verdict::No);  // none of them
    }

    void datesAreComparedAsPreciselyAsTheyAreAsked() {
        const QString since = text("since");
        QVERIFY(asked("long-since", {{since, words("2020-05")}}) == Verdict::Yes);
        QVERIFY(asked("long-since", {{since, words("2020-06")}}) == Verdict::No);
        QVERIFY(asked("long-since", {{since, words("2019-12")}}) == Verdict::Yes);
        QVERIFY(asked("long-since", {{since, words("last spring")}}) == Verdict::Open);
        QVERIFY(asked("long-since", {{since, words("2020-05-01")}}) == Verdict::Open);
        QCOMPARE(study::dateNumber(text("2024-02-29"), study::DatePrecision::Day), std::optional(20240229));
        QCOMPARE(study::dateNumber(text("2023-02-29"), study::DatePrecision::Day), std::optional<int>());
        QCOMPARE(study::dateNumber(text("2024"), study::DatePrecision::Year), std::optional(2024));
        QCOMPARE(study::dateNumber(text("2024-13"), study::DatePrecision::Month), std::optional<int>());
    }

    void anyOfNeedsOneAndAllOfNeedsEach() {
        const QString adult = text("adult");
        const QString helpers = text("helpers");
        const QString strength = text("strength");
        QVERIFY(asked("who-acts", {{adult, chosen("yes")}, {helpers, number(2)}, {strength, number(1)}}) ==
                Verdict::Yes);
        QVERIFY(asked("who-acts", {{adult, chosen("no")}, {helpers, number(2)}, {strength, number(1)}}) == Verdict::No);
        QVERIFY(asked("who-acts", {{adult, chosen("no")}, {strength, number(5)}}) == Verdict::Yes);
        QVERIFY(asked("who-acts", {{adult, chosen("no")}, {helpers, number(2)}}) == Verdict::Open);
        QVERIFY(asked("who-acts", {{adult, chosen("no")}, {strength, number(4)}}) == Verdict::No);
    }

    void whatWasAnsweredBeforeItCameToBeHiddenDoesNotCount() {
        const study::Condition seen = within("helpers-seen", 1, 9);
        QVERIFY(verdictOn(seen, {{text("helpers"), number(3)}, {text("helpers-seen"), number(2)}}) == Verdict::Yes);
        QVERIFY(verdictOn(seen, {{text("helpers"), number(0)}, {text("helpers-seen"), number(2)}}) == Verdict::No);
    }

    void aFormOrSubjectThatIsNotThereNeverHolds() {
        QVERIFY(verdictOn(within("nothing", 0, 9), {}) == Verdict::No);
        QVERIFY(study::verdict(within("sad", 0, 1), {}) == Verdict::No);
        QVERIFY(study::verdict({}, {}) == Verdict::No);
    }

    void aTotalIsKnownOnlyWhenEverythingIsAnswered() {
        const study::Score& score = m_form->scores.front();
        study::Answers answers = {{text("tired"), chosen("daily")}, {text("sad"), chosen("never")}};
        QCOMPARE(study::total(answered(answers), score), std::optional<int>());
        QVERIFY(study::band(answered(answers), score) == nullptr);
        QCOMPARE(study::totalSoFar(answered(answers), score), (study::Range{3, 12}));
        answers[text("helpers")] = declined();
        QCOMPARE(study::total(answered(answers), score), std::optional<int>());
        answers[text("helpers")] = number(1);
        QCOMPARE(study::total(answered(answers), score), std::optional(4));
        QCOMPARE(study::band(answered(answers), score)->id, text("low"));
        answers[text("helpers")] = number(2);
        QCOMPARE(study::band(answered(answers), score)->id, text("high"));
    }

    void anAlertIsSetOffAsSoonAsNothingCouldPreventIt() {
        const auto names = [&](study::Answers answers) {
            QStringList ids;
            const study::AnsweredForm form = answered(std::move(answers));
            for (const study::Alert* alert : study::alerts(form)) {
                ids.append(alert->id);
            }
            return ids.join(QLatin1Char(' '));
        };
        QCOMPARE(names({}), QString());
        QCOMPARE(names({{text("sad"), chosen("never")}}), QString());
        QCOMPARE(names({{text("sad"), declined()}}), QString());
        QCOMPARE(names({{text("sad"), chosen("daily")}}), text("sadness"));
        QCOMPARE(names({{text("sad"), chosen("daily")}, {text("helpers"), number(7)}}), text("sadness much"));
        QCOMPARE(names({{text("sad"), chosen("daily")}, {text("helpers"), number(6)}, {text("tired"), declined()}}),
                 text("sadness"));
    }

    /// Whatever is answered, in whatever order: totals stay within what was announced, a verdict that is not open never
    /// changes, and in the end it is what the total says.
    void verdictsOnScoresNeverChangeTheirMind() {
        std::mt19937 random(20261123);
        const auto upTo = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
        const study::Score& score = m_form->scores.front();
        for (int round = 0; round < kRounds; ++round) {
            const int least = upTo(15);
            const study::Condition condition = within("total", least, least + upTo(15));
            QStringList order = score.items;
            std::shuffle(order.begin(), order.end(), random);
            study::Answers answers;
            Verdict last = verdictOn(condition, answers);
            study::Range range = study::totalSoFar(answered(answers), score);
            for (const QString& id : order) {
                answers[id] = id == text("helpers") ? number(upTo(9)) : chosen(upTo(1) == 0 ? "never" : "daily");
                const Verdict now = verdictOn(condition, answers);
                QVERIFY(last == Verdict::Open || now == last);
                const study::Range narrower = study::totalSoFar(answered(answers), score);
                QVERIFY(range.holds(narrower));
                last = now;
                range = narrower;
            }
            const auto total = study::total(answered(answers), score);
            QVERIFY(total.has_value());
            QVERIFY(last == (isWithin(*total, condition) ? Verdict::Yes : Verdict::No));
        }
    }

    /// Every total that can be reached has one band, and it is the one whose bounds hold it.
    void everyTotalHasOneBand() {
        std::mt19937 random(7);
        const auto upTo = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
        const study::Score& score = m_form->scores.front();
        for (int round = 0; round < kRounds; ++round) {
            const int tired = upTo(1);
            const int sad = upTo(1);
            const int helpers = upTo(9);
            const study::AnsweredForm form = answered({{text("tired"), chosen(tired == 1 ? "daily" : "never")},
                                                       {text("sad"), chosen(sad == 1 ? "daily" : "never")},
                                                       {text("helpers"), number(helpers)}});
            const int expected = 3 * tired + 3 * sad + helpers;
            QCOMPARE(study::total(form, score), std::optional(expected));
            QCOMPARE(study::band(form, score)->id, text(expected <= 4 ? "low" : "high"));
        }
    }
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
