// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "people/people.h"
#include "people/screenings.h"
#include "support/every_fault.h"
#include "support/fake_clock.h"

using namespace sotto;
using namespace sotto::people;
using study::Fit;
using test::allRows;
using test::EveryFault;
using test::mentioning;

class TestScreenings final : public QObject {
    Q_OBJECT

private:
    test::FakeClock m_clock;
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] Screenings screenings() { return Screenings(m_vaults->sessions()); }
    [[nodiscard]] ParticipantId enrolOne() {
        const auto enrolled = enrol(m_vaults->sessions(), m_vaults->identities(), QStringLiteral("person"),
                                    QStringLiteral("Camille Invention"), std::nullopt, m_clock.now());
        return enrolled ? enrolled->id : ParticipantId();
    }
    [[nodiscard]] ScreeningRecord recordOf(const ParticipantId& id) {
        ScreeningRecord record;
        record.participant = id;
        record.role = QStringLiteral("person");
        record.rulesVersion = 3;
        record.agreedUtcMs = 1000;
        record.how = AskedHow::InPerson;
        record.askedBy = PersonId::random();
        return record;
    }
    [[nodiscard]] ParticipantId begun() {
        const ParticipantId id = enrolOne();
        [&] { VERIFY_OK(screenings().begin(recordOf(id))); }();
        return id;
    }
    static RaisedAlert itemNine() {
        return {QStringLiteral("phq-9"), QStringLiteral("item-nine"), QStringLiteral("item-nine"), 50, {}, 0};
    }
    static TallyRow notNow() {
        return {QStringLiteral("2026-11-23"), QStringLiteral("person"), TallyOutcome::NotNow, QStringLiteral("moment"),
                3};
    }

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{Participants::schema(), Screenings::schema()},
                                                     std::vector{Identities::schema()});
    }

    void theYesToBeingAskedIsKeptWithItsWhenAndHow() {
        const ParticipantId id = enrolOne();
        QVERIFY(!screenings().find(id).value());
        const ScreeningRecord record = recordOf(id);
        VERIFY_OK(screenings().begin(record));
        VERIFY_FAILS(screenings().begin(record), ErrorCode::AlreadyExists);
        VERIFY_FAILS(screenings().begin(recordOf(ParticipantId::random())), ErrorCode::NotFound);
        VERIFY_OK(m_vaults->reopen());
        const ScreeningRecord seen = screenings().find(id).value().value();
        QVERIFY(seen.participant == id && seen.role == record.role && seen.rulesVersion == 3);
        QVERIFY(seen.agreedUtcMs == 1000 && seen.how == AskedHow::InPerson && seen.askedBy == record.askedBy);
        QVERIFY(seen.fit == Fit::Open);
        QVERIFY(screenings().all().value() == (std::map<ParticipantId, Fit>{{id, Fit::Open}}));
    }

    void aDeviationNeedsANameAndAnOpenScreening() {
        const ParticipantId id = begun();
        const QString rule = QStringLiteral("adult");
        VERIFY_FAILS(screenings().approve(id, {rule, QStringLiteral("  ")}, m_clock.now()), ErrorCode::InvalidArgument);
        VERIFY_FAILS(screenings().approve(ParticipantId::random(), {rule, QStringLiteral("Dr. M")}, m_clock.now()),
                     ErrorCode::NotFound);
        VERIFY_OK(screenings().approve(id, {rule, QStringLiteral(" Dr. M ")}, m_clock.now()));
        VERIFY_FAILS(screenings().approve(id, {rule, QStringLiteral("Dr. N")}, m_clock.now()),
                     ErrorCode::AlreadyExists);
        const auto deviations = screenings().find(id).value()->deviations;
        QVERIFY(deviations.size() == 1 && deviations[0].rule == rule && deviations[0].approvedBy == u"Dr. M");
        VERIFY_OK(screenings().settleFits(id, m_clock.now()));
        VERIFY_FAILS(screenings().approve(id, {QStringLiteral("other"), QStringLiteral("Dr. M")}, m_clock.now()),
                     ErrorCode::NotAllowed);
    }

    void nothingIsSettledBeforeSupportWasAnswered() {
        const ParticipantId id = begun();
        QVERIFY(screenings().raise(id, itemNine()).value());
        QVERIFY2(!screenings().raise(id, itemNine()).value(), "an alert is raised once");
        VERIFY_FAILS(screenings().settleFits(id, m_clock.now()), ErrorCode::NotAllowed);
        VERIFY_FAILS(screenings().settleNotNow(id, notNow(), m_clock.now()), ErrorCode::NotAllowed);
        QVERIFY2(screenings().tally().value().empty(), "a refused end must not count");
        VERIFY_FAILS(screenings().answerAlert(id, QStringLiteral("phq-9"), QStringLiteral("severe"),
                                              SupportAction::Stayed, m_clock.now()),
                     ErrorCode::NotFound);
        VERIFY_OK(screenings().answerAlert(id, QStringLiteral("phq-9"), QStringLiteral("item-nine"),
                                           SupportAction::LinesGiven, m_clock.now()));
        const auto alerts = screenings().find(id).value()->alerts;
        QVERIFY(alerts.size() == 1 && alerts[0].utcMs == 50 && alerts[0].protocol == u"item-nine");
        QVERIFY(alerts[0].action == SupportAction::LinesGiven && alerts[0].actionUtcMs == m_clock.now().utcMs);
        VERIFY_OK(screenings().settleFits(id, m_clock.now()));
        VERIFY_FAILS(screenings().settleFits(id, m_clock.now()), ErrorCode::NotAllowed);
        QVERIFY(screenings().find(id).value()->fit == Fit::Fits);
    }

    void onlyTheTallyOutlivesThePerson() {
        const ParticipantId gone = begun();
        const ParticipantId stays = begun();
        VERIFY_OK(screenings().approve(gone, {QStringLiteral("zanzibar"), QStringLiteral("Dr. M")}, m_clock.now()));
        QVERIFY(screenings().raise(gone, itemNine()).value());
        VERIFY_OK(screenings().answerAlert(gone, QStringLiteral("phq-9"), QStringLiteral("item-nine"),
                                           SupportAction::NotWanted, m_clock.now()));
        VERIFY_OK(screenings().settleNotNow(gone, notNow(), m_clock.now()));
        VERIFY_OK(Participants(m_vaults->sessions()).erase(gone));
        const QStringList traces{gone.toString(), QStringLiteral("zanzibar"), QStringLiteral("phq-9")};
        QCOMPARE(mentioning(allRows(m_vaults->sessions()), traces), QStringList());
        QVERIFY(screenings().find(stays).value());
        const auto tally = screenings().tally().value();
        QCOMPARE(tally.size(), std::size_t{1});
        QVERIFY(tally[0].day == u"2026-11-23" && tally[0].role == u"person" && tally[0].reason == u"moment");
        QVERIFY(tally[0].outcome == TallyOutcome::NotNow && tally[0].rulesVersion == 3);
    }

    void theEndAndItsTallyComeTogetherThroughEveryFault_data() { test::addFaultRows(); }

    void theEndAndItsTallyComeTogetherThroughEveryFault() {
        QFETCH(const bool, forGood);
        QFETCH(const int, code);
        for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
            init();
            const ParticipantId id = begun();
            const auto settled = fault.during(m_vaults->files(), [&]() -> Result<> {
                return screenings().settleNotNow(id, notNow(), m_clock.now());
            });
            VERIFY_OK(m_vaults->reopen());
            const bool isNotNow = screenings().find(id).value()->fit == Fit::NotNow;
            QVERIFY2(screenings().tally().value().size() == (isNotNow ? 1U : 0U), fault.at());
            if (settled) QVERIFY2(isNotNow, fault.at());
        }
    }

    void namesAreForEver() {
        QCOMPARE(askedHowName(AskedHow::InPerson), QStringLiteral("in-person"));
        QVERIFY(askedHowFromName(QStringLiteral("telephone")) == AskedHow::Telephone);
        QVERIFY(!askedHowFromName(QStringLiteral("letter")));
        QStringList actions;
        for (const SupportAction action : allSupportActions()) {
            actions += supportActionName(action);
            QVERIFY(supportActionFromName(actions.last()) == action);
        }
        QCOMPARE(actions.join(u' '), QStringLiteral("lines-given stayed on-call emergency not-wanted"));
    }
};

QTEST_GUILESS_MAIN(TestScreenings)
#include "tst_screenings.moc"
