// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/two_vaults.h"
#include "people/people.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;

namespace {

const QString kPerson = QStringLiteral("person");
const QString kCaregiver = QStringLiteral("caregiver");
const QString kName = QStringLiteral("Zephyrine Canari-Quokka");

Participant anybody(const QString& role) {
    Participant participant;
    participant.id = ParticipantId::random();
    participant.role = role;
    participant.pseudonym = QStringLiteral("Mira-") + participant.id.toString().left(6);
    participant.researchCode = participant.id.toString().right(8);
    return participant;
}

}  // namespace

class TestPeople final : public QObject {
    Q_OBJECT

private:
    test::TwoVaults m_vaults{{Participants::schema()}, {Identities::schema()}};
    test::FakeClock m_clock;

    [[nodiscard]] Result<Participant> enrolOne(const QString& role, std::optional<PairId> pair = std::nullopt) {
        return enrol(m_vaults.sessions(), m_vaults.identities(), role, kName, pair, m_clock.now());
    }

private slots:
    void whoIsEnrolledIsInBothVaultsAfterReopening() {
        const auto enrolled = enrolOne(kPerson);
        VERIFY_OK(enrolled);
        VERIFY_OK(m_vaults.reopen());
        const auto participant = Participants(m_vaults.sessions()).find(enrolled->id);
        VERIFY_OK(participant);
        QVERIFY(participant->has_value());
        QCOMPARE((*participant)->role, kPerson);
        QCOMPARE((*participant)->pseudonym, enrolled->pseudonym);
        QCOMPARE((*participant)->researchCode, enrolled->researchCode);
        QVERIFY(!(*participant)->pair);
        const auto identity = Identities(m_vaults.identities()).find(enrolled->id);
        VERIFY_OK(identity);
        QVERIFY(identity->has_value());
        QCOMPARE((*identity)->name, kName);
        QVERIFY((*identity)->confirmed);
    }

    void somebodyJoinsAPairOnceAndNeverOneThatHasTheirRole() {
        const auto person = enrolOne(kPerson);
        const auto caregiver = enrolOne(kCaregiver);
        const auto second = enrolOne(kPerson);
        VERIFY_OK(person);
        VERIFY_OK(caregiver);
        VERIFY_OK(second);
        Participants participants(m_vaults.sessions());
        const PairId pair = PairId::random();
        VERIFY_OK(participants.joinPair(person->id, pair));
        VERIFY_OK(participants.joinPair(caregiver->id, pair));
        VERIFY_FAILS(participants.joinPair(person->id, PairId::random()), ErrorCode::NotAllowed);
        VERIFY_FAILS(participants.joinPair(second->id, pair), ErrorCode::AlreadyExists);
        VERIFY_FAILS(participants.joinPair(ParticipantId::random(), pair), ErrorCode::NotFound);
        const auto members = participants.membersOf(pair);
        VERIFY_OK(members);
        QCOMPARE(members->size(), std::size_t{2});
    }

    void theNameIsNotInTheSessionsVault() {
        VERIFY_OK(enrolOne(kPerson));
        const auto image = [&](vault::Database& database) {
            return byteArrayOf(dynamic_cast<vault::Vault&>(database).plainImage());
        };
        QVERIFY(!image(m_vaults.sessions()).contains("Canari"));
        QVERIFY(image(m_vaults.identities()).contains("Canari"));
    }

    void unknownPeopleAreNotFoundRatherThanErrors() {
        const auto participant = Participants(m_vaults.sessions()).find(ParticipantId::random());
        VERIFY_OK(participant);
        QVERIFY(!participant->has_value());
        const auto identity = Identities(m_vaults.identities()).find(ParticipantId::random());
        VERIFY_OK(identity);
        QVERIFY(!identity->has_value());
        VERIFY_FAILS(Identities(m_vaults.identities()).confirm(ParticipantId::random()), ErrorCode::NotFound);
        VERIFY_FAILS(Identities(m_vaults.identities()).remove(ParticipantId::random()), ErrorCode::NotFound);
    }

    void aPairHasOneMemberOfEachRole() {
        const PairId pair = PairId::random();
        const auto person = enrolOne(kPerson, pair);
        VERIFY_OK(person);
        const auto caregiver = enrolOne(kCaregiver, pair);
        VERIFY_OK(caregiver);
        const auto identitiesBefore = Identities(m_vaults.identities()).all();
        VERIFY_OK(identitiesBefore);
        VERIFY_FAILS(enrolOne(kPerson, pair), ErrorCode::AlreadyExists);
        const auto identitiesAfter = Identities(m_vaults.identities()).all();
        VERIFY_OK(identitiesAfter);
        QCOMPARE(identitiesAfter->size(), identitiesBefore->size());
        const auto members = Participants(m_vaults.sessions()).membersOf(pair);
        VERIFY_OK(members);
        QCOMPARE(members->size(), std::size_t{2});
        QVERIFY(members->at(0).id == person->id);
        QVERIFY(members->at(1).id == caregiver->id);
        QVERIFY(members->at(1).pair == pair);
    }

    void theTableItselfRefusesASecondMemberOfARole() {
        Participants participants(m_vaults.sessions());
        Participant first = anybody(kPerson);
        first.pair = PairId::random();
        VERIFY_OK(participants.add(first, m_clock.now()));
        Participant second = anybody(kPerson);
        second.pair = first.pair;
        VERIFY_FAILS(participants.add(second, m_clock.now()), ErrorCode::AlreadyExists);
    }

    void peopleWithoutAPairMayShareARole() {
        VERIFY_OK(enrolOne(kPerson));
        VERIFY_OK(enrolOne(kPerson));
    }

    void codesAndIdsAreTakenOnce() {
        Participants participants(m_vaults.sessions());
        const Participant first = anybody(kPerson);
        VERIFY_OK(participants.add(first, m_clock.now()));
        Participant sameName = anybody(kPerson);
        sameName.pseudonym = first.pseudonym;
        VERIFY_FAILS(participants.add(sameName, m_clock.now()), ErrorCode::AlreadyExists);
        Participant sameCode = anybody(kPerson);
        sameCode.researchCode = first.researchCode;
        VERIFY_FAILS(participants.add(sameCode, m_clock.now()), ErrorCode::AlreadyExists);
        Participant sameId = anybody(kPerson);
        sameId.id = first.id;
        VERIFY_FAILS(participants.add(sameId, m_clock.now()), ErrorCode::AlreadyExists);
    }

    void incompletePeopleAreRefused() {
        VERIFY_FAILS(enrol(m_vaults.sessions(), m_vaults.identities(), QString(), kName, std::nullopt, m_clock.now()),
                     ErrorCode::InvalidArgument);
        VERIFY_FAILS(enrol(m_vaults.sessions(), m_vaults.identities(), kPerson, QStringLiteral("  "), std::nullopt,
                           m_clock.now()),
                     ErrorCode::InvalidArgument);
        Participant nameless = anybody(kPerson);
        nameless.pseudonym.clear();
        VERIFY_FAILS(Participants(m_vaults.sessions()).add(nameless, m_clock.now()), ErrorCode::InvalidArgument);
    }

    void everybodyComesInTheOrderOfEnrolment() {
        test::TwoVaults vaults({Participants::schema()}, {Identities::schema()});
        std::vector<ParticipantId> order;
        for (int i = 0; i < 5; ++i) {
            const auto enrolled =
                enrol(vaults.sessions(), vaults.identities(), kPerson, kName, std::nullopt, m_clock.now());
            VERIFY_OK(enrolled);
            order.push_back(enrolled->id);
        }
        const auto all = Participants(vaults.sessions()).all();
        VERIFY_OK(all);
        const auto records = Identities(vaults.identities()).all();
        VERIFY_OK(records);
        QCOMPARE(all->size(), order.size());
        QCOMPARE(records->size(), order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            QVERIFY(all->at(i).id == order[i]);
            QVERIFY(records->at(i).id == order[i]);
        }
    }
};

QTEST_GUILESS_MAIN(TestPeople)
#include "tst_people.moc"
