// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/consent/consent_fixture.h"
#include "core/people/two_vaults.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::consent;
using study::Permission;
using Loss = test::FaultFileSystem::Loss;

class TestConsents final : public QObject {
    Q_OBJECT

private:
    crypto::SigningKey m_device = crypto::SigningKey::generate();
    study::ConsentForm m_form = test::consentForm();
    ParticipantId m_participant = ParticipantId::random();

    [[nodiscard]] static test::TwoVaults makeVaults() {
        return {{Consents::sessionsSchema()}, {Consents::identitiesSchema()}};
    }
    [[nodiscard]] Evidence evidenceWith(bool audio, std::int64_t wallShift = 0) const {
        Answers answers = test::consentAnswers(m_form);
        answers.items[QStringLiteral("audio")] = audio;
        answers.signedAt.utcMs += wallShift;
        const auto evidence = makeEvidence(m_participant, QStringLiteral("practice"), m_form, answers, m_device);
        SOTTO_CHECK(evidence.has_value());
        return *evidence;
    }
    /// As an add() that broke off after the identities vault: the sessions vault is set back by opening its old bytes.
    void addToIdentitiesOnly(test::TwoVaults& vaults, const Evidence& evidence) {
        const Bytes before = vaults.files().content(test::TwoVaults::kSessions);
        SOTTO_CHECK(Consents(vaults.sessions(), vaults.identities()).add(evidence, m_form).has_value());
        SOTTO_CHECK(vaults.identities().execute("UPDATE consent_evidence SET confirmed = 0").has_value());
        vaults.close();
        vaults.files().setContent(test::TwoVaults::kSessions, before);
        SOTTO_CHECK(vaults.reopen().has_value());
    }

private slots:
    void evidenceIsInForceAndWholeAfterReopening() {
        test::TwoVaults vaults = makeVaults();
        const Evidence evidence = evidenceWith(true);
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(evidence, m_form));
        VERIFY_OK(vaults.reopen());
        const Consents consents(vaults.sessions(), vaults.identities());
        const auto state = consents.inForce(m_participant);
        VERIFY_OK(state);
        QVERIFY(state->has_value());
        QVERIFY((*state)->evidence == evidence.id);
        QVERIFY((*state)->allows(Permission::RecordAudio));
        const auto read = consents.evidence(evidence.id);
        VERIFY_OK(read);
        VERIFY_OK(verifyEvidence(*read, m_device.verifyKey()));
        QVERIFY(read->strokes == evidence.strokes);
    }

    void withoutEvidenceNothingIsInForce() {
        test::TwoVaults vaults = makeVaults();
        const auto state = consentInForce(vaults.sessions(), m_participant);
        VERIFY_OK(state);
        QVERIFY(!state->has_value());
        VERIFY_FAILS(Consents(vaults.sessions(), vaults.identities()).evidence(EvidenceId::random()),
                     ErrorCode::NotFound);
    }

    void oneParticipantsConsentIsNotAnothers() {
        test::TwoVaults vaults = makeVaults();
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(evidenceWith(true), m_form));
        const auto state = consentInForce(vaults.sessions(), ParticipantId::random());
        VERIFY_OK(state);
        QVERIFY(!state->has_value());
    }

    void theEvidenceAddedLastIsInForceThoughTheClockWentBack() {
        test::TwoVaults vaults = makeVaults();
        Consents consents(vaults.sessions(), vaults.identities());
        VERIFY_OK(consents.add(evidenceWith(true), m_form));
        const Evidence second = evidenceWith(false, -86'400'000);
        VERIFY_OK(consents.add(second, m_form));
        const auto state = consents.inForce(m_participant);
        VERIFY_OK(state);
        QVERIFY((*state)->evidence == second.id);
        QVERIFY(!(*state)->allows(Permission::RecordAudio));
    }

    void strokesNeverReachTheSessionsVault() {
        test::TwoVaults vaults = makeVaults();
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(evidenceWith(true), m_form));
        const auto image = [](vault::Database& database) {
            return byteArrayOf(dynamic_cast<vault::Vault&>(database).plainImage());
        };
        QVERIFY(image(vaults.identities()).contains("[[[10,50],[400,55]],[[410,20]]]"));
        QVERIFY(!image(vaults.sessions()).contains("[[[10,50]"));
        QVERIFY(!image(vaults.sessions()).contains("strokes"));
    }

    void evidenceOfAnotherFormAndEvidenceTwiceAreRefused() {
        test::TwoVaults vaults = makeVaults();
        Consents consents(vaults.sessions(), vaults.identities());
        const Evidence evidence = evidenceWith(true);
        study::ConsentForm newer = m_form;
        newer.hash = crypto::sha256(viewOf(std::string_view("a newer text")));
        VERIFY_FAILS(consents.add(evidence, newer), ErrorCode::InvalidArgument);
        VERIFY_OK(consents.add(evidence, m_form));
        VERIFY_FAILS(consents.add(evidence, m_form), ErrorCode::AlreadyExists);
    }

    void aStudyUpdateChangesNothingOfWhatWasAgreed() {
        test::TwoVaults vaults = makeVaults();
        const Evidence early = evidenceWith(true);
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(early, m_form));
        // The update: another text without the audio item and with a new one. Somebody else signs it.
        study::ConsentForm newer = m_form;
        newer.version = QStringLiteral("3");
        newer.hash = crypto::sha256(viewOf(std::string_view("a newer text")));
        newer.items.erase(newer.items.begin() + 1);
        newer.items.push_back({QStringLiteral("store"), QStringLiteral("On garde."), Permission::Quote, false});
        const auto late = makeEvidence(ParticipantId::random(), QStringLiteral("practice"), newer,
                                       test::consentAnswers(newer), m_device);
        VERIFY_OK(late);
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(*late, newer));
        VERIFY_OK(vaults.reopen());
        const Consents consents(vaults.sessions(), vaults.identities());
        const auto state = consents.inForce(m_participant);
        VERIFY_OK(state);
        QVERIFY((*state)->takesPart && (*state)->allows(Permission::RecordAudio));
        QCOMPARE((*state)->formVersion, QStringLiteral("2"));
        QVERIFY((*state)->formHash == m_form.hash);
        const auto read = consents.evidence(early.id);
        VERIFY_OK(read);
        VERIFY_OK(verifyEvidence(*read, m_device.verifyKey()));
        QVERIFY(stateOf(*read, m_form).allows(Permission::RecordAudio));
        QVERIFY2(!stateOf(*read, newer).takesPart, "evidence says nothing about a text that was not signed");
    }

    void evidenceThatBrokeOffTakesEffectAtTheNextUnlock() {
        test::TwoVaults vaults = makeVaults();
        const Evidence evidence = evidenceWith(false);
        addToIdentitiesOnly(vaults, evidence);
        const auto before = consentInForce(vaults.sessions(), m_participant);
        VERIFY_OK(before);
        QVERIFY(!before->has_value());
        const auto completed = reconcileEvidence(vaults.sessions(), vaults.identities());
        VERIFY_OK(completed);
        QCOMPARE(*completed, 1);
        const auto after = consentInForce(vaults.sessions(), m_participant);
        VERIFY_OK(after);
        QVERIFY(after->has_value());
        QVERIFY((*after)->evidence == evidence.id);
        const auto again = reconcileEvidence(vaults.sessions(), vaults.identities());
        VERIFY_OK(again);
        QCOMPARE(*again, 0);
    }

    void lateCompletionDoesNotOvertakeALaterConsent() {
        test::TwoVaults vaults = makeVaults();
        addToIdentitiesOnly(vaults, evidenceWith(true));
        const Evidence later = evidenceWith(false);
        VERIFY_OK(Consents(vaults.sessions(), vaults.identities()).add(later, m_form));
        const auto completed = reconcileEvidence(vaults.sessions(), vaults.identities());
        VERIFY_OK(completed);
        QCOMPARE(*completed, 1);
        const auto state = consentInForce(vaults.sessions(), m_participant);
        VERIFY_OK(state);
        QVERIFY((*state)->evidence == later.id);
        QVERIFY(!(*state)->allows(Permission::RecordAudio));
    }

    void aFaultAtAnyMomentLosesNoAcknowledgedConsent_data() {
        QTest::addColumn<int>("loss");
        for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
            QTest::addRow("loss %d", static_cast<int>(loss)) << static_cast<int>(loss);
        }
    }
    void aFaultAtAnyMomentLosesNoAcknowledgedConsent() {
        QFETCH(const int, loss);
        bool reached = true;
        int completions = 0;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            test::TwoVaults vaults = makeVaults();
            const Evidence evidence = evidenceWith(true);
            vaults.files().resetOperations();
            vaults.files().failAt(n, true);
            const bool acknowledged =
                Consents(vaults.sessions(), vaults.identities()).add(evidence, m_form).has_value();
            reached = vaults.files().faultHappened();
            vaults.cutPower(static_cast<Loss>(loss));
            VERIFY_OK(vaults.reopen());
            const auto completed = reconcileEvidence(vaults.sessions(), vaults.identities());
            VERIFY_OK(completed);
            completions += *completed;
            const Consents consents(vaults.sessions(), vaults.identities());
            const auto state = consents.inForce(m_participant);
            VERIFY_OK(state);
            const bool isWhole = consents.evidence(evidence.id).has_value();
            QVERIFY2(state->has_value() == isWhole, qPrintable(QStringLiteral("half at operation %1").arg(n)));
            QVERIFY2(!acknowledged || isWhole, qPrintable(QStringLiteral("lost at operation %1").arg(n)));
        }
        QVERIFY2(completions > 0, "no fault fell between the two vaults");
    }
};

QTEST_GUILESS_MAIN(TestConsents)
#include "tst_consents.moc"
