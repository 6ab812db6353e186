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
    [[nodiscard]] QJsonObject toJson() const;
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
/// is empty. A required item answered no is evidence of a refusal, not an error.
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
    [[nodiscard]] bool allows(study::Permission permission) const;
};

/// The one table: what evidence under a form allows. Everything that gates asks here.
[[nodiscard]] ConsentState stateOf(const Evidence& evidence, const study::ConsentForm& form);

/// Evidence in the two vaults: the whole of it with the identities, the state with the sessions.
class Consents {
public:
    Consents(vault::Database& sessions, vault::Database& identities)
        : m_sessions(&sessions), m_identities(&identities) {}
    [[nodiscard]] static vault::Schema sessionsSchema();
    [[nodiscard]] static vault::Schema identitiesSchema();
    /// Identities first, then sessions: a crash in between leaves evidence without effect, which reconcile() completes.
    [[nodiscard]] Result<> add(const Evidence& evidence, const study::ConsentForm& form);
    /// The evidence in force (the latest) for a participant.
    [[nodiscard]] Result<std::optional<ConsentState>> inForce(const ParticipantId& participant) const;
    [[nodiscard]] Result<Evidence> evidence(const EvidenceId& id) const;

private:
    vault::Database* m_sessions;
    vault::Database* m_identities;
};

/// Reads only the state; for `inspect`, which opens the sessions vault alone.
[[nodiscard]] Result<std::optional<ConsentState>> consentInForce(vault::Database& sessions,
                                                                 const ParticipantId& participant);

}  // namespace sotto::consent
