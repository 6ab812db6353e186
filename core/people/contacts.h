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
    std::vector<ContactEntry> log;           ///< oldest first
    std::vector<Compensation> compensation;  ///< oldest first
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
    /// Replaces the one there was; nothing takes it away.
    [[nodiscard]] Result<> setAppointment(const ParticipantId& id, const std::optional<Appointment>& appointment);
    /// InvalidArgument for a blank text.
    [[nodiscard]] Result<> addCompensation(const ParticipantId& id, const Compensation& given);
    /// Of everybody who has one, in one query.
    [[nodiscard]] Result<std::map<ParticipantId, Appointment>> appointments() const;

private:
    vault::Database* m_identities;
};

}  // namespace sotto::people
