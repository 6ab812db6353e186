// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "people/nominations.h"
#include "people/people.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;
using study::MaySay;
using study::NominationWay;
using test::allRows;
using test::mentioning;

namespace {

const QString kName = QStringLiteral("Zanzibar Invention");
const QString kReach = QStringLiteral("555 0199, evenings");

}  // namespace

class TestNominations final : public QObject {
    Q_OBJECT

private:
    test::FakeClock m_clock;
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] Nominations nominations() { return Nominations(m_vaults->identities()); }
    [[nodiscard]] ParticipantId enrolOne() {
        const auto enrolled = enrol(m_vaults->sessions(), m_vaults->identities(), QStringLiteral("person"),
                                    QStringLiteral("Camille Invention"), std::nullopt, m_clock.now());
        return enrolled ? enrolled->id : ParticipantId();
    }
    static Nomination permitted(const ParticipantId& nominator) {
        return {NominationId::random(),
                nominator,
                QStringLiteral("caregiver"),
                NominationWay::Permits,
                kName,
                kReach,
                {MaySay::Name, MaySay::StudyTopic},
                1000,
                2000,
                {}};
    }
    static Nomination passedOn(const ParticipantId& nominator) {
        return {NominationId::random(),
                nominator,
                QStringLiteral("professional"),
                NominationWay::PassesOn,
                {},
                {},
                {},
                1500,
                2500,
                {}};
    }

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{Participants::schema()},
                                                     std::vector{Identities::schema(), Nominations::schema()});
    }

    void anEmptyPlaceComesBackAsItWasGiven() {
        const ParticipantId nominator = enrolOne();
        const Nomination given = permitted(nominator);
        VERIFY_OK(nominations().add(given));
        VERIFY_OK(nominations().add(passedOn(nominator)));
        VERIFY_OK(nominations().addTry(given.id, ContactKind::NoAnswer, m_clock.now()));
        VERIFY_OK(m_vaults->reopen());
        const auto waiting = nominations().waiting().value();
        QCOMPARE(waiting.size(), std::size_t{2});
        const Nomination& seen = waiting.front();
        QVERIFY(seen.id == given.id && seen.nominator == nominator && seen.role == given.role);
        QVERIFY(seen.way == NominationWay::Permits && seen.name == kName && seen.reach == kReach);
        QVERIFY(seen.maySay == given.maySay && seen.madeUtcMs == 1000 && seen.forgetUtcMs == 2000);
        QVERIFY(seen.tries.size() == 1 && seen.tries[0].kind == ContactKind::NoAnswer);
        QVERIFY(waiting[1].name.isEmpty() && waiting[1].way == NominationWay::PassesOn);
    }

    void whoPassesAnInvitationOnLeavesNoName() {
        const ParticipantId nominator = enrolOne();
        Nomination nomination = passedOn(nominator);
        nomination.name = kName;
        VERIFY_FAILS(nominations().add(nomination), ErrorCode::InvalidArgument);
        nomination = permitted(nominator);
        nomination.reach = QStringLiteral(" ");
        VERIFY_FAILS(nominations().add(nomination), ErrorCode::InvalidArgument);
        nomination.reach = QString(1001, u'x');
        VERIFY_FAILS(nominations().add(nomination), ErrorCode::InvalidArgument);
        VERIFY_FAILS(nominations().add(permitted(ParticipantId::random())), ErrorCode::NotFound);
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {kName}), QStringList());
        QVERIFY(nominations().namedBy(nominator).value().empty());
    }

    void theNominatorsSideStaysTheSameWhateverComesOfIt() {
        const ParticipantId nominator = enrolOne();
        const Nomination given = permitted(nominator);
        VERIFY_OK(nominations().add(given));
        const auto side = [&] {
            QStringList lines;
            const auto named = nominations().namedBy(nominator).value();
            for (const NamedSomebody& one : named)
                lines += one.role + u' ' + nominationWayName(one.way) + u' ' + QString::number(one.utcMs);
            return lines;
        };
        const QStringList before = side();
        QCOMPARE(before, QStringList{QStringLiteral("caregiver permits 1000")});
        VERIFY_OK(nominations().addTry(given.id, ContactKind::Call, m_clock.now()));
        VERIFY_OK(nominations().remove(given.id));
        QCOMPARE(side(), before);
        VERIFY_FAILS(nominations().remove(given.id), ErrorCode::NotFound);
        VERIFY_FAILS(nominations().addTry(given.id, ContactKind::Call, m_clock.now()), ErrorCode::NotFound);
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {kName, given.id.toString()}), QStringList());
    }

    void everythingGoesWithTheNominator() {
        const ParticipantId gone = enrolOne();
        const ParticipantId stays = enrolOne();
        const Nomination given = permitted(gone);
        VERIFY_OK(nominations().add(given));
        VERIFY_OK(nominations().add(passedOn(stays)));
        VERIFY_OK(nominations().addTry(given.id, ContactKind::Call, m_clock.now()));
        VERIFY_OK(Identities(m_vaults->identities()).remove(gone));
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {gone.toString(), given.id.toString(), kName}),
                 QStringList());
        QCOMPARE(nominations().waiting().value().size(), std::size_t{1});
    }

    void namesAreForEver() {
        QCOMPARE(nominationWayName(NominationWay::PassesOn), QStringLiteral("passes-on"));
        QVERIFY(nominationWayFromName(QStringLiteral("permits")) == NominationWay::Permits);
        QCOMPARE(maySayName(MaySay::NothingElse), QStringLiteral("nothing-else"));
        QVERIFY(!maySayFromName(QStringLiteral("everything")));
    }
};

QTEST_GUILESS_MAIN(TestNominations)
#include "tst_nominations.moc"
