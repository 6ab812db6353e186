// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/check.h"
#include "crypto/age/keys.h"
#include "interview/around.h"
#include "interview/session_log.h"
#include "support/fake_clock.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"

namespace sotto::test {

/// A guide of two sections: "start" with questions how and when (probes how.a, how.b), "end" with question last.
[[nodiscard]] inline study::Guide guide() {
    const auto question = [](const QString& id, std::vector<study::Probe> probes = {}) {
        study::Question result;
        result.id = id;
        result.text = QStringLiteral("?");
        result.probes = std::move(probes);
        return result;
    };
    study::Section start;
    start.id = QStringLiteral("start");
    start.questions = {question(QStringLiteral("how"), {{QStringLiteral("how.a"), QStringLiteral("a?")},
                                                        {QStringLiteral("how.b"), QStringLiteral("b?")}}),
                       question(QStringLiteral("when"))};
    study::Section end;
    end.id = QStringLiteral("end");
    end.questions = {question(QStringLiteral("last"))};
    study::Guide guide;
    guide.sections = {start, end};
    return guide;
}

[[nodiscard]] inline study::Codebook codebook() {
    study::Codebook codebook;
    for (const char* id : {"presence", "communication"}) {
        study::Code code;
        code.id = QString::fromLatin1(id);
        codebook.codes.push_back(code);
    }
    codebook.dimensions[QStringLiteral("valence")] = {QStringLiteral("positive"), QStringLiteral("negative")};
    return codebook;
}

[[nodiscard]] inline interview::Event eventOf(interview::EventKind kind, std::int64_t ms, const QString& id = {},
                                              const QString& text = {}) {
    interview::Event event;
    event.kind = kind;
    event.offset = {ms};
    event.at = FakeClock().now();
    event.id = id;
    event.text = text;
    return event;
}

/// One event of every kind, with everything that the kind may bear.
[[nodiscard]] inline std::vector<interview::Event> oneOfEachKind() {
    using interview::EventKind;
    std::vector<interview::Event> events{
        eventOf(EventKind::Ask, 1000, QStringLiteral("how")),
        eventOf(EventKind::Probe, 2000, QStringLiteral("how.a")),
        eventOf(EventKind::Answer, 3000, QStringLiteral("how"), QStringLiteral("declined")),
        eventOf(EventKind::Mark, 31'000, {}, QStringLiteral("what he said of the lake")),
        eventOf(EventKind::Code, 40'000, QStringLiteral("presence")),
        eventOf(EventKind::Link, 50'000, QStringLiteral("presence")),
        eventOf(EventKind::Note, 60'000, {}, QStringLiteral("Été 2026 : « elle \"écoute\" » \U0001F33F\n\tfin")),
        eventOf(EventKind::Pause, 61'000),
        eventOf(EventKind::Resume, 61'000),
        eventOf(EventKind::OffRecord, 62'000),
        eventOf(EventKind::Correct, 63'000, QStringLiteral("4")),
    };
    events[4].dimensions[QStringLiteral("valence")] = QStringLiteral("positive");
    events[4].prompted = false;
    events[5].target = QStringLiteral("communication");
    return events;
}

/// Off the record afterwards, from one offset to another.
[[nodiscard]] inline interview::Event spanOf(std::int64_t from, std::int64_t to) {
    interview::Event event = eventOf(interview::EventKind::OffRecordSpan, from);
    event.until = RecordedOffset{to};
    return event;
}

[[nodiscard]] inline interview::Event confirmedOf(const QString& text, const QString& when) {
    interview::Event event = eventOf(interview::EventKind::Confirmed, 69'000, {}, text);
    event.dimensions[QStringLiteral("when")] = when;
    return event;
}

/// One event of each kind of what surrounds an interview; somebody is there who did not agree to be recorded.
[[nodiscard]] inline std::vector<interview::Event> aroundOneOfEach() {
    using interview::EventKind;
    std::vector<interview::Event> events{
        interview::presenceOf({QStringLiteral("1"), interview::PresentAs::Interpreter, true, false, true}),
        eventOf(EventKind::CameIn, 65'000),
        interview::earshotOf(true),
        interview::supportDecided(QStringLiteral("stop-or-go"), interview::SupportOutcome::Go,
                                  interview::DecidedBy::Both),
        confirmedOf(QStringLiteral("fine"), QStringLiteral("visit")),
        eventOf(EventKind::Speaker, 69'500, QString(32, QLatin1Char('c'))),
        eventOf(EventKind::Joined, 69'600, QString(32, QLatin1Char('c'))),
        eventOf(EventKind::Left, 69'700, QString(32, QLatin1Char('c'))),
    };
    events[events.size() - 2].target = QString(32, QLatin1Char('e'));
    for (interview::Event& event : events)
        event.at = FakeClock().now();
    return events;
}

/// The same with the kinds that nobody sees happen, a span behind all of them and a stub, and what surrounds them.
[[nodiscard]] inline std::vector<interview::Event> everyKind() {
    std::vector<interview::Event> events = oneOfEachKind();
    events.push_back(spanOf(70'000, 80'000));
    events.push_back(eventOf(interview::EventKind::Erased, 90'000));
    for (const interview::Event& event : aroundOneOfEach())
        events.push_back(event);
    return events;
}

[[nodiscard]] inline interview::Opening opening() {
    interview::Opening opening;
    opening.session = SessionId::random();
    opening.participant = ParticipantId::random();
    opening.pseudonym = QStringLiteral("Mira-42");
    opening.role = QStringLiteral("person");
    opening.studyId = QStringLiteral("practice");
    opening.studyVersion = 3;
    opening.studyHash = QString(64, QLatin1Char('a'));
    opening.language = QStringLiteral("fr");
    opening.evidence = EvidenceId::random();
    opening.consentVersion = QStringLiteral("2");
    opening.consentItems = {{QStringLiteral("audio"), true}, {QStringLiteral("quote"), false}};
    opening.deviceKey = QString(64, QLatin1Char('b'));
    opening.practice = true;
    opening.audioAllowed = true;
    opening.at = FakeClock().now();
    return opening;
}

/// A session log on a disk in memory.
class LoggedSession {
public:
    LoggedSession() {
        m_keys.push_back(crypto::age::Identity::generate());
        SOTTO_CHECK(files.createDirectories("/sessions").has_value());
    }
    [[nodiscard]] Result<> create() {
        const crypto::age::Recipient recipient = m_keys.front().recipient();
        SOTTO_ASSIGN(log, interview::SessionLog::create(files, kPath, {&recipient, 1}, opening));
        return {};
    }
    [[nodiscard]] Result<> reopen() {
        log.reset();
        SOTTO_ASSIGN(log, interview::SessionLog::open(files, kPath, m_keys));
        return {};
    }
    [[nodiscard]] Result<interview::SessionRecords> read() { return interview::readSession(files, kPath, m_keys); }
    [[nodiscard]] const std::vector<crypto::age::Identity>& keys() const { return m_keys; }

    static inline const Path kPath = "/sessions/one.session";
    FaultFileSystem files;
    interview::Opening opening = test::opening();
    std::unique_ptr<interview::SessionLog> log;

private:
    std::vector<crypto::age::Identity> m_keys;
};

}  // namespace sotto::test
