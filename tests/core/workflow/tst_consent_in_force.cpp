// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "consent/copies.h"
#include "core/workflow/workflow_fixture.h"
#include "workflow/confirmation.h"
#include "workflow/participant_copy.h"
#include "workflow/session_plan.h"
#include "workflow/signed_consent.h"
#include "workflow/study_update.h"

using namespace sotto;
using namespace sotto::test;
using namespace sotto::workflow;

namespace {

const QByteArray kSigned = "2026-11-22";  ///< the version of the practice study's forms

/// The practice study, a version later, with other forms for a person.
study::PackFiles laterPractice() {
    study::PackFiles files = practicePack();
    edit(files, QStringLiteral("study.yaml"), "version: 1", "version: 2");
    return files;
}

Result<> update(Home& home, const study::PackFiles& files) {
    return updateStudy(home, Lab::instance().sign(files).bytes);
}

std::int64_t dayMs(const char* day) {
    return QDateTime(QDate::fromString(QString::fromLatin1(day), Qt::ISODate), QTime(17, 0), Qt::UTC)
        .toMSecsSinceEpoch();
}

}  // namespace

/// Versions of consent forms: what was signed, and whether that is still enough.
class TestConsentInForce : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_home.reset();
        m_world = std::make_unique<World>();
        m_home = must(m_world->create());
        m_participant = must(enrolPerson(*m_home));
        must(giveConsent(*m_home, m_participant));
    }

    void aNewVersionIsSignedBeforeTheNextInterview() {
        VERIFY_OK(planSession(*m_home, m_participant));
        const auto state = must(consent::consentInForce(m_home->sessions(), m_participant.id));
        study::PackFiles files = laterPractice();
        for (const char* language : {"en", "fr"})
            edit(files, QStringLiteral("consents/person.%1.md").arg(QLatin1String(language)), kSigned, "2026-12-01");
        VERIFY_OK(update(*m_home, files));
        QVERIFY(must(needsNewConsent(*m_home, QStringLiteral("person"), *state)));
        VERIFY_FAILS(planSession(*m_home, m_participant), ErrorCode::ConsentMissing);
        VERIFY_FAILS(LiveSession::begin(*m_home, m_participant, true), ErrorCode::ConsentMissing);
        // What was signed is shown with the text that it was signed under, and no other.
        const auto before = must(signedConsent(*m_home, state->evidence));
        QCOMPARE(before.own.form.version, QString::fromLatin1(kSigned));
        QCOMPARE(before.own.study->pack.version, 1);
        QCOMPARE(must(documentOf(*m_home, m_participant.id)).papers.front().form.version, QString::fromLatin1(kSigned));
        must(giveConsent(*m_home, m_participant));
        VERIFY_OK(planSession(*m_home, m_participant));
        QCOMPARE(must(documentOf(*m_home, m_participant.id)).papers.front().form.version, QStringLiteral("2026-12-01"));
        VERIFY_OK(consent::Consents(m_home->sessions(), m_home->identities()).evidence(state->evidence));
    }

    void aCorrectedWordIsNoNewVersionButAnotherItemIs() {
        study::PackFiles files = laterPractice();
        edit(files, QStringLiteral("consents/person.en.md"), "is about recovery", "is all about recovery");
        VERIFY_OK(update(*m_home, files));
        VERIFY_OK(planSession(*m_home, m_participant));
        edit(files, QStringLiteral("study.yaml"), "version: 2", "version: 3");
        for (const char* language : {"en", "fr"})
            edit(files, QStringLiteral("consents/person.%1.md").arg(QLatin1String(language)), "{#quote}", "{#cite}");
        VERIFY_OK(update(*m_home, files));
        VERIFY_FAILS(planSession(*m_home, m_participant), ErrorCode::ConsentMissing);
    }

    void anOlderVersionEndsOnItsDay() {
        study::PackFiles files = laterPractice();
        for (const char* language : {"en", "fr"}) {
            const QString own = QStringLiteral("consents/person.%1.md").arg(QLatin1String(language));
            const QString old = QStringLiteral("consents/person-first.%1.md").arg(QLatin1String(language));
            files[old] = files.at(own);
            edit(files, old, "version: " + kSigned, "version: " + kSigned + "\nrole: person\nuntil: 2026-12-09");
            edit(files, own, kSigned, "2026-12-10");
        }
        VERIFY_OK(update(*m_home, files));
        m_world->clock.setWall(dayMs("2026-12-09"));
        VERIFY_OK(planSession(*m_home, m_participant));
        m_world->clock.setWall(dayMs("2026-12-10"));
        VERIFY_FAILS(planSession(*m_home, m_participant), ErrorCode::ConsentMissing);
        must(giveConsent(*m_home, m_participant));
        VERIFY_OK(planSession(*m_home, m_participant));
    }

    void anInterviewThatWasBegunMayGoOnUnderItsOwnVersion() {
        SessionId session;
        {
            const auto live = must(LiveSession::begin(*m_home, m_participant, true));
            session = live->id();
            must(live->record());
            must(speak(*live, 400));
            must(live->stop());
        }
        study::PackFiles files = laterPractice();
        for (const char* language : {"en", "fr"})
            edit(files, QStringLiteral("consents/person.%1.md").arg(QLatin1String(language)), kSigned, "2026-12-01");
        VERIFY_OK(update(*m_home, files));
        VERIFY_OK(LiveSession::resume(*m_home, session));
    }

    void consentIsAskedAgainOnAnotherDayAndAtAnotherVisit() {
        QVERIFY(must(confirmationBefore(*m_home, m_participant.id)) == ToConfirm::Nothing);
        m_world->clock.advance(24LL * 3600 * 1000);
        QVERIFY(must(confirmationBefore(*m_home, m_participant.id)) == ToConfirm::Visit);
        must(giveConsent(*m_home, m_participant));
        QVERIFY(must(confirmationBefore(*m_home, m_participant.id)) == ToConfirm::Nothing);
        m_world->clock.advance(60'000);
        must(must(LiveSession::begin(*m_home, m_participant, true))->end());
        QVERIFY(must(confirmationBefore(*m_home, m_participant.id)) == ToConfirm::Visit);
        VERIFY_FAILS(confirmationBefore(*m_home, ParticipantId::random()), ErrorCode::ConsentMissing);
    }

    void consentIsAskedAgainAfterALongPauseByTheBootClock() {
        const auto live = must(LiveSession::begin(*m_home, m_participant, true));
        const auto after = [&](int minutes) {
            return confirmationAfter(live->events(), minutes, m_world->clock.now()) == ToConfirm::Pause;
        };
        must(live->record());
        must(speak(*live, 200));
        QVERIFY(!after(20));
        must(live->pause());
        m_world->clock.advance(19 * 60'000);
        QVERIFY(!after(20) && after(19) && !after(0));
        m_world->clock.advance(60'000);
        m_world->clock.setWall(0);
        QVERIFY(after(20));
        must(live->commit(confirmedEvent(true, ToConfirm::Pause)));
        QVERIFY(!after(20));
    }

    void aCopyIsOwedToWhoSignedLast() {
        QVERIFY(must(consent::copiesOwed(m_home->sessions())).empty());
        must(noteCopy(*m_home, m_participant.id, consent::CopyState::Owed));
        const auto owed = must(consent::copiesOwed(m_home->sessions()));
        QCOMPARE(owed.size(), std::size_t{1});
        QVERIFY(owed.front().participant == m_participant.id);
        must(giveConsent(*m_home, m_participant));
        // What was signed before gives way to what was signed now.
        QVERIFY(must(consent::copiesOwed(m_home->sessions())).empty());
        must(noteCopy(*m_home, m_participant.id, consent::CopyState::Owed));
        must(noteCopy(*m_home, m_participant.id, consent::CopyState::Given));
        QVERIFY(must(consent::copiesOwed(m_home->sessions())).empty());
        QVERIFY(must(consent::copyOf(m_home->sessions(), m_participant.id))->state == consent::CopyState::Given);
        VERIFY_FAILS(noteCopy(*m_home, ParticipantId::random(), consent::CopyState::Owed), ErrorCode::NotFound);
    }

private:
    std::unique_ptr<World> m_world;
    std::unique_ptr<Home> m_home;
    people::Participant m_participant;
};

QTEST_GUILESS_MAIN(TestConsentInForce)
#include "tst_consent_in_force.moc"
