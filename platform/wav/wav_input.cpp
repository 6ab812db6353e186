// SPDX-License-Identifier: Apache-2.0
#include "platform/wav/wav_input.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <samplerate.h>
#include <sndfile.h>

#include "base/units.h"

namespace sotto::platform {
namespace {

constexpr int kOutRate = static_cast<int>(kSampleRate);
constexpr std::size_t kBlockFrames = 4096;
constexpr int kMinRate = 1000;
constexpr int kMaxRate = 768000;

struct CloseFile {
    void operator()(SNDFILE* file) const { ::sf_close(file); }
};
struct CloseResampler {
    void operator()(SRC_STATE* state) const { ::src_delete(state); }
};

bool isWavContainer(int format) {
    const int type = format & SF_FORMAT_TYPEMASK;
    return type == SF_FORMAT_WAV || type == SF_FORMAT_WAVEX || type == SF_FORMAT_RF64;
}

bool isPlainPcm(int format) {
    switch (format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_U8:
        case SF_FORMAT_PCM_16:
        case SF_FORMAT_PCM_24:
        case SF_FORMAT_PCM_32:
        case SF_FORMAT_FLOAT:
        case SF_FORMAT_DOUBLE:
            return true;
        default:
            return false;
    }
}

/// Why the file can't be opened at all, before libsndfile has its say.
Result<> checkPlace(const Path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) {
        return fail(ErrorCode::NotFound, "there is no file " + path.string());
    }
    if (error == std::errc::permission_denied) {
        return fail(ErrorCode::PermissionDenied, path.string() + " may not be read by this user");
    }
    if (!std::filesystem::is_regular_file(status)) {
        return fail(ErrorCode::ParseFailed, path.string() + " is not a WAV file; give a file that ends in .wav");
    }
    return {};
}

Result<> checkContent(const Path& path, const SF_INFO& info) {
    if (!isWavContainer(info.format)) {
        return fail(ErrorCode::ParseFailed, path.string() + " is not a WAV file; convert it to WAV first");
    }
    if (!isPlainPcm(info.format)) {
        return fail(ErrorCode::Unsupported, path.string() + " is a compressed WAV; convert it to 16-bit PCM first");
    }
    if (info.samplerate < kMinRate || info.samplerate > kMaxRate) {
        return fail(ErrorCode::Unsupported, path.string() + " has a sample rate of " + std::to_string(info.samplerate) +
                                                " Hz; 1000 to 768000 Hz can be read");
    }
    if (info.frames <= 0) return fail(ErrorCode::ParseFailed, path.string() + " holds no sound");
    return {};
}

std::int16_t toSample(float value) {
    return static_cast<std::int16_t>(std::lrint(std::clamp(value * 32768.0F, -32768.0F, 32767.0F)));
}

}  // namespace

struct WavInput::State {
    std::unique_ptr<SNDFILE, CloseFile> file;
    std::unique_ptr<SRC_STATE, CloseResampler> resampler;  ///< none at 48 kHz
    SF_INFO info{};
    std::int64_t duration = 0;
    std::int64_t delivered = 0;
    std::int64_t framesRead = 0;
    std::vector<float> interleaved;
    std::vector<float> mono;       ///< read from the file
    std::size_t monoUsed = 0;      ///< of `mono`, given to the resampler
    std::vector<float> resampled;  ///< at 48 kHz
    std::size_t resampledUsed = 0;

    [[nodiscard]] Result<> readBlock();
    [[nodiscard]] Result<> refill();
};

/// Reads the next frames from the file into `mono`; leaves it empty at the end of the file.
Result<> WavInput::State::readBlock() {
    const auto channels = static_cast<std::size_t>(info.channels);
    const auto wanted = std::min<std::int64_t>(kBlockFrames, info.frames - framesRead);
    monoUsed = 0;
    mono.resize(static_cast<std::size_t>(wanted));
    if (wanted == 0) return {};
    interleaved.resize(mono.size() * channels);
    if (::sf_readf_float(file.get(), interleaved.data(), wanted) != wanted) {
        return fail(ErrorCode::IoFailed, "the WAV file could not be read to its end");
    }
    framesRead += wanted;
    for (std::size_t frame = 0; frame < mono.size(); frame++) {
        float sum = 0;
        for (std::size_t channel = 0; channel < channels; channel++)
            sum += interleaved[frame * channels + channel];
        const float mean = sum / static_cast<float>(channels);
        mono[frame] = std::isfinite(mean) ? std::clamp(mean, -1.0F, 1.0F) : 0.0F;
    }
    return {};
}

/// Fills `resampled`; leaves it empty when file and resampler have nothing more.
Result<> WavInput::State::refill() {
    resampledUsed = 0;
    if (!resampler) {
        SOTTO_TRY(readBlock());
        std::swap(resampled, mono);
        return {};
    }
    resampled.resize(kBlockFrames);
    for (;;) {
        if (monoUsed == mono.size()) SOTTO_TRY(readBlock());
        SRC_DATA data{};
        data.data_in = mono.data() + monoUsed;
        data.input_frames = static_cast<long>(mono.size() - monoUsed);
        data.data_out = resampled.data();
        data.output_frames = static_cast<long>(resampled.size());
        data.end_of_input = framesRead == info.frames ? 1 : 0;
        data.src_ratio = static_cast<double>(kOutRate) / info.samplerate;
        if (const int error = ::src_process(resampler.get(), &data); error != 0) {
            return fail(ErrorCode::IoFailed, std::string("resampling failed: ") + ::src_strerror(error));
        }
        monoUsed += static_cast<std::size_t>(data.input_frames_used);
        const bool nothingLeft = data.end_of_input == 1 && data.input_frames_used == 0;
        if (data.output_frames_gen > 0 || nothingLeft) {
            resampled.resize(static_cast<std::size_t>(data.output_frames_gen));
            return {};
        }
    }
}

WavInput::WavInput(std::unique_ptr<State> state) : m_state(std::move(state)) {}
WavInput::~WavInput() = default;

Result<std::unique_ptr<WavInput>> WavInput::open(const Path& path) {
    SOTTO_TRY(checkPlace(path));
    auto state = std::make_unique<State>();
    state->file.reset(::sf_open(path.c_str(), SFM_READ, &state->info));
    if (!state->file) {
        if (::sf_error(nullptr) == SF_ERR_SYSTEM) {
            return fail(ErrorCode::PermissionDenied, path.string() + " can't be read");
        }
        return fail(ErrorCode::ParseFailed, path.string() + " is not a WAV file, or its header is broken");
    }
    SOTTO_TRY(checkContent(path, state->info));
    if (state->info.samplerate != kOutRate) {
        int error = 0;
        state->resampler.reset(::src_new(SRC_SINC_MEDIUM_QUALITY, 1, &error));
        if (!state->resampler) return fail(ErrorCode::Unsupported, "the resampler can't be set up");
    }
    const std::int64_t rate = state->info.samplerate;
    const std::int64_t seconds = state->info.frames / rate;
    const std::int64_t rest = state->info.frames % rate;
    state->duration = std::max<std::int64_t>(1, seconds * kSampleRate + (rest * kSampleRate + rate / 2) / rate);
    return std::unique_ptr<WavInput>(new WavInput(std::move(state)));
}

Result<std::size_t> WavInput::read(std::span<std::int16_t> out) {
    State& s = *m_state;
    std::size_t filled = 0;
    while (filled < out.size() && s.delivered < s.duration) {
        if (s.resampledUsed == s.resampled.size()) SOTTO_TRY(s.refill());
        // The resampler may end a few samples short of the rounded length: the rest is silence.
        const bool ended = s.resampled.empty();
        const auto left = static_cast<std::size_t>(s.duration - s.delivered);
        std::size_t count = std::min(out.size() - filled, left);
        if (!ended) count = std::min(count, s.resampled.size() - s.resampledUsed);
        for (std::size_t i = 0; i < count; i++) {
            out[filled + i] = ended ? std::int16_t{0} : toSample(s.resampled[s.resampledUsed + i]);
        }
        if (!ended) s.resampledUsed += count;
        filled += count;
        s.delivered += static_cast<std::int64_t>(count);
    }
    return filled;
}

std::int64_t WavInput::durationSamples() const {
    return m_state->duration;
}

}  // namespace sotto::platform
