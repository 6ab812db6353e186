// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/units.h"
#include "crypto/age/keys.h"
#include "interview/event.h"
#include "sealedlog/log_writer.h"

namespace sotto::interview {

/// Record types of a session log. Numbers are for ever; bodies are described in README.md of this module (opening,
/// event) and of recording (audio).
enum class RecordType : std::uint16_t {
    Opening = 1,       ///< JSON: what this session is; first record
    Event = 2,         ///< JSON: one Event
    SegmentStart = 3,  ///< audio: recording begins or goes on
    AudioPackets = 4,  ///< audio: 200 ms of Opus packets
    SegmentEnd = 5,    ///< audio: recording stops, with the reason
};

/// The first record: everything that makes the log readable on its own, without the vault.
struct Opening {
    SessionId session;
    ParticipantId participant;
    QString pseudonym;
    QString role;
    QString studyId;
    int studyVersion = 0;
    QString studyHash;  ///< hex SHA-256 of the signed pack
    QString language;
    EvidenceId evidence;
    QString consentVersion;
    std::map<QString, bool> consentItems;
    QString deviceKey;  ///< hex Ed25519 verify key
    bool practice = false;
    bool audioAllowed = false;
    Instant at;
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<Opening> fromJson(const QJsonObject& json);
};

/// One session's sealed log while it is being written: events from the interviewer's thread, audio from the recorder's.
/// Thread-safe: every call takes one lock; calls may block for one fdatasync.
class SessionLog {
public:
    /// Creates the log and commits its opening. The recipients are the sessions epoch and the custodians.
    [[nodiscard]] static Result<std::unique_ptr<SessionLog>> create(FileSystem& files, const Path& path,
                                                                    std::span<const crypto::age::Recipient> recipients,
                                                                    const Opening& opening);
    /// Opens a log that was broken off, or that is to go on. Recovers as LogWriter::open does.
    [[nodiscard]] static Result<std::unique_ptr<SessionLog>> open(FileSystem& files, const Path& path,
                                                                  std::span<const crypto::age::Identity> identities,
                                                                  sealedlog::OpenOptions options = {},
                                                                  sealedlog::Recovery* recovery = nullptr);

    [[nodiscard]] const Opening& opening() const { return m_opening; }
    /// Appends and syncs: on return the event is committed and durable.
    [[nodiscard]] Result<> commit(const Event& event);
    /// Appends an audio record without syncing. Only `recording` calls this.
    [[nodiscard]] Result<std::uint64_t> appendAudio(RecordType type, ByteView body);
    [[nodiscard]] Result<> sync();
    [[nodiscard]] Result<> reserve(std::uint64_t bytes);
    /// Writes FINAL. No event or audio can follow.
    [[nodiscard]] Result<> finish();

    [[nodiscard]] FileId fileId() const;
    [[nodiscard]] sealedlog::Anchor head() const;
    [[nodiscard]] std::uint64_t eventCount() const;
    [[nodiscard]] std::uint64_t durableSequence() const;
    /// Calls `visit` for each record in order; stops at its first failure.
    [[nodiscard]] Result<> forEach(const std::function<Result<>(RecordType, ByteView)>& visit) const;

private:
    explicit SessionLog(sealedlog::LogWriter writer) : m_writer(std::move(writer)) {}
    mutable std::mutex m_mutex;
    sealedlog::LogWriter m_writer;
    Opening m_opening;
    std::uint64_t m_events = 0;
};

/// The same, read-only and possibly damaged: what can be read is read.
struct SessionRecords {
    sealedlog::LogReader log;
    Opening opening;
    std::vector<Event> events;
};
/// Damaged if the opening itself can't be read; any other hole shows in log.integrity().
[[nodiscard]] Result<SessionRecords> readSession(FileSystem& files, const Path& path,
                                                 std::span<const crypto::age::Identity> identities,
                                                 sealedlog::OpenOptions options = {});

}  // namespace sotto::interview
