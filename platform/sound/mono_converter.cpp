// SPDX-License-Identifier: Apache-2.0
#include "platform/sound/mono_converter.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <samplerate.h>

#include "base/check.h"
#include "base/units.h"
#include "platform/sound/sample_ring.h"

namespace sotto::platform {
namespace {

constexpr int kOutRate = static_cast<int>(kSampleRate);
constexpr int kMinRate = 1000;
constexpr int kMaxRate = 768000;
constexpr std::size_t kRoomAtOnce = 4096;

struct CloseResampler {
    void operator()(SRC_STATE* state) const {
        // Deleting alone would leave the sound that its filter remembers in freed memory.
        static_cast<void>(::src_reset(state));
        ::src_delete(state);
    }
};

std::int16_t toSample(float value) {
    return static_cast<std::int16_t>(std::lrint(std::clamp(value * 32768.0F, -32768.0F, 32767.0F)));
}

}  // namespace

struct MonoConverter::State {
    std::unique_ptr<SRC_STATE, CloseResampler> resampler;  ///< none at 48 kHz
    int rate = kOutRate;
    std::size_t channels = 1;
    std::vector<float> mono;
    std::vector<float> resampled;
    std::vector<std::int16_t> samples;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        wipeSound(mono);
        wipeSound(resampled);
        wipeSound(samples);
    }

    void mix(std::span<const float> interleaved);
    void append(std::span<const float> ready);
    [[nodiscard]] Result<> resample(bool last);
};

void MonoConverter::State::mix(std::span<const float> interleaved) {
    emptySound(mono, interleaved.size() / channels);
    mono.resize(interleaved.size() / channels);
    for (std::size_t frame = 0; frame < mono.size(); frame++) {
        float sum = 0;
        for (std::size_t channel = 0; channel < channels; channel++)
            sum += interleaved[frame * channels + channel];
        const float mean = sum / static_cast<float>(channels);
        mono[frame] = std::isfinite(mean) ? std::clamp(mean, -1.0F, 1.0F) : 0.0F;
    }
}

void MonoConverter::State::append(std::span<const float> ready) {
    for (const float value : ready)
        samples.push_back(toSample(value));
}

Result<> MonoConverter::State::resample(bool last) {
    std::size_t used = 0;
    resampled.resize(kRoomAtOnce);
    for (;;) {
        SRC_DATA data{};
        data.data_in = mono.data() + used;
        data.input_frames = static_cast<long>(mono.size() - used);
        data.data_out = resampled.data();
        data.output_frames = static_cast<long>(resampled.size());
        data.end_of_input = last ? 1 : 0;
        data.src_ratio = static_cast<double>(kOutRate) / rate;
        if (const int error = ::src_process(resampler.get(), &data); error != 0) {
            return fail(ErrorCode::IoFailed, std::string("resampling failed: ") + ::src_strerror(error));
        }
        used += static_cast<std::size_t>(data.input_frames_used);
        append(std::span(resampled).first(static_cast<std::size_t>(data.output_frames_gen)));
        if (data.output_frames_gen == 0 && (used == mono.size() || data.input_frames_used == 0)) return {};
    }
}

MonoConverter::MonoConverter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
MonoConverter::MonoConverter(MonoConverter&&) noexcept = default;
MonoConverter& MonoConverter::operator=(MonoConverter&&) noexcept = default;
MonoConverter::~MonoConverter() = default;

Result<MonoConverter> MonoConverter::create(int rate, int channels) {
    if (rate < kMinRate || rate > kMaxRate) {
        return fail(ErrorCode::Unsupported,
                    "a sample rate of " + std::to_string(rate) + " Hz; 1000 to 768000 Hz can be read");
    }
    if (channels < 1) return fail(ErrorCode::Unsupported, "sound without a channel");
    auto state = std::make_unique<State>();
    state->rate = rate;
    state->channels = static_cast<std::size_t>(channels);
    if (rate != kOutRate) {
        int error = 0;
        state->resampler.reset(::src_new(SRC_SINC_MEDIUM_QUALITY, 1, &error));
        if (!state->resampler) return fail(ErrorCode::Unsupported, "the resampler can't be set up");
    }
    return MonoConverter(std::move(state));
}

Result<std::span<const std::int16_t>> MonoConverter::convert(std::span<const float> interleaved, bool last) {
    SOTTO_CHECK(interleaved.size() % m_state->channels == 0);
    State& s = *m_state;
    const std::size_t frames = interleaved.size() / s.channels;
    // The resampler may give back what it kept on top of what this piece is worth.
    emptySound(s.samples, frames * kOutRate / static_cast<std::size_t>(s.rate) + kRoomAtOnce);
    s.mix(interleaved);
    if (s.resampler) {
        SOTTO_TRY(s.resample(last));
    } else {
        s.append(s.mono);
    }
    return std::span<const std::int16_t>(s.samples);
}

}  // namespace sotto::platform
