// SPDX-License-Identifier: Apache-2.0
#include "workflow/listen.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "crypto/secure_bytes.h"
#include "recording/erase.h"
#include "workflow/withdrawal.h"

namespace sotto::workflow {

namespace {

constexpr qsizetype kMaxReason = 500;
constexpr std::size_t kPiece = kSampleRate / 10;

Result<QString> stated(const QString& reason) {
    const QString words = reason.trimmed();
    if (words.isEmpty()) return fail(ErrorCode::InvalidArgument, "say why this recording is to be heard");
    if (words.size() > kMaxReason) return fail(ErrorCode::InvalidArgument, "the reason is too long");
    return words;
}

}  // namespace

Listening::Listening(interview::SessionRecords session, recording::AudioMap whole)
    : m_session(std::move(session)), m_whole(std::move(whole)) {}
Listening::~Listening() = default;

Result<std::unique_ptr<Listening>> Listening::openLog(Home& home, const SessionId& session) {
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (!row) return fail(ErrorCode::NotFound, "there is no such session in this home");
    sealedlog::OpenOptions options;
    options.anchor = row->anchor ? row->anchor : home.keyring().anchor(row->logId);
    SOTTO_ASSIGN(auto records, interview::readSession(home.files(), home.layout().sessionLog(row->logName),
                                                      home.keyring().identities(Compartment::Sessions), options));
    SOTTO_ASSIGN(auto whole, recording::mapAudio(records.log));
    if (!whole.hasSound()) return fail(ErrorCode::NotFound, "there is no sound in this session");
    std::unique_ptr<Listening> listening(new Listening(std::move(records), std::move(whole)));
    SOTTO_TRY(listening->openPlayer());
    return listening;
}

Result<std::unique_ptr<Listening>> Listening::open(Home& home, const SessionId& session, const QString& reason) {
    SOTTO_ASSIGN(const QString words, stated(reason));
    SOTTO_TRY(home.refuseDuringInterview());
    SOTTO_TRY(home.need({Compartment::Sessions}));
    SOTTO_ASSIGN(const auto row, interview::SessionIndex(home.sessions()).find(session));
    if (row) SOTTO_TRY(refuseIfTakenBack(home, row->participant));
    SOTTO_ASSIGN(auto listening, openLog(home, session));
    // Before a sample can be heard: who listens without a trace does not listen.
    SOTTO_TRY(home.audit(QStringLiteral("session.listened"),
                         {{QStringLiteral("session"), session.toString()}, {QStringLiteral("reason"), words}}));
    return listening;
}

Result<std::unique_ptr<Listening>> Listening::open(Home& home, const LiveSession& live) {
    if (live.isRecording()) {
        return fail(ErrorCode::NotAllowed, "this interview is being recorded; pause it before listening to it");
    }
    return openLog(home, live.id());
}

Result<> Listening::openPlayer() {
    m_map = recording::withoutSpans(m_whole, interview::spansTakenBack(m_session.events));
    SOTTO_ASSIGN(m_player, recording::Player::open(m_session.log, m_map));
    return m_player->seek(m_position);
}

Result<> Listening::seek(RecordedOffset offset) {
    if (offset < RecordedOffset{} || offset.ms > durationMs()) {
        return fail(ErrorCode::InvalidArgument, "the recording has no such place");
    }
    SOTTO_TRY(m_player->seek(offset.samples()));
    m_position = offset.samples();
    return {};
}

Result<std::size_t> Listening::read(std::span<std::int16_t> out) {
    SOTTO_ASSIGN(const std::size_t count, m_player->read(out));
    m_position += static_cast<std::int64_t>(count);
    return count;
}

Result<> Listening::update(std::vector<interview::Event> events) {
    m_session.events = std::move(events);
    return openPlayer();
}

Result<WaveformScan> WaveformScan::begin(const Listening& listening, std::int64_t bucketMs) {
    if (bucketMs < 1) return fail(ErrorCode::InvalidArgument, "a stretch of an outline lasts a millisecond at least");
    WaveformScan scan;
    scan.m_total = listening.m_map.totalSamples();
    // More than the whole is the whole; so a product can't run over.
    scan.m_bucketSamples = RecordedOffset{std::min(bucketMs, listening.durationMs() + 1)}.samples();
    scan.m_buckets = static_cast<std::size_t>((scan.m_total + scan.m_bucketSamples - 1) / scan.m_bucketSamples);
    SOTTO_ASSIGN(scan.m_player, recording::Player::open(listening.m_session.log, listening.m_map));
    return scan;
}

Result<bool> WaveformScan::advance(std::int64_t ms) {
    std::array<std::int16_t, kPiece> piece{};
    std::int64_t left = RecordedOffset{std::max<std::int64_t>(ms, 1)}.samples();
    Result<std::size_t> count = 1;
    while (left > 0 && count && *count > 0) {
        count = m_player->read(std::span(piece).first(
            static_cast<std::size_t>(std::min<std::int64_t>(left, static_cast<std::int64_t>(kPiece)))));
        if (!count) break;
        take(std::span(piece).first(*count));
        left -= static_cast<std::int64_t>(*count);
    }
    crypto::wipe({reinterpret_cast<std::uint8_t*>(piece.data()), sizeof piece});
    if (!count) return Failure(std::move(count).error());
    return *count == 0 || m_scanned >= m_total;
}

void WaveformScan::take(std::span<const std::int16_t> samples) {
    for (const std::int16_t sample : samples) {
        if (m_scanned % m_bucketSamples == 0) m_peaks.push_back(0);
        ++m_scanned;
        const float height = static_cast<float>(std::abs(int{sample})) / 32768.0F;
        m_peaks.back() = std::max(m_peaks.back(), height);
    }
}

}  // namespace sotto::workflow
