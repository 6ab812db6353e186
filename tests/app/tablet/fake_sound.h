// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cmath>
#include <memory>
#include <numbers>
#include <thread>

#include "base/units.h"
#include "recording/sound_devices.h"

namespace sotto::test {

/// A microphone that hears a quiet tone at the speed of the clock, until it is pulled out; a loudspeaker that takes
/// everything. For tests of what the app does with them; the real devices have tests of their own.
class FakeSound final : public recording::SoundDevices {
public:
    struct Switch {
        std::atomic<bool> isPlugged{true};
        std::atomic<int> opened{0};
        std::atomic<std::int64_t> played{0};
    };
    [[nodiscard]] std::shared_ptr<Switch> control() const { return m_switch; }

    [[nodiscard]] std::vector<recording::SoundDevice> microphones() override {
        return {{QStringLiteral("tone"), QStringLiteral("A tone"), true}};
    }
    [[nodiscard]] Result<std::unique_ptr<recording::LiveInput>> openMicrophone(const QString&) override {
        if (!m_switch->isPlugged) return fail(ErrorCode::NotFound, "no microphone");
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
            std::this_thread::sleep_for(std::chrono::milliseconds(out.size() * 1000 / kSampleRate));
            if (m_isStopped) return fail(ErrorCode::Cancelled, "stopped");
            if (!m_switch->isPlugged) return fail(ErrorCode::IoFailed, "the microphone is gone");
            for (std::int16_t& sample : out) {
                const double angle = 2 * std::numbers::pi * 440.0 * static_cast<double>(m_sample++) / kSampleRate;
                sample = static_cast<std::int16_t>(6000.0 * std::sin(angle));
            }
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
        explicit Sink(std::shared_ptr<Switch> control) : m_switch(std::move(control)) {}
        [[nodiscard]] Result<> write(std::span<const std::int16_t> samples) override {
            if (m_isStopped) return fail(ErrorCode::Cancelled, "stopped");
            m_switch->played += static_cast<std::int64_t>(samples.size());
            return {};
        }
        [[nodiscard]] Result<> finish() override { return {}; }
        void stop() override { m_isStopped = true; }
        [[nodiscard]] std::int64_t playedSamples() const override { return m_switch->played; }

    private:
        std::shared_ptr<Switch> m_switch;
        std::atomic<bool> m_isStopped{false};
    };

    std::shared_ptr<Switch> m_switch = std::make_shared<Switch>();
};

}  // namespace sotto::test
