// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "core/consent/consent_fixture.h"
#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"

using namespace sotto;
using namespace sotto::consent;
using test::allRows;
using test::mentioning;
using Loss = test::FaultFileSystem::Loss;

class TestErase final : public QObject {
    Q_OBJECT

private:
    crypto::SigningKey m_device = crypto::SigningKey::generate();
    study::ConsentForm m_form = test::consentForm();
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] Result<Evidence> addFor(const ParticipantId& participant, bool audio = true) {
        Answers answers = test::consentAnswers(m_form);
        answers.items[QStringLiteral("audio")] = audio;
        SOTTO_ASSIGN(const Evidence evidence,
                     makeEvidence(participant, QStringLiteral("practice"), m_form, answers, m_device));
        SOTTO_TRY(Consents(m_vaults->sessions(), m_vaults->identities()).add(evidence, m_form));
        return evidence;
    }
    [[nodiscard]] Result<> erase(const ParticipantId& participant) {
        return eraseConsents(&m_vaults->sessions(), &m_vaults->identities(), participant);
    }

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{Consents::sessionsSchema()},
                                                     std::vector{Consents::identitiesSchema()});
    }

    void nothingThatMentionsWhoIsErasedStaysAndNothingElseGoes() {
        std::mt19937 random(20261122);
        std::map<ParticipantId, QStringList> traces;
        std::vector<ParticipantId> everybody;
        for (int i = 0; i < 12; ++i)
            everybody.push_back(ParticipantId::random());
        for (int i = 0; i < 40; ++i) {
            const ParticipantId& who = everybody[random() % everybody.size()];
            const auto evidence = addFor(who, random() % 2 == 0);
            VERIFY_OK(evidence);
            traces[who] << evidence->id.toString() << who.toString();
        }
        for (const ParticipantId& gone : everybody) {
            QStringList sessions = allRows(m_vaults->sessions());
            QStringList identities = allRows(m_vaults->identities());
            const QStringList itsSessions = mentioning(sessions, traces[gone]);
            QCOMPARE(itsSessions.size(), traces[gone].size());  // a state and a code each
            for (const QString& row : itsSessions)
                sessions.removeOne(row);
            for (const QString& row : mentioning(identities, traces[gone]))
                identities.removeOne(row);
            VERIFY_OK(erase(gone));
            if (random() % 4 == 0) VERIFY_OK(m_vaults->reopen());
            QCOMPARE(allRows(m_vaults->sessions()), sessions);
            QCOMPARE(allRows(m_vaults->identities()), identities);
            const auto state = consentInForce(m_vaults->sessions(), gone);
            VERIFY_OK(state);
            QVERIFY(!state->has_value());
        }
    }

    void erasingTwiceAndErasingNobodyIsFine() {
        const ParticipantId who = ParticipantId::random();
        VERIFY_OK(addFor(who));
        VERIFY_OK(erase(who));
        VERIFY_OK(erase(who));
        VERIFY_OK(erase(ParticipantId::random()));
    }

    void aVaultThatIsNotOpenKeepsWhatItHas() {
        const ParticipantId who = ParticipantId::random();
        const auto evidence = addFor(who);
        VERIFY_OK(evidence);
        VERIFY_OK(eraseConsents(&m_vaults->sessions(), nullptr, who));
        QVERIFY(!(*consentInForce(m_vaults->sessions(), who)).has_value());
        VERIFY_OK(Consents(m_vaults->sessions(), m_vaults->identities()).evidence(evidence->id));
        VERIFY_OK(eraseConsents(nullptr, &m_vaults->identities(), who));
        VERIFY_FAILS(Consents(m_vaults->sessions(), m_vaults->identities()).evidence(evidence->id),
                     ErrorCode::NotFound);
        VERIFY_FAILS(eraseConsents(nullptr, nullptr, who), ErrorCode::InvalidArgument);
    }

    void aPlaceInTheOrderIsNeverGivenAgain() {
        const ParticipantId gone = ParticipantId::random();
        const ParticipantId next = ParticipantId::random();
        VERIFY_OK(addFor(gone));
        VERIFY_OK(erase(gone));
        VERIFY_OK(addFor(next));
        auto select = m_vaults->sessions().prepare("SELECT sequence FROM consent_state");
        VERIFY_OK(select);
        VERIFY_OK(select->step());
        QCOMPARE(select->integer(0), std::int64_t{2});
    }

    void erasingJoinsTheTransactionsThatAreOpen() {
        const ParticipantId who = ParticipantId::random();
        const auto evidence = addFor(who);
        VERIFY_OK(evidence);
        {
            const auto one = vault::Transaction::begin(m_vaults->sessions());
            const auto other = vault::Transaction::begin(m_vaults->identities());
            VERIFY_OK(one);
            VERIFY_OK(other);
            VERIFY_OK(erase(who));
        }
        QVERIFY((*consentInForce(m_vaults->sessions(), who)).has_value());
        VERIFY_OK(Consents(m_vaults->sessions(), m_vaults->identities()).evidence(evidence->id));
    }

    void afterAFaultAtAnyMomentNothingErasedComesBack_data() {
        QTest::addColumn<int>("loss");
        for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
            QTest::addRow("loss %d", static_cast<int>(loss)) << static_cast<int>(loss);
        }
    }
    void afterAFaultAtAnyMomentNothingErasedComesBack() {
        QFETCH(const int, loss);
        bool reached = true;
        int between = 0;
        for (std::uint64_t n = 1; reached; ++n) {
            QVERIFY(n < 1000);
            init();
            const ParticipantId who = ParticipantId::random();
            const auto evidence = addFor(who);
            VERIFY_OK(evidence);
            // As if the mark that the state is in place had failed: the case in which a state could be made anew.
            VERIFY_OK(m_vaults->identities().execute("UPDATE consent_evidence SET confirmed = 0"));
            m_vaults->files().resetOperations();
            m_vaults->files().failAt(n, true);
            const bool acknowledged = erase(who).has_value();
            reached = m_vaults->files().faultHappened();
            m_vaults->cutPower(static_cast<Loss>(loss));
            VERIFY_OK(m_vaults->reopen());
            VERIFY_OK(reconcileEvidence(m_vaults->sessions(), m_vaults->identities()));
            const bool hasState = (*consentInForce(m_vaults->sessions(), who)).has_value();
            const bool hasEvidence =
                Consents(m_vaults->sessions(), m_vaults->identities()).evidence(evidence->id).has_value();
            QVERIFY2(!acknowledged || (!hasState && !hasEvidence), "what was erased is back");
            QVERIFY2(hasState || !hasEvidence, "evidence that a second pass would not find by its state");
            between += hasState && !hasEvidence ? 1 : 0;
            VERIFY_OK(erase(who));
            QVERIFY(!(*consentInForce(m_vaults->sessions(), who)).has_value());
        }
        QVERIFY2(between > 0, "no fault fell between the two vaults");
    }
};

QTEST_GUILESS_MAIN(TestErase)
#include "tst_erase.moc"
