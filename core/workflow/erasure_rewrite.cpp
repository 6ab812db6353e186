// SPDX-License-Identifier: Apache-2.0
#include "workflow/erasure_rewrite.h"

#include "interview/off_record.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "interview/speakers.h"
#include "recording/erase.h"
#include "sealedlog/rewrite.h"

namespace sotto::workflow {

namespace {

std::vector<interview::Span> spansOf(const Erasure& erasure) {
    std::vector<interview::Span> spans;
    for (const ErasedSpan& span : erasure.spans)
        spans.push_back({RecordedOffset{span.fromMs}, RecordedOffset{span.toMs}});
    return spans;
}

/// What is theirs in the log as it is now.
Result<sealedlog::Filter> memberFilter(Home& home, const Erasure& erasure, const Erasure::Log& log,
                                       const sealedlog::OpenOptions& options) {
    SOTTO_ASSIGN(const auto records, interview::readSession(home.files(), home.layout().sessionLog(log.name),
                                                            home.keyring().identities(Compartment::Sessions), options));
    SOTTO_ASSIGN(const auto audio, recording::mapAudio(records.log));
    const RecordedOffset end{audio.durationMs()};
    const auto spans = interview::spansOf({erasure.member->toString()}, records.events, end);
    return interview::inTurn(interview::memberFilter(*erasure.member, erasure.pseudonym, records.events, end),
                             recording::eraseFilter(spans));
}

Result<sealedlog::Filter> filterOf(Home& home, const Erasure& erasure, const Erasure::Log& log,
                                   const sealedlog::OpenOptions& options) {
    if (erasure.kind == ErasureKind::Audio) return recording::eraseAllAudio();
    if (erasure.kind == ErasureKind::Member) return memberFilter(home, erasure, log, options);
    return interview::inTurn(interview::eraseFilter(spansOf(erasure)), recording::eraseFilter(spansOf(erasure)));
}

/// What was said in a span must not be found by its words either.
Result<> indexAnew(Home& home, const Erasure::Log& log) {
    SOTTO_ASSIGN(const auto session, interview::readSession(home.files(), home.layout().sessionLog(log.name),
                                                            home.keyring().identities(Compartment::Sessions)));
    return interview::SessionIndex(home.sessions()).index(log.session, session.events);
}

/// The file that the plan was made for, or the new one that an earlier try put in its place, each with its anchor;
/// anything else was put there by somebody.
sealedlog::OpenOptions optionsFor(const Erasure::Log& log, const interview::SessionRow& row) {
    sealedlog::OpenOptions options;
    options.keepWhatVerifies = true;
    options.anchorRequired = log.anchor.has_value();
    options.anchorFor = [planned = log, now = row](const FileId& id) -> std::optional<sealedlog::Anchor> {
        if (id == planned.id) return planned.anchor;
        return id == now.logId ? now.anchor : std::nullopt;
    };
    return options;
}

}  // namespace

Result<> rewriteLog(Home& home, const Erasure& erasure, const Erasure::Log& log) {
    interview::SessionIndex index(home.sessions());
    SOTTO_ASSIGN(const auto row, index.find(log.session));
    if (!row) return fail(ErrorCode::NotFound, "the session of an erasure is not in this home");
    const auto enterInIndex = [&](const sealedlog::Rewritten& next) {
        return index.replaceLog(log.session, next.newId, next.head, QString::fromStdString(next.damage));
    };
    const sealedlog::OpenOptions options = optionsFor(log, *row);
    SOTTO_ASSIGN(const auto filter, filterOf(home, erasure, log, options));
    SOTTO_TRY(sealedlog::rewrite(home.files(), home.layout().sessionLog(log.name),
                                 home.keyring().identities(Compartment::Sessions), home.sessionRecipients(), filter,
                                 enterInIndex, options));
    return indexAnew(home, log);
}

}  // namespace sotto::workflow
