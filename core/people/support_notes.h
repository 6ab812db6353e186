// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/ids.h"
#include "base/result.h"
#include "vault/vault.h"

namespace sotto::people {

/// What an interviewer writes about pause and support, a duty to report, or a visit afterwards. Never in the session:
/// whoever reads or hears the interview does not read this.
struct SupportNote {
    std::int64_t utcMs = 0;
    QString heading;  ///< of the protocol: "pause", "duty-to-report", "home-visit" ...
    QString text;
    std::optional<ParticipantId> participant;  ///< nothing: about nobody in particular
    std::optional<SessionId> session;          ///< during which it was written
};

/// Notes sealed apart, in the identities vault; they leave only in the identity package. Those about somebody go with
/// their identity (a trigger). Durable on return. One thread.
class SupportNotes {
public:
    explicit SupportNotes(vault::Database& identities) : m_identities(&identities) {}
    [[nodiscard]] static vault::Schema schema();
    /// InvalidArgument for a blank text, one of more than 10,000 characters, or a blank heading; NotFound for somebody
    /// without an identity.
    [[nodiscard]] Result<> add(const SupportNote& note);
    /// Oldest first.
    [[nodiscard]] Result<std::vector<SupportNote>> about(const ParticipantId& participant) const;

private:
    vault::Database* m_identities;
};

}  // namespace sotto::people
