// SPDX-License-Identifier: Apache-2.0
#include "platform/wav/wav_input.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sndfile.h>

#include "base/units.h"
#include "platform/sound/mono_converter.h"
#include "platform/sound/sample_ring.h"

namespace sotto::platform {
namespace {

constexpr std::size_t kBlockFrames = 4096;

struct CloseFile {
    void operator()(SNDFILE* file) const { ::sf_close(file); }
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
    if (info.frames <= 0) return fail(ErrorCode::ParseFailed, path.string() + " holds no sound");
    return {};
}

}  // namespace

struct WavInput::State {
    std::unique_ptr<SNDFILE, CloseFile> file;
    SF_INFO info{};
    std::optional<MonoConverter> converter;
    std::int64_t duration = 0;
    std::int64_t delivered = 0;
    std::int64_t framesRead = 0;
    std::vector<float> interleaved;
    std::span<const std::int16_t> ready;  ///< converted and not delivered; lies in the converter

    ~State() { wipeSound(interleaved); }
    [[nodiscard]] Result<> readBlock();
    [[nodiscard]] Result<> refill();
};

/// Reads the next frames from the file; none at its end.
Result<> WavInput::State::readBlock() {
    const auto wanted = std::min<std::int64_t>(kBlockFrames, info.frames - framesRead);
    interleaved.resize(static_cast<std::size_t>(wanted * info.channels));
    if (wanted > 0 && ::sf_readf_float(file.get(), interleaved.data(), wanted) != wanted) {
        return fail(ErrorCode::IoFailed, "the WAV file could not be read to its end");
    }
    framesRead += wanted;
    return {};
}

/// Fills `ready`; leaves it empty when file and converter have nothing more.
Result<> WavInput::State::refill() {
    for (;;) {
        SOTTO_TRY(readBlock());
        SOTTO_ASSIGN(ready, converter->convert(interleaved, framesRead == info.frames));
        if (!ready.empty() || interleaved.empty()) return {};
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
    auto converter = MonoConverter::create(state->info.samplerate, state->info.channels);
    if (!converter) return fail(converter.error().code, path.string() + " has " + converter.error().context);
    state->converter = *std::move(converter);
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
        if (s.ready.empty()) SOTTO_TRY(s.refill());
        const auto left = static_cast<std::size_t>(s.duration - s.delivered);
        std::size_t count = std::min(out.size() - filled, left);
        const auto target = out.subspan(filled);
        if (s.ready.empty()) {
            // The resampler may end a few samples short of the rounded length: the rest is silence.
            std::fill_n(target.begin(), count, std::int16_t{0});
        } else {
            count = std::min(count, s.ready.size());
            std::copy_n(s.ready.begin(), count, target.begin());
            s.ready = s.ready.subspan(count);
        }
        filled += count;
        s.delivered += static_cast<std::int64_t>(count);
    }
    return filled;
}

std::int64_t WavInput::durationSamples() const {
    return m_state->duration;
}

}  // namespace sotto::platform
