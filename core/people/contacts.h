// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "vault/vault.h"

namespace sotto::people {

/// How somebody was reached. Text names are stored: call, message, met, no-answer.
enum class ContactKind { Call, Message, Met, NoAnswer };
[[nodiscard]] QString contactKindName(ContactKind kind);
[[nodiscard]] std::optional<ContactKind> contactKindFromName(const QString& name);

/// One line of the contact log. A log: entries are added, never changed.
struct ContactEntry {
    std::int64_t utcMs = 0;
    ContactKind kind = ContactKind::Call;
    QString note;  ///< may be empty
};

struct Appointment {
    std::int64_t utcMs = 0;
    QString place;                 ///< may be empty
    std::int64_t agreedUtcMs = 0;  ///< when it was entered
};

/// What became of appointments. Text names are stored: made, moved, cancelled, missed.
enum class AppointmentChange { Made, Moved, Cancelled, Missed };
[[nodiscard]] QString appointmentChangeName(AppointmentChange change);
[[nodiscard]] std::optional<AppointmentChange> appointmentChangeFromName(const QString& name);

/// One line of the history of appointments, which is added to and never changed.
struct AppointmentEntry {
    std::int64_t utcMs = 0;  ///< when it was written down
    AppointmentChange what = AppointmentChange::Made;
    std::int64_t appointmentUtcMs = 0;  ///< Made, Moved: the new one; Cancelled, Missed: the one that was agreed on
    QString place;                      ///< of that one; may be empty
};

/// What was given in compensation.
struct Compensation {
    std::int64_t utcMs = 0;
    QString text;
};

/// Everything about reaching one participant.
struct ContactCard {
    QString safeWays;   ///< "text messages only; ask for the sister"
    QString safeHours;  ///< "weekdays after 6 pm"
    std::optional<Appointment> appointment;
    std::vector<AppointmentEntry> appointments;  ///< what became of them, oldest first
    std::vector<ContactEntry> log;               ///< oldest first
    std::vector<Compensation> compensation;      ///< oldest first
    [[nodiscard]] int missed() const;            ///< how many appointments they did not come to
};

/// Contact details in the identities vault: they tell who somebody is. They go with the identity
/// (Identities::remove(), a trigger). Every change is durable on return; NotFound for somebody without an identity;
/// InvalidArgument for a text of more than 10,000 characters. One thread.
class Contacts {
public:
    explicit Contacts(vault::Database& identities) : m_identities(&identities) {}
    [[nodiscard]] static vault::Schema schema();

    [[nodiscard]] Result<ContactCard> card(const ParticipantId& id) const;
    [[nodiscard]] Result<> add(const ParticipantId& id, const ContactEntry& entry);
    [[nodiscard]] Result<> setSafeContact(const ParticipantId& id, const QString& ways, const QString& hours);
    /// Makes one, or moves the one there was. The history keeps both; so it does below.
    [[nodiscard]] Result<> setAppointment(const ParticipantId& id, const Appointment& appointment);
    /// The one there was will not be: they called it off (Cancelled), or did not come (Missed). NotFound without one.
    [[nodiscard]] Result<> dropAppointment(const ParticipantId& id, AppointmentChange why, std::int64_t utcMs);
    /// InvalidArgument for a blank text.
    [[nodiscard]] Result<> addCompensation(const ParticipantId& id, const Compensation& given);
    /// Of everybody who has one, in one query.
    [[nodiscard]] Result<std::map<ParticipantId, Appointment>> appointments() const;

private:
    vault::Database* m_identities;
};

}  // namespace sotto::people
