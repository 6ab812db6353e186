// SPDX-License-Identifier: Apache-2.0
#include "consent/evidence.h"

#include <algorithm>
#include <limits>

#include "consent/code.h"
#include "consent/pad.h"

namespace sotto::consent {

namespace {

constexpr int kDot = 10;  ///< thousandths of the pad's width; the pad itself draws a dot 2 wide
constexpr qsizetype kMostName = 200;

Result<> checkAnswers(const study::ConsentForm& form, const std::map<QString, bool>& answers) {
    const bool allAnswered = std::all_of(form.items.begin(), form.items.end(),
                                         [&](const study::ConsentItem& item) { return answers.count(item.id) > 0; });
    if (!allAnswered) return fail(ErrorCode::InvalidArgument, "an item of the consent form is not answered");
    const bool allKnown = std::all_of(answers.begin(), answers.end(), [&](const auto& answer) {
        return std::any_of(form.items.begin(), form.items.end(),
                           [&](const study::ConsentItem& item) { return item.id == answer.first; });
    });
    if (!allKnown) return fail(ErrorCode::InvalidArgument, "an answer to an item that the consent form does not have");
    return {};
}

bool hasSigned(const Answers& answers, Signer signer) {
    const auto drawn = answers.strokes.find(signer);
    return drawn != answers.strokes.end() &&
           std::any_of(drawn->second.begin(), drawn->second.end(), [](const Stroke& s) { return !s.empty(); });
}

Result<> checkStrokes(const std::map<Signer, std::vector<Stroke>>& strokes) {
    for (const auto& [signer, drawn] : strokes) {
        std::size_t points = 0;
        for (const Stroke& stroke : drawn) {
            points += stroke.size();
            if (!std::all_of(stroke.begin(), stroke.end(), isOnPad)) {
                return fail(ErrorCode::InvalidArgument, "a signature leaves the pad");
            }
        }
        if (points > kMostPoints) return fail(ErrorCode::InvalidArgument, "a signature has too many points");
    }
    return {};
}

Result<> checkWitness(const study::ConsentForm& form, const Answers& answers) {
    if (answers.witness.size() > kMostName) return fail(ErrorCode::InvalidArgument, "the witness's name is too long");
    const bool isNamed = !answers.witness.trimmed().isEmpty();
    // On paper the witness signed the paper.
    const bool isSigned = answers.kind == Kind::Paper || hasSigned(answers, Signer::Witness);
    if (needsWitness(form, answers) && !(isNamed && isSigned)) {
        return fail(ErrorCode::InvalidArgument, "a mark, or this form, counts only if a witness signs with their name");
    }
    if (!isNamed && hasSigned(answers, Signer::Witness)) {
        return fail(ErrorCode::InvalidArgument, "a witness signed without a name");
    }
    return {};
}

/// What the kind of consent rests on.
Result<> checkKind(const study::ConsentForm& form, const Answers& answers) {
    if (answers.kind == Kind::Glass) {
        if (answers.attachment) return fail(ErrorCode::InvalidArgument, "consent on the glass has no attachment");
        if (hasSigned(answers, Signer::Participant)) return {};
        return fail(ErrorCode::InvalidArgument, "the participant has not signed");
    }
    if (answers.kind == Kind::Oral && !form.mayBeOral) {
        return fail(ErrorCode::InvalidArgument, "this consent form may not be given by voice");
    }
    const QString& type = answers.kind == Kind::Paper ? kPictureType : kSoundType;
    if (!answers.attachment || answers.attachment->type != type || answers.attachment->bytes.empty()) {
        return fail(ErrorCode::InvalidArgument, "consent on paper or by voice needs its picture or its recording");
    }
    if (answers.attachment->bytes.size() > kMostAttachment) {
        return fail(ErrorCode::InvalidArgument, "what the consent rests on is too large to be kept");
    }
    if (!hasSigned(answers, Signer::Interviewer)) {
        return fail(ErrorCode::InvalidArgument, "consent on paper or by voice is attested by the interviewer");
    }
    return {};
}

bool isForSomebody(const study::ConsentForm& form) {
    return form.signedBy == study::SignedBy::Parent || form.signedBy == study::SignedBy::Representative;
}

Result<> check(const study::ConsentForm& form, const Answers& answers) {
    SOTTO_TRY(checkAnswers(form, answers.items));
    SOTTO_TRY(checkKind(form, answers));
    SOTTO_TRY(checkStrokes(answers.strokes));
    SOTTO_TRY(checkWitness(form, answers));
    const bool isNamed = !answers.signatory.trimmed().isEmpty() && answers.signatory.size() <= kMostName;
    if (isForSomebody(form) != isNamed) {
        return fail(ErrorCode::InvalidArgument, "who signs for somebody gives their name, and nobody else does");
    }
    if (answers.shownAt.bootId == answers.signedAt.bootId && answers.signedAt.bootMs < answers.shownAt.bootMs) {
        return fail(ErrorCode::InvalidArgument, "consent can't be signed before it was shown");
    }
    return {};
}

/// Everything but the signature.
Evidence bind(const ParticipantId& participant, const QString& studyId, const study::ConsentForm& form,
              const Answers& answers) {
    Evidence evidence;
    evidence.id = EvidenceId::random();
    evidence.participant = participant;
    evidence.studyId = studyId;
    evidence.role = form.role;
    evidence.formVersion = form.version;
    evidence.language = form.language;
    evidence.formHash = form.hash;
    evidence.answers = answers.items;
    evidence.strokes = answers.strokes;
    evidence.shownAt = answers.shownAt;
    evidence.signedAt = answers.signedAt;
    evidence.kind = answers.kind;
    evidence.signedBy = form.signedBy;
    evidence.signatory = answers.signatory.trimmed();
    evidence.site = answers.site;
    evidence.isMark = answers.isMark || (answers.kind == Kind::Glass && isDot(answers.strokes.at(Signer::Participant)));
    evidence.witness = answers.witness.trimmed();
    evidence.understanding = answers.understanding;
    if (answers.attachment) {
        evidence.attachmentHash = crypto::sha256(answers.attachment->bytes);
        evidence.attachmentType = answers.attachment->type;
    }
    evidence.code = freshCode();
    return evidence;
}

void sign(Evidence& evidence, const crypto::SigningKey& device) {
    evidence.signature = device.sign(kEvidenceContext, viewOf(evidence.canonicalBytes()));
}

}  // namespace

bool isDot(const std::vector<Stroke>& strokes) {
    std::pair least{std::numeric_limits<int>::max(), std::numeric_limits<int>::max()};
    std::pair most{std::numeric_limits<int>::min(), std::numeric_limits<int>::min()};
    bool isEmpty = true;
    for (const Stroke& stroke : strokes) {
        for (const auto& [x, y] : stroke) {
            least = {std::min(least.first, x), std::min(least.second, y)};
            most = {std::max(most.first, x), std::max(most.second, y)};
            isEmpty = false;
        }
    }
    return isEmpty || (most.first - least.first < kDot && most.second - least.second < kDot);
}

bool needsWitness(const study::ConsentForm& form, const Answers& answers) {
    if (form.needsWitness || answers.isMark) return true;
    const auto own = answers.strokes.find(Signer::Participant);
    return answers.kind == Kind::Glass && own != answers.strokes.end() && isDot(own->second);
}

Result<Evidence> makeEvidence(const ParticipantId& participant, const QString& studyId, const study::ConsentForm& form,
                              const Answers& answers, const crypto::SigningKey& device) {
    if (participant.isNull()) return fail(ErrorCode::InvalidArgument, "consent needs a participant");
    if (form.signedBy == study::SignedBy::Assent || !form.with.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, "this form counts only together with the one that belongs to it");
    }
    SOTTO_TRY(check(form, answers));
    Evidence evidence = bind(participant, studyId, form, answers);
    sign(evidence, device);
    return evidence;
}

Result<std::pair<Evidence, Evidence>> makeBoundEvidence(const ParticipantId& participant, const QString& studyId,
                                                        const Filled& signatory, const Filled& person,
                                                        const crypto::SigningKey& device) {
    if (participant.isNull()) return fail(ErrorCode::InvalidArgument, "consent needs a participant");
    const bool belong = isForSomebody(signatory.form) && person.form.signedBy == study::SignedBy::Assent &&
                        signatory.form.with == person.form.id && signatory.form.role == person.form.role;
    if (!belong) return fail(ErrorCode::InvalidArgument, "these two consent forms do not belong together");
    SOTTO_TRY(check(signatory.form, signatory.answers));
    SOTTO_TRY(check(person.form, person.answers));
    std::pair both{bind(participant, studyId, signatory.form, signatory.answers),
                   bind(participant, studyId, person.form, person.answers)};
    both.first.with = both.second.id;
    both.second.with = both.first.id;
    both.second.code = both.first.code;  // one copy, one code
    sign(both.first, device);
    sign(both.second, device);
    return both;
}

Result<> verifyEvidence(const Evidence& evidence, const crypto::VerifyKey& device) {
    const QByteArray message = evidence.canonicalBytes();
    if (crypto::verifySignature(device, kEvidenceContext, viewOf(message), evidence.signature)) return {};
    return fail(ErrorCode::SignatureInvalid, "this device did not sign this consent evidence");
}

}  // namespace sotto::consent
