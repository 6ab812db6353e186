// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "base/clock.h"
#include "base/units.h"
#include "interview/session_log.h"
#include "recording/levels.h"
#include "recording/segment.h"

namespace sotto::recording {

struct RecorderOptions {
    int bitrate = 32000;  ///< bits per second, VBR
    int complexity = 10;  ///< Opus complexity 0-10
};

/// Turns PCM into sealed audio records of one session log: Opus (RFC 6716), mono, 48 kHz, 20 ms packets, ten to a
/// record (200 ms), fdatasync after each second of audio. Clear audio stays in memory and is wiped.
///
/// The recorder refuses to start unless the log's opening says that the participant's consent allows audio.
/// start(), write() and stop() are to be called by one thread; the rest may be read from any.
///
/// A failing write() ends the segment as Device with what the log already holds, so that the error is the only thing
/// lost; destroying a running recorder leaves the segment without an end, as a crash does.
class Recorder {
public:
    /// ConsentMissing without the audio permission. Continues the stitched stream where the log ends; if the log's last
    /// segment has no end (a crash), it first writes that end as Interrupted. InvalidArgument for options that Opus
    /// refuses. `log` and `clock` must outlive the recorder.
    [[nodiscard]] static Result<std::unique_ptr<Recorder>> open(interview::SessionLog& log, const Clock& clock,
                                                                const RecorderOptions& options = {});
    ~Recorder();

    /// Reserves room for ten minutes, as start() does: NoSpace if there is none.
    [[nodiscard]] Result<> reserve();
    /// Begins a segment and reserves room for ten minutes: NoSpace before anything is recorded if there is none.
    /// NotAllowed if one is running.
    [[nodiscard]] Result<> start();
    /// Takes mono 48 kHz samples, any number; may block for one fdatasync. NotAllowed if no segment runs. NoSpace and
    /// other errors of the log end the segment; what was recorded stays.
    [[nodiscard]] Result<> write(std::span<const std::int16_t> samples);
    /// Ends the segment: the rest of the samples is encoded (padded to a packet), synced. NotAllowed if none runs.
    [[nodiscard]] Result<> stop(SegmentEnding ending);
    [[nodiscard]] bool isRunning() const;

    /// End of what was taken so far, in the stitched recording.
    [[nodiscard]] RecordedOffset position() const;
    /// Handed to the operating system: survives a kill.
    [[nodiscard]] RecordedOffset written() const;
    /// On the disk: survives a power cut.
    [[nodiscard]] RecordedOffset synced() const;
    [[nodiscard]] Level level() const;

private:
    struct State;
    explicit Recorder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::recording
