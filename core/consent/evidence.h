// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "crypto/sign.h"
#include "study/consent_form.h"

namespace sotto::consent {

/// Version of the evidence's stored form; the field "format", itself signed. 2: on paper, by voice, for somebody else,
/// with a witness, with what was understood, with a code.
inline constexpr int kEvidenceFormat = 2;

/// One stroke of a signature: points in thousandths of the pad's width, no time, no pressure (both are biometric).
using Stroke = std::vector<std::pair<int, int>>;

/// Participant is whoever agrees by this form: for a parent's form, the parent.
enum class Signer { Participant, Interviewer, Witness };

/// How it was agreed to. Glass: signed on the tablet. Paper: signed on paper, of which a picture was taken in, attested
/// by the interviewer's signature. Oral: read aloud and answered aloud, recorded, attested likewise.
enum class Kind { Glass, Paper, Oral };
[[nodiscard]] QString kindName(Kind kind);
[[nodiscard]] std::optional<Kind> kindFromName(const QString& name);

/// What the evidence rests on besides strokes: a picture of the paper, the recorded words. Identities vault alone.
struct Attachment {
    QString type;  ///< "image/jpeg", "audio/ogg"
    Bytes bytes;
};
inline constexpr std::size_t kMostAttachment = std::size_t{4} << 20;  ///< bytes
inline const QString kPictureType = QStringLiteral("image/jpeg");
inline const QString kSoundType = QStringLiteral("audio/ogg");

/// What was agreed to, bound to the exact text. The device signs all of it; nothing in it can be changed later.
struct Evidence {
    int format = kEvidenceFormat;  ///< that it was signed in
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
    // Since format 2:
    Kind kind = Kind::Glass;
    study::SignedBy signedBy = study::SignedBy::Adult;
    QString signatory{};  ///< Parent, Representative: who that is
    QString site{};       ///< empty: the study has no sites
    bool isMark = false;  ///< the signature is an X or a dot, which a witness saw made
    QString witness{};    ///< their name; empty: none
    /// What was asked before signing: item id -> every answer that was given, the last one last.
    std::map<QString, QStringList> understanding{};
    std::optional<crypto::Sha256Digest> attachmentHash{};
    QString attachmentType{};
    /// The other evidence that this one counts with: a parent's with the assent of the person themself.
    std::optional<EvidenceId> with{};
    QString code{};  ///< by which it is found when somebody wants to take it back (code.h)
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
    Kind kind = Kind::Glass;
    QString signatory{};
    QString site{};
    bool isMark = false;
    QString witness{};
    std::map<QString, QStringList> understanding{};
    std::optional<Attachment> attachment{};
};

/// So small that it is a dot, or nothing at all: no signature without a witness.
[[nodiscard]] bool isDot(const std::vector<Stroke>& strokes);
/// A witness must sign: the form asks for one, or the signature is a mark or a dot.
[[nodiscard]] bool needsWitness(const study::ConsentForm& form, const Answers& answers);

/// Binds answers to a form and signs. InvalidArgument if an item is unanswered, unknown or the participant's signature
/// is empty or off the pad, or if it was signed before it was shown (by the boot clock, within one boot); for a mark or
/// a dot without a witness who signed; for paper or voice without its attachment, or without the interviewer's
/// signature; for a form that may not be given by voice; without the name of who signs for somebody; for one of two
/// forms that belong together (makeBoundEvidence()). A required item answered no is evidence of a refusal, not an
/// error.
[[nodiscard]] Result<Evidence> makeEvidence(const ParticipantId& participant, const QString& studyId,
                                            const study::ConsentForm& form, const Answers& answers,
                                            const crypto::SigningKey& device);

/// One form with what was answered to it.
struct Filled {
    const study::ConsentForm& form;
    const Answers& answers;
};
/// Two evidences that count together only: of whoever signs for somebody, and of the person themself (an assent).
/// InvalidArgument as makeEvidence(), or if the forms do not belong together.
[[nodiscard]] Result<std::pair<Evidence, Evidence>> makeBoundEvidence(const ParticipantId& participant,
                                                                      const QString& studyId, const Filled& signatory,
                                                                      const Filled& person,
                                                                      const crypto::SigningKey& device);

/// SignatureInvalid unless `device` signed just this.
[[nodiscard]] Result<> verifyEvidence(const Evidence& evidence, const crypto::VerifyKey& device);

}  // namespace sotto::consent
