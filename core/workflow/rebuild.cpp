// SPDX-License-Identifier: Apache-2.0
#include "workflow/rebuild.h"

#include <algorithm>

#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "package/manifest.h"
#include "people/people.h"
#include "sealedlog/rewrite.h"
#include "sync/outbox.h"
#include "workflow/home_files.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

/// Nobody knows which numbers a lost index had given to sessions that are gone by now; the lab takes a number that
/// comes again for a roll-back.
constexpr std::uint64_t kNumbersLeftFree = 1000;

class Rebuilding {
public:
    Rebuilding(FileSystem& files, const Path& home, keyring::Keyring& keys, const Clock& clock)
        : m_files(files), m_layout{home}, m_keys(keys), m_clock(clock) {}

    Result<std::vector<Compartment>> run(const std::optional<study::SignedPack>& given) {
        for (const Compartment compartment : keyring::kCompartments) {
            SOTTO_ASSIGN(const bool isSound, looksSound(compartment));
            if (!isSound) m_lost.push_back(compartment);
        }
        if (m_lost.empty()) return fail(ErrorCode::NotFound, "all vaults of this home are sound; nothing to rebuild");
        SOTTO_ASSIGN(const auto study, studyOfHome(given));
        for (const Compartment compartment : m_lost)
            SOTTO_TRY(remake(compartment, study));
        return m_lost;
    }

private:
    Result<std::unique_ptr<vault::Vault>> look(Compartment compartment) const {
        sealedlog::OpenOptions options;
        options.anchorFor = [this](const FileId& log) { return m_keys.anchor(log); };
        options.anchorRequired = true;
        return vault::Vault::openReadOnly(m_files, m_layout.vault(compartment), m_keys.identities(compartment),
                                          options);
    }

    Result<bool> looksSound(Compartment compartment) const {
        const auto vault = look(compartment);
        if (vault) return (*vault)->integrity() != sealedlog::Integrity::Damaged;
        const ErrorCode code = vault.error().code;
        if (code == ErrorCode::IoFailed || code == ErrorCode::PermissionDenied || code == ErrorCode::NewerVersion) {
            return Failure(vault.error());
        }
        return false;
    }

    /// From whichever vault still has it, damaged or not.
    Result<study::SignedPack> studyOfHome(const std::optional<study::SignedPack>& given) const {
        for (const Compartment compartment : {Compartment::Sessions, Compartment::Outbox}) {
            const auto vault = look(compartment);
            if (!vault) continue;
            auto pack = StudyShelf(**vault).newest();
            if (pack) return pack;
        }
        if (given) return *given;
        return fail(ErrorCode::InvalidArgument,
                    "no vault of this home holds its study any more; give the .sottostudy file as well");
    }

    Result<> remake(Compartment compartment, const study::SignedPack& study) {
        const Path path = m_layout.vault(compartment);
        SOTTO_ASSIGN(const bool isThere, m_files.exists(path));
        if (isThere) SOTTO_TRY(keepAside(path));
        SOTTO_ASSIGN(const bool isSalvaged, isThere ? salvage(compartment, study) : Result<bool>(false));
        if (!isSalvaged) SOTTO_TRY(makeEmpty(compartment, study, isThere));
        return complete(compartment, study);
    }

    /// A copy, so that at no time the only one is at risk. Still sealed.
    Result<> keepAside(const Path& path) {
        Path aside;
        for (int n = 1;; ++n) {
            aside = path;
            aside += ".lost-" + std::to_string(n);
            SOTTO_ASSIGN(const bool isTaken, m_files.exists(aside));
            if (!isTaken) break;
        }
        SOTTO_ASSIGN(const Bytes bytes, readFile(m_files, path, std::uint64_t{1} << 30));
        return replaceFile(m_files, aside, bytes);
    }

    Result<> setAnchor(const FileId& id, const sealedlog::Anchor& head) { return m_keys.setAnchors({{id, head}}); }

    /// Keeps the commits before the first one that is missing. False if there is none.
    Result<bool> salvage(Compartment compartment, const study::SignedPack& study) {
        const Path path = m_layout.vault(compartment);
        const auto identities = m_keys.identities(compartment);
        std::uint64_t next = 1;
        const auto untilTheFault = [&next](const sealedlog::RecordInfo& info,
                                           Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
            std::vector<sealedlog::NewRecord> kept;
            if (info.sequence == next) {
                kept.push_back({info.type, std::move(body)});
                ++next;
            }
            return kept;
        };
        const auto anchor = [this](const sealedlog::Rewritten& made) { return setAnchor(made.newId, made.head); };
        sealedlog::OpenOptions options;
        options.keepWhatVerifies = true;
        const auto made = sealedlog::rewrite(
            m_files, path, identities, recipientsOf(compartment, m_keys.currentRecipient(compartment), study.keys),
            untilTheFault, anchor, options);
        if (made) return next > 1;
        const ErrorCode code = made.error().code;
        const bool isBeyondReading = code == ErrorCode::Damaged || code == ErrorCode::ParseFailed ||
                                     code == ErrorCode::WrongKey || code == ErrorCode::NotFound;
        if (isBeyondReading) return false;
        return Failure(made.error());
    }

    Result<> makeEmpty(Compartment compartment, const study::SignedPack& study, bool isInTheWay) {
        const Path path = m_layout.vault(compartment);
        if (isInTheWay) SOTTO_TRY(m_files.remove(path));
        const auto recipients = recipientsOf(compartment, m_keys.currentRecipient(compartment), study.keys);
        SOTTO_ASSIGN(const auto vault,
                     vault::Vault::create(m_files, path, kindOf(compartment), recipients, schemasOf(compartment)));
        return setAnchor(vault->fileId(), vault->head());
    }

    /// What unlocking expects to find in a vault.
    Result<> complete(Compartment compartment, const study::SignedPack& study) {
        SOTTO_ASSIGN(const auto vault, vault::Vault::open(m_files, m_layout.vault(compartment),
                                                          m_keys.identities(compartment), schemasOf(compartment)));
        if (compartment != Compartment::Identities) {
            const Result<> added = StudyShelf(*vault).add(study, m_clock.now());
            if (!added && added.error().code != ErrorCode::AlreadyExists) return added;
        }
        if (compartment == Compartment::Sessions) {
            interview::SessionIndex index(*vault);
            SOTTO_ASSIGN(const std::uint64_t next, index.nextNumber());
            SOTTO_ASSIGN(const std::uint64_t sent, highestSent());
            SOTTO_TRY(index.neverGiveUpTo(std::max(next - 1, sent) + kNumbersLeftFree));
        }
        return setAnchor(vault->fileId(), vault->head());
    }

    /// The highest number that a package of the outbox bears, if the outbox can be read.
    Result<std::uint64_t> highestSent() const {
        std::uint64_t highest = 0;
        const auto vault = look(Compartment::Outbox);
        if (!vault) return highest;
        const auto items = sync::Outbox(**vault, m_files, m_layout.outboxFolder()).items();
        if (!items) return highest;
        for (const sync::OutboxItem& item : *items) {
            SOTTO_ASSIGN(const auto manifest, package::openManifest(viewOf(item.signedManifest)));
            highest = std::max(highest, manifest.sequence);
        }
        return highest;
    }

    FileSystem& m_files;
    HomeLayout m_layout;
    keyring::Keyring& m_keys;
    const Clock& m_clock;
    std::vector<Compartment> m_lost;
};

/// Whoever signed a consent and is not known any more: the evidence says in which role.
Result<int> restoreParticipants(Home& home) {
    people::Participants participants(home.sessions());
    SOTTO_ASSIGN(const auto acts, consent::allEvidence(home.identities()));
    int restored = 0;
    for (const consent::Evidence& act : acts) {
        SOTTO_ASSIGN(const auto known, participants.find(act.participant));
        if (known) continue;
        people::Participant participant;
        participant.id = act.participant;
        participant.role = act.role;
        SOTTO_ASSIGN(participant.pseudonym, participants.freshPseudonym());
        SOTTO_ASSIGN(participant.researchCode, participants.freshResearchCode());
        SOTTO_TRY(participants.add(participant, home.clock().now()));
        ++restored;
    }
    return restored;
}

}  // namespace

Result<RebuildReport> rebuildHome(FileSystem& files, const Path& path, ByteView passphrase, const Clock& clock,
                                  const std::optional<study::SignedPack>& study, const keyring::KeyringOptions& options,
                                  const QString& person) {
    RebuildReport report;
    {
        SOTTO_ASSIGN(const auto lock, lockHome(files, HomeLayout{path}));
        SOTTO_ASSIGN(auto keys, keyring::Keyring::unlock(files, path, passphrase, clock, options, person));
        for (const Compartment compartment : keyring::kCompartments) {
            if (keys.holds(compartment)) continue;
            return fail(ErrorCode::NotAllowed, "only somebody who has been let into everything can rebuild a home");
        }
        SOTTO_ASSIGN(report.rebuilt, Rebuilding(files, path, keys, clock).run(study));
    }
    SOTTO_ASSIGN(const auto home, Home::unlock(files, path, passphrase, clock, options, person));
    report.sessions = home->recovery().sessionsAdopted;
    SOTTO_ASSIGN(const int restored, restoreParticipants(*home));
    report.participants = home->recovery().participantsAdopted + restored;
    SOTTO_ASSIGN(report.consents, consent::restoreStates(home->sessions(), home->identities()));
    SOTTO_TRY(home->audit(QStringLiteral("home.rebuilt"), {{QStringLiteral("sessions"), report.sessions}}));
    return report;
}

}  // namespace sotto::workflow
