// SPDX-License-Identifier: Apache-2.0
#include <QSignalSpy>
#include <QTest>

#include "tablet/people_list_model.h"

using namespace sotto;
using app::PeopleListModel;

/// The list of people on the home screen: who comes first, who is found, how many are shown.
class TestPeopleList : public QObject {
    Q_OBJECT

private slots:
    void whoeverWaitsForSomethingComesFirst();
    void aLongListBeginsShortAndGrowsOnRequest();
    void theSearchFindsThoseWhoAreNotShown();
};

namespace {

std::vector<workflow::PersonOverview> somebodies(int count) {
    std::vector<workflow::PersonOverview> all;
    for (int i = 0; i < count; ++i) {
        workflow::PersonOverview person;
        person.participant.id = ParticipantId::random();
        person.participant.role = QStringLiteral("person");
        person.participant.pseudonym = QStringLiteral("Somebody-%1").arg(i, 3, 10, QLatin1Char('0'));
        person.state = workflow::PersonState::Received;
        all.push_back(std::move(person));
    }
    return all;
}

QString nameAt(const PeopleListModel& model, int row) {
    return model.data(model.index(row), PeopleListModel::Pseudonym).toString();
}

}  // namespace

void TestPeopleList::whoeverWaitsForSomethingComesFirst() {
    auto all = somebodies(3);
    all[2].state = workflow::PersonState::BrokenOff;
    PeopleListModel model;
    model.set(std::move(all), {}, QStringLiteral("en"));
    QCOMPARE(nameAt(model, 0), QStringLiteral("Somebody-002"));
    QCOMPARE(nameAt(model, 1), QStringLiteral("Somebody-000"));
    QCOMPARE(model.hidden(), 0);
}

void TestPeopleList::aLongListBeginsShortAndGrowsOnRequest() {
    PeopleListModel model;
    model.set(somebodies(93), {}, QStringLiteral("en"));
    const int first = model.rowCount();
    QVERIFY(first > 0 && first < 93);
    QCOMPARE(model.hidden(), 93 - first);
    const QSignalSpy grown(&model, &QAbstractItemModel::rowsInserted);
    while (model.hidden() > 0) {
        const int before = model.rowCount();
        model.showMore();
        QVERIFY(model.rowCount() > before);
    }
    QVERIFY(grown.count() > 0);
    QCOMPARE(model.rowCount(), 93);
    QCOMPARE(nameAt(model, 92), QStringLiteral("Somebody-092"));
    model.showMore();
    QCOMPARE(model.rowCount(), 93);
}

void TestPeopleList::theSearchFindsThoseWhoAreNotShown() {
    PeopleListModel model;
    model.set(somebodies(93), {}, QStringLiteral("en"));
    model.filter(QStringLiteral("body-09"));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.hidden(), 0);
    QCOMPARE(nameAt(model, 0), QStringLiteral("Somebody-090"));
}

QTEST_GUILESS_MAIN(TestPeopleList)
#include "tst_people_list.moc"
