// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/two_vaults.h"
#include "people/groups.h"
#include "people/people.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;

namespace {

const QString kRole = QStringLiteral("group-member");

}  // namespace

class TestGroups final : public QObject {
    Q_OBJECT

private:
    test::TwoVaults m_vaults{{Participants::schema(), Groups::schema()}, {Identities::schema()}};
    test::FakeClock m_clock;
    [[nodiscard]] Groups groups() { return Groups(m_vaults.sessions()); }

private slots:
    void aGroupIsThereAfterReopeningWithItsMembersInTheirOrder() {
        const auto group = groups().create(QStringLiteral(" Érable "), kRole, m_clock.now());
        VERIFY_OK(group);
        const std::vector<ParticipantId> members{ParticipantId::random(), ParticipantId::random()};
        for (const ParticipantId& member : members)
            VERIFY_OK(groups().join(group->id, member));
        VERIFY_OK(m_vaults.reopen());
        const auto found = groups().find(group->id);
        VERIFY_OK(found);
        QVERIFY(found->has_value());
        QCOMPARE((*found)->name, QStringLiteral("Érable"));
        QCOMPARE((*found)->role, kRole);
        QVERIFY(!(*found)->researchCode.isEmpty());
        QVERIFY((*found)->members == members);
        QCOMPARE(groups().all()->size(), std::size_t{1});
    }

    void aBlankNameIsDrawnAndNoTwoGroupsBearOne() {
        const auto first = groups().create({}, kRole, m_clock.now());
        VERIFY_OK(first);
        QVERIFY(!first->name.isEmpty());
        VERIFY_FAILS(groups().create(first->name, kRole, m_clock.now()), ErrorCode::AlreadyExists);
    }

    void aGroupWithoutARoleOrWithAnEndlessNameIsRefused() {
        VERIFY_FAILS(groups().create(QStringLiteral("Orme"), {}, m_clock.now()), ErrorCode::InvalidArgument);
        VERIFY_FAILS(groups().create(QString(kMaxGroupName + 1, u'x'), kRole, m_clock.now()),
                     ErrorCode::InvalidArgument);
    }

    void nobodyIsInAGroupTwiceOrInOneThatIsNotThere() {
        const auto group = groups().create({}, kRole, m_clock.now());
        const ParticipantId member = ParticipantId::random();
        VERIFY_OK(groups().join(group->id, member));
        VERIFY_FAILS(groups().join(group->id, member), ErrorCode::AlreadyExists);
        VERIFY_FAILS(groups().join(ParticipantId::random(), member), ErrorCode::NotFound);
        VERIFY_OK(groups().leave(group->id, member));
        VERIFY_FAILS(groups().leave(group->id, member), ErrorCode::NotFound);
    }

    void whoTookPartInASessionStaysKnownWhenTheyLeaveTheGroup() {
        const auto group = groups().create({}, kRole, m_clock.now());
        const ParticipantId member = ParticipantId::random();
        const SessionId session = SessionId::random();
        VERIFY_OK(groups().join(group->id, member));
        VERIFY_OK(groups().takePart(session, member));
        VERIFY_OK(groups().takePart(session, member));
        VERIFY_OK(groups().leave(group->id, member));
        QVERIFY(*groups().sessionsOf(member) == std::vector<SessionId>{session});
        QVERIFY(*groups().membersOf(session) == std::vector<ParticipantId>{member});
    }

    void whoIsForgottenIsInNoGroupAndNoSession() {
        const auto group = groups().create({}, kRole, m_clock.now());
        const ParticipantId gone = ParticipantId::random();
        const ParticipantId other = ParticipantId::random();
        const SessionId session = SessionId::random();
        for (const ParticipantId& member : {gone, other}) {
            VERIFY_OK(groups().join(group->id, member));
            VERIFY_OK(groups().takePart(session, member));
        }
        VERIFY_OK(groups().forgetMember(gone));
        VERIFY_OK(groups().forgetMember(gone));
        QVERIFY((*groups().find(group->id))->members == std::vector<ParticipantId>{other});
        QVERIFY(*groups().membersOf(session) == std::vector<ParticipantId>{other});
        VERIFY_OK(groups().forget(session));
        QVERIFY(groups().membersOf(session)->empty());
    }

    void anErasedGroupLeavesNobodyBehind() {
        const auto group = groups().create({}, kRole, m_clock.now());
        VERIFY_OK(groups().join(group->id, ParticipantId::random()));
        VERIFY_OK(groups().erase(group->id));
        VERIFY_FAILS(groups().erase(group->id), ErrorCode::NotFound);
        QVERIFY(groups().all()->size() < 10 && !groups().find(group->id)->has_value());
    }
};

QTEST_GUILESS_MAIN(TestGroups)
#include "tst_groups.moc"
