// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"

namespace sotto::platform {

/// A bounded queue of samples between a device's thread, which must never wait, and one that may: for a microphone
/// offer() and read(), for a loudspeaker write() and take(). One thread puts in, one takes out; the rest from any.
/// Samples are wiped as they leave. An end (stop, failure) is final.
class SampleRing {
public:
    /// `capacity` in samples.
    explicit SampleRing(std::size_t capacity);
    SampleRing(const SampleRing&) = delete;
    SampleRing& operator=(const SampleRing&) = delete;
    ~SampleRing();

    /// Puts in what finds room, without waiting; the rest is lost and counted.
    void offer(std::span<const std::int16_t> samples);
    /// Puts all in, waiting for room. The error of the end.
    [[nodiscard]] Result<> write(std::span<const std::int16_t> samples);
    /// Takes 1 to out.size() samples, waiting for the first (0 only if `out` is empty). After a failure it first gives
    /// what is still there, after stop() nothing; then the error of the end.
    [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out);
    /// Takes what is there, without waiting.
    [[nodiscard]] std::size_t take(std::span<std::int16_t> out);

    /// Wipes what is in there; what comes later is kept.
    void discard();
    /// Ends as Cancelled and wipes what is in there.
    void stop();
    /// Ends as `error`; what is in there can still be read. The first end counts.
    void fail(Error error);

    /// Nothing as long as it goes on.
    [[nodiscard]] std::optional<Error> endedWith() const;
    /// Samples that offer() found no room for.
    [[nodiscard]] std::int64_t lost() const;

private:
    [[nodiscard]] std::size_t put(std::span<const std::int16_t> samples);
    [[nodiscard]] std::size_t get(std::span<std::int16_t> out);
    void wipeHeld();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::int16_t> m_samples;
    std::size_t m_first = 0;
    std::size_t m_count = 0;
    std::int64_t m_lost = 0;
    std::optional<Error> m_end;
};

/// Wipes clear sound so that the compiler can't leave it out, the spare room of the vector included, and empties it.
void wipeSound(std::vector<float>& sound);
void wipeSound(std::vector<std::int16_t>& sound);
/// Empties, with room for `size`: what follows moves nothing, so that no clear sound is left where it was.
void emptySound(std::vector<float>& sound, std::size_t size);
void emptySound(std::vector<std::int16_t>& sound, std::size_t size);

}  // namespace sotto::platform
