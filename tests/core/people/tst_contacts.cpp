// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/people/all_rows.h"
#include "core/people/two_vaults.h"
#include "people/contacts.h"
#include "people/people.h"
#include "support/every_fault.h"
#include "support/fake_clock.h"
#include "vault/migrations.h"

using namespace sotto;
using namespace sotto::people;
using test::allRows;
using test::EveryFault;
using test::mentioning;

namespace {

const QString kTrace = QStringLiteral("zanzibar");

std::vector<vault::Schema> identitiesSchemas() {
    return {Identities::schema(), Contacts::schema()};
}

}  // namespace

class TestContacts final : public QObject {
    Q_OBJECT

private:
    test::FakeClock m_clock;
    std::unique_ptr<test::TwoVaults> m_vaults;

    [[nodiscard]] Contacts contacts() { return Contacts(m_vaults->identities()); }
    [[nodiscard]] ParticipantId enrolOne() {
        const auto enrolled = enrol(m_vaults->sessions(), m_vaults->identities(), QStringLiteral("person"),
                                    QStringLiteral("Camille Invention"), std::nullopt, m_clock.now());
        return enrolled ? enrolled->id : ParticipantId();
    }
    void fill(const ParticipantId& id) {
        VERIFY_OK(contacts().add(id, {m_clock.now().utcMs, ContactKind::Call, kTrace}));
        VERIFY_OK(contacts().setSafeContact(id, kTrace, kTrace));
        VERIFY_OK(contacts().setAppointment(id, Appointment{1, kTrace, 0}));
        VERIFY_OK(contacts().addCompensation(id, {2, kTrace}));
    }

private slots:
    void init() {
        m_vaults = std::make_unique<test::TwoVaults>(std::vector{Participants::schema()}, identitiesSchemas());
    }

    void everythingComesBackAsItWasGiven() {
        const ParticipantId id = enrolOne();
        const ContactCard empty = contacts().card(id).value();
        QVERIFY(empty.log.empty() && empty.compensation.empty() && !empty.appointment && empty.safeWays.isEmpty());
        const std::vector kinds{ContactKind::NoAnswer, ContactKind::Call, ContactKind::Message, ContactKind::Met};
        for (std::size_t i = 0; i < kinds.size(); ++i)
            VERIFY_OK(contacts().add(id, {100 - std::int64_t(i), kinds[i], QStringLiteral("note %1").arg(i)}));
        VERIFY_OK(contacts().setSafeContact(id, QStringLiteral("by text"), QStringLiteral("after six")));
        VERIFY_OK(contacts().setAppointment(id, Appointment{5000, QStringLiteral("library"), 4000}));
        VERIFY_OK(contacts().addCompensation(id, {6000, QStringLiteral("30 $ in cash")}));
        VERIFY_OK(contacts().addCompensation(id, {5000, QStringLiteral("bus fare")}));
        VERIFY_OK(m_vaults->reopen());
        const ContactCard card = contacts().card(id).value();
        QCOMPARE(card.log.size(), kinds.size());
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            QVERIFY(card.log[i].kind == kinds[i] && card.log[i].utcMs == 100 - std::int64_t(i));
            QCOMPARE(card.log[i].note, QStringLiteral("note %1").arg(i));
        }
        QCOMPARE(card.safeWays, QStringLiteral("by text"));
        QCOMPARE(card.safeHours, QStringLiteral("after six"));
        QVERIFY(card.appointment && card.appointment->utcMs == 5000 && card.appointment->agreedUtcMs == 4000);
        QCOMPARE(card.appointment->place, QStringLiteral("library"));
        QCOMPARE(card.compensation.size(), std::size_t{2});
        QCOMPARE(card.compensation[1].text, QStringLiteral("bus fare"));
    }

    void oneThingDoesNotChangeTheOthers() {
        const ParticipantId id = enrolOne();
        fill(id);
        VERIFY_OK(contacts().dropAppointment(id, AppointmentChange::Cancelled, 3));
        const ContactCard without = contacts().card(id).value();
        QVERIFY(!without.appointment && without.safeWays == kTrace && without.log.size() == 1);
        VERIFY_OK(contacts().setAppointment(id, Appointment{7, QString(), 6}));
        VERIFY_OK(contacts().setSafeContact(id, QString(), QStringLiteral("mornings")));
        const ContactCard changed = contacts().card(id).value();
        QVERIFY(changed.appointment && changed.appointment->utcMs == 7 && changed.appointment->place.isEmpty());
        QVERIFY(changed.safeWays.isEmpty() && changed.safeHours == u"mornings");
    }

    void theHistoryTellsWhatBecameOfAppointments() {
        const ParticipantId id = enrolOne();
        const QString library = QStringLiteral("library");
        VERIFY_FAILS(contacts().dropAppointment(id, AppointmentChange::Missed, 1), ErrorCode::NotFound);
        VERIFY_OK(contacts().setAppointment(id, Appointment{5000, library, 10}));
        VERIFY_OK(contacts().setAppointment(id, Appointment{6000, QStringLiteral("home"), 20}));
        VERIFY_OK(contacts().dropAppointment(id, AppointmentChange::Missed, 6100));
        QVERIFY(!contacts().card(id).value().appointment);
        VERIFY_OK(contacts().setAppointment(id, Appointment{9000, library, 6200}));
        VERIFY_OK(contacts().dropAppointment(id, AppointmentChange::Cancelled, 7000));
        VERIFY_FAILS(contacts().dropAppointment(id, AppointmentChange::Made, 7000), ErrorCode::InvalidArgument);
        VERIFY_OK(m_vaults->reopen());
        const ContactCard card = contacts().card(id).value();
        using Change = AppointmentChange;
        const std::vector<AppointmentEntry> expected{{10, Change::Made, 5000, library},
                                                     {20, Change::Moved, 6000, QStringLiteral("home")},
                                                     {6100, Change::Missed, 6000, QStringLiteral("home")},
                                                     {6200, Change::Made, 9000, library},
                                                     {7000, Change::Cancelled, 9000, library}};
        QCOMPARE(card.appointments.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const AppointmentEntry& seen = card.appointments[i];
            QVERIFY(seen.utcMs == expected[i].utcMs && seen.what == expected[i].what);
            QVERIFY(seen.appointmentUtcMs == expected[i].appointmentUtcMs && seen.place == expected[i].place);
        }
        QCOMPARE(card.missed(), 1);
        QVERIFY(contacts().appointments().value().empty());
    }

    void appointmentsOfEverybodyComeTogether() {
        std::map<ParticipantId, Appointment> expected;
        for (int i = 0; i < 6; ++i) {
            const ParticipantId id = enrolOne();
            VERIFY_OK(contacts().add(id, {1, ContactKind::Met, QString()}));
            if (i % 2 == 0) continue;
            VERIFY_OK(contacts().setAppointment(id, Appointment{i, QStringLiteral("place %1").arg(i), 0}));
            expected.emplace(id, Appointment{i, QStringLiteral("place %1").arg(i), 0});
        }
        const auto all = contacts().appointments().value();
        QCOMPARE(all.size(), expected.size());
        for (const auto& [id, appointment] : expected)
            QVERIFY(all.at(id).utcMs == appointment.utcMs && all.at(id).place == appointment.place);
    }

    void somebodyWithoutAnIdentityHasNoCard() {
        const ParticipantId nobody = ParticipantId::random();
        VERIFY_FAILS(contacts().card(nobody), ErrorCode::NotFound);
        VERIFY_FAILS(contacts().add(nobody, {}), ErrorCode::NotFound);
        VERIFY_FAILS(contacts().setSafeContact(nobody, kTrace, kTrace), ErrorCode::NotFound);
        VERIFY_FAILS(contacts().setAppointment(nobody, Appointment{}), ErrorCode::NotFound);
        VERIFY_FAILS(contacts().addCompensation(nobody, {0, kTrace}), ErrorCode::NotFound);
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {kTrace}), QStringList());
    }

    void textsHaveALimit() {
        const ParticipantId id = enrolOne();
        const QString longest(10'000, u'x');
        const QString longer(10'001, u'x');
        VERIFY_OK(contacts().add(id, {0, ContactKind::Call, longest}));
        VERIFY_FAILS(contacts().add(id, {0, ContactKind::Call, longer}), ErrorCode::InvalidArgument);
        VERIFY_FAILS(contacts().setSafeContact(id, longer, QString()), ErrorCode::InvalidArgument);
        VERIFY_FAILS(contacts().setSafeContact(id, QString(), longer), ErrorCode::InvalidArgument);
        VERIFY_FAILS(contacts().setAppointment(id, Appointment{0, longer, 0}), ErrorCode::InvalidArgument);
        VERIFY_FAILS(contacts().addCompensation(id, {0, longer}), ErrorCode::InvalidArgument);
        VERIFY_FAILS(contacts().addCompensation(id, {0, QStringLiteral(" ")}), ErrorCode::InvalidArgument);
    }

    void contactsGoWithTheIdentity() {
        const ParticipantId gone = enrolOne();
        const ParticipantId stays = enrolOne();
        fill(gone);
        fill(stays);
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {gone.toString()}).size(), 5);
        VERIFY_OK(Identities(m_vaults->identities()).remove(gone));
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {gone.toString()}), QStringList());
        QCOMPARE(contacts().card(stays).value().log.size(), std::size_t{1});
        QCOMPARE(contacts().appointments().value().size(), std::size_t{1});
    }

    void anUndoneEnrolmentTakesItsContactsAlong() {
        const ParticipantId id = ParticipantId::random();
        VERIFY_OK(Identities(m_vaults->identities()).add(id, QStringLiteral("Half Enrolled"), m_clock.now()));
        fill(id);
        QCOMPARE(reconcile(m_vaults->sessions(), m_vaults->identities()).value().removed, 1);
        QCOMPARE(mentioning(allRows(m_vaults->identities()), {id.toString()}), QStringList());
    }

    void aVaultFromBeforeGetsTheTables() {
        m_vaults =
            std::make_unique<test::TwoVaults>(std::vector{Participants::schema()}, std::vector{Identities::schema()});
        const ParticipantId id = enrolOne();
        const auto schemas = identitiesSchemas();
        VERIFY_OK(vault::migrate(m_vaults->identities(), schemas));
        fill(id);
        QCOMPARE(contacts().card(id).value().log.size(), std::size_t{1});
    }

    void kindsHaveNamesForEver() {
        for (const auto& [kind, name] :
             {std::pair{ContactKind::Call, "call"}, std::pair{ContactKind::Message, "message"},
              std::pair{ContactKind::Met, "met"}, std::pair{ContactKind::NoAnswer, "no-answer"}}) {
            QCOMPARE(contactKindName(kind), QString::fromLatin1(name));
            QVERIFY(contactKindFromName(QString::fromLatin1(name)) == kind);
        }
        QVERIFY(!contactKindFromName(QStringLiteral("letter")));
    }

    void anAcknowledgedEntryLivesThroughEveryFault_data() { test::addFaultRows(); }

    void anAcknowledgedEntryLivesThroughEveryFault() {
        QFETCH(const bool, forGood);
        QFETCH(const int, code);
        for (EveryFault fault(forGood, static_cast<ErrorCode>(code)); fault.next();) {
            init();
            const ParticipantId id = enrolOne();
            VERIFY_OK(contacts().add(id, {1, ContactKind::Call, QStringLiteral("first")}));
            const auto added = fault.during(m_vaults->files(), [&]() -> Result<> {
                SOTTO_TRY(contacts().add(id, {2, ContactKind::Met, QStringLiteral("second")}));
                return contacts().setAppointment(id, Appointment{3, QStringLiteral("place"), 2});
            });
            VERIFY_OK(m_vaults->reopen());
            const ContactCard card = contacts().card(id).value();
            QVERIFY2(!card.log.empty() && card.log.front().note == u"first", fault.at());
            if (added) QVERIFY2(card.log.size() == 2 && card.appointment, fault.at());
        }
    }
};

QTEST_GUILESS_MAIN(TestContacts)
#include "tst_contacts.moc"
