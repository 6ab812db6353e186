// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QJsonObject>
#include <QString>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "consent/evidence.h"
#include "study/study_pack.h"
#include "vault/vault.h"

namespace sotto::consent {

/// Consent: what somebody agreed to, bound to the exact text and signed by the device; and what that allows. Values
/// are free to share; Consents is used on the thread of the vaults.

/// What the sessions vault keeps of an evidence: enough to decide, without strokes.
struct ConsentState {
    EvidenceId evidence;
    ParticipantId participant;
    QString formVersion;
    QString language;
    crypto::Sha256Digest formHash{};
    std::map<QString, bool> answers;
    std::vector<study::Permission> granted;  ///< as the form's items translate
    bool takesPart = false;                  ///< every required item was answered yes
    study::SignedBy signedBy = study::SignedBy::Adult;
    QString site{};
    std::int64_t signedUtcMs = 0;  ///< 0 in a state of format 1
    /// The evidence that this one counts with; answers and grants are those of both together.
    std::optional<EvidenceId> with{};
    /// False for everything if the participant does not take part.
    [[nodiscard]] bool allows(study::Permission permission) const;
};

/// The one table: what evidence under a form allows. Everything that gates asks here. A permission is granted if every
/// item of the form that names it was answered yes, and if the participant takes part at all; taking part needs a yes
/// to every required item. Evidence of another text than this form's allows nothing.
/// Evidence that counts with another allows nothing alone.
[[nodiscard]] ConsentState stateOf(const Evidence& evidence, const study::ConsentForm& form);

/// Evidence and the text that it is of.
struct Signed {
    const Evidence& evidence;
    const study::ConsentForm& form;
};
/// The state of `own` together with the other evidence that it is bound to: both must take part, and what either form
/// has an item for is granted by that form's yes, where both have one by two. Evidence that is not bound to each other
/// allows nothing.
[[nodiscard]] ConsentState stateOf(const Signed& own, const Signed& other);

/// Evidence in the two vaults: the whole of it with the identities, the state with the sessions.
class Consents {
public:
    Consents(vault::Database& sessions, vault::Database& identities)
        : m_sessions(&sessions), m_identities(&identities) {}
    [[nodiscard]] static vault::Schema sessionsSchema();
    [[nodiscard]] static vault::Schema identitiesSchema();
    /// Identities first, then sessions: a crash in between leaves evidence without effect, which reconcileEvidence()
    /// completes. Durable on return. InvalidArgument if the evidence is of another form; AlreadyExists.
    /// InvalidArgument, too, if the attachment is not the one in the evidence, or for evidence bound to another.
    [[nodiscard]] Result<> add(const Evidence& evidence, const study::ConsentForm& form,
                               const std::optional<Attachment>& attachment = std::nullopt);
    /// Two that count together, both or neither. In force is the state of both; it bears the id of the second.
    [[nodiscard]] Result<> addBound(const Signed& first, const std::optional<Attachment>& firstAttachment,
                                    const Signed& second, const std::optional<Attachment>& secondAttachment);
    /// The evidence in force for a participant: the one added last, whatever the wall clock said.
    [[nodiscard]] Result<std::optional<ConsentState>> inForce(const ParticipantId& participant) const;
    /// The whole evidence. NotFound; the caller verifies the signature (verifyEvidence).
    [[nodiscard]] Result<Evidence> evidence(const EvidenceId& id) const;
    /// What the evidence rests on; nothing if it has none. Damaged if it is not what was signed.
    [[nodiscard]] Result<std::optional<Attachment>> attachmentOf(const Evidence& evidence) const;

private:
    vault::Database* m_sessions;
    vault::Database* m_identities;
};

/// Reads only the state; for `inspect`, which opens the sessions vault alone.
[[nodiscard]] Result<std::optional<ConsentState>> consentInForce(vault::Database& sessions,
                                                                 const ParticipantId& participant);

/// The state of one act of consent, be it no longer in force. NotFound.
[[nodiscard]] Result<ConsentState> stateOfEvidence(vault::Database& sessions, const EvidenceId& evidence);

/// Takes away every evidence and state of a participant, in either vault within the transaction that is open there or
/// one of its own. A vault that the caller can't open is null and keeps what it has; InvalidArgument if both are. The
/// evidence goes first, so that reconcileEvidence() has nothing to bring back if a crash comes between. Nothing there
/// is no error: safe to repeat.
[[nodiscard]] Result<> eraseConsents(vault::Database* sessions, vault::Database* identities,
                                     const ParticipantId& participant);

/// Run at unlock with both vaults freshly opened, after people::reconcile(): evidence whose state never reached the
/// sessions vault takes effect in its place of the order, for it was signed, and a refusal must not get lost.
/// Returns how many were completed. Safe to repeat.
[[nodiscard]] Result<int> reconcileEvidence(vault::Database& sessions, vault::Database& identities);

/// Every act of consent, in its order; for a sessions vault that has to be made anew.
[[nodiscard]] Result<std::vector<Evidence>> allEvidence(vault::Database& identities);

/// Gives a sessions vault that was made anew the state of every act of consent, in their order. Returns how many it
/// lacked. Safe to repeat.
[[nodiscard]] Result<int> restoreStates(vault::Database& sessions, vault::Database& identities);

}  // namespace sotto::consent
