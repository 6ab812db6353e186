// SPDX-License-Identifier: Apache-2.0
#include "workflow/seal_session.h"

#include <algorithm>

#include "deident/research_tables.h"
#include "package/content.h"
#include "package/seal.h"
#include "recording/recorder.h"
#include "vault/audit.h"

namespace sotto::workflow {

namespace {

using interview::SessionRow;
using interview::SessionState;
using package::PackageKind;

/// Everything that sealing one session needs to know about it.
struct Sealing {
    Home& home;
    const SessionRow& row;
    const interview::SessionRecords& session;
    const recording::AudioMap& audio;
    const consent::Evidence& evidence;
    const study::ConsentForm& form;
    const people::Participant& participant;
};

std::vector<crypto::age::Identity> sessionKeys(Home& home) {
    return home.keyring().identities(keyring::Compartment::Sessions);
}

/// A log that was closed in order has an anchor: without it, a log cut short would pass for one that was broken off.
sealedlog::OpenOptions optionsFor(const SessionRow& row) {
    sealedlog::OpenOptions options;
    options.anchor = row.anchor;
    return options;
}

/// Closes an interrupted log in order: the last segment gets its end, the log its FINAL record. A damaged log is left
/// as it is; what verifies is sealed all the same.
Result<> finishLog(Home& home, const SessionRow& row) {
    const Path path = home.layout().sessionLog(row.logName);
    {
        SOTTO_ASSIGN(const auto reader,
                     sealedlog::LogReader::open(home.files(), path, sessionKeys(home), optionsFor(row)));
        if (reader.isFinal() || reader.integrity() == sealedlog::Integrity::Damaged) return {};
    }
    SOTTO_ASSIGN(const auto log, interview::SessionLog::open(home.files(), path, sessionKeys(home), optionsFor(row)));
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
    const study::StudyPack& pack = sealing.home.study().pack;
    const study::Guide* guide = pack.guide(sealing.participant.role, sealing.session.opening.language);
    SOTTO_ASSIGN(const auto content, package::buildContent(sealing.session, sealing.audio, guide));
    const PackageId id = PackageId::random();
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
    const people::Identities identities(sealing.home.identities());
    SOTTO_ASSIGN(const auto identity, identities.find(sealing.participant.id));
    if (!identity) return fail(ErrorCode::Damaged, "a participant has no entry among the identities");
    const auto files =
        package::buildIdentity(sealing.evidence, sealing.form, *identity,
                               sealing.home.keyring().deviceKey().verifyKey(), sealing.row.id, sealing.row.practice);
    return sealSmallPackage(sealing, PackageKind::Identity, sealing.home.study().keys.identity, files);
}

/// Which visit of the participant this is, and how many days after the first.
Result<std::pair<int, int>> visitOf(Home& home, const SessionRow& row) {
    const interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto rows, index.all());
    int visit = 1;
    std::int64_t first = row.startedUtcMs;
    for (const SessionRow& other : rows) {
        if (other.participant != row.participant || other.number >= row.number) continue;
        if (other.practice != row.practice) continue;
        ++visit;
        first = std::min(first, other.startedUtcMs);
    }
    constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
    return std::pair{visit, static_cast<int>((row.startedUtcMs - first) / kDayMs)};
}

/// Nothing if the participant's consent keeps this session out of the research data.
Result<std::optional<sync::OutboxItem>> sealResearchPackage(const Sealing& sealing) {
    const study::StudyPack& pack = sealing.home.study().pack;
    SOTTO_ASSIGN(const auto visit, visitOf(sealing.home, sealing.row));
    // Both the consent of that day and the one in force now: a later no keeps an earlier yes from leaving.
    SOTTO_ASSIGN(const auto inForce, consent::consentInForce(sealing.home.sessions(), sealing.participant.id));
    if (!inForce || !inForce->allows(study::Permission::ShareDeidentified)) return std::nullopt;
    const auto consent = consent::stateOf(sealing.evidence, sealing.form);
    const auto tables =
        deident::researchTables({pack, sealing.participant, consent, sealing.session.opening, sealing.session.events,
                                 sealing.audio.durationMs(), visit.first, visit.second});
    if (!tables && tables.error().code == ErrorCode::ConsentMissing) return std::nullopt;
    if (!tables) return Failure(tables.error());
    const auto files = package::buildResearch(*tables, pack, sealing.row.practice);
    SOTTO_ASSIGN(auto item, sealSmallPackage(sealing, PackageKind::Research, sealing.home.study().keys.analyst, files));
    return item;
}

/// The form that was agreed to, found by its hash: a newer text never takes its place.
Result<const study::ConsentForm*> formOf(Home& home, const consent::Evidence& evidence) {
    for (const study::ConsentForm& form : home.study().pack.consents) {
        if (form.hash == evidence.formHash) return &form;
    }
    return fail(ErrorCode::NotFound, "the consent form that was signed is not in this home's study");
}

/// The evidence that the session's opening names; the device that gave it its signature is this one.
Result<consent::Evidence> evidenceOf(Home& home, const interview::Opening& opening) {
    const consent::Consents consents(home.sessions(), home.identities());
    SOTTO_ASSIGN(auto evidence, consents.evidence(opening.evidence));
    SOTTO_TRY(consent::verifyEvidence(evidence, home.keyring().deviceKey().verifyKey()));
    if (evidence.participant != opening.participant) {
        return fail(ErrorCode::Damaged, "a session names the consent of somebody else");
    }
    return evidence;
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

Result<> makeAndQueue(Home& home, const SessionRow& row, const interview::SessionRecords& session,
                      const recording::AudioMap& audio, SealReport& report) {
    SOTTO_ASSIGN(const auto evidence, evidenceOf(home, session.opening));
    SOTTO_ASSIGN(const auto form, formOf(home, evidence));
    const people::Participants participants(home.sessions());
    SOTTO_ASSIGN(const auto participant, participants.find(row.participant));
    if (!participant) {
        return fail(ErrorCode::Damaged, "a session belongs to a participant that the vault does not know");
    }
    const Sealing sealing{home, row, session, audio, evidence, *form, *participant};
    Result<> done = makePackages(sealing, report);
    bool isCertain = true;
    if (done) {
        done = queue(home, report.packages);
        // A full disk takes the whole transaction back. After another failure only the next unlock can tell whether
        // the packages are in the queue, so their files stay.
        isCertain = done || done.error().code == ErrorCode::NoSpace;
    }
    if (done || !isCertain) return done;
    // On a disk that is nearly full each further try would take room from the next. What can't be removed now is
    // dropped at the next unlock.
    for (const auto& item : report.packages)
        static_cast<void>(home.files().remove(packagePath(home, item.id)));
    return done;
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

}  // namespace

Result<SealReport> sealSession(Home& home, const SessionId& session) {
    const interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto row, index.find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    if (row->state != SessionState::Open && row->state != SessionState::Interrupted) {
        return fail(ErrorCode::NotAllowed, "this session is sealed already");
    }
    SOTTO_TRY(finishLog(home, *row));
    SOTTO_ASSIGN(const auto records, interview::readSession(home.files(), home.layout().sessionLog(row->logName),
                                                            sessionKeys(home), optionsFor(*row)));
    SOTTO_ASSIGN(const auto audio, recording::mapAudio(records.log));
    SealReport report;
    report.session = session;
    report.recordedMs = audio.durationMs();
    SOTTO_ASSIGN(const bool queued, takeQueued(home, report));
    if (!queued) SOTTO_TRY(makeAndQueue(home, *row, records, audio, report));
    report.researchWithheld =
        std::none_of(report.packages.begin(), report.packages.end(),
                     [](const sync::OutboxItem& item) { return item.kind == PackageKind::Research; });
    SOTTO_TRY(markSealed(home, *row, records));
    return report;
}

Result<std::vector<SessionRow>> unsealedSessions(Home& home) {
    const interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(auto rows, index.all());
    std::erase_if(rows, [](const SessionRow& row) {
        return row.state != SessionState::Open && row.state != SessionState::Interrupted;
    });
    return rows;
}

namespace {

/// A session has gone as far as the package of it that is furthest behind.
Result<> updateStates(Home& home, const sync::Outbox& outbox) {
    SOTTO_ASSIGN(const auto items, outbox.items());
    std::map<SessionId, sync::PackageState> furthestBehind;
    for (const auto& item : items) {
        const auto [entry, isNew] = furthestBehind.try_emplace(item.session, item.state);
        if (!isNew) entry->second = std::min(entry->second, item.state);
    }
    interview::SessionIndex index(home.sessions());
    for (const auto& [id, state] : furthestBehind) {
        SOTTO_ASSIGN(const auto row, index.find(id));
        if (!row || row->state < SessionState::Sealed || state == sync::PackageState::Queued) continue;
        const auto reached = state == sync::PackageState::Sent ? SessionState::Sent : SessionState::Received;
        if (row->state < reached) SOTTO_TRY(index.setState(id, reached));
    }
    return {};
}

Result<int> queuedCount(const sync::Outbox& outbox) {
    SOTTO_ASSIGN(const auto items, outbox.items());
    return static_cast<int>(std::count_if(items.begin(), items.end(), [](const sync::OutboxItem& item) {
        return item.state == sync::PackageState::Queued;
    }));
}

/// States and audit entry for what moved, be it that a later package failed.
Result<> recordDelivery(Home& home, const sync::Outbox& outbox, int sent, int receipts) {
    SOTTO_TRY(updateStates(home, outbox));
    if (sent == 0 && receipts == 0) return {};
    return home.audit(QStringLiteral("packages.delivered"),
                      {{QStringLiteral("sent"), sent}, {QStringLiteral("receipts"), receipts}});
}

}  // namespace

Result<DeliveryReport> deliver(Home& home, sync::Store& store) {
    sync::Outbox outbox(home.outbox(), home.files(), home.layout().outboxFolder());
    SOTTO_ASSIGN(const auto receipts, outbox.collectReceipts(store, home.study().keys.signing));
    SOTTO_ASSIGN(const int queuedBefore, queuedCount(outbox));
    const auto sent = outbox.send(store);
    SOTTO_ASSIGN(const int queuedAfter, queuedCount(outbox));
    DeliveryReport report;
    report.sent = queuedBefore - queuedAfter;
    report.receipts = static_cast<int>(receipts.moved.size());
    report.refusedReceipts = receipts.refused;
    const Result<> recorded = recordDelivery(home, outbox, report.sent, report.receipts);
    if (!sent) return Failure(sent.error());  // the first error is the one that counts
    SOTTO_TRY(recorded);
    report.bytes = sent->bytes;
    return report;
}

}  // namespace sotto::workflow
