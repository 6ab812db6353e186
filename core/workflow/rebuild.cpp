// SPDX-License-Identifier: Apache-2.0
#include "workflow/rebuild.h"

#include <algorithm>
#include <set>

#include "base/log.h"
#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "package/manifest.h"
#include "package/tree.h"
#include "people/people.h"
#include "sealedlog/rewrite.h"
#include "sync/outbox.h"
#include "workflow/deliver.h"
#include "workflow/home_files.h"
#include "workflow/home_recovery.h"
#include "workflow/rebuild_mark.h"
#include "workflow/seal_session.h"
#include "workflow/study_shelf.h"

namespace sotto::workflow {

namespace {

/// Nobody knows which numbers a lost index had given to sessions that are gone by now; the lab takes a number that
/// comes again for a roll-back.
constexpr std::uint64_t kNumbersLeftFree = 1000;

/// Bounds what is read into memory: a vault of 64 MiB that was never compacted is far below.
constexpr std::uint64_t kLargestVault = std::uint64_t{1} << 30;

class Rebuilding {
public:
    Rebuilding(FileSystem& files, const Path& home, keyring::Keyring& keys, const Clock& clock)
        : m_files(files), m_layout{home}, m_keys(keys), m_clock(clock) {}

    Result<std::vector<Compartment>> run(const std::optional<study::SignedPack>& given) {
        for (const Compartment compartment : keyring::kCompartments) {
            SOTTO_ASSIGN(const bool isSound, looksSound(compartment));
            if (!isSound) m_lost.push_back(compartment);
        }
        if (m_lost.empty()) {
            SOTTO_ASSIGN(const bool isBegun, isUnderWay());
            if (isBegun) return m_lost;
            return fail(ErrorCode::NotFound, "all vaults of this home are sound; nothing to rebuild");
        }
        SOTTO_ASSIGN(const auto study, studyOfHome(given));
        const bool losesSessions = m_lost.front() == Compartment::Sessions;
        if (!losesSessions) SOTTO_TRY(markSessions());
        for (const Compartment compartment : m_lost)
            SOTTO_TRY(remake(compartment, study));
        return m_lost;
    }

private:
    sealedlog::OpenOptions anchored() const {
        sealedlog::OpenOptions options;
        options.anchorFor = [this](const FileId& log) { return m_keys.anchor(log); };
        options.anchorRequired = true;
        return options;
    }

    Result<std::unique_ptr<vault::Vault>> look(Compartment compartment) const {
        return vault::Vault::openReadOnly(m_files, m_layout.vault(compartment), m_keys.identities(compartment),
                                          anchored());
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

    /// A rebuild whose vaults are all there and that was broken off after that.
    Result<bool> isUnderWay() const {
        SOTTO_ASSIGN(const auto sessions, look(Compartment::Sessions));
        return RebuildMark(*sessions).isUnfinished();
    }

    /// The sessions vault is the one that knows how far a rebuild has come, sound as it may be itself.
    Result<> markSessions() {
        const Path path = m_layout.vault(Compartment::Sessions);
        SOTTO_ASSIGN(const auto sessions, vault::Vault::open(m_files, path, m_keys.identities(Compartment::Sessions),
                                                             schemasOf(Compartment::Sessions), anchored()));
        SOTTO_TRY(RebuildMark(*sessions).set());
        return m_keys.setAnchors({{sessions->fileId(), sessions->head()}});
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

    /// Beside the old one, and given its name when it is whole.
    Result<> remake(Compartment compartment, const study::SignedPack& study) {
        const Path path = m_layout.vault(compartment);
        const Path beside = package::withSuffix(path, ".rebuilding");
        SOTTO_TRY(package::removeTree(m_files, beside));
        SOTTO_TRY(sealedlog::dropUnfinishedRewrite(m_files, beside));
        SOTTO_ASSIGN(const bool isThere, m_files.exists(path));
        if (isThere) SOTTO_TRY(keepAside(path, beside));
        SOTTO_ASSIGN(const bool isSalvaged, isThere ? salvage(beside, compartment, study) : Result<bool>(false));
        if (!isSalvaged) SOTTO_TRY(makeEmpty(beside, compartment, study));
        SOTTO_TRY(complete(beside, compartment, study));
        SOTTO_TRY(m_files.rename(beside, path));
        return m_files.syncDirectory(m_layout.root);
    }

    /// Two copies, still sealed: one to keep, one to work on.
    Result<> keepAside(const Path& path, const Path& beside) {
        Path aside;
        for (int n = 1;; ++n) {
            aside = package::withSuffix(path, ".lost-" + std::to_string(n));
            SOTTO_ASSIGN(const bool isTaken, m_files.exists(aside));
            if (!isTaken) break;
        }
        SOTTO_ASSIGN(const Bytes bytes, readFile(m_files, path, kLargestVault));
        SOTTO_TRY(replaceFile(m_files, aside, bytes));
        return replaceFile(m_files, beside, bytes);
    }

    /// Keeps the commits before the first one that is missing. False if there is none.
    Result<bool> salvage(const Path& beside, Compartment compartment, const study::SignedPack& study) {
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
        sealedlog::OpenOptions options;
        options.keepWhatVerifies = true;
        const auto made = sealedlog::rewrite(
            m_files, beside, m_keys.identities(compartment),
            recipientsOf(compartment, m_keys.currentRecipient(compartment), study.keys), untilTheFault, {}, options);
        if (made) return next > 1;
        const ErrorCode code = made.error().code;
        const bool isBeyondReading =
            code == ErrorCode::Damaged || code == ErrorCode::ParseFailed || code == ErrorCode::WrongKey;
        if (isBeyondReading) return false;
        return Failure(made.error());
    }

    Result<> makeEmpty(const Path& beside, Compartment compartment, const study::SignedPack& study) {
        SOTTO_TRY(package::removeTree(m_files, beside));
        SOTTO_TRY(vault::Vault::create(m_files, beside, kindOf(compartment),
                                       recipientsOf(compartment, m_keys.currentRecipient(compartment), study.keys),
                                       schemasOf(compartment)));
        return {};
    }

    /// What unlocking expects to find in a vault.
    Result<> complete(const Path& beside, Compartment compartment, const study::SignedPack& study) {
        SOTTO_ASSIGN(const auto vault,
                     vault::Vault::open(m_files, beside, m_keys.identities(compartment), schemasOf(compartment)));
        if (compartment != Compartment::Identities) {
            const Result<> added = StudyShelf(*vault).add(study, m_clock.now());
            if (!added && added.error().code != ErrorCode::AlreadyExists) return added;
            SOTTO_TRY(RebuildMark(*vault).set());
        }
        if (compartment == Compartment::Sessions) {
            interview::SessionIndex index(*vault);
            SOTTO_ASSIGN(const std::uint64_t next, index.nextNumber());
            SOTTO_ASSIGN(const std::uint64_t sent, highestSent());
            SOTTO_TRY(index.neverGiveUpTo(std::max(next - 1, sent) + kNumbersLeftFree));
        }
        return m_keys.setAnchors({{vault->fileId(), vault->head()}});
    }

    /// The highest number that a package of the outbox bears, if the outbox can be read.
    Result<std::uint64_t> highestSent() const {
        std::uint64_t highest = 0;
        const auto vault = look(Compartment::Outbox);
        if (!vault) return highest;
        const auto items = sync::Outbox(**vault, m_files, m_layout.outboxFolder()).items();
        if (!items) return highest;
        for (const sync::OutboxItem& item : *items) {
            const auto manifest = package::openManifest(viewOf(item.signedManifest));
            if (manifest) highest = std::max(highest, manifest->sequence);
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

Result<std::set<SessionId>> sessionsInOutbox(Home& home) {
    SOTTO_ASSIGN(const auto items, sync::Outbox(home.outbox(), home.files(), home.layout().outboxFolder()).items());
    std::set<SessionId> sessions;
    for (const sync::OutboxItem& item : items)
        sessions.insert(item.session);
    return sessions;
}

/// An index that fell behind does not know that a session was sealed: its packages do.
Result<> takeUpSealed(Home& home) {
    SOTTO_ASSIGN(const auto inOutbox, sessionsInOutbox(home));
    SOTTO_ASSIGN(const auto unsealed, unsealedSessions(home));
    for (const interview::SessionRow& row : unsealed) {
        if (!inOutbox.contains(row.id)) continue;
        const auto sealed = sealSession(home, row.id);
        if (sealed) continue;
        if (isAboutTheDisk(sealed.error())) return Failure(sealed.error());
        qCWarning(logWorkflow) << "a session stays as if it were not sealed:" << errorName(sealed.error().code);
    }
    return updateSessionStates(home);
}

/// An outbox that was made again may not know what was sealed before: sealing it a second time is for people to ask.
Result<int> holdBackUnclear(Home& home) {
    SOTTO_ASSIGN(const bool isMadeAgain, RebuildMark(home.outbox()).isSet());
    if (!isMadeAgain) return 0;
    interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto inOutbox, sessionsInOutbox(home));
    SOTTO_ASSIGN(const auto rows, index.all());
    int heldBack = 0;
    for (const interview::SessionRow& row : rows) {
        if (row.state > interview::SessionState::Sealed || inOutbox.contains(row.id)) continue;
        SOTTO_TRY(row.state == interview::SessionState::Sealed
                      ? index.unseal(row.id)
                      : index.setState(row.id, interview::SessionState::Interrupted));
        ++heldBack;
    }
    SOTTO_ASSIGN(const std::uint64_t next, index.nextNumber());
    SOTTO_TRY(RebuildMark(home.sessions()).holdBackUpTo(next - 1));
    return heldBack;
}

}  // namespace

Result<> finishRebuild(Home& home, HomeRecovery& done) {
    RebuildMark mark(home.sessions());
    SOTTO_ASSIGN(const bool isUnfinished, mark.isUnfinished());
    if (!isUnfinished) return {};
    Rebuilt rebuilt;
    SOTTO_ASSIGN(rebuilt.participants, restoreParticipants(home));
    SOTTO_ASSIGN(rebuilt.consents, consent::restoreStates(home.sessions(), home.identities()));
    SOTTO_TRY(takeUpSealed(home));
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    SOTTO_ASSIGN(rebuilt.heldBack, holdBackUnclear(home));
    SOTTO_TRY(home.audit(QStringLiteral("home.rebuilt"), {{QStringLiteral("sessions"), done.sessionsAdopted}}));
    SOTTO_TRY(mark.finish());
    SOTTO_TRY(transaction.commit());
    done.rebuilt = rebuilt;
    return {};
}

Result<std::uint64_t> heldBackUpTo(Home& home) {
    return RebuildMark(home.sessions()).heldBackUpTo();
}

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
    const HomeRecovery& done = home->recovery();
    if (!done.rebuilt) {
        if (done.unfinished) return Failure(*done.unfinished);
        return fail(ErrorCode::IoFailed, "the rebuild did not come to its end; run it again");
    }
    report.sessions = done.sessionsAdopted;
    report.participants = done.participantsAdopted + done.rebuilt->participants;
    report.consents = done.rebuilt->consents;
    report.heldBack = done.rebuilt->heldBack;
    return report;
}

}  // namespace sotto::workflow
