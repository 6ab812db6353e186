// SPDX-License-Identifier: Apache-2.0
#include "recording/recorder.h"

#include <atomic>
#include <mutex>

#include "base/log.h"
#include "recording/map_builder.h"
#include "recording/segment_writer.h"

namespace sotto::recording {
namespace {

constexpr std::int64_t kReserveSeconds = 600;
constexpr std::int64_t kReserveAgainAfter = kReserveSeconds / 2 * kSampleRate;

/// Ten minutes at this bitrate: VBR may run half over its target, and five records a second carry their overhead.
std::uint64_t reserveSize(int bitrate) {
    const auto seconds = static_cast<std::uint64_t>(kReserveSeconds);
    const std::uint64_t perSecond =
        static_cast<std::uint64_t>(bitrate) / 8 * 3 / 2 + 5 * (sealedlog::kRecordOverhead + 64);
    return seconds * perSecond;
}

}  // namespace

struct Recorder::State {
    interview::SessionLog* log = nullptr;
    const Clock* clock = nullptr;
    RecorderOptions options;
    std::unique_ptr<SegmentWriter> segment;
    std::optional<SegmentEndRecord> owedEnd;  ///< of a segment that failed and whose end found no room
    std::int64_t nextStart = 0;
    std::int64_t reservedAt = 0;
    std::uint32_t number = 0;
    LevelMeter meter;

    std::atomic<bool> running{false};
    std::atomic<std::int64_t> position{0};
    std::atomic<std::int64_t> written{0};
    std::atomic<std::int64_t> synced{0};
    mutable std::mutex levelMutex;
    Level level;

    Result<> payOwedEnd();
    Result<> reserveAhead();
    void publish();
    void publishLevel();
    void breakOff();
};

/// Writes the end that the last segment still lacks.
Result<> Recorder::State::payOwedEnd() {
    if (!owedEnd) return {};
    SOTTO_TRY(log->appendAudio(interview::RecordType::SegmentEnd, owedEnd->toBytes()));
    owedEnd.reset();
    return log->sync();
}

/// Keeps ten minutes reserved. A disk too full for that is no reason to stop: the recording goes on into what is left,
/// and the append that finds no room says so.
Result<> Recorder::State::reserveAhead() {
    if (segment->taken() - reservedAt < kReserveAgainAfter) return {};
    reservedAt = segment->taken();
    const Result<> reserved = log->reserve(reserveSize(options.bitrate));
    if (reserved || reserved.error().code == ErrorCode::NoSpace) return {};
    return reserved;
}

void Recorder::State::publish() {
    position = segment->taken();
    written = segment->written();
    synced = segment->synced();
}

void Recorder::State::publishLevel() {
    const std::lock_guard lock(levelMutex);
    level = meter.level();
}

/// Ends a segment that can't go on with what the log holds of it.
void Recorder::State::breakOff() {
    owedEnd = segment->endHere(SegmentEnding::Device);
    nextStart = segment->nextStart();
    position = segment->written();
    written = segment->written();
    synced = segment->synced();
    segment.reset();
    running = false;
    // The caller is already told of the failure that led here. An end that can't be written now is written by the next
    // start(), or by the next open() as Interrupted.
    static_cast<void>(payOwedEnd());
    qCWarning(logRecording, "a segment was broken off");
}

Recorder::Recorder(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Recorder::~Recorder() = default;

Result<std::unique_ptr<Recorder>> Recorder::open(interview::SessionLog& log, const Clock& clock,
                                                 const RecorderOptions& options) {
    if (!log.opening().audioAllowed) {
        return fail(ErrorCode::ConsentMissing,
                    "this session's consent does not allow audio; it can be held with notes only");
    }
    SOTTO_TRY(VoiceEncoder::create(options.bitrate, options.complexity));
    MapBuilder builder;
    SOTTO_TRY(
        log.forEach([&builder](interview::RecordType type, ByteView body) { return builder.add(type, body, 0); }));
    auto state = std::make_unique<State>();
    state->log = &log;
    state->clock = &clock;
    state->options = options;
    state->number = builder.lastNumber();
    state->nextStart = builder.nextStart();
    state->owedEnd = builder.missingEnd();
    SOTTO_TRY(state->payOwedEnd());
    const std::int64_t total = builder.finish().totalSamples();
    state->position = total;
    state->written = total;
    state->synced = total;
    return std::unique_ptr<Recorder>(new Recorder(std::move(state)));
}

Result<> Recorder::reserve() {
    return m_state->log->reserve(reserveSize(m_state->options.bitrate));
}

Result<> Recorder::start() {
    State& s = *m_state;
    if (s.segment) return fail(ErrorCode::NotAllowed, "a recording is running already");
    SOTTO_TRY(reserve());
    SOTTO_TRY(s.payOwedEnd());
    SOTTO_ASSIGN(auto encoder, VoiceEncoder::create(s.options.bitrate, s.options.complexity));
    SegmentStartRecord start;
    start.number = s.number + 1;
    start.startSample = s.nextStart;
    start.bitrate = static_cast<std::uint32_t>(s.options.bitrate);
    start.at = s.clock->now();
    SOTTO_ASSIGN(s.segment, SegmentWriter::begin(*s.log, start, std::move(encoder)));
    s.number = start.number;
    s.reservedAt = s.segment->taken();
    s.meter.reset();
    s.publishLevel();
    s.publish();
    s.running = true;
    return {};
}

Result<> Recorder::write(std::span<const std::int16_t> samples) {
    State& s = *m_state;
    if (!s.segment) return fail(ErrorCode::NotAllowed, "no recording is running");
    s.meter.feed(samples);
    s.publishLevel();
    Result<> result = s.segment->feed(samples);
    if (result) result = s.reserveAhead();
    if (!result) {
        s.breakOff();
        return result;
    }
    s.publish();
    return {};
}

Result<> Recorder::stop(SegmentEnding ending) {
    State& s = *m_state;
    if (!s.segment) return fail(ErrorCode::NotAllowed, "no recording is running");
    const Result<> ended = s.segment->end(ending);
    if (!ended) {
        s.breakOff();
        return ended;
    }
    s.publish();
    s.nextStart = s.segment->nextStart();
    s.segment.reset();
    s.running = false;
    s.meter.reset();
    s.publishLevel();
    return {};
}

bool Recorder::isRunning() const {
    return m_state->running;
}

RecordedOffset Recorder::position() const {
    return RecordedOffset::fromSamples(m_state->position);
}

RecordedOffset Recorder::written() const {
    return RecordedOffset::fromSamples(m_state->written);
}

RecordedOffset Recorder::synced() const {
    return RecordedOffset::fromSamples(m_state->synced);
}

Level Recorder::level() const {
    const std::lock_guard lock(m_state->levelMutex);
    return m_state->level;
}

}  // namespace sotto::recording
