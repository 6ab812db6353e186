// SPDX-License-Identifier: Apache-2.0
#include "interview/session_log.h"

#include <algorithm>

#include "base/log.h"
#include "consent/strict_json.h"

namespace sotto::interview {

namespace {

constexpr auto kOpeningType = static_cast<std::uint16_t>(RecordType::Opening);
constexpr auto kEventType = static_cast<std::uint16_t>(RecordType::Event);
constexpr auto kLastType = static_cast<std::uint16_t>(RecordType::AudioErased);

Result<Opening> parseOpening(ByteView body) {
    SOTTO_ASSIGN(const QJsonObject json, consent::parseJsonObject(body, "session opening"));
    return Opening::fromJson(json);
}

Result<Event> parseEvent(ByteView body) {
    SOTTO_ASSIGN(const QJsonObject json, consent::parseJsonObject(body, "event"));
    return Event::fromJson(json);
}

/// The highest number given to an event: that of the last one. A log that was damaged and rewritten has fewer.
Result<std::uint64_t> lastNumber(const sealedlog::LogWriter& log) {
    std::uint64_t count = 0;
    const sealedlog::RecordInfo* last = nullptr;
    for (const sealedlog::RecordInfo& record : log.records()) {
        if (record.type != kEventType) continue;
        last = &record;
        ++count;
    }
    if (!last) return 0;
    SOTTO_ASSIGN(const Bytes body, log.read(*last));
    const auto event = parseEvent(body);
    return event ? std::max(count, event->number) : count;
}

/// The opening of an open log, be it a reader or a writer.
template <typename Log>
Result<Opening> openingOf(const Log& log, bool isWhole) {
    const auto& records = log.records();
    if (records.empty() && isWhole) {
        return fail(ErrorCode::NotFound, "the session log broke off while it was created; nothing was recorded in it");
    }
    if (records.empty() || records.front().sequence != 1 || records.front().type != kOpeningType) {
        return fail(ErrorCode::Damaged, "the session log does not begin with a readable opening");
    }
    SOTTO_ASSIGN(const Bytes body, log.read(records.front()));
    auto opening = parseOpening(body);
    if (!opening && opening.error().code == ErrorCode::ParseFailed) {
        return fail(ErrorCode::Damaged, opening.error().context);
    }
    return opening;
}

Result<> requireSession(sealedlog::Kind kind) {
    if (kind == sealedlog::Kind::Session) return {};
    return fail(ErrorCode::ParseFailed, "a sealed log, but not one of a session");
}

}  // namespace

Result<std::unique_ptr<SessionLog>> SessionLog::create(FileSystem& files, const Path& path,
                                                       std::span<const crypto::age::Recipient> recipients,
                                                       const Opening& opening) {
    SOTTO_ASSIGN(auto writer, sealedlog::LogWriter::create(files, path, sealedlog::Kind::Session, recipients));
    const QByteArray body = consent::compactJson(opening.toJson());
    auto committed = writer.append(kOpeningType, viewOf(body)).and_then([&](std::uint64_t) { return writer.sync(); });
    if (!committed) {
        // Nothing was acknowledged yet. Should the file stay all the same, open() tells it from a session.
        static_cast<void>(files.remove(path));
        return Failure(std::move(committed).error());
    }
    std::unique_ptr<SessionLog> log(new SessionLog(std::move(writer)));
    log->m_opening = opening;
    return log;
}

Result<std::unique_ptr<SessionLog>> SessionLog::open(FileSystem& files, const Path& path,
                                                     std::span<const crypto::age::Identity> identities,
                                                     const sealedlog::OpenOptions& options,
                                                     sealedlog::Recovery* recovery) {
    SOTTO_ASSIGN(auto writer, sealedlog::LogWriter::open(files, path, identities, options, recovery));
    SOTTO_TRY(requireSession(writer.kind()));
    SOTTO_ASSIGN(auto opening, openingOf(writer, true));
    std::unique_ptr<SessionLog> log(new SessionLog(std::move(writer)));
    log->m_opening = std::move(opening);
    SOTTO_ASSIGN(log->m_events, lastNumber(log->m_writer));
    return log;
}

Result<> SessionLog::commit(const Event& event) {
    SOTTO_TRY(checkShape(event));
    if (event.kind == EventKind::Erased) return fail(ErrorCode::InvalidArgument, "only erasing leaves such an event");
    const std::lock_guard lock(m_mutex);
    if (event.kind == EventKind::Correct && event.id.toULongLong() > m_events) {
        return fail(ErrorCode::InvalidArgument, "a correction of an event that is not in the log");
    }
    Event numbered = event;
    numbered.number = m_events + 1;
    const QByteArray body = consent::compactJson(numbered.toJson());
    if (body.size() > kMaxEventBytes) return fail(ErrorCode::InvalidArgument, "the event is too long for a record");
    SOTTO_TRY(m_writer.append(kEventType, viewOf(body)));
    // Counted before the sync: the record stands in the log, and after a failed sync this handle takes no more.
    ++m_events;
    return m_writer.sync();
}

Result<std::uint64_t> SessionLog::appendAudio(RecordType type, ByteView body) {
    if (type == RecordType::Opening || type == RecordType::Event) {
        return fail(ErrorCode::InvalidArgument, "not an audio record");
    }
    const std::lock_guard lock(m_mutex);
    return m_writer.append(static_cast<std::uint16_t>(type), body);
}

Result<> SessionLog::sync() {
    const std::lock_guard lock(m_mutex);
    return m_writer.sync();
}

Result<> SessionLog::reserve(std::uint64_t bytes) {
    const std::lock_guard lock(m_mutex);
    return m_writer.reserve(bytes);
}

Result<> SessionLog::finish() {
    const std::lock_guard lock(m_mutex);
    return m_writer.finish();
}

FileId SessionLog::fileId() const {
    const std::lock_guard lock(m_mutex);
    return m_writer.fileId();
}

sealedlog::Anchor SessionLog::head() const {
    const std::lock_guard lock(m_mutex);
    return m_writer.head();
}

std::uint64_t SessionLog::eventCount() const {
    const std::lock_guard lock(m_mutex);
    return m_events;
}

std::uint64_t SessionLog::durableSequence() const {
    const std::lock_guard lock(m_mutex);
    return m_writer.durableSequence();
}

Result<std::vector<Event>> SessionLog::events() const {
    const std::lock_guard lock(m_mutex);
    std::vector<Event> events;
    for (const sealedlog::RecordInfo& record : m_writer.records()) {
        if (record.type != kEventType) continue;
        SOTTO_ASSIGN(const Bytes body, m_writer.read(record));
        if (auto event = parseEvent(body)) events.push_back(*std::move(event));
    }
    return events;
}

Result<> SessionLog::forEach(const std::function<Result<>(RecordType, ByteView)>& visit) const {
    std::size_t count = 0;
    {
        const std::lock_guard lock(m_mutex);
        count = m_writer.records().size();
    }
    for (std::size_t i = 0; i < count; ++i) {
        Bytes body;
        std::uint16_t type = 0;
        {
            const std::lock_guard lock(m_mutex);
            type = m_writer.records().at(i).type;
            if (type >= sealedlog::kFirstReservedType) continue;
            SOTTO_ASSIGN(body, m_writer.read(m_writer.records().at(i)));
        }
        SOTTO_TRY(visit(static_cast<RecordType>(type), body));
    }
    return {};
}

Result<SessionRecords> readSession(FileSystem& files, const Path& path,
                                   std::span<const crypto::age::Identity> identities,
                                   const sealedlog::OpenOptions& options) {
    SOTTO_ASSIGN(auto log, sealedlog::LogReader::open(files, path, identities, options));
    SOTTO_TRY(requireSession(log.kind()));
    SOTTO_ASSIGN(auto opening, openingOf(log, log.integrity() != sealedlog::Integrity::Damaged));
    SessionRecords session{std::move(log), std::move(opening), {}};
    for (const sealedlog::RecordInfo& record : session.log.records()) {
        if (record.type > kLastType && record.type < sealedlog::kFirstReservedType) ++session.notUnderstood;
        if (record.type != kEventType) continue;
        SOTTO_ASSIGN(const Bytes body, session.log.read(record));
        if (auto event = parseEvent(body)) {
            session.events.push_back(*std::move(event));
        } else {
            ++session.notUnderstood;
        }
    }
    if (session.notUnderstood > 0) {
        qCWarning(logStorage, "%d session records verify but are not understood", session.notUnderstood);
    }
    return session;
}

}  // namespace sotto::interview
