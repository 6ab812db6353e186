// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "interview/timeline.h"
#include "people/people.h"
#include "recording/recorder.h"
#include "workflow/home.h"

namespace sotto::workflow {

/// One interview while it runs: the session log, its recorder and its row in the vault kept in step. The app drives it
/// with a microphone, the rehearsal with a file. One thread for events, one may feed samples (see Recorder).
class LiveSession {
public:
    /// Begins a session for a participant whose consent is in force: creates the log (first) and the vault's row.
    /// The language is that of the consent. ConsentMissing if a required item was refused. Without the audio item the
    /// session is notes-only: hasAudio() is false and record() answers ConsentMissing.
    [[nodiscard]] static Result<std::unique_ptr<LiveSession>> begin(Home& home, const people::Participant& participant,
                                                                    bool practice);
    ~LiveSession();

    [[nodiscard]] SessionId id() const { return m_log->opening().session; }
    [[nodiscard]] bool hasAudio() const { return m_recorder != nullptr; }
    [[nodiscard]] const study::Guide& guide() const { return *m_guide; }

    /// Starts or goes on recording; commits a Resume event unless it is the first start. After a failure nothing is
    /// being recorded.
    [[nodiscard]] Result<> record();
    /// Samples from the microphone; NotAllowed while not recording. An error of the disk ends the segment; what was
    /// recorded stays, and record() may be tried again.
    [[nodiscard]] Result<> feed(std::span<const std::int16_t> samples);
    /// Stops encoding at once, then commits Pause or OffRecord. Nothing is recorded on return, failed or not; where
    /// nothing was being recorded, it is only the event.
    [[nodiscard]] Result<> pause();
    [[nodiscard]] Result<> goOffRecord();
    /// Checks the event against the study, stamps time and offset (0 in a notes-only session), commits it.
    [[nodiscard]] Result<> commit(interview::Event event);
    /// Ends the recording, writes FINAL and the anchor; the session waits for sealing. Uses the room kept in reserve,
    /// so that it succeeds on a full disk. May be called again after a failure.
    [[nodiscard]] Result<> end();

    [[nodiscard]] RecordedOffset position() const;
    [[nodiscard]] RecordedOffset synced() const;
    [[nodiscard]] std::uint64_t eventCount() const { return m_log->eventCount(); }
    [[nodiscard]] recording::Level level() const;

private:
    explicit LiveSession(Home& home);
    [[nodiscard]] Result<> enterInVault(const std::string& logName);
    [[nodiscard]] Result<> stopRecorder(recording::SegmentEnding ending);
    [[nodiscard]] Result<> stopRecording(recording::SegmentEnding ending, interview::EventKind kind);
    [[nodiscard]] Result<> close();
    void anchor();

    Home* m_home;
    const study::Guide* m_guide = nullptr;
    std::unique_ptr<interview::SessionLog> m_log;
    std::unique_ptr<recording::Recorder> m_recorder;
    bool m_recordedBefore = false;
    bool m_brokeOff = false;  ///< a segment may still lack its end
    bool m_finished = false;  ///< the log has its FINAL record
    bool m_isClosed = false;  ///< end() succeeded
};

}  // namespace sotto::workflow
