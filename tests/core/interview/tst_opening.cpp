// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "base/check.h"
#include "core/consent/consent_fixture.h"
#include "core/interview/interview_fixture.h"

using namespace sotto;
using namespace sotto::interview;

class TestOpening final : public QObject {
    Q_OBJECT

private:
    people::Participant m_participant = [] {
        people::Participant participant;
        participant.id = ParticipantId::random();
        participant.role = QStringLiteral("person");
        participant.pseudonym = QStringLiteral("Mira-42");
        participant.researchCode = QStringLiteral("K7MX4PQD");
        return participant;
    }();
    study::StudyPack m_pack = [] {
        study::StudyPack pack;
        pack.id = QStringLiteral("practice");
        pack.version = 3;
        pack.roles = {{QStringLiteral("person"), {}}};
        return pack;
    }();
    crypto::SigningKey m_device = crypto::SigningKey::generate();

    [[nodiscard]] consent::ConsentState stateWith(bool part, bool audio) const {
        const study::ConsentForm form = test::consentForm();
        consent::Answers answers = test::consentAnswers(form);
        answers.items[QStringLiteral("part")] = part;
        answers.items[QStringLiteral("audio")] = audio;
        const auto evidence = consent::makeEvidence(m_participant.id, m_pack.id, form, answers, m_device);
        SOTTO_CHECK(evidence.has_value());
        return consent::stateOf(*evidence, form);
    }
    [[nodiscard]] Result<Opening> open(const consent::ConsentState& state, bool practice = false) const {
        return makeOpening(m_participant, state, m_pack, crypto::sha256({}), m_device.verifyKey(), practice,
                           test::FakeClock().now());
    }

private slots:
    void theMicrophoneIsAllowedByTheAudioItemAlone() {
        const auto withAudio = open(stateWith(true, true));
        VERIFY_OK(withAudio);
        QVERIFY(withAudio->audioAllowed);
        const auto without = open(stateWith(true, false));
        VERIFY_OK(without);
        QVERIFY(!without->audioAllowed);
    }

    void withoutTakingPartThereIsNoSession() { VERIFY_FAILS(open(stateWith(false, true)), ErrorCode::ConsentMissing); }

    void anothersConsentOpensNothing() {
        consent::ConsentState state = stateWith(true, true);
        state.participant = ParticipantId::random();
        VERIFY_FAILS(open(state), ErrorCode::InvalidArgument);
    }

    void aRoleThatTheStudyDoesNotHaveIsRefused() {
        people::Participant stranger = m_participant;
        stranger.role = QStringLiteral("visitor");
        VERIFY_FAILS(
            makeOpening(stranger, stateWith(true, true), m_pack, crypto::sha256({}), m_device.verifyKey(), false, {}),
            ErrorCode::InvalidArgument);
    }

    void theOpeningTellsWhatTheSessionIs() {
        const consent::ConsentState state = stateWith(true, false);
        const auto opening = open(state);
        VERIFY_OK(opening);
        QVERIFY(!opening->session.isNull());
        QVERIFY(opening->participant == m_participant.id);
        QCOMPARE(opening->pseudonym, m_participant.pseudonym);
        QCOMPARE(opening->studyVersion, 3);
        QVERIFY(opening->evidence == state.evidence);
        QVERIFY(opening->consentItems == state.answers);
        QCOMPARE(opening->deviceKey, QString::fromStdString(toHex(m_device.verifyKey())));
        QCOMPARE(opening->studyHash, QString::fromStdString(toHex(crypto::sha256({}))));
        QCOMPARE(opening->language, state.language);
    }

    void aSessionUnderANewerStudyNamesTheConsentThatWasSigned() {
        const consent::ConsentState early = stateWith(true, true);
        study::StudyPack newer = m_pack;
        newer.version = 4;
        study::ConsentForm form = test::consentForm();
        form.version = QStringLiteral("3");
        form.hash = crypto::sha256(viewOf(std::string_view("a newer text")));
        newer.consents.push_back(form);
        const auto opening = makeOpening(m_participant, early, newer, crypto::sha256({}), m_device.verifyKey(), false,
                                         test::FakeClock().now());
        VERIFY_OK(opening);
        QCOMPARE(opening->studyVersion, 4);
        QCOMPARE(opening->consentVersion, early.formVersion);
        QVERIFY(opening->evidence == early.evidence);
        QVERIFY(opening->audioAllowed);
    }

    void aPracticeStudyMakesPracticeSessionsOnly() {
        QVERIFY(!open(stateWith(true, true), false)->practice);
        QVERIFY(open(stateWith(true, true), true)->practice);
        m_pack.practice = true;
        QVERIFY(open(stateWith(true, true), false)->practice);
        m_pack.practice = false;
    }

    void theMannerIsSaidWhereItIsNotTheUsualOne() {
        Opening opening = test::opening();
        QVERIFY(!opening.toJson().contains(QStringLiteral("manner")));
        QCOMPARE(Opening::fromJson(opening.toJson())->manner, Manner::InPerson);
        opening.manner = Manner::Telephone;
        QJsonObject json = opening.toJson();
        QCOMPARE(Opening::fromJson(json)->manner, Manner::Telephone);
        json.insert(QStringLiteral("manner"), QStringLiteral("by post"));
        VERIFY_FAILS(Opening::fromJson(json), ErrorCode::ParseFailed);
    }

    void anOpeningComesBackFromItsJson() {
        const Opening opening = test::opening();
        const auto read = Opening::fromJson(opening.toJson());
        VERIFY_OK(read);
        QVERIFY(read->toJson() == opening.toJson());
        QVERIFY(read->session == opening.session);
        QVERIFY(read->consentItems == opening.consentItems);
        QVERIFY(read->practice && read->audioAllowed);
    }

    void aNewerFormatIsRefusedAsNewerBeforeAnythingElse() {
        VERIFY_FAILS(Opening::fromJson({{QStringLiteral("format"), kSessionFormat + 1}, {QStringLiteral("else"), 1}}),
                     ErrorCode::NewerVersion);
    }

    void theFirstFormatIsReadAndStaysWhatItWas() {
        QJsonObject json = test::opening().toJson();
        QCOMPARE(json.value(QStringLiteral("format")).toInt(), kSessionFormat);
        json.insert(QStringLiteral("format"), 1);
        const auto read = Opening::fromJson(json);
        VERIFY_OK(read);
        QCOMPARE(read->format, 1);
        QVERIFY(read->toJson() == json);
        json.insert(QStringLiteral("format"), 0);
        VERIFY_FAILS(Opening::fromJson(json), ErrorCode::ParseFailed);
        json.insert(QStringLiteral("format"), kSessionFormat + 1);
        VERIFY_FAILS(Opening::fromJson(json), ErrorCode::NewerVersion);
    }

    void everyFieldIsNeededAndNoOtherIsKnown() {
        const QJsonObject whole = test::opening().toJson();
        for (const QString& key : whole.keys()) {
            QJsonObject json = whole;
            json.remove(key);
            VERIFY_FAILS(Opening::fromJson(json), ErrorCode::ParseFailed);
            json.insert(key, QJsonValue::Null);
            VERIFY_FAILS(Opening::fromJson(json), ErrorCode::ParseFailed);
        }
        QJsonObject more = whole;
        more.insert(QStringLiteral("name"), QStringLiteral("Alex"));
        VERIFY_FAILS(Opening::fromJson(more), ErrorCode::ParseFailed);
    }
};

QTEST_GUILESS_MAIN(TestOpening)
#include "tst_opening.moc"
