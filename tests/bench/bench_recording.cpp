// SPDX-License-Identifier: Apache-2.0
// CPU time of recording one minute of speech (read, encode, seal, sync each second) against opusenc with the same
// settings, in turns, on the same file. Prints a table; exit code 1 if something could not be measured.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <vector>

#include <QProcess>
#include <QTemporaryDir>

#include "crypto/process.h"
#include "interview/session_log.h"
#include "platform/wav/wav_input.h"
#include "recording/playback.h"
#include "recording/recorder.h"

namespace {

using namespace sotto;

constexpr int kRounds = 5;
constexpr int kMinutes = 3;
constexpr double kTarget = 1.15;

[[noreturn]] void giveUp(const std::string& what) {
    std::fprintf(stderr, "bench_recording: %s\n", what.c_str());
    std::exit(1);
}

template <typename T>
T need(Result<T> result) {
    if (!result) giveUp(result.error().context);
    return *std::move(result);
}
void need(const Result<>& result) {
    if (!result) giveUp(result.error().context);
}

double cpuSeconds(int who) {
    rusage usage{};
    ::getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peakKib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void run(const QString& program, const QStringList& arguments) {
    if (QProcess::execute(program, arguments) != 0) giveUp(program.toStdString() + " is missing or failed");
}

/// Minutes of spoken text, again and again, as a 48 kHz mono WAV.
void speak(const Path& spoken, const Path& wav) {
    run(QStringLiteral("espeak-ng"),
        {QStringLiteral("-s"), QStringLiteral("150"), QStringLiteral("-w"), QString::fromStdString(spoken.string()),
         QStringLiteral(
             "People ask how long it took. I say that it has not ended. Some weeks nobody calls, and then my "
             "sister comes with soup, and we talk about the garden. What helped was that she never asked.")});
    std::vector<std::int16_t> once;
    const auto input = need(platform::WavInput::open(spoken));
    once.resize(static_cast<std::size_t>(input->durationSamples()));
    once.resize(need(input->read(once)));
    const auto total = static_cast<std::size_t>(kMinutes) * 60 * static_cast<std::size_t>(kSampleRate);
    ByteWriter header;
    header.raw(viewOf(std::string_view("RIFF")));
    header.u32(static_cast<std::uint32_t>(36 + 2 * total));
    header.raw(viewOf(std::string_view("WAVEfmt ")));
    header.u32(16);
    header.u16(1);
    header.u16(1);
    header.u32(static_cast<std::uint32_t>(kSampleRate));
    header.u32(static_cast<std::uint32_t>(2 * kSampleRate));
    header.u16(2);
    header.u16(16);
    header.raw(viewOf(std::string_view("data")));
    header.u32(static_cast<std::uint32_t>(2 * total));
    std::ofstream file(wav, std::ios::binary);
    file.write(reinterpret_cast<const char*>(header.view().data()), static_cast<std::streamsize>(header.size()));
    for (std::size_t left = total; left > 0;) {
        const std::size_t count = std::min(left, once.size());
        file.write(reinterpret_cast<const char*>(once.data()), static_cast<std::streamsize>(2 * count));
        left -= count;
    }
    if (!file.flush()) giveUp("the sample could not be written");
}

interview::Opening practiceOpening(const Clock& clock) {
    interview::Opening opening;
    opening.session = SessionId::random();
    opening.participant = ParticipantId::random();
    opening.evidence = EvidenceId::random();
    opening.practice = true;
    opening.audioAllowed = true;
    opening.at = clock.now();
    return opening;
}

/// Records the file as the rehearsal does; CPU seconds.
double recordOnce(const Path& wav, const Path& log) {
    PosixFileSystem files;
    const SystemClock clock;
    const auto identity = crypto::age::Identity::generate();
    const auto recipient = identity.recipient();
    const auto session = need(interview::SessionLog::create(files, log, {&recipient, 1}, practiceOpening(clock)));
    const double before = cpuSeconds(RUSAGE_SELF);
    const auto input = need(platform::WavInput::open(wav));
    const auto recorder = need(recording::Recorder::open(*session, clock));
    need(recorder->start());
    std::vector<std::int16_t> piece(4800);
    while (const std::size_t count = need(input->read(piece)))
        need(recorder->write({piece.data(), count}));
    need(recorder->stop(recording::SegmentEnding::End));
    return cpuSeconds(RUSAGE_SELF) - before;
}

double opusencOnce(const Path& wav, const Path& opus) {
    const double before = cpuSeconds(RUSAGE_CHILDREN);
    run(QStringLiteral("opusenc"),
        {QStringLiteral("--quiet"), QStringLiteral("--bitrate"), QStringLiteral("32"), QStringLiteral("--vbr"),
         QStringLiteral("--comp"), QStringLiteral("10"), QStringLiteral("--framesize"), QStringLiteral("20"),
         QStringLiteral("--speech"), QString::fromStdString(wav.string()), QString::fromStdString(opus.string())});
    return cpuSeconds(RUSAGE_CHILDREN) - before;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main() {
    need(crypto::hardenProcess());
    const QTemporaryDir folder;
    if (!folder.isValid()) giveUp("no temporary folder");
    const Path dir = folder.path().toStdString();
    speak(dir / "spoken.wav", dir / "voice.wav");
    std::vector<double> ours;
    std::vector<double> theirs;
    const long memoryBefore = peakKib();
    for (int round = 0; round < kRounds; round++) {
        const std::string name = std::to_string(round);
        ours.push_back(recordOnce(dir / "voice.wav", dir / (name + ".slog")));
        theirs.push_back(opusencOnce(dir / "voice.wav", dir / (name + ".opus")));
    }
    const double ratio = median(ours) / median(theirs);
    std::printf("recording, CPU seconds per minute of speech, median of %d (32 kbit/s VBR, complexity 10)\n", kRounds);
    std::printf("  %-44s %8.3f\n", "sotto: encode, seal, sync each second", median(ours) / kMinutes);
    std::printf("  %-44s %8.3f\n", "opusenc --speech", median(theirs) / kMinutes);
    std::printf("  %-44s %8.2f  (at most %.2f: %s)\n", "ratio", ratio, kTarget, ratio <= kTarget ? "met" : "MISSED");
    std::printf("  %-44s %8ju  against %ju bytes\n", "size of the log",
                static_cast<std::uintmax_t>(std::filesystem::file_size(dir / "0.slog")),
                static_cast<std::uintmax_t>(std::filesystem::file_size(dir / "0.opus")));
    std::printf("  %-44s %8ld  KiB\n", "growth of peak memory over all rounds", peakKib() - memoryBefore);
    return 0;
}
