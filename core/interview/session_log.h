// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/units.h"
#include "crypto/age/keys.h"
#include "interview/event.h"
#include "interview/opening.h"
#include "sealedlog/log_writer.h"

namespace sotto::interview {

/// Record types of a session log. Numbers are for ever; bodies are described in README.md of this module (opening,
/// event) and of recording (audio).
enum class RecordType : std::uint16_t {
    Opening = 1,       ///< JSON: what this session is; the first record and nowhere else
    Event = 2,         ///< JSON: one Event
    SegmentStart = 3,  ///< audio: recording begins or goes on
    AudioPackets = 4,  ///< audio: 200 ms of Opus packets
    SegmentEnd = 5,    ///< audio: recording stops, with the reason
    AudioErased = 6,   ///< audio: stands for packets that are gone for good
};

/// One session's sealed log while it is being written: events from the interviewer's thread, audio from the recorder's.
/// Thread-safe: every call takes one lock; calls may block for one fdatasync.
class SessionLog {
public:
    /// Creates the log and commits its opening: durable on return. The recipients are the sessions epoch and the
    /// custodians. On failure no file stays. Not the place of the consent gate: openings come from makeOpening().
    [[nodiscard]] static Result<std::unique_ptr<SessionLog>> create(FileSystem& files, const Path& path,
                                                                    std::span<const crypto::age::Recipient> recipients,
                                                                    const Opening& opening);
    /// Opens a log that was broken off, or that is to go on. Recovers as LogWriter::open does, with its errors.
    /// NotFound also for a log whose creation was broken off before the opening was committed: nothing was ever
    /// acknowledged in it. NewerVersion; Damaged if the first record is no opening.
    [[nodiscard]] static Result<std::unique_ptr<SessionLog>> open(FileSystem& files, const Path& path,
                                                                  std::span<const crypto::age::Identity> identities,
                                                                  const sealedlog::OpenOptions& options = {},
                                                                  sealedlog::Recovery* recovery = nullptr);

    [[nodiscard]] const Opening& opening() const { return m_opening; }
    /// Appends and syncs: on return the event is committed and durable, and its number is eventCount().
    /// InvalidArgument if its shape is wrong (checkShape), it is too long, it corrects an event that is not there, or
    /// it is a stub (Erased).
    [[nodiscard]] Result<> commit(const Event& event);
    /// Appends an audio record without syncing. Only `recording` calls this. InvalidArgument for Opening and Event.
    [[nodiscard]] Result<std::uint64_t> appendAudio(RecordType type, ByteView body);
    [[nodiscard]] Result<> sync();
    [[nodiscard]] Result<> reserve(std::uint64_t bytes);
    /// Writes FINAL. No event or audio can follow.
    [[nodiscard]] Result<> finish();

    [[nodiscard]] FileId fileId() const;
    [[nodiscard]] sealedlog::Anchor head() const;
    /// Events committed so far, corrected ones and corrections included; the number of the last one.
    [[nodiscard]] std::uint64_t eventCount() const;
    [[nodiscard]] std::uint64_t durableSequence() const;
    /// Every event so far with its number, read back; what is not understood is left out, as in readSession(). Audio is
    /// not decrypted.
    [[nodiscard]] Result<std::vector<Event>> events() const;
    /// Calls `visit` for each record that was there at the call, in order, without FINAL; stops at its first failure.
    /// The lock is held for reading one record at a time, so that recording goes on meanwhile.
    [[nodiscard]] Result<> forEach(const std::function<Result<>(RecordType, ByteView)>& visit) const;

private:
    explicit SessionLog(sealedlog::LogWriter writer) : m_writer(std::move(writer)) {}
    mutable std::mutex m_mutex;
    sealedlog::LogWriter m_writer;
    Opening m_opening;
    std::uint64_t m_events = 0;
};

/// The same, read-only and possibly damaged: what can be read is read. Events come in the order of the log with the
/// numbers that they were committed with.
struct SessionRecords {
    sealedlog::LogReader log;
    Opening opening;
    std::vector<Event> events;
    int notUnderstood = 0;  ///< records that verify but are none of ours; other than 0 only by a bug
};
/// Damaged if the opening itself can't be read; any other hole shows in log.integrity(). NotFound, as in
/// SessionLog::open(), for a log that never got its opening.
[[nodiscard]] Result<SessionRecords> readSession(FileSystem& files, const Path& path,
                                                 std::span<const crypto::age::Identity> identities,
                                                 const sealedlog::OpenOptions& options = {});

}  // namespace sotto::interview
