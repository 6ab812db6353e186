// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "interview/off_record.h"
#include "interview/session_log.h"
#include "recording/playback.h"
#include "workflow/live_session.h"

/// Listening to a recording on the device. What was taken off the record is silent. Clear sound stays in memory.
namespace sotto::workflow {

/// A recording that is open for listening. Reads its log beside whoever writes it; one thread.
class Listening {
public:
    /// A session that is not running (broken off, ended, sealed): only with a stated reason, which goes into the audit
    /// trail (with the session) before a sample can be heard. InvalidArgument for a blank reason or one of more than
    /// 500 characters; NotFound for no such session, or no sound in it; NotAllowed while an interview runs: nothing of
    /// one is heard in another; ConsentMissing for somebody who has taken back. Of a damaged log what verifies is
    /// played.
    [[nodiscard]] static Result<std::unique_ptr<Listening>> open(Home& home, const SessionId& session,
                                                                 const QString& reason);
    /// The interview that is being wrapped up or paused, with what was recorded so far; whoever holds it needs no
    /// reason. NotAllowed while it is being recorded. Open anew after more was recorded.
    [[nodiscard]] static Result<std::unique_ptr<Listening>> open(Home& home, const LiveSession& live);
    ~Listening();
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    [[nodiscard]] std::int64_t durationMs() const { return m_map.durationMs(); }
    [[nodiscard]] const interview::Opening& opening() const { return m_session.opening; }
    /// Damaged: there are holes, which are silent, or the end is missing.
    [[nodiscard]] sealedlog::Integrity integrity() const { return m_session.log.integrity(); }
    /// As they were when it was opened or last updated; standingEvents() gives what to show.
    [[nodiscard]] const std::vector<interview::Event>& events() const { return m_session.events; }
    /// Segments and what is silent, for the markers.
    [[nodiscard]] const recording::AudioMap& map() const { return m_map; }

    /// The next read() begins there. InvalidArgument outside 0 to durationMs().
    [[nodiscard]] Result<> seek(RecordedOffset offset);
    [[nodiscard]] RecordedOffset position() const { return RecordedOffset::fromSamples(m_position); }
    /// Up to out.size() samples, 48 kHz mono; 0 at the end.
    [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out);

    /// The events of the session have changed (all of them, as LiveSession::allEvents()): a span that was taken back
    /// meanwhile falls silent, one that was given back sounds. The position stays.
    [[nodiscard]] Result<> update(std::vector<interview::Event> events);

private:
    friend class WaveformScan;
    Listening(interview::SessionRecords session, recording::AudioMap whole);
    static Result<std::unique_ptr<Listening>> openLog(Home& home, const SessionId& session);
    [[nodiscard]] Result<> openPlayer();

    interview::SessionRecords m_session;
    recording::AudioMap m_whole;  ///< as the log has it
    recording::AudioMap m_map;    ///< without what was taken back
    std::unique_ptr<recording::Player> m_player;
    std::int64_t m_position = 0;
};

/// The outline of a recording: the peak of each stretch of so many milliseconds, 0 to 1. Decodes piece by piece, so
/// that a thread can do other work in between and drop it at any time; nothing but the peaks is kept.
class WaveformScan {
public:
    /// InvalidArgument for buckets below 1 ms. `listening` must outlive the scan, and an update() of it makes the scan
    /// void: begin another.
    [[nodiscard]] static Result<WaveformScan> begin(const Listening& listening, std::int64_t bucketMs);
    /// Decodes about so many milliseconds more. True once all is there.
    [[nodiscard]] Result<bool> advance(std::int64_t ms);
    /// As many as are decoded so far; the last bucket may be shorter than the others.
    [[nodiscard]] const std::vector<float>& peaks() const { return m_peaks; }
    [[nodiscard]] std::int64_t bucketMs() const { return m_bucketSamples * 1000 / kSampleRate; }
    /// How many there will be.
    [[nodiscard]] std::size_t buckets() const { return m_buckets; }

private:
    WaveformScan() = default;
    void take(std::span<const std::int16_t> samples);
    std::unique_ptr<recording::Player> m_player;
    std::int64_t m_bucketSamples = 0;
    std::int64_t m_scanned = 0;
    std::int64_t m_total = 0;
    std::size_t m_buckets = 0;
    std::vector<float> m_peaks;
};

}  // namespace sotto::workflow
