// SPDX-License-Identifier: Apache-2.0
#include "workflow/seal_group.h"

#include <algorithm>

#include "deident/group_tables.h"
#include "interview/speakers.h"
#include "package/seal.h"
#include "people/groups.h"
#include "people/support_notes.h"

namespace sotto::workflow {

namespace {

Result<SealedMember> sealedMember(Home& home, const QString& member, const EvidenceId& evidence,
                                  const crypto::VerifyKey& device) {
    const auto id = ParticipantId::fromString(member);
    if (!id) return fail(ErrorCode::Damaged, "a session names a member by what is no id");
    SOTTO_ASSIGN(const auto participant, people::Participants(home.sessions()).find(*id));
    if (!participant) return fail(ErrorCode::Damaged, "a member of a group is not known to the vault");
    SOTTO_ASSIGN(auto consent, signedConsent(home, evidence, device));
    if (consent.own.evidence.participant != *id) {
        return fail(ErrorCode::Damaged, "a session names the consent of somebody else");
    }
    return SealedMember{*participant, std::move(consent)};
}

}  // namespace

crypto::VerifyKey deviceOf(const interview::Opening& opening) {
    crypto::VerifyKey key{};
    const QByteArray bytes = QByteArray::fromHex(opening.deviceKey.toLatin1());
    if (bytes.size() == static_cast<qsizetype>(key.size())) std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

Result<std::vector<SealedMember>> sealedMembers(Home& home, const interview::SessionRecords& session,
                                                const crypto::VerifyKey& device) {
    std::vector<SealedMember> members;
    if (!session.opening.group) return members;
    for (const auto& [member, evidence] : interview::everybodyIn(*session.opening.group, session.events)) {
        SOTTO_ASSIGN(auto one, sealedMember(home, member, evidence, device));
        members.push_back(std::move(one));
    }
    return members;
}

people::Participant groupAsParticipant(const interview::Opening& opening) {
    people::Participant group;
    group.id = opening.participant;
    group.role = opening.role;
    group.pseudonym = opening.pseudonym;
    return group;
}

consent::ConsentState allowedByAll(const std::vector<SealedMember>& members) {
    consent::ConsentState state;
    state.takesPart = !members.empty();
    for (const study::Permission permission : study::allPermissions()) {
        const bool isAllowed = std::all_of(members.begin(), members.end(), [permission](const SealedMember& member) {
            return member.consent.state.allows(permission);
        });
        if (isAllowed && !members.empty()) state.granted.push_back(permission);
    }
    return state;
}

Result<std::vector<package::PackageFile>> identityFilesOf(Home& home, const interview::SessionRow& row,
                                                          const crypto::VerifyKey& device, const SealedMember& person) {
    const people::Identities identities(home.identities());
    SOTTO_ASSIGN(const auto identity, identities.find(person.participant.id));
    if (!identity) return fail(ErrorCode::Damaged, "a participant has no entry among the identities");
    const SignedForm& own = person.consent.own;
    const auto& with = person.consent.with;
    std::vector<package::SignedPaper> papers{{own.evidence, own.form, {}}};
    if (with) papers.push_back({with->evidence, with->form, {}});
    const consent::Consents consents(home.sessions(), home.identities());
    for (package::SignedPaper& paper : papers) {
        SOTTO_ASSIGN(paper.attachment, consents.attachmentOf(paper.evidence));
    }
    auto files =
        package::buildIdentity(papers, *identity, device, row.id, row.practice, home.keyring().deviceVerifyKey());
    SOTTO_ASSIGN(const auto notes, people::SupportNotes(home.identities()).about(person.participant.id));
    if (!notes.empty()) files.push_back(package::supportNotesFile(notes));
    return files;
}

Result<std::vector<package::PackageFile>> identityFilesOfAll(Home& home, const interview::SessionRow& row,
                                                             const crypto::VerifyKey& device,
                                                             const std::vector<SealedMember>& members) {
    std::vector<package::PackageFile> all;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const QString folder = QStringLiteral("members/%1/").arg(i + 1, 2, 10, QLatin1Char('0'));
        SOTTO_ASSIGN(auto files, identityFilesOf(home, row, device, members[i]));
        for (package::PackageFile& file : files) {
            const bool isManifest = file.name == package::kManifestName;
            if (isManifest && i > 0) continue;
            if (!isManifest) file.name.prepend(folder);
            all.push_back(std::move(file));
        }
    }
    return all;
}

Result<std::vector<deident::ResearchTable>> groupResearchTables(Home& home, const study::StudyPack& pack,
                                                                const interview::SessionRow& row,
                                                                const interview::SessionRecords& session,
                                                                std::int64_t recordedMs,
                                                                const std::vector<SealedMember>& members) {
    constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
    SOTTO_ASSIGN(const auto group, people::Groups(home.sessions()).find(row.participant));
    if (!group) return fail(ErrorCode::Damaged, "a session belongs to a group that the vault does not know");
    deident::GroupInput input{pack, *group, session.opening, session.events, recordedMs, row.visit, 0, {}};
    input.dayOffset = static_cast<int>((row.startedUtcMs - row.firstVisitUtcMs) / kDayMs);
    for (const SealedMember& member : members) {
        SOTTO_ASSIGN(const auto now, consent::consentInForce(home.sessions(), member.participant.id));
        const bool shares = now && now->allows(study::Permission::ShareDeidentified) &&
                            member.consent.state.allows(study::Permission::ShareDeidentified);
        if (shares) input.sharing.push_back({member.participant, member.consent.state, &member.consent.own.form});
    }
    return deident::groupTables(input);
}

}  // namespace sotto::workflow
