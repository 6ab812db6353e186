// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "recording/audio_input.h"
#include "study/rehearsal_script.h"
#include "workflow/live_session.h"
#include "workflow/seal_session.h"

namespace sotto::workflow {

/// What the rehearsal tells its caller while it runs.
struct RehearsalProgress {
    SessionId session;
    std::int64_t recordedMs = 0;
    std::int64_t syncedMs = 0;
    std::uint64_t events = 0;
    std::int64_t heardMs = 0;  ///< of the voice, recorded or not
};

struct RehearsalHooks {
    /// Called before samples are handed to the recorder, with their number.
    std::function<void(std::size_t)> samplesHanded;
    /// Called after each 20 ms of input; paces a real-time rehearsal and reports.
    std::function<void(const RehearsalProgress&)> tick;
    /// One line for people about what just happened.
    std::function<void(const QString&)> say;
};

struct RehearsalReport {
    SealReport sealed;
    int stepsDone = 0;
    int stepsAfterEnd = 0;                  ///< steps that lie behind the end of the voice
    std::vector<SealReport> sealedEarlier;  ///< sessions of earlier, broken-off runs
    int notSealed = 0;                      ///< of those, damaged beyond sealing; they stay for `rescue`
    int heldBack = 0;  ///< of those, from before a rebuild: maybe sealed already (heldBackUpTo() in rebuild.h)
};

/// InvalidArgument with a sentence for a script that asks for what the study lacks: a role, a language, a question, a
/// code, an item of the consent. Needs no home, so that nothing is made before it is known.
[[nodiscard]] Result<> checkScript(const study::RehearsalScript& script, const study::StudyPack& pack);

/// Acts out a script as an interviewer would, with the classes that the app uses: participant, pair, consent on the
/// glass, interview, end, seal. Makes a practice session. While the script pauses or goes off the record the voice
/// speaks on unheard, as in a real room. Everything that checkScript() answers, before anything is
/// created. A session that a full disk cuts short is closed in order and sealed by the next run.
[[nodiscard]] Result<RehearsalReport> rehearse(Home& home, const study::RehearsalScript& script,
                                               recording::AudioInput& voice, const RehearsalHooks& hooks);

}  // namespace sotto::workflow
