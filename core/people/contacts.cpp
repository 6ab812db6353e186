// SPDX-License-Identifier: Apache-2.0
#include "people/contacts.h"

namespace sotto::people {

QString contactKindName(ContactKind) {
    return {};
}

std::optional<ContactKind> contactKindFromName(const QString&) {
    return std::nullopt;
}

vault::Schema Contacts::schema() {
    return {"contacts", {}};
}

Result<ContactCard> Contacts::card(const ParticipantId&) const {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> Contacts::add(const ParticipantId&, const ContactEntry&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> Contacts::setSafeContact(const ParticipantId&, const QString&, const QString&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> Contacts::setAppointment(const ParticipantId&, const std::optional<Appointment>&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<> Contacts::addCompensation(const ParticipantId&, const Compensation&) {
    return fail(ErrorCode::Unsupported, "not built yet");
}

Result<std::map<ParticipantId, Appointment>> Contacts::appointments() const {
    return fail(ErrorCode::Unsupported, "not built yet");
}

}  // namespace sotto::people
