// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "deident/research_tables.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "package/content.h"
#include "people/people.h"
#include "workflow/home.h"
#include "workflow/signed_consent.h"

/// What sealing a group's session needs besides what every sealing does (seal_session.h).
namespace sotto::workflow {

/// Somebody of the group, with the consent by which they were there.
struct SealedMember {
    people::Participant participant;
    SignedConsent consent;
};

/// The tablet's key on the day of the session: a rekeyed home has another one now. All zero, which verifies nothing,
/// if the opening does not tell.
[[nodiscard]] crypto::VerifyKey deviceOf(const interview::Opening& opening);

/// Everybody who was there, those who came late too; empty for a session of one. Damaged if a consent is somebody
/// else's or a participant is not known; SignatureInvalid unless `device` signed.
[[nodiscard]] Result<std::vector<SealedMember>> sealedMembers(Home& home, const interview::SessionRecords& session,
                                                              const crypto::VerifyKey& device);

/// The group in the place of a participant, and what all of them allow.
[[nodiscard]] people::Participant groupAsParticipant(const interview::Opening& opening);
[[nodiscard]] consent::ConsentState allowedByAll(const std::vector<SealedMember>& members);

/// What the identity package holds of one person: evidence, name, support notes, under the device's key of that day.
[[nodiscard]] Result<std::vector<package::PackageFile>> identityFilesOf(Home& home, const interview::SessionRow& row,
                                                                        const crypto::VerifyKey& device,
                                                                        const SealedMember& person);
/// The same of all of them, a folder for each: "members/01/consent.json" ...; the manifest, which is the same, once.
[[nodiscard]] Result<std::vector<package::PackageFile>> identityFilesOfAll(Home& home, const interview::SessionRow& row,
                                                                           const crypto::VerifyKey& device,
                                                                           const std::vector<SealedMember>& members);

/// Of those who share, by the consent of that day and by the one in force. ConsentMissing if nobody does.
[[nodiscard]] Result<std::vector<deident::ResearchTable>> groupResearchTables(Home& home, const study::StudyPack& pack,
                                                                              const interview::SessionRow& row,
                                                                              const interview::SessionRecords& session,
                                                                              std::int64_t recordedMs,
                                                                              const std::vector<SealedMember>& members);

}  // namespace sotto::workflow
