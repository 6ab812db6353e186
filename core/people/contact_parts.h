// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "people/contacts.h"

// What the files of Contacts share. Not for others.
namespace sotto::people::contact_parts {

/// InvalidArgument for a text that is too long.
[[nodiscard]] Result<> checkText(const QString& text);
[[nodiscard]] Failure unreadable();
/// NotFound.
[[nodiscard]] Result<> requireIdentity(vault::Database& identities, const ParticipantId& id);
/// What became of somebody's appointments.
[[nodiscard]] Result<> readHistory(vault::Database& identities, const ParticipantId& id, ContactCard& card);

}  // namespace sotto::people::contact_parts
