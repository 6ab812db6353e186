// SPDX-License-Identifier: Apache-2.0
#include "workflow/seal_session.h"

#include <algorithm>

#include "base/log.h"
#include "deident/research_tables.h"
#include "package/content.h"
#include "package/seal.h"
#include "people/support_notes.h"
#include "recording/erase.h"
#include "recording/recorder.h"
#include "vault/audit.h"
#include "workflow/answering.h"
#include "workflow/contact_erasure.h"
#include "workflow/forget.h"
#include "workflow/late_notes.h"
#include "workflow/seal_group.h"
#include "workflow/signed_consent.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

namespace {

using interview::SessionRow;
using interview::SessionState;
using package::PackageKind;

/// Everything that sealing one session needs to know about it.
struct Sealing {
    Home& home;
    const study::StudyPack& pack;  ///< that the session was held under
    const SessionRow& row;
    const interview::SessionRecords& session;
    const recording::AudioMap& audio;
    const SignedConsent& consent;
    const people::Participant& participant;
    const std::vector<SealedMember>& members;  ///< of a group, which then stands for the participant
};

std::vector<crypto::age::Identity> sessionKeys(Home& home) {
    return home.keyring().identities(keyring::Compartment::Sessions);
}

/// A log that was closed in order has an anchor in its row, one that was broken off may have one in the keyring:
/// without it, a log cut short would pass for one that was broken off earlier.
sealedlog::OpenOptions optionsFor(Home& home, const SessionRow& row) {
    sealedlog::OpenOptions options;
    options.anchor = row.anchor ? row.anchor : home.keyring().anchor(row.logId);
    return options;
}

/// Closes an interrupted log in order: the last segment gets its end, the log its FINAL record. A damaged log is left
/// as it is; what verifies is sealed all the same.
Result<> finishLog(Home& home, const SessionRow& row) {
    const Path path = home.layout().sessionLog(row.logName);
    {
        SOTTO_ASSIGN(const auto reader,
                     sealedlog::LogReader::open(home.files(), path, sessionKeys(home), optionsFor(home, row)));
        if (reader.isFinal() || reader.integrity() == sealedlog::Integrity::Damaged) return {};
    }
    SOTTO_ASSIGN(const auto log,
                 interview::SessionLog::open(home.files(), path, sessionKeys(home), optionsFor(home, row)));
    if (log->opening().audioAllowed) {
        SOTTO_TRY(recording::Recorder::open(*log, home.clock()));  // writes the end of a broken-off segment
    }
    return log->finish();
}

/// The queue entry of one sealed file: named, hashed and signed by this tablet.
Result<sync::OutboxItem> enter(const Sealing& sealing, PackageKind kind, const PackageId& id,
                               const package::SealedPackage& sealed) {
    package::Manifest manifest;
    manifest.package = id;
    manifest.session = sealing.row.id;
    manifest.kind = kind;
    manifest.practice = sealing.row.practice;
    manifest.device = sealing.home.keyring().deviceKey().verifyKey();
    manifest.sequence = sealing.row.number;
    manifest.size = sealed.size;
    manifest.sha256 = sealed.sha256;
    manifest.parts = sealed.parts;
    SOTTO_ASSIGN(manifest.auditHead, vault::AuditTrail(sealing.home.sessions()).head());
    sync::OutboxItem item;
    item.id = id;
    item.session = sealing.row.id;
    item.kind = kind;
    item.size = sealed.size;
    item.sha256 = sealed.sha256;
    item.signedManifest = package::signManifest(manifest, sealing.home.keyring().deviceKey());
    return item;
}

Path packagePath(const Home& home, const PackageId& id) {
    return home.layout().outboxFolder() / (id.toString().toStdString() + ".age");
}

Result<sync::OutboxItem> sealContentPackage(const Sealing& sealing) {
    const study::Guide* guide = sealing.pack.guide(sealing.participant.role, sealing.session.opening.language);
    SOTTO_ASSIGN(auto content, package::buildContent(sealing.session, sealing.audio, guide,
                                                     sealing.home.keyring().deviceVerifyKey(), sealing.row.damage));
    content.files.push_back(package::permissionsFile(sealing.consent.state));
    SOTTO_ASSIGN(const auto instruments, instrumentFiles(sealing.home, sealing.participant.id));
    content.files.insert(content.files.end(), instruments.begin(), instruments.end());
    SOTTO_ASSIGN(const auto lateNotes, lateNotesFile(sealing.home, sealing.row.id));
    const PackageId id = PackageId::random();
    if (lateNotes) {
        content.files.push_back(*lateNotes);
        SOTTO_TRY(putLateNotesIn(sealing.home, sealing.row.id, id));
    }
    SOTTO_ASSIGN(const auto sealed,
                 package::sealContent(sealing.home.files(), packagePath(sealing.home, id),
                                      sealing.home.study().keys.content, sealing.session, sealing.audio, content));
    return enter(sealing, PackageKind::Content, id, sealed);
}

Result<sync::OutboxItem> sealSmallPackage(const Sealing& sealing, PackageKind kind,
                                          const std::vector<crypto::age::Recipient>& recipients,
                                          const std::vector<package::PackageFile>& content) {
    const PackageId id = PackageId::random();
    SOTTO_ASSIGN(const auto sealed,
                 package::sealFiles(sealing.home.files(), packagePath(sealing.home, id), recipients, content));
    return enter(sealing, kind, id, sealed);
}

Result<sync::OutboxItem> sealIdentityPackage(const Sealing& sealing) {
    const crypto::VerifyKey device = deviceOf(sealing.session.opening);
    const SealedMember one{sealing.participant, sealing.consent};
    SOTTO_ASSIGN(const auto files, sealing.session.opening.group
                                       ? identityFilesOfAll(sealing.home, sealing.row, device, sealing.members)
                                       : identityFilesOf(sealing.home, sealing.row, device, one));
    return sealSmallPackage(sealing, PackageKind::Identity, sealing.home.study().keys.identity, files);
}

Result<std::vector<deident::ResearchTable>> researchTablesOf(const Sealing& sealing) {
    if (sealing.session.opening.group) {
        return groupResearchTables(sealing.home, sealing.pack, sealing.row, sealing.session, sealing.audio.durationMs(),
                                   sealing.members);
    }
    // Both the consent of that day and the one in force now: a later no keeps an earlier yes from leaving.
    SOTTO_ASSIGN(const auto inForce, consent::consentInForce(sealing.home.sessions(), sealing.participant.id));
    if (!inForce || !inForce->allows(study::Permission::ShareDeidentified))
        return fail(ErrorCode::ConsentMissing, "the consent in force keeps this session from being shared");
    const consent::ConsentState& consent = sealing.consent.state;
    constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
    const SessionRow& row = sealing.row;
    const auto dayOffset = static_cast<int>((row.startedUtcMs - row.firstVisitUtcMs) / kDayMs);
    SOTTO_ASSIGN(const auto forms, answersForSession(sealing.home, sealing.participant.id));
    return deident::researchTables({sealing.pack, sealing.participant, consent, sealing.session.opening,
                                    sealing.session.events, sealing.audio.durationMs(), row.visit, dayOffset,
                                    &sealing.consent.own.form, answeredForms(forms)});
}

/// Nothing if the participant's consent keeps this session out of the research data.
Result<std::optional<sync::OutboxItem>> sealResearchPackage(const Sealing& sealing) {
    const auto tables = researchTablesOf(sealing);
    if (!tables && tables.error().code == ErrorCode::ConsentMissing) return std::nullopt;
    if (!tables) return Failure(tables.error());
    const auto files = package::buildResearch(*tables, sealing.pack, sealing.row.practice,
                                              sealing.consent.state.allows(study::Permission::Quote));
    SOTTO_ASSIGN(auto item, sealSmallPackage(sealing, PackageKind::Research, sealing.home.study().keys.analyst, files));
    return item;
}

/// The consent that the session's opening names. This tablet signed it, with the key that it had then.
Result<SignedConsent> consentOf(Home& home, const interview::Opening& opening) {
    SOTTO_ASSIGN(auto consent, signedConsent(home, opening.evidence, deviceOf(opening)));
    if (consent.own.evidence.participant != opening.participant) {
        return fail(ErrorCode::Damaged, "a session names the consent of somebody else");
    }
    return consent;
}

/// Adds each package to the report as soon as its file is there.
Result<> makePackages(const Sealing& sealing, SealReport& report) {
    SOTTO_ASSIGN(auto content, sealContentPackage(sealing));
    report.packages.push_back(std::move(content));
    SOTTO_ASSIGN(auto identity, sealIdentityPackage(sealing));
    report.packages.push_back(std::move(identity));
    SOTTO_ASSIGN(auto research, sealResearchPackage(sealing));
    if (research) report.packages.push_back(std::move(*research));
    return {};
}

/// All packages of a session enter the queue together or not at all.
Result<> queue(Home& home, const std::vector<sync::OutboxItem>& items) {
    sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.outbox()));
    for (const auto& item : items)
        SOTTO_TRY(outbox.add(item));
    return transaction.commit();
}

/// What was looked up for a Sealing.
struct Background {
    std::shared_ptr<const study::SignedPack> study;
    SignedConsent consent;
    people::Participant participant;
    std::vector<SealedMember> members;
};

Result<Background> backgroundOf(Home& home, const SessionRow& row, const interview::SessionRecords& session) {
    SOTTO_ASSIGN(auto study, home.studyOf(session.opening.studyHash));
    if (session.opening.group) {
        SOTTO_ASSIGN(auto members, sealedMembers(home, session, deviceOf(session.opening)));
        SignedConsent all;
        all.state = allowedByAll(members);
        return Background{std::move(study), std::move(all), groupAsParticipant(session.opening), std::move(members)};
    }
    SOTTO_ASSIGN(auto consent, consentOf(home, session.opening));
    const people::Participants participants(home.sessions());
    SOTTO_ASSIGN(const auto participant, participants.find(row.participant));
    if (!participant) {
        return fail(ErrorCode::Damaged, "a session belongs to a participant that the vault does not know");
    }
    return Background{std::move(study), std::move(consent), *participant, {}};
}

/// Takes the files back of packages that did not come into the queue, if that is certain: a full disk takes the whole
/// transaction back; after another failure of it only the next unlock can tell, and drops what is in no queue.
void dropFiles(Home& home, const std::vector<sync::OutboxItem>& items, const Error& why, bool queueFailed) {
    if (queueFailed && why.code != ErrorCode::NoSpace) return;
    // On a disk that is nearly full each further try would take room from the next. What can't be removed now is
    // dropped at the next unlock.
    for (const auto& item : items)
        static_cast<void>(home.files().remove(packagePath(home, item.id)));
}

Result<> makeAndQueue(Home& home, const SessionRow& row, const interview::SessionRecords& session,
                      const recording::AudioMap& audio, SealReport& report) {
    SOTTO_ASSIGN(const auto known, backgroundOf(home, row, session));
    const Sealing sealing{home,          known.study->pack, row,          session, audio,
                          known.consent, known.participant, known.members};
    Result<> done = makePackages(sealing, report);
    const bool allMade = done.has_value();
    if (allMade) done = queue(home, report.packages);
    if (!done) dropFiles(home, report.packages, done.error(), allMade);
    return done;
}

/// One package, made again. Nothing if it is a research package that consent keeps back by now.
Result<std::optional<sync::OutboxItem>> makeAgain(Home& home, const SessionRow& row, PackageKind kind) {
    SOTTO_ASSIGN(const auto session, interview::readSession(home.files(), home.layout().sessionLog(row.logName),
                                                            sessionKeys(home), optionsFor(home, row)));
    SOTTO_ASSIGN(const auto audio, recording::mapAudio(session.log));
    SOTTO_ASSIGN(const auto known, backgroundOf(home, row, session));
    const Sealing sealing{home,          known.study->pack, row,          session, audio,
                          known.consent, known.participant, known.members};
    if (kind == PackageKind::Research) return sealResearchPackage(sealing);
    auto item = kind == PackageKind::Content ? sealContentPackage(sealing) : sealIdentityPackage(sealing);
    if (!item) return Failure(std::move(item).error());
    return std::optional(*std::move(item));
}

/// The new package takes the place of the old one in the queue, in one transaction.
Result<> replaceInQueue(Home& home, const PackageId& old, const std::optional<sync::OutboxItem>& fresh) {
    sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.outbox()));
    SOTTO_TRY(outbox.withdraw(old));
    if (fresh) SOTTO_TRY(outbox.add(*fresh));
    return transaction.commit();
}

Result<sync::OutboxItem> itemOf(Home& home, const PackageId& package) {
    const sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto items, outbox.items());
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&package](const sync::OutboxItem& item) { return item.id == package; });
    if (found == items.end()) return fail(ErrorCode::NotFound, "there is no such package in the outbox");
    return *found;
}

/// True if an earlier, broken-off call had already queued the session's packages.
Result<bool> takeQueued(Home& home, SealReport& report) {
    const sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto items, outbox.items());
    for (const auto& item : items) {
        if (item.session == report.session) report.packages.push_back(item);
    }
    return !report.packages.empty();
}

/// State, search index and audit entry change together, so that a repeated call finds all of it or nothing.
Result<> markSealed(Home& home, const SessionRow& row, const interview::SessionRecords& session) {
    SOTTO_ASSIGN(auto transaction, vault::Transaction::begin(home.sessions()));
    interview::SessionIndex index(home.sessions());
    SOTTO_TRY(index.index(row.id, session.events));
    // The head of a damaged log may lie before the anchor known so far, which is the one to hold it against.
    const bool isWhole = session.log.integrity() != sealedlog::Integrity::Damaged;
    SOTTO_TRY(index.setState(row.id, SessionState::Sealed,
                             isWhole ? std::optional(session.log.head()) : std::optional<sealedlog::Anchor>()));
    SOTTO_TRY(home.audit(QStringLiteral("session.sealed"), {{QStringLiteral("session"), row.id.toString()}}));
    return transaction.commit();
}

Result<SessionRow> unsealedRow(Home& home, const SessionId& session) {
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    if (row->state != SessionState::Open && row->state != SessionState::Interrupted) {
        return fail(ErrorCode::NotAllowed, "this session is sealed already");
    }
    return *row;
}

/// What was said to be off the record afterwards is destroyed before anything leaves. True if there was something.
Result<bool> destroyWhatWasTakenBack(Home& home, const SessionRow& row) {
    std::vector<ErasedSpan> spans;
    {
        SOTTO_ASSIGN(const auto session, interview::readSession(home.files(), home.layout().sessionLog(row.logName),
                                                                sessionKeys(home), optionsFor(home, row)));
        const auto takenBack = interview::spansTakenBack(session.events);
        if (takenBack.empty()) return false;
        SOTTO_ASSIGN(const auto audio, recording::mapAudio(session.log));
        const bool speaks = std::any_of(session.events.begin(), session.events.end(),
                                        [&](const auto& event) { return interview::goesWith(event, takenBack); });
        if (!speaks && recording::withoutSpans(audio, takenBack).erased == audio.erased) return false;
        for (const interview::Span& span : takenBack)
            spans.push_back({span.from.ms, span.to.ms});
    }
    SOTTO_TRY(eraseSpans(home, row.id, spans));
    return true;
}

}  // namespace

Result<SealReport> sealSession(Home& home, const SessionId& session) {
    SOTTO_TRY(home.need({Compartment::Sessions, Compartment::Identities, Compartment::Outbox}));
    SOTTO_TRY(finishRemovingFrom(home, session));
    SOTTO_ASSIGN(auto row, unsealedRow(home, session));
    SOTTO_TRY(refuseIfHeld(home, row.participant, session));
    SOTTO_TRY(finishLog(home, row));
    SOTTO_ASSIGN(const bool rewritten, destroyWhatWasTakenBack(home, row));
    if (rewritten) {
        SOTTO_ASSIGN(row, unsealedRow(home, session));
        SOTTO_TRY(finishLog(home, row));
    }
    SOTTO_ASSIGN(const auto records, interview::readSession(home.files(), home.layout().sessionLog(row.logName),
                                                            sessionKeys(home), optionsFor(home, row)));
    SOTTO_ASSIGN(const auto audio, recording::mapAudio(records.log));
    SealReport report;
    report.session = session;
    report.recordedMs = audio.durationMs();
    SOTTO_ASSIGN(const bool queued, takeQueued(home, report));
    if (!queued) SOTTO_TRY(makeAndQueue(home, row, records, audio, report));
    report.researchWithheld =
        std::none_of(report.packages.begin(), report.packages.end(),
                     [](const sync::OutboxItem& item) { return item.kind == PackageKind::Research; });
    SOTTO_TRY(markSealed(home, row, records));
    home.dropLiveAnchor(row.logId);
    // It is sealed, whatever becomes of this; the next unlock tries again.
    if (const auto erased = eraseContactsOfTheDone(home); !erased)
        qCWarning(logWorkflow) << "contacts are not erased yet:" << errorName(erased.error().code);
    return report;
}

Result<std::optional<sync::OutboxItem>> resealPackage(Home& home, const PackageId& package) {
    SOTTO_ASSIGN(const auto old, itemOf(home, package));
    SOTTO_ASSIGN(const auto begun, Erasures(home.sessions()).removing());
    const bool isBeingErased = std::any_of(begun.begin(), begun.end(), [&old](const Erasure& erasure) {
        return std::any_of(erasure.logs.begin(), erasure.logs.end(),
                           [&old](const Erasure::Log& log) { return log.session == old.session; });
    });
    if (isBeingErased) return fail(ErrorCode::NotAllowed, "something of this session is still to be erased");
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(old.session));
    if (row) SOTTO_TRY(refuseIfHeld(home, row->participant, old.session));
    return resealErased(home, package);
}

Result<std::optional<sync::OutboxItem>> resealErased(Home& home, const PackageId& package) {
    SOTTO_ASSIGN(const auto old, itemOf(home, package));
    if (old.state != sync::PackageState::Queued) {
        return fail(ErrorCode::NotAllowed, "only a package that was not sent can be sealed anew");
    }
    const interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto row, index.find(old.session));
    if (!row) return fail(ErrorCode::NotFound, "the session of this package is not in this home");
    SOTTO_ASSIGN(auto fresh, makeAgain(home, *row, old.kind));
    if (const auto replaced = replaceInQueue(home, package, fresh); !replaced) {
        if (fresh) dropFiles(home, {*fresh}, replaced.error(), true);
        return Failure(replaced.error());
    }
    // Of no use to anybody, and dropped at the next unlock if it can't be removed now.
    static_cast<void>(home.files().remove(packagePath(home, package)));
    SOTTO_TRY(home.audit(QStringLiteral("package.resealed"), {{QStringLiteral("session"), old.session.toString()}}));
    return fresh;
}

Result<std::vector<SessionRow>> unsealedSessions(Home& home) {
    const interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(auto rows, index.all());
    std::erase_if(rows, [](const SessionRow& row) {
        return row.state != SessionState::Open && row.state != SessionState::Interrupted;
    });
    return rows;
}

}  // namespace sotto::workflow
