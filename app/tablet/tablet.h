// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/clock.h"
#include "base/file.h"
#include "keyring/keyring.h"
#include "workflow/home.h"
#include "workflow/live_session.h"

namespace sotto::app {

/// What the app is given from outside, once: where its home is and what it works with. `files` and `clock` must outlive
/// everything.
struct TabletOptions {
    FileSystem* files = nullptr;
    const Clock* clock = nullptr;
    Path home;
    /// The cost of a new passphrase; tests pass a cheap one, the program what calibration found.
    std::function<Result<keyring::KeyringOptions>()> keyOptions;
    keyring::KeyringOptions unlockOptions;
};

/// How the running interview stands, for a screen that looks ten times a second. Written on the vault thread, read on
/// any.
struct LiveStatus {
    std::atomic<bool> isRecording{false};
    std::atomic<std::int64_t> positionMs{0};  ///< end of what was recorded
    std::atomic<std::int64_t> syncedMs{0};    ///< on the disk
};

/// What lives on the vault thread: the home while it is unlocked, and the interview that runs. One thread.
class Tablet {
public:
    explicit Tablet(TabletOptions options) : m_options(std::move(options)) {}

    [[nodiscard]] FileSystem& files() const { return *m_options.files; }
    [[nodiscard]] const Clock& clock() const { return *m_options.clock; }
    [[nodiscard]] const TabletOptions& options() const { return m_options; }

    [[nodiscard]] bool isUnlocked() const { return m_home != nullptr; }
    /// Locked if nobody unlocked it, or somebody locked it since.
    [[nodiscard]] Result<workflow::Home*> home() const;
    /// Takes in a home that was unlocked or made.
    void take(std::unique_ptr<workflow::Home> home);
    /// Writes the anchors and wipes the keys. An interview that runs goes on with the key of its own
    /// log alone (LiveSession::detach()), until unlockAround().
    [[nodiscard]] Result<> lock();
    /// The right passphrase opened `keys`, during an interview: takes the home in again if it is locked, otherwise
    /// there is nothing to do. NotAllowed for a person without the sessions. The interview goes on in any case.
    [[nodiscard]] Result<> unlockAround(keyring::Keyring keys);

    /// The interview that runs, or null.
    [[nodiscard]] workflow::LiveSession* live() const { return m_live.get(); }
    void takeLive(std::unique_ptr<workflow::LiveSession> live);
    /// This participant said just now that it is still fine: their interview, once it begins, says so in its log.
    void confirmNextInterview(const ParticipantId& participant) { m_confirmed = participant; }
    [[nodiscard]] Result<workflow::LiveSession*> liveSession() const;

    /// Starts or goes on recording; from here on hear() feeds the interview.
    [[nodiscard]] Result<> record();
    /// Stops at once: a pause, or off the record.
    [[nodiscard]] Result<> pause();
    [[nodiscard]] Result<> goOffRecord();
    /// The conversation is over; wrap-up begins.
    [[nodiscard]] Result<> stop();
    [[nodiscard]] bool isRecording() const { return m_status->isRecording; }
    /// What was told of the interview may have stopped the recording: somebody came in who does not agree to it.
    void followRecording();
    [[nodiscard]] std::shared_ptr<const LiveStatus> status() const { return m_status; }
    /// What the microphone heard, 48 kHz mono: recorded if recording is on, dropped if not. After a loss of the device
    /// recording goes on by itself. An error ends the recording; what was recorded stays.
    [[nodiscard]] Result<> hear(std::span<const std::int16_t> samples);
    /// The device is gone: ends the segment with a marked gap. True if recording was on.
    [[nodiscard]] bool loseMicrophone();

private:
    void setRecording(bool recording);

    TabletOptions m_options;
    std::unique_ptr<workflow::Home> m_home;
    std::unique_ptr<workflow::LiveSession> m_live;  ///< goes before the home
    std::shared_ptr<LiveStatus> m_status = std::make_shared<LiveStatus>();
    std::optional<ParticipantId> m_confirmed;
    bool m_goesOnWhenBack = false;  ///< recording was on when the microphone was lost
};

}  // namespace sotto::app
