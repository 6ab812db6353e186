// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "core/people/a_form.h"
#include "people/form_answers.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::people;
using namespace sotto::test;

Q_DECLARE_METATYPE(sotto::study::Answer)
Q_DECLARE_METATYPE(sotto::people::AnswerFault)

class TestFormAnswers final : public QObject {
    Q_OBJECT

private slots:
    void answersThatDoNotFitTheirQuestionAreNamed_data();
    void answersThatDoNotFitTheirQuestionAreNamed();
    void whatMustBeAnsweredCanNotBeDeclined();
    void everyAnswerComesBackAsItWasWritten_data();
    void everyAnswerComesBackAsItWasWritten();
    void whatIsNoAnswerIsRefused_data();
    void whatIsNoAnswerIsRefused();
    void otherWordsAreAnotherForm();
};

void TestFormAnswers::answersThatDoNotFitTheirQuestionAreNamed_data() {
    QTest::addColumn<QString>("item");
    QTest::addColumn<study::Answer>("answer");
    QTest::addColumn<AnswerFault>("fault");
    const auto row = [](const char* name, const char* item, const study::Answer& answer, AnswerFault fault) {
        QTest::newRow(name) << QString::fromLatin1(item) << answer << fault;
    };
    row("one option", "mood", chose({QStringLiteral("well")}), AnswerFault::None);
    row("two of one", "mood", chose({QStringLiteral("well"), QStringLiteral("low")}), AnswerFault::NoSuchOption);
    row("none of one", "mood", chose({}), AnswerFault::Empty);
    row("an option that is not there", "mood", chose({QStringLiteral("fair")}), AnswerFault::NoSuchOption);
    row("none of several", "roles", chose({}), AnswerFault::None);
    row("the same twice", "roles", chose({QStringLiteral("friend"), QStringLiteral("friend")}),
        AnswerFault::NoSuchOption);
    row("other with words", "roles", chose({QStringLiteral("other")}, QStringLiteral("a cousin")), AnswerFault::None);
    row("other without words", "roles", chose({QStringLiteral("other")}, QStringLiteral("  ")),
        AnswerFault::OtherWithoutWords);
    row("words without other", "roles", chose({QStringLiteral("friend")}, QStringLiteral("a cousin")),
        AnswerFault::NoSuchOption);
    row("least", "age", counted(0), AnswerFault::None);
    row("most", "age", counted(10), AnswerFault::None);
    row("below", "age", counted(-1), AnswerFault::OutOfRange);
    row("above", "age", counted(11), AnswerFault::OutOfRange);
    row("words for a number", "age", wrote(QStringLiteral("ten")), AnswerFault::NoNumber);
    row("above the scale", "strength", counted(11), AnswerFault::OutOfRange);
    row("a month", "since", wrote(QStringLiteral("2020-02")), AnswerFault::None);
    row("no month", "since", wrote(QStringLiteral("2020-13")), AnswerFault::NoDate);
    row("too exact a date", "since", wrote(QStringLiteral("2020-02-03")), AnswerFault::NoDate);
    row("a text", "why", wrote(QStringLiteral("so")), AnswerFault::None);
    row("blank", "why", wrote(QStringLiteral(" \n")), AnswerFault::Empty);
    row("as long as may be", "why", wrote(QString(kMaxAnswerText, u'x')), AnswerFault::None);
    row("too long", "why", wrote(QString(kMaxAnswerText + 1, u'x')), AnswerFault::TooLong);
    row("a box", "places-home", wrote(QStringLiteral("yes")), AnswerFault::None);
    row("the question of boxes", "places", wrote(QStringLiteral("yes")), AnswerFault::NoSuchItem);
    row("the question of boxes declined", "places", keptSilent(), AnswerFault::None);
    row("no item", "weight", counted(1), AnswerFault::NoSuchItem);
    row("a heading", "", wrote(QStringLiteral("x")), AnswerFault::NoSuchItem);
    row("declined", "mood", keptSilent(), AnswerFault::None);
}

void TestFormAnswers::answersThatDoNotFitTheirQuestionAreNamed() {
    QFETCH(QString, item);
    QFETCH(study::Answer, answer);
    QFETCH(AnswerFault, fault);
    QCOMPARE(static_cast<int>(checkAnswer(aForm(), item, answer)), static_cast<int>(fault));
}

void TestFormAnswers::whatMustBeAnsweredCanNotBeDeclined() {
    study::Form form = aForm();
    form.skippable = false;
    form.items[1].required = true;
    QVERIFY(checkAnswer(form, QStringLiteral("mood"), keptSilent()) == AnswerFault::MayNotDecline);
    QVERIFY(checkAnswer(form, QStringLiteral("roles"), keptSilent()) == AnswerFault::None);
}

void TestFormAnswers::everyAnswerComesBackAsItWasWritten_data() {
    QTest::addColumn<study::Answer>("answer");
    QTest::newRow("declined") << keptSilent();
    QTest::newRow("one") << chose({QStringLiteral("well")});
    QTest::newRow("none of several") << chose({});
    QTest::newRow("other") << chose({QStringLiteral("friend"), QStringLiteral("other")}, QStringLiteral("née \"x\""));
    QTest::newRow("number") << counted(-7);
    QTest::newRow("nought") << counted(0);
    QTest::newRow("words") << wrote(QStringLiteral("à la maison\n\nchaque jour"));
}

void TestFormAnswers::everyAnswerComesBackAsItWasWritten() {
    QFETCH(study::Answer, answer);
    const auto back = answerFromText(answerText(answer));
    VERIFY_OK(back);
    QVERIFY(same(*back, answer));
}

void TestFormAnswers::whatIsNoAnswerIsRefused_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "[]", "{}", "{\"declined\":false}", "{\"number\":1.5}", "{\"options\":[1]}",
                             "{\"text\":\"a\",\"more\":1}", "{\"declined\":true,\"text\":\"a\"}"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestFormAnswers::whatIsNoAnswerIsRefused() {
    QFETCH(QString, text);
    const auto answer = answerFromText(text);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ParseFailed);
}

void TestFormAnswers::otherWordsAreAnotherForm() {
    const QString before = formHash(aForm());
    QCOMPARE(before, formHash(aForm()));
    QCOMPARE(before.size(), 64);
    study::Form form = aForm();
    form.items[1].text[QStringLiteral("fr")] += u'!';
    QVERIFY(formHash(form) != before);
    form = aForm();
    form.items[1].options[0].name[QStringLiteral("en")] = QStringLiteral("Fine");
    QVERIFY(formHash(form) != before);
    form = aForm();
    form.items[4].most = 11;
    QVERIFY(formHash(form) != before);
    form = aForm();
    form.items[2].when.reset();
    QVERIFY(formHash(form) != before);
    // What nobody reads while answering does not change what was answered.
    form = aForm();
    form.carry[QStringLiteral("mood")] = QStringLiteral("mood");
    QCOMPARE(formHash(form), before);
}

QTEST_GUILESS_MAIN(TestFormAnswers)
#include "tst_form_answers.moc"
