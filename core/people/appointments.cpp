// SPDX-License-Identifier: Apache-2.0
// Appointments: the one that is agreed on, and what became of the others.
#include <algorithm>
#include <array>

#include "people/contact_parts.h"
#include "people/contacts.h"

namespace sotto::people {

namespace contact_parts {

Result<> checkText(const QString& text) {
    constexpr qsizetype kMaxText = 10'000;
    if (text.size() <= kMaxText) return {};
    return fail(ErrorCode::InvalidArgument, "this text is too long for a contact log");
}

Failure unreadable() {
    return fail(ErrorCode::Damaged, "a row of the contact log holds what was never written there");
}

Result<> requireIdentity(vault::Database& identities, const ParticipantId& id) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT 1 FROM identity WHERE participant = ?1"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return fail(ErrorCode::NotFound, "no identity of that id");
    return {};
}

Result<> readHistory(vault::Database& identities, const ParticipantId& id, ContactCard& card) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT utc_ms, what, appointment_utc_ms, place "
                                                 "FROM contact_appointment WHERE participant = ?1 ORDER BY sequence"));
    select.bind(1, id.toString());
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return {};
        const auto what = appointmentChangeFromName(select.text(1));
        if (!what) return unreadable();
        card.appointments.push_back({select.integer(0), *what, select.integer(2), select.text(3)});
    }
}

}  // namespace contact_parts

using contact_parts::checkText;
using contact_parts::requireIdentity;
using contact_parts::unreadable;

namespace {

constexpr std::array kChanges{std::pair{AppointmentChange::Made, QLatin1String("made")},
                              std::pair{AppointmentChange::Moved, QLatin1String("moved")},
                              std::pair{AppointmentChange::Cancelled, QLatin1String("cancelled")},
                              std::pair{AppointmentChange::Missed, QLatin1String("missed")}};

Result<std::optional<Appointment>> agreedOn(vault::Database& identities, const ParticipantId& id) {
    SOTTO_ASSIGN(auto select, identities.prepare("SELECT appointment_utc_ms, appointment_place, appointment_made_ms "
                                                 "FROM contact WHERE participant = ?1 AND "
                                                 "appointment_utc_ms IS NOT NULL"));
    SOTTO_ASSIGN(const bool found, select.bind(1, id.toString()).step());
    if (!found) return std::nullopt;
    return Appointment{select.integer(0), select.text(1), select.integer(2)};
}

Result<> put(vault::Database& identities, const ParticipantId& id, const std::optional<Appointment>& appointment) {
    SOTTO_ASSIGN(auto put, identities.prepare("INSERT INTO contact (participant, appointment_utc_ms, "
                                              "appointment_place, appointment_made_ms) VALUES (?1, ?2, ?3, ?4) "
                                              "ON CONFLICT (participant) DO UPDATE SET "
                                              "appointment_utc_ms = excluded.appointment_utc_ms, "
                                              "appointment_place = excluded.appointment_place, "
                                              "appointment_made_ms = excluded.appointment_made_ms"));
    put.bind(1, id.toString());
    if (appointment) {
        put.bind(2, appointment->utcMs).bind(3, appointment->place).bind(4, appointment->agreedUtcMs);
    } else {
        put.bindNull(2).bindNull(3).bindNull(4);
    }
    return put.run();
}

Result<> writeDown(vault::Database& identities, const ParticipantId& id, const AppointmentEntry& entry) {
    SOTTO_ASSIGN(auto insert, identities.prepare("INSERT INTO contact_appointment (participant, utc_ms, what, "
                                                 "appointment_utc_ms, place) VALUES (?1, ?2, ?3, ?4, ?5)"));
    insert.bind(1, id.toString()).bind(2, entry.utcMs).bind(3, appointmentChangeName(entry.what));
    return insert.bind(4, entry.appointmentUtcMs).bind(5, entry.place).run();
}

}  // namespace

QString appointmentChangeName(AppointmentChange change) {
    return std::find_if(kChanges.begin(), kChanges.end(), [change](const auto& entry) { return entry.first == change; })
        ->second;
}

std::optional<AppointmentChange> appointmentChangeFromName(const QString& name) {
    const auto found =
        std::find_if(kChanges.begin(), kChanges.end(), [&name](const auto& entry) { return entry.second == name; });
    if (found == kChanges.end()) return std::nullopt;
    return found->first;
}

int ContactCard::missed() const {
    return static_cast<int>(std::count_if(appointments.begin(), appointments.end(), [](const AppointmentEntry& entry) {
        return entry.what == AppointmentChange::Missed;
    }));
}

Result<> Contacts::setAppointment(const ParticipantId& id, const Appointment& appointment) {
    SOTTO_TRY(requireIdentity(*m_identities, id));
    SOTTO_TRY(checkText(appointment.place));
    SOTTO_ASSIGN(const auto before, agreedOn(*m_identities, id));
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_identities));
    SOTTO_TRY(put(*m_identities, id, appointment));
    const AppointmentChange what = before ? AppointmentChange::Moved : AppointmentChange::Made;
    SOTTO_TRY(writeDown(*m_identities, id, {appointment.agreedUtcMs, what, appointment.utcMs, appointment.place}));
    return transaction.commit();
}

Result<> Contacts::dropAppointment(const ParticipantId& id, AppointmentChange why, std::int64_t utcMs) {
    if (why != AppointmentChange::Cancelled && why != AppointmentChange::Missed)
        return fail(ErrorCode::InvalidArgument, "an appointment goes because it was called off or missed");
    SOTTO_TRY(requireIdentity(*m_identities, id));
    SOTTO_ASSIGN(const auto before, agreedOn(*m_identities, id));
    if (!before) return fail(ErrorCode::NotFound, "there is no appointment");
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(*m_identities));
    SOTTO_TRY(put(*m_identities, id, std::nullopt));
    SOTTO_TRY(writeDown(*m_identities, id, {utcMs, why, before->utcMs, before->place}));
    return transaction.commit();
}

Result<std::map<ParticipantId, Appointment>> Contacts::appointments() const {
    SOTTO_ASSIGN(auto select, m_identities->prepare("SELECT participant, appointment_utc_ms, appointment_place, "
                                                    "appointment_made_ms FROM contact "
                                                    "WHERE appointment_utc_ms IS NOT NULL"));
    std::map<ParticipantId, Appointment> all;
    while (true) {
        SOTTO_ASSIGN(const bool hasRow, select.step());
        if (!hasRow) return all;
        const auto id = ParticipantId::fromString(select.text(0));
        if (!id) return unreadable();
        all.emplace(*id, Appointment{select.integer(1), select.text(2), select.integer(3)});
    }
}

}  // namespace sotto::people
