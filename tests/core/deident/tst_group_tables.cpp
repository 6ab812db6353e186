// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/interview/group_fixture.h"
#include "deident/group_tables.h"
#include "study/deident_fields.h"

using namespace sotto;
using namespace sotto::test;
using interview::EventKind;

namespace {

QString id(char letter) {
    return memberId(letter).toString();
}

/// A group of three: a and b share, c may or may not; one code in the turn of each, one of nobody in particular.
struct Case {
    Case() {
        pack.languages = QStringList{QStringLiteral("fr")};
        study::Role role;
        role.id = QStringLiteral("person");
        pack.roles.push_back(role);
        study::Guide theGuide = guide();
        theGuide.role = QStringLiteral("person");
        theGuide.language = QStringLiteral("fr");
        pack.guides.push_back(theGuide);
        pack.codebook = codebook();
        pack.deident.allowedFields = study::deidentUniverse();
        opening = test::opening();
        opening.group = groupOfThree();
        pack.id = opening.studyId;
        pack.version = opening.studyVersion;
        group.id = opening.participant;
        group.role = QStringLiteral("person");
        group.researchCode = QStringLiteral("G-00");
        const auto code = [](std::int64_t ms) { return eventOf(EventKind::Code, ms, QStringLiteral("presence")); };
        events = numbered({touch(10'000, 'a'), code(11'000), eventOf(EventKind::Ask, 15'000, QStringLiteral("how")),
                           touch(20'000, 'b'), code(22'000), touch(30'000, 'c'), code(33'000),
                           eventOf(EventKind::Answer, 34'000, QStringLiteral("when"), QStringLiteral("declined")),
                           touchSeveral(40'000), code(44'000)});
    }
    void share(char letter) {
        deident::GroupShare share;
        share.participant = {memberId(letter), QStringLiteral("person"), QStringLiteral("Mira"),
                             QStringLiteral("R-") + QLatin1Char(letter), std::nullopt};
        share.consent.participant = share.participant.id;
        share.consent.takesPart = true;
        share.consent.granted = {study::Permission::TakePart, study::Permission::ShareDeidentified};
        sharing.push_back(share);
    }
    [[nodiscard]] Result<std::vector<deident::ResearchTable>> tables() const {
        return deident::groupTables({pack, group, opening, events, 60'000, 1, 0, sharing});
    }
    /// "R-a 11, R-b 22": code and second of each line of a table.
    [[nodiscard]] QStringList lines(const QString& name, int column) const {
        QStringList lines;
        const auto all = tables();
        if (!all) return {QStringLiteral("failed")};
        for (const auto& table : *all) {
            if (table.name != name) continue;
            for (const QStringList& row : table.rows)
                lines += row.at(0) + QLatin1Char(' ') + row.at(column);
        }
        return lines;
    }
    [[nodiscard]] QByteArray everything() const {
        QByteArray all;
        const auto tables = this->tables();
        for (const auto& table : tables.value_or(std::vector<deident::ResearchTable>{}))
            all += table.toCsv();
        return all;
    }

    study::StudyPack pack;
    people::Group group;
    interview::Opening opening;
    std::vector<interview::Event> events;
    std::vector<deident::GroupShare> sharing;
};

int columnOf(const QString& table, const QString& field) {
    return static_cast<int>(study::deidentUniverse().at(table).indexOf(field));
}

}  // namespace

class TestGroupTables final : public QObject {
    Q_OBJECT

private slots:
    void whatWasSaidBearsTheCodeOfWhoSaidIt() {
        Case all;
        for (const char letter : {'a', 'b', 'c'})
            all.share(letter);
        VERIFY_OK(all.tables());
        const int at = columnOf(QStringLiteral("codes"), QStringLiteral("at_s"));
        QCOMPARE(all.lines(QStringLiteral("codes"), at),
                 (QStringList{QStringLiteral("R-a 11"), QStringLiteral("R-b 22"), QStringLiteral("R-c 33"),
                              QStringLiteral("G-00 44")}));
        QCOMPARE(all.lines(QStringLiteral("sessions"), 0).size(), 3);
    }

    void whoDoesNotShareIsLeftOutAndWhatCannotBeToldApartToo() {
        Case two;
        two.share('a');
        two.share('b');
        const int at = columnOf(QStringLiteral("codes"), QStringLiteral("at_s"));
        QCOMPARE(two.lines(QStringLiteral("codes"), at),
                 (QStringList{QStringLiteral("R-a 11"), QStringLiteral("R-b 22")}));
        QVERIFY(!two.everything().contains("R-c"));
        QVERIFY(!two.everything().contains(id('c').toUtf8()));
        QVERIFY(!two.everything().contains("declined"));
    }

    void theWalkOfTheGuideIsTheGroups() {
        Case all;
        for (const char letter : {'a', 'b', 'c'})
            all.share(letter);
        const int coverage = columnOf(QStringLiteral("coverage"), QStringLiteral("coverage"));
        QCOMPARE(all.lines(QStringLiteral("coverage"), coverage),
                 (QStringList{QStringLiteral("G-00 asked"), QStringLiteral("G-00 declined"),
                              QStringLiteral("G-00 not-reached")}));
    }

    void ifNobodySharesNothingLeaves() {
        VERIFY_FAILS(Case().tables(), ErrorCode::ConsentMissing);
        Case other;
        other.share('a');
        other.group.id = ParticipantId::random();
        VERIFY_FAILS(other.tables(), ErrorCode::InvalidArgument);
    }

    void pseudonymsAndIdsNeverLeave() {
        Case all;
        for (const char letter : {'a', 'b', 'c'})
            all.share(letter);
        for (const char* secret : {"Mira", "Tovi", "Sela"})
            QVERIFY(!all.everything().contains(secret));
        for (const char letter : {'a', 'b', 'c'})
            QVERIFY(!all.everything().contains(id(letter).toUtf8()));
    }
};

QTEST_GUILESS_MAIN(TestGroupTables)
#include "tst_group_tables.moc"
