// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "base/check.h"
#include "core/consent/consent_fixture.h"
#include "core/interview/group_fixture.h"

using namespace sotto;
using namespace sotto::interview;

namespace {

study::StudyPack packWithOneRole() {
    study::StudyPack pack;
    pack.id = QStringLiteral("practice");
    pack.version = 3;
    pack.roles = {{QStringLiteral("person"), {}}};
    return pack;
}

}  // namespace

class TestGroupOpening final : public QObject {
    Q_OBJECT

private:
    study::StudyPack m_pack = packWithOneRole();
    crypto::SigningKey m_device = crypto::SigningKey::generate();
    crypto::Sha256Digest m_hash = crypto::sha256({});
    crypto::VerifyKey m_key = m_device.verifyKey();
    people::Group m_group{
        ParticipantId::random(), QStringLiteral("Érable"), QStringLiteral("person"), QStringLiteral("K7MX4PQD"), {}};

    [[nodiscard]] GroupParty party(bool takesPart = true, bool audio = true) const {
        GroupParty party;
        party.participant = {ParticipantId::random(), QStringLiteral("person"), QStringLiteral("Mira-42"),
                             QStringLiteral("K7MX4PQE"), std::nullopt};
        const study::ConsentForm form = test::consentForm();
        consent::Answers answers = test::consentAnswers(form);
        answers.items[QStringLiteral("part")] = takesPart;
        answers.items[QStringLiteral("audio")] = audio;
        const auto evidence = consent::makeEvidence(party.participant.id, m_pack.id, form, answers, m_device);
        SOTTO_CHECK(evidence.has_value());
        party.consent = consent::stateOf(*evidence, form);
        return party;
    }
    [[nodiscard]] Result<Opening> open(const std::vector<GroupParty>& parties,
                                       GroupSound sound = GroupSound::Recorded) const {
        return makeGroupOpening(m_group, parties, sound,
                                {m_pack, m_hash, m_key, QStringLiteral("fr"), true, test::FakeClock().now()});
    }

private slots:
    void everyMemberIsBoundToTheirOwnConsent() {
        const std::vector<GroupParty> parties{party(), party(), party()};
        const auto opening = open(parties);
        VERIFY_OK(opening);
        QCOMPARE(opening->participant, m_group.id);
        QVERIFY(opening->audioAllowed);
        QCOMPARE(opening->group->members.size(), std::size_t{3});
        for (std::size_t i = 0; i < parties.size(); ++i) {
            QCOMPARE(opening->group->members[i].participant, parties[i].participant.id);
            QCOMPARE(opening->group->members[i].evidence, parties[i].consent.evidence);
        }
    }

    void aRecordedGroupNeedsTheYesOfEveryOne() {
        VERIFY_FAILS(open({party(), party(true, false), party()}), ErrorCode::ConsentMissing);
    }

    void withOneRefusalNotesOnlyMeansNobodyIsRecorded() {
        const auto opening = open({party(), party(true, false)}, GroupSound::NotesOnly);
        VERIFY_OK(opening);
        QVERIFY(!opening->audioAllowed);
        QVERIFY(opening->group->members[0].audioAllowed);
        QVERIFY(!opening->group->members[1].audioAllowed);
    }

    void whoDoesNotTakePartIsInNoGroup() {
        VERIFY_FAILS(open({party(), party(false)}, GroupSound::NotesOnly), ErrorCode::ConsentMissing);
    }

    void nobodyAndSomebodyTwiceAndAnothersConsentOpenNothing() {
        VERIFY_FAILS(open({}), ErrorCode::InvalidArgument);
        const GroupParty one = party();
        VERIFY_FAILS(open({one, one}), ErrorCode::InvalidArgument);
        GroupParty mixedUp = party();
        mixedUp.consent = party().consent;
        VERIFY_FAILS(open({mixedUp}), ErrorCode::InvalidArgument);
    }

    void itComesBackFromItsJsonWithAllItBears() {
        auto opening = open({party(), party()});
        VERIFY_OK(opening);
        opening->group->withdrawn = 1;
        const auto again = Opening::fromJson(opening->toJson());
        VERIFY_OK(again);
        QVERIFY(again->group->members == opening->group->members);
        QCOMPARE(again->group->withdrawn, 1);
        QCOMPARE(again->toJson(), opening->toJson());
    }

    void anOpeningOfOneNeverHasAGroupBesides() {
        QJsonObject json = open({party()})->toJson();
        json.insert(QStringLiteral("evidence"), EvidenceId::random().toString());
        VERIFY_FAILS(Opening::fromJson(json), ErrorCode::ParseFailed);
        QJsonObject odd = open({party()})->toJson();
        QJsonObject group = odd[u"group"].toObject();
        group.insert(QStringLiteral("name"), QStringLiteral("Marie"));
        odd.insert(QStringLiteral("group"), group);
        VERIFY_FAILS(Opening::fromJson(odd), ErrorCode::ParseFailed);
    }
};

QTEST_GUILESS_MAIN(TestGroupOpening)
#include "tst_group_opening.moc"
