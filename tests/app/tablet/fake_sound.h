// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numbers>
#include <thread>
#include <vector>

#include "base/units.h"
#include "recording/sound_devices.h"

namespace sotto::test {

/// A microphone that hears a quiet tone at the speed of the clock, until it is pulled out; a loudspeaker that takes
/// everything. For tests of what the app does with them; the real devices have tests of their own.
class FakeSound final : public recording::SoundDevices {
public:
    struct Switch {
        std::atomic<bool> isPlugged{true};
        std::atomic<ErrorCode> whyNot{ErrorCode::NotFound};  ///< what opening answers while it is not plugged in
        std::atomic<std::int64_t> heard{0};                  ///< samples handed out
        std::atomic<int> opened{0};
        std::atomic<int> speed{1};  ///< how many times faster than the clock it hears
        std::atomic<std::int64_t> played{0};
        /// So many samples a loudspeaker takes, then it stands still.
        std::atomic<std::int64_t> room{std::numeric_limits<std::int64_t>::max()};
        std::mutex mutex;
        std::vector<std::int16_t> voiced;  ///< of the loudspeaker opened last; under the mutex
    };
    [[nodiscard]] std::shared_ptr<Switch> control() const { return m_switch; }

    [[nodiscard]] std::vector<recording::SoundDevice> microphones() override {
        return {{QStringLiteral("tone"), QStringLiteral("A tone"), true}};
    }
    [[nodiscard]] Result<std::unique_ptr<recording::LiveInput>> openMicrophone(const QString&) override {
        if (!m_switch->isPlugged) return fail(m_switch->whyNot.load(), "no microphone");
        ++m_switch->opened;
        return std::make_unique<Tone>(m_switch);
    }
    [[nodiscard]] Result<std::unique_ptr<recording::AudioOutput>> openSpeaker() override {
        return std::make_unique<Sink>(m_switch);
    }

private:
    class Tone final : public recording::LiveInput {
    public:
        explicit Tone(std::shared_ptr<Switch> control) : m_switch(std::move(control)) {}
        [[nodiscard]] Result<std::size_t> read(std::span<std::int16_t> out) override {
            std::this_thread::sleep_for(std::chrono::microseconds(static_cast<std::int64_t>(out.size()) * 1'000'000 /
                                                                  kSampleRate / m_switch->speed));
            if (m_isStopped) return fail(ErrorCode::Cancelled, "stopped");
            if (!m_switch->isPlugged) return fail(ErrorCode::IoFailed, "the microphone is gone");
            for (std::int16_t& sample : out) {
                const double angle = 2 * std::numbers::pi * 440.0 * static_cast<double>(m_sample++) / kSampleRate;
                sample = static_cast<std::int16_t>(6000.0 * std::sin(angle));
            }
            m_switch->heard += static_cast<std::int64_t>(out.size());
            return out.size();
        }
        void stop() override { m_isStopped = true; }
        void discard() override {}
        [[nodiscard]] bool isDelivering() const override { return m_sample > 0; }
        [[nodiscard]] std::optional<std::int64_t> firstSampleMs() const override { return 0; }
        [[nodiscard]] std::int64_t lostSamples() const override { return 0; }

    private:
        std::shared_ptr<Switch> m_switch;
        std::atomic<bool> m_isStopped{false};
        std::atomic<std::int64_t> m_sample{0};
    };

    class Sink final : public recording::AudioOutput {
    public:
        explicit Sink(std::shared_ptr<Switch> control) : m_switch(std::move(control)) {
            const std::lock_guard lock(m_switch->mutex);
            m_switch->voiced.clear();
        }
        [[nodiscard]] Result<> write(std::span<const std::int16_t> samples) override {
            for (; !samples.empty(); samples = samples.subspan(take(samples))) {
                if (m_isStopped) return fail(ErrorCode::Cancelled, "stopped");
                if (m_played >= m_switch->room) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return {};
        }
        [[nodiscard]] Result<> finish() override { return {}; }
        void stop() override { m_isStopped = true; }
        [[nodiscard]] std::int64_t playedSamples() const override { return m_played; }

    private:
        [[nodiscard]] std::size_t take(std::span<const std::int16_t> samples) {
            const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, m_switch->room - m_played));
            const auto taken = samples.first(std::min(samples.size(), room));
            const std::lock_guard lock(m_switch->mutex);
            m_switch->voiced.insert(m_switch->voiced.end(), taken.begin(), taken.end());
            m_switch->played += static_cast<std::int64_t>(taken.size());
            m_played += static_cast<std::int64_t>(taken.size());
            return taken.size();
        }
        std::shared_ptr<Switch> m_switch;
        std::atomic<bool> m_isStopped{false};
        std::atomic<std::int64_t> m_played{0};
    };

    std::shared_ptr<Switch> m_switch = std::make_shared<Switch>();
};

}  // namespace sotto::test
