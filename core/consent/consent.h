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
#include "crypto/sign.h"
#include "study/study_pack.h"
#include "vault/vault.h"

namespace sotto::consent {

/// Consent: what somebody agreed to, bound to the exact text and signed by the device; and what that allows. Values
/// are free to share; Consents is used on the thread of the vaults.

/// Version of the evidence's stored form; the field "format", itself signed.
inline constexpr int kEvidenceFormat = 1;

/// One stroke of a signature: points in thousandths of the pad's width, no time, no pressure (both are biometric).
using Stroke = std::vector<std::pair<int, int>>;

enum class Signer { Participant, Interviewer };

/// What was agreed to, bound to the exact text. The device signs all of it; nothing in it can be changed later.
struct Evidence {
    EvidenceId id;
    ParticipantId participant;
    QString studyId;
    QString role;
    QString formVersion;
    QString language;
    crypto::Sha256Digest formHash{};
    std::map<QString, bool> answers;  ///< item id -> yes or no, every item answered
    std::map<Signer, std::vector<Stroke>> strokes;
    Instant shownAt;
    Instant signedAt;
    crypto::Signature signature{};

    /// The bytes that are signed (sorted compact JSON of everything but the signature).
    [[nodiscard]] QByteArray canonicalBytes() const;
    /// The same fields and the signature.
    [[nodiscard]] QJsonObject toJson() const;
    /// NewerVersion for a newer "format"; ParseFailed for anything that toJson() would not have written, unknown
    /// fields too: what is not signed must not travel along. Does not verify the signature.
    [[nodiscard]] static Result<Evidence> fromJson(const QJsonObject& json);
};

inline constexpr std::string_view kEvidenceContext = "sotto-consent-evidence-v1";

/// The draft that a screen or a script fills in.
struct Answers {
    std::map<QString, bool> items;
    std::map<Signer, std::vector<Stroke>> strokes;
    Instant shownAt;
    Instant signedAt;
};

/// Binds answers to a form and signs. InvalidArgument if an item is unanswered, unknown or the participant's signature
/// is empty or off the pad, or if it was signed before it was shown (by the boot clock, within one boot). A required
/// item answered no is evidence of a refusal, not an error.
[[nodiscard]] Result<Evidence> makeEvidence(const ParticipantId& participant, const QString& studyId,
                                            const study::ConsentForm& form, const Answers& answers,
                                            const crypto::SigningKey& device);

/// SignatureInvalid unless `device` signed just this.
[[nodiscard]] Result<> verifyEvidence(const Evidence& evidence, const crypto::VerifyKey& device);

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
    /// False for everything if the participant does not take part.
    [[nodiscard]] bool allows(study::Permission permission) const;
};

/// The one table: what evidence under a form allows. Everything that gates asks here. A permission is granted if every
/// item of the form that names it was answered yes, and if the participant takes part at all; taking part needs a yes
/// to every required item. Evidence of another text than this form's allows nothing.
[[nodiscard]] ConsentState stateOf(const Evidence& evidence, const study::ConsentForm& form);

/// Evidence in the two vaults: the whole of it with the identities, the state with the sessions.
class Consents {
public:
    Consents(vault::Database& sessions, vault::Database& identities)
        : m_sessions(&sessions), m_identities(&identities) {}
    [[nodiscard]] static vault::Schema sessionsSchema();
    [[nodiscard]] static vault::Schema identitiesSchema();
    /// Identities first, then sessions: a crash in between leaves evidence without effect, which reconcileEvidence()
    /// completes. Durable on return. InvalidArgument if the evidence is of another form; AlreadyExists.
    [[nodiscard]] Result<> add(const Evidence& evidence, const study::ConsentForm& form);
    /// The evidence in force for a participant: the one added last, whatever the wall clock said.
    [[nodiscard]] Result<std::optional<ConsentState>> inForce(const ParticipantId& participant) const;
    /// The whole evidence. NotFound; the caller verifies the signature (verifyEvidence).
    [[nodiscard]] Result<Evidence> evidence(const EvidenceId& id) const;

private:
    vault::Database* m_sessions;
    vault::Database* m_identities;
};

/// Reads only the state; for `inspect`, which opens the sessions vault alone.
[[nodiscard]] Result<std::optional<ConsentState>> consentInForce(vault::Database& sessions,
                                                                 const ParticipantId& participant);

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
