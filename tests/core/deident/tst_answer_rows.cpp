// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/a_form.h"
#include "deident/answer_rows.h"

using namespace sotto;
using namespace sotto::test;

/// What leaves of answers: bands and options, never a word.
class TestAnswerRows : public QObject {
    Q_OBJECT

private slots:
    void numbersAndDatesLeaveAsBands_data();
    void numbersAndDatesLeaveAsBands();
    void wordsNeverLeave();
    void whatIsKeptElsewhereDoesNotLeave();
};

void TestAnswerRows::numbersAndDatesLeaveAsBands_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("band");
    for (const auto& [number, band] : {std::pair{0, "0"},
                                       {1, "1-2"},
                                       {2, "1-2"},
                                       {5, "3-5"},
                                       {6, "6-10"},
                                       {20, "11-20"},
                                       {21, "21-30"},
                                       {30, "21-30"},
                                       {31, "31-40"},
                                       {80, "71-80"},
                                       {81, "81 and more"},
                                       {104, "81 and more"},
                                       {-3, "below 0"}})
        QTest::addRow("%d", number) << number << QString::fromLatin1(band);
}

void TestAnswerRows::numbersAndDatesLeaveAsBands() {
    QFETCH(int, number);
    QFETCH(QString, band);
    auto item = itemOf(study::ItemType::Number, QStringLiteral("age"));
    QCOMPARE(deident::carriedValues(item, {{item.id, counted(number)}}), QStringList(band));
    auto since = itemOf(study::ItemType::Date, QStringLiteral("since"));
    QCOMPARE(deident::carriedValues(since, {{since.id, wrote(QStringLiteral("1987-06"))}}),
             QStringList(QStringLiteral("1980-1989")));
}

void TestAnswerRows::wordsNeverLeave() {
    study::Form form = aForm();
    for (const study::FormItem& item : form.items) {
        if (!item.id.isEmpty()) form.carry[item.id] = item.id;
    }
    const QString canary = QStringLiteral("zanzibar");
    const study::AnsweredForm answered{&form,
                                       {{QStringLiteral("roles"), chose({QStringLiteral("other"), canary}, canary)},
                                        {QStringLiteral("why"), wrote(canary)},
                                        {QStringLiteral("places-home"), wrote(canary)},
                                        {QStringLiteral("mood"), keptSilent()},
                                        {QStringLiteral("strength"), counted(4)}}};
    QStringList said;
    for (const auto& row : deident::contextRows({answered}))
        said.append(row.at(QStringLiteral("item")) + u'=' + row.at(QStringLiteral("value")));
    said.sort();
    QCOMPARE(said, QStringList(
                       {QStringLiteral("mood=declined"), QStringLiteral("roles=other"), QStringLiteral("strength=4")}));
    const auto scores = deident::scoreRows({answered});
    QCOMPARE(scores.size(), std::size_t{1});
    QCOMPARE(scores.front().at(QStringLiteral("band")), QString());  // an answer is missing
}

void TestAnswerRows::whatIsKeptElsewhereDoesNotLeave() {
    for (const study::Kept kept : {study::Kept::Apart, study::Kept::Screening}) {
        study::Form form = aForm(kept);
        form.carry[QStringLiteral("mood")] = QStringLiteral("mood");
        const study::AnsweredForm answered{
            &form,
            {{QStringLiteral("mood"), chose({QStringLiteral("low")})}, {QStringLiteral("strength"), counted(9)}}};
        QVERIFY(deident::contextRows({answered}).empty() && deident::scoreRows({answered}).empty());
    }
}

QTEST_GUILESS_MAIN(TestAnswerRows)
#include "tst_answer_rows.moc"
