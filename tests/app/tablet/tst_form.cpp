// SPDX-License-Identifier: Apache-2.0
#include <QSignalSpy>
#include <QTest>

#include "core/people/a_form.h"
#include "kept_answers.h"
#include "tablet/form_view_model.h"

using namespace sotto;
using app::FormViewModel;
using Step = FormViewModel::Step;
using Kind = FormViewModel::Kind;

/// A form, one question at a time, without a tablet around it.
class TestForm : public QObject {
    Q_OBJECT

private slots:
    void oneQuestionComesAfterTheOtherAndRulesSkip();
    void itGoesOnWhereItWasLeft();
    void everyKindOfAnswerIsSavedAsItIsGiven();
    void whatIsTypedIsSavedAfterARestAndOnLeaving();
    void badInputIsNamedAtTheFieldAndLosesNothing_data();
    void badInputIsNamedAtTheFieldAndLosesNothing();
    void otherNeedsWords();
    void decliningIsAnAnswerThatCanBeTakenBack();
    void whatIsRequiredHoldsOneBack();
    void whatCouldNotBeSavedIsTriedAgain();
    void finishingWaitsForTheDisk();
    void anAlertIsSaidByItsHeading();
    void anotherAnswerThanExpectedExplainsAndNeverBlocks();
    void theSameQuestionInAnotherLanguage();

private:
    [[nodiscard]] std::unique_ptr<FormViewModel> make(study::Form form = test::aForm(), study::Answers known = {}) {
        m_kept = {};
        return std::make_unique<FormViewModel>(std::move(form), QStringLiteral("en"), std::move(known), m_kept.saver());
    }
    /// Goes on to the question about that.
    static void goTo(FormViewModel& form, const QString& about) {
        for (int i = 0; i < 20 && !form.text().contains(about); ++i)
            form.next();
    }
    test::KeptAnswers m_kept;
};

void TestForm::oneQuestionComesAfterTheOtherAndRulesSkip() {
    const auto form = make();
    QCOMPARE(form->step(), Step::Intro);  // it tells what an answer sets off
    QCOMPARE(form->tells(), QStringList(QStringLiteral("If you say low, the interviewer asks how you are.")));
    form->next();
    QCOMPARE(form->text(), QStringLiteral("About mood?"));
    QCOMPARE(form->heading(), QStringLiteral("About ?"));
    QCOMPARE(form->count(), 6);
    form->next();
    QCOMPARE(form->text(), QStringLiteral("About roles?"));
    form->back();
    form->choose(QStringLiteral("low"));
    QCOMPARE(form->count(), 7);
    form->next();
    QCOMPARE(form->text(), QStringLiteral("About why?"));
    QCOMPARE(form->index(), 1);
    QStringList seen;
    for (; form->step() == Step::Item; form->next())
        seen.append(form->text());
    QCOMPARE(seen.size(), 6);
    QCOMPARE(form->step(), Step::End);
    QCOMPARE(form->unanswered(), 6);
    form->lookAgain();
    QCOMPARE(form->text(), QStringLiteral("About why?"));
    form->back();
    form->back();
    QCOMPARE(form->step(), Step::Intro);
    QSignalSpy left(form.get(), &FormViewModel::left);
    form->back();
    QCOMPARE(left.count(), 1);
}

void TestForm::itGoesOnWhereItWasLeft() {
    const QString mood = QStringLiteral("mood");
    const auto form = make(
        test::aForm(), {{mood, test::chose({QStringLiteral("well")})}, {QStringLiteral("roles"), test::keptSilent()}});
    form->start();
    QCOMPARE(form->text(), QStringLiteral("About age?"));
    form->back();
    QVERIFY(form->isDeclined());
    form->back();
    QCOMPARE(form->chosen(), QStringList(QStringLiteral("well")));
    QVERIFY(m_kept.saves.empty());
}

void TestForm::everyKindOfAnswerIsSavedAsItIsGiven() {
    const auto form = make();
    form->start();
    form->choose(QStringLiteral("low"));
    QCOMPARE(m_kept.saves.size(), std::size_t{1});
    goTo(*form, QStringLiteral("roles"));
    QCOMPARE(form->kind(), Kind::Multiple);
    form->choose(QStringLiteral("friend"));
    goTo(*form, QStringLiteral("age"));
    form->write(QStringLiteral(" 7 "));
    form->next();
    QCOMPARE(form->kind(), Kind::Scale);
    QCOMPARE(form->options().size(), 11);
    form->choose(QStringLiteral("10"));
    form->next();
    form->writeDate(QStringLiteral("month"), QStringLiteral("2"));
    QVERIFY(!form->fault().isEmpty());  // half a date
    form->writeDate(QStringLiteral("year"), QStringLiteral("2020"));
    QCOMPARE(form->fault(), QString());
    form->next();
    form->writePart(QStringLiteral("places-work"), QStringLiteral("often"));
    form->next();
    const auto& answers = form->answers();
    QCOMPARE(answers.at(QStringLiteral("mood")).options, QStringList(QStringLiteral("low")));
    QCOMPARE(answers.at(QStringLiteral("roles")).options, QStringList(QStringLiteral("friend")));
    QCOMPARE(answers.at(QStringLiteral("age")).number, std::optional(7));
    QCOMPARE(answers.at(QStringLiteral("strength")).number, std::optional(10));
    QCOMPARE(answers.at(QStringLiteral("since")).text, QStringLiteral("2020-02"));
    QCOMPARE(answers.at(QStringLiteral("places-work")).text, QStringLiteral("often"));
    QCOMPARE(answers.size(), std::size_t{6});
    // What was saved last of each is what is answered.
    study::Answers saved;
    for (const auto& [id, answer] : m_kept.saves)
        saved[id] = answer.value_or(study::Answer{});
    QCOMPARE(saved.size(), answers.size());
    for (const auto& [id, answer] : answers)
        QVERIFY2(test::same(saved.at(id), answer), qPrintable(id));
    // And it comes back into its fields.
    form->back();
    QCOMPARE(form->parts()[1].toMap()[QStringLiteral("value")].toString(), QStringLiteral("often"));
    form->back();
    QCOMPARE(form->dateFields()[1].toMap()[QStringLiteral("value")].toString(), QStringLiteral("2020"));
    form->back();
    form->back();
    QCOMPARE(form->words(), QStringLiteral("7"));
}

void TestForm::whatIsTypedIsSavedAfterARestAndOnLeaving() {
    auto form = make();
    form->start();
    form->choose(QStringLiteral("low"));
    form->next();
    m_kept.saves.clear();
    for (const char* words : {"b", "be", "because"})
        form->write(QLatin1String(words));
    QVERIFY(m_kept.saves.empty());
    QTRY_COMPARE(m_kept.saves.size(), std::size_t{1});
    QCOMPARE(m_kept.saves.back().second->text, QStringLiteral("because"));
    form->write(QString());
    form->next();
    QCOMPARE(m_kept.saves.size(), std::size_t{2});
    QVERIFY(!m_kept.saves.back().second);  // not reached again
    form->back();
    form->write(QStringLiteral("once more"));
    form.reset();
    QCOMPARE(m_kept.saves.back().second->text, QStringLiteral("once more"));
}

void TestForm::badInputIsNamedAtTheFieldAndLosesNothing_data() {
    QTest::addColumn<QString>("about");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("said");
    QTest::newRow("no number") << "age"
                               << "ten"
                               << "from 0 to 10";
    QTest::newRow("half a number") << "age"
                                   << "1.5"
                                   << "from 0 to 10";
    QTest::newRow("too large") << "age"
                               << "11"
                               << "from 0 to 10";
    QTest::newRow("beyond counting") << "age"
                                     << "99999999999"
                                     << "from 0 to 10";
    QTest::newRow("no month") << "since"
                              << "13"
                              << "no such date";
    QTest::newRow("too long") << "why" << QString(people::kMaxAnswerText + 1, u'x') << "longer than";
}

void TestForm::badInputIsNamedAtTheFieldAndLosesNothing() {
    QFETCH(QString, about);
    QFETCH(QString, typed);
    QFETCH(QString, said);
    const study::Answers before{{QStringLiteral("mood"), test::chose({QStringLiteral("low")})},
                                {QStringLiteral("age"), test::counted(5)},
                                {QStringLiteral("since"), test::wrote(QStringLiteral("2020-02"))},
                                {QStringLiteral("why"), test::wrote(QStringLiteral("so"))}};
    const auto form = make(test::aForm(), before);
    form->start();
    while (!form->text().contains(u"mood"))
        form->back();
    goTo(*form, about);
    if (form->kind() == Kind::Date) {
        form->writeDate(QStringLiteral("month"), typed);
    } else {
        form->write(typed);
    }
    QVERIFY2(form->fault().contains(said), qPrintable(form->fault()));
    const QString asked = form->text();
    form->next();
    QCOMPARE(form->text(), asked);
    form->flush();
    QVERIFY(m_kept.saves.empty());
    QVERIFY(test::same(form->answers().at(about), before.at(about)));
    form->back();
    QCOMPARE(form->fault(), QString());
}

void TestForm::otherNeedsWords() {
    const auto form = make();
    form->start();
    goTo(*form, QStringLiteral("roles"));
    form->choose(QStringLiteral("friend"));
    form->choose(QStringLiteral("other"));
    QVERIFY(form->saysOther());
    QVERIFY2(form->fault().contains(u"in your own words"), qPrintable(form->fault()));
    QCOMPARE(form->answers().at(QStringLiteral("roles")).options, QStringList(QStringLiteral("friend")));
    form->next();
    QVERIFY(form->text().contains(u"roles"));
    form->write(QStringLiteral("a cousin"));
    form->next();
    const auto kept = form->answers().at(QStringLiteral("roles"));
    QCOMPARE(kept.options.size(), 2);
    QCOMPARE(kept.text, QStringLiteral("a cousin"));
    form->back();
    QCOMPARE(form->words(), QStringLiteral("a cousin"));
    form->choose(QStringLiteral("other"));
    QCOMPARE(form->answers().at(QStringLiteral("roles")).text, QString());
}

void TestForm::decliningIsAnAnswerThatCanBeTakenBack() {
    const auto form = make();
    form->start();
    form->choose(QStringLiteral("well"));
    form->decline();
    QVERIFY(form->isDeclined() && form->isAnswered() && form->chosen().isEmpty());
    QVERIFY(m_kept.saves.back().second->declined);
    form->decline();
    QVERIFY(!form->isDeclined() && !form->isAnswered());
    QVERIFY(!m_kept.saves.back().second);
    goTo(*form, QStringLiteral("places"));
    form->writePart(QStringLiteral("places-home"), QStringLiteral("yes"));
    form->decline();
    QVERIFY(!form->answers().contains(QStringLiteral("places-home")));
    form->writePart(QStringLiteral("places-home"), QStringLiteral("after all"));
    QVERIFY(!form->isDeclined());
    QVERIFY(!form->answers().contains(QStringLiteral("places")));
}

void TestForm::whatIsRequiredHoldsOneBack() {
    study::Form strict = test::aForm();
    strict.skippable = false;
    strict.items[1].required = true;
    const auto form = make(strict);
    QSignalSpy finished(form.get(), &FormViewModel::finished);
    form->start();
    QVERIFY(!form->mayDecline());
    form->decline();
    form->next();
    QVERIFY2(form->fault().contains(u"needs an answer"), qPrintable(form->fault()));
    QVERIFY(form->text().contains(u"mood"));
    form->choose(QStringLiteral("well"));
    form->next();
    QVERIFY(form->text().contains(u"roles"));
    form->finish();
    QCOMPARE(finished.count(), 1);
}

void TestForm::whatCouldNotBeSavedIsTriedAgain() {
    const auto form = make();
    form->start();
    m_kept.fails = true;
    form->choose(QStringLiteral("well"));
    QVERIFY(!form->error().isEmpty());
    QCOMPARE(form->chosen(), QStringList(QStringLiteral("well")));
    QSignalSpy finished(form.get(), &FormViewModel::finished);
    form->finish();
    QCOMPARE(finished.count(), 0);
    m_kept.fails = false;
    form->finish();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(form->error(), QString());
    QVERIFY(m_kept.saves.back().first == u"mood" && m_kept.saves.back().second);
}

void TestForm::finishingWaitsForTheDisk() {
    const auto form = make();
    form->start();
    m_kept.isSlow = true;
    form->choose(QStringLiteral("well"));
    QSignalSpy finished(form.get(), &FormViewModel::finished);
    form->finish();
    QCOMPARE(finished.count(), 0);
    m_kept.later();
    QCOMPARE(finished.count(), 1);
}

void TestForm::anAlertIsSaidByItsHeading() {
    const auto form = make();
    QSignalSpy alerted(form.get(), &FormViewModel::alerted);
    form->start();
    form->choose(QStringLiteral("well"));
    QCOMPARE(alerted.count(), 0);
    m_kept.alerts = {QStringLiteral("low-mood")};
    form->choose(QStringLiteral("low"));
    QCOMPARE(alerted.count(), 1);
    QCOMPARE(alerted[0][0].toString(), QStringLiteral("item-nine"));
}

void TestForm::anotherAnswerThanExpectedExplainsAndNeverBlocks() {
    study::Form asking = test::aForm();
    asking.items[1].right = QStringLiteral("well");
    const auto form = make(asking);
    QVERIFY(form->explains());
    form->start();
    QVERIFY(!form->isUnexpected());
    form->choose(QStringLiteral("low"));
    QVERIFY(form->isUnexpected());
    QVERIFY(form->fault().isEmpty());
    form->choose(QStringLiteral("well"));
    QVERIFY(!form->isUnexpected());
    QCOMPARE(form->answeredUnexpectedly(), QStringList(QStringLiteral("mood")));
    form->next();
    QVERIFY(form->text().contains(u"roles"));
}

void TestForm::theSameQuestionInAnotherLanguage() {
    const auto form = make();
    form->start();
    form->choose(QStringLiteral("well"));
    form->speak(QStringLiteral("fr"));
    QCOMPARE(form->text(), QStringLiteral("About mood? (fr)"));
    QCOMPARE(form->options()[0].toMap()[QStringLiteral("text")].toString(), QStringLiteral("Well (fr)"));
    QCOMPARE(form->chosen(), QStringList(QStringLiteral("well")));
    QVERIFY(form->spoken().contains(u"Low (fr)"));
}

QTEST_GUILESS_MAIN(TestForm)
#include "tst_form.moc"
