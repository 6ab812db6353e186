// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::recording {

/// A few minutes of voice, kept apart from any session: consent that is given aloud. An Ogg Opus stream (RFC 7845) in
/// memory, mono, 48 kHz; nothing reaches a disk. Wiped on destruction. One thread.
class VoiceMemo {
public:
    static constexpr std::int64_t kMostMs = 15LL * 60 * 1000;

    /// InvalidArgument for a bitrate that Opus refuses.
    [[nodiscard]] static Result<VoiceMemo> begin(int bitrate = 24000);
    VoiceMemo(VoiceMemo&&) noexcept;
    VoiceMemo& operator=(VoiceMemo&&) noexcept;
    ~VoiceMemo();

    /// Takes samples, any number. NotAllowed after finish(), and past kMostMs.
    [[nodiscard]] Result<> write(std::span<const std::int16_t> samples);
    /// The whole stream. InvalidArgument if less than half a second was said: a slip of the finger is no statement.
    [[nodiscard]] Result<Bytes> finish();
    [[nodiscard]] std::int64_t durationMs() const;

private:
    struct State;
    explicit VoiceMemo(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace sotto::recording
