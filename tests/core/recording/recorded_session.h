// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "base/check.h"
#include "core/recording/signals.h"
#include "crypto/age/keys.h"
#include "interview/session_log.h"
#include "recording/playback.h"
#include "recording/recorder.h"
#include "sealedlog/rewrite.h"
#include "support/fake_clock.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"

namespace sotto::test {

/// One session log on a disk in memory, with a recorder.
class RecordedSession {
public:
    explicit RecordedSession(bool audioAllowed = true, int format = interview::kSessionFormat) {
        m_identities.push_back(crypto::age::Identity::generate());
        SOTTO_CHECK(files.createDirectories("/sessions").has_value());
        const crypto::age::Recipient recipient = m_identities.front().recipient();
        auto created = interview::SessionLog::create(files, kPath, {&recipient, 1}, opening(audioAllowed, format));
        if (!created) qFatal("%s", created.error().context.c_str());
        log = *std::move(created);
    }

    [[nodiscard]] Result<> openRecorder(const recording::RecorderOptions& options = {}) {
        SOTTO_ASSIGN(recorder, recording::Recorder::open(*log, clock, options));
        return {};
    }
    /// What a kill leaves: nobody says good-bye.
    void kill() {
        recorder.reset();
        log.reset();
    }
    [[nodiscard]] Result<> reopen() {
        kill();
        SOTTO_ASSIGN(log, interview::SessionLog::open(files, kPath, m_identities));
        return {};
    }
    [[nodiscard]] Result<sealedlog::LogReader> reader() {
        return sealedlog::LogReader::open(files, kPath, m_identities);
    }
    /// Closes the log, if it is open, and rewrites it.
    [[nodiscard]] Result<> rewrite(const sealedlog::Filter& filter) {
        kill();
        const crypto::age::Recipient recipient = m_identities.front().recipient();
        SOTTO_TRY(sealedlog::rewrite(files, kPath, m_identities, {&recipient, 1}, filter));
        return {};
    }
    /// start, write in uneven pieces as a microphone does, stop.
    [[nodiscard]] Result<> record(const Samples& samples, recording::SegmentEnding ending) {
        SOTTO_TRY(recorder->start());
        SOTTO_TRY(write(samples));
        return recorder->stop(ending);
    }
    [[nodiscard]] Result<> write(const Samples& samples) {
        std::size_t piece = 100;
        for (std::size_t at = 0; at < samples.size(); at += piece, piece = piece % 3000 + 77) {
            SOTTO_TRY(recorder->write({samples.data() + at, std::min(piece, samples.size() - at)}));
        }
        return {};
    }
    /// The whole recording, decoded.
    [[nodiscard]] Result<Samples> decode() {
        SOTTO_ASSIGN(const auto log_, reader());
        SOTTO_ASSIGN(const auto map, recording::mapAudio(log_));
        SOTTO_ASSIGN(const auto player, recording::Player::open(log_, map));
        Samples samples(static_cast<std::size_t>(map.totalSamples()) + 10);
        SOTTO_ASSIGN(const std::size_t count, player->read(samples));
        samples.resize(count);
        return samples;
    }
    [[nodiscard]] Result<recording::AudioMap> map() {
        SOTTO_ASSIGN(const auto log_, reader());
        return recording::mapAudio(log_);
    }
    [[nodiscard]] Result<Bytes> exported() {
        SOTTO_ASSIGN(const auto log_, reader());
        SOTTO_ASSIGN(const auto audio, recording::mapAudio(log_));
        Bytes stream;
        SOTTO_TRY(recording::writeOggOpus(log_, audio, 4711, [&stream](ByteView bytes) -> Result<> {
            stream.insert(stream.end(), bytes.begin(), bytes.end());
            return {};
        }));
        return stream;
    }

    FaultFileSystem files;
    FakeClock clock;
    std::unique_ptr<interview::SessionLog> log;
    std::unique_ptr<recording::Recorder> recorder;
    inline static const Path kPath = "/sessions/one.slog";

private:
    [[nodiscard]] interview::Opening opening(bool audioAllowed, int format) const {
        interview::Opening opening;
        opening.format = format;
        opening.session = SessionId::random();
        opening.participant = ParticipantId::random();
        opening.pseudonym = QStringLiteral("P-7Q2M");
        opening.role = QStringLiteral("caregiver");
        opening.studyId = QStringLiteral("practice");
        opening.studyVersion = 1;
        opening.studyHash = QString(64, QLatin1Char('a'));
        opening.language = QStringLiteral("en");
        opening.evidence = EvidenceId::random();
        opening.consentVersion = QStringLiteral("1");
        opening.consentItems[QStringLiteral("audio")] = audioAllowed;
        opening.deviceKey = QString(64, QLatin1Char('b'));
        opening.practice = true;
        opening.audioAllowed = audioAllowed;
        opening.at = clock.now();
        return opening;
    }

    std::vector<crypto::age::Identity> m_identities;
};

}  // namespace sotto::test
