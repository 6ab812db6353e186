// SPDX-License-Identifier: Apache-2.0
// Sealing a 90-minute session end to end: log -> Ogg Opus -> tar -> age -> outbox, signed and queued. The target is
// under one second. Usage: bench_seal FOLDER
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "assets/assets.h"
#include "crypto/process.h"
#include "study/rehearsal_script.h"
#include "workflow/rehearsal.h"

namespace {

using namespace sotto;

constexpr int kRounds = 5;
constexpr std::int64_t kMinutes = 90;
constexpr double kTargetSeconds = 1.0;
const ByteView kPassphrase = viewOf(std::string_view("bench"));

[[noreturn]] void giveUp(const std::string& what) {
    std::fprintf(stderr, "bench_seal: %s\n", what.c_str());
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

std::unique_ptr<workflow::Home> makeHome(FileSystem& files, const Path& path, const Clock& clock) {
    study::LabKeys keys;
    keys.content = {crypto::age::Identity::generate().recipient()};
    keys.identity = {crypto::age::Identity::generate().recipient()};
    keys.analyst = {crypto::age::Identity::generate().recipient()};
    const Bytes pack = need(study::signPack(assets::practiceStudy(), keys, crypto::SigningKey::generate()));
    return need(
        workflow::Home::create(files, path, kPassphrase, need(study::openSignedPack(pack, std::nullopt)), clock));
}

/// Somebody enrolled, consenting to everything.
people::Participant participantIn(workflow::Home& home) {
    const auto at = home.clock().now();
    const auto participant = need(people::enrol(home.sessions(), home.identities(), QStringLiteral("person"),
                                                QStringLiteral("Bench"), std::nullopt, at));
    const study::ConsentForm& form = *home.study().pack.consent(QStringLiteral("person"), QStringLiteral("en"));
    consent::Answers answers;
    for (const auto& item : form.items)
        answers.items[item.id] = true;
    answers.strokes = {{consent::Signer::Participant, {{{1, 1}, {2, 2}}}},
                       {consent::Signer::Interviewer, {{{1, 1}, {2, 2}}}}};
    answers.shownAt = at;
    answers.signedAt = at;
    const auto evidence =
        need(consent::makeEvidence(participant.id, home.study().pack.id, form, answers, home.keyring().deviceKey()));
    need(consent::Consents(home.sessions(), home.identities()).add(evidence, form));
    return participant;
}

/// 90 minutes of a voice-like sweep: encoding it is not what is measured.
SessionId record(workflow::Home& home, const people::Participant& participant) {
    const auto session = need(workflow::LiveSession::begin(home, participant, true));
    need(session->record());
    std::vector<std::int16_t> second(static_cast<std::size_t>(kSampleRate));
    double phase = 0;
    for (std::int64_t i = 0; i < kMinutes * 60; ++i) {
        for (std::size_t s = 0; s < second.size(); ++s) {
            phase += 0.015 + 0.01 * std::sin(static_cast<double>(s) / 4000.0);
            second[s] = static_cast<std::int16_t>(8000 * std::sin(phase) * std::sin(static_cast<double>(s) / 1500.0));
        }
        need(session->feed(second));
    }
    need(session->end());
    return session->id();
}

double secondsToSeal(workflow::Home& home, const SessionId& session) {
    const auto start = std::chrono::steady_clock::now();
    static_cast<void>(need(workflow::sealSession(home, session)));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
    need(crypto::hardenProcess());
    if (argc != 2) giveUp("usage: bench_seal FOLDER");
    PosixFileSystem files;
    const SystemClock clock;
    const auto home = makeHome(files, Path(argv[1]) / "home", clock);
    const auto participant = participantIn(*home);
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round)
        times.push_back(secondsToSeal(*home, record(*home, participant)));
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2];
    std::printf(
        "sealing a %lld-minute session end to end, median of %d: %.2f s, slowest %.2f s (target under %.1f) %s\n",
        static_cast<long long>(kMinutes), kRounds, median, times.back(), kTargetSeconds,
        median < kTargetSeconds ? "met" : "MISSED");
    return 0;
}
