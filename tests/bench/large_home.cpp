// SPDX-License-Identifier: Apache-2.0
#include "large_home.h"

#include <random>

#include "assets/assets.h"
#include "consent/consent.h"
#include "interview/session_index.h"
#include "interview/session_log.h"
#include "measuring.h"
#include "metered_files.h"
#include "people/people.h"
#include "recording/audio_records.h"
#include "recording/recorder.h"
#include "sync/outbox.h"

namespace sotto::bench {

namespace {

using interview::Event;
using interview::EventKind;
using interview::RecordType;

constexpr std::int64_t kSamplesPerRecord = 9600;
constexpr std::size_t kPacketBytes = 80;  ///< 20 ms at 32 kbit/s
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::uint64_t kContentBytes = std::uint64_t{22} << 20;

/// The first come most often, as in every language.
constexpr std::array<const char16_t*, 48> kWords{
    kCommonWord, u"she",       u"and",      u"of",       u"her",      u"with",    u"was",     u"about",
    u"when",     u"then",      u"hospital", u"sister",   u"medicine", u"hope",    u"night",   u"work",
    u"after",    u"before",    u"group",    u"voice",    u"pause",    u"doctor",  u"mother",  u"friend",
    u"return",   u"street",    u"window",   u"trust",    u"quiet",    u"laughs",  u"weeping", u"winter",
    u"walks",    u"music",     u"school",   u"letter",   u"dream",    u"anger",   u"peer",    u"support",
    u"kitchen",  u"neighbour", u"garden",   u"recovery", u"relapse",  u"shelter", u"worker",  u"thinks"};

const study::SignedPack& practiceStudy() {
    static const study::SignedPack kStudy = [] {
        study::LabKeys keys;
        keys.content = {crypto::age::Identity::generate().recipient()};
        keys.identity = {crypto::age::Identity::generate().recipient()};
        keys.analyst = {crypto::age::Identity::generate().recipient()};
        const Bytes pack = need(study::signPack(assets::practiceStudy(), keys, crypto::SigningKey::generate()));
        return need(study::openSignedPack(pack, std::nullopt));
    }();
    return kStudy;
}

/// What an interviewer touches and writes: about a note a minute.
class Interviewer {
public:
    explicit Interviewer(unsigned seed) : m_random(seed) {}

    Event next() {
        const auto kind = m_random() % 100;
        Event event;
        if (kind < 15) return known(EventKind::Ask, QStringLiteral("recovery-story"));
        if (kind < 30) return known(EventKind::Probe, QStringLiteral("recovery-turning-point"));
        if (kind < 60) {
            event = known(EventKind::Code, QStringLiteral("emotional-support"));
            event.dimensions = {{QStringLiteral("valence"), QStringLiteral("positive")}};
            return event;
        }
        event.kind = kind < 75 ? EventKind::Mark : EventKind::Note;
        if (kind >= 70) event.text = sentence();  // most marks have no words
        return event;
    }

private:
    static Event known(EventKind kind, const QString& id) {
        Event event;
        event.kind = kind;
        event.id = id;
        return event;
    }
    QString sentence() {
        QString text;
        for (int i = 0; i < 10; ++i) {
            const double place = m_place(m_random);
            text += QString::fromUtf16(kWords[static_cast<std::size_t>(place * place * double{kWords.size()})]);
            text += u' ';
        }
        return text;
    }
    std::mt19937 m_random;
    std::uniform_real_distribution<double> m_place{0.0, 1.0};
};

/// Random packets that pass for 20 ms of speech each.
class Voice {
public:
    Voice() {
        for (Bytes& packet : m_packets) {
            packet.resize(kPacketBytes);
            randomFill(packet);
            packet[0] = 0xF8;  // one frame of 20 ms
        }
    }
    [[nodiscard]] Bytes record(int number) const {
        recording::AudioPacketsRecord record;
        record.firstSample = number * kSamplesPerRecord;
        for (std::size_t i = 0; i < recording::kPacketsPerRecord; ++i)
            record.packets.emplace_back(m_packets[(static_cast<std::size_t>(number) + i) % m_packets.size()]);
        return record.toBytes();
    }

private:
    std::array<Bytes, 61> m_packets;
};

Bytes segmentStart(const Instant& at) {
    recording::SegmentStartRecord start;
    start.number = 1;
    start.preSkip = recording::kUsualPreSkip;
    start.bitrate = 32000;
    start.at = at;
    start.encoder = "none";
    return start.toBytes();
}

Bytes segmentEnd(int audioRecords) {
    recording::SegmentEndRecord end;
    end.ending = recording::SegmentEnding::End;
    end.packetSamples = audioRecords * kSamplesPerRecord;
    end.sampleCount = end.packetSamples - recording::kUsualPreSkip;
    return end.toBytes();
}

/// Fills one home, session by session.
class Maker {
public:
    Maker(workflow::Home& home, const HomeSize& size) : m_home(home), m_size(size) {
        m_contents.sessions = size.sessions;
    }

    Contents run() {
        people::Participant participant;
        for (int i = 0; i < m_contents.sessions; ++i) {
            if (i % m_size.sessionsPerPerson == 0) participant = enrol(i / m_size.sessionsPerPerson);
            addSession(i, participant);
        }
        need(m_home.writeAnchors());
        return m_contents;
    }

private:
    people::Participant enrol(int number) {
        const Instant at = m_home.clock().now();
        const QString role = QStringLiteral("person");
        const auto participant = need(people::enrol(m_home.sessions(), m_home.identities(), role,
                                                    QStringLiteral("Somebody %1").arg(number), std::nullopt, at));
        const study::ConsentForm& form = *m_home.study().pack.consent(role, QStringLiteral("en"));
        consent::Answers answers;
        for (const auto& item : form.items)
            answers.items[item.id] = true;
        const consent::Stroke stroke(100, {1, 2});
        answers.strokes = {{consent::Signer::Participant, {stroke}}, {consent::Signer::Interviewer, {stroke}}};
        answers.shownAt = at;
        answers.signedAt = at;
        const auto evidence = need(
            consent::makeEvidence(participant.id, m_home.study().pack.id, form, answers, m_home.keyring().deviceKey()));
        need(consent::Consents(m_home.sessions(), m_home.identities()).add(evidence, form));
        return participant;
    }

    /// One session a day.
    Instant startOf(int number) const {
        Instant at = m_home.clock().now();
        at.utcMs -= (m_contents.sessions - number) * kDayMs;
        return at;
    }

    void addSession(int number, const people::Participant& participant) {
        const auto consent = need(consent::consentInForce(m_home.sessions(), participant.id));
        const auto opening =
            need(interview::makeOpening(participant, *consent, m_home.study().pack, m_home.study().hash,
                                        m_home.keyring().deviceKey().verifyKey(), true, startOf(number)));
        const std::string name = opening.session.toString().toStdString() + ".session";
        const auto log = need(interview::SessionLog::create(m_home.files(), m_home.layout().sessionLog(name),
                                                            m_home.sessionRecipients(), opening));
        interview::SessionRow row;
        row.id = opening.session;
        row.participant = opening.participant;
        row.logName = name;
        row.logId = log->fileId();
        row.practice = true;
        row.startedUtcMs = opening.at.utcMs;
        enterInVault(row);
        const auto events = interview(*log, number);
        row.anchor = log->head();
        listPackages(row);
        markSealed(row, events);
    }

    /// The commits that a live session makes.
    void enterInVault(interview::SessionRow& row) {
        auto transaction = need(vault::Transaction::begin(m_home.sessions()));
        interview::SessionIndex index(m_home.sessions());
        row.number = need(index.nextNumber());
        need(index.add(row));
        need(m_home.audit(QStringLiteral("session.started"), {{QStringLiteral("session"), row.id.toString()}}));
        need(transaction.commit());
    }

    /// Events come evenly among the sound.
    std::vector<Event> interview(interview::SessionLog& log, int number) {
        Interviewer interviewer(static_cast<unsigned>(number));
        std::vector<Event> events;
        need(log.appendAudio(RecordType::SegmentStart, segmentStart(log.opening().at)));
        const int records = m_size.minutes * kRecordsPerMinute;
        for (int record = 0, event = 0; record < records; ++record) {
            need(log.appendAudio(RecordType::AudioPackets, m_voice.record(record)));
            if (record * kEventsPerSession / records < event) continue;
            events.push_back(nextEvent(interviewer, log.opening().at, number, event));
            need(log.commit(events.back()));
            ++event;
        }
        need(log.appendAudio(RecordType::SegmentEnd, segmentEnd(m_size.minutes * kRecordsPerMinute)));
        need(log.finish());
        m_contents.events += static_cast<int>(events.size());
        return events;
    }

    Event nextEvent(Interviewer& interviewer, const Instant& start, int session, int number) {
        Event event = interviewer.next();
        const bool isRare = session % 25 == 12 && number == kEventsPerSession / 2;
        if (isRare) {
            event = Event{};
            event.kind = EventKind::Note;
            event.text = QStringLiteral("plays ") + QString::fromUtf16(kRareWord);
        }
        event.offset.ms = std::int64_t{number} * m_size.minutes * 60'000 / kEventsPerSession;
        event.at = start;
        event.at.utcMs += event.offset.ms;
        m_contents.notes += event.text.isEmpty() ? 0 : 1;
        m_contents.withCommonWord += event.text.split(u' ').contains(QString::fromUtf16(kCommonWord)) ? 1 : 0;
        m_contents.withRareWord += isRare ? 1 : 0;
        return event;
    }

    void listPackages(const interview::SessionRow& row) {
        sync::Outbox outbox(m_home.outbox(), m_home.files(), m_home.layout().outboxFolder());
        auto transaction = need(vault::Transaction::begin(m_home.outbox()));
        for (const auto kind :
             {package::PackageKind::Content, package::PackageKind::Identity, package::PackageKind::Research})
            need(outbox.add(packageOf(row, kind)));
        need(transaction.commit());
    }

    /// One that the lab has opened.
    sync::OutboxItem packageOf(const interview::SessionRow& row, package::PackageKind kind) const {
        package::Manifest manifest;
        manifest.package = PackageId::random();
        manifest.session = row.id;
        manifest.kind = kind;
        manifest.practice = true;
        manifest.device = m_home.keyring().deviceKey().verifyKey();
        manifest.sequence = row.number;
        manifest.size = kind == package::PackageKind::Content ? kContentBytes : 20'000;
        randomFill(manifest.sha256);
        for (std::uint64_t at = 0; at < manifest.size; at += package::kPartSize) {
            package::Part part{PackageId::random().toString(), std::min(package::kPartSize, manifest.size - at), {}};
            randomFill(part.sha256);
            manifest.parts.push_back(part);
        }
        return {manifest.package,
                row.id,
                kind,
                manifest.size,
                manifest.sha256,
                package::signManifest(manifest, m_home.keyring().deviceKey()),
                sync::PackageState::Opened};
    }

    void markSealed(const interview::SessionRow& row, const std::vector<Event>& events) {
        interview::SessionIndex index(m_home.sessions());
        need(index.setState(row.id, interview::SessionState::Open, row.anchor));
        auto transaction = need(vault::Transaction::begin(m_home.sessions()));
        need(index.index(row.id, events));
        need(index.setState(row.id, interview::SessionState::Sealed, row.anchor));
        need(m_home.audit(QStringLiteral("session.sealed"), {{QStringLiteral("session"), row.id.toString()}}));
        need(transaction.commit());
        need(index.setState(row.id, interview::SessionState::Received));
    }

    workflow::Home& m_home;
    HomeSize m_size;
    Voice m_voice;
    Contents m_contents;
};

}  // namespace

keyring::KeyringOptions cheapOptions() {
    return {{8, 1}, {8, 1}};
}

Contents makeLargeHome(const Path& path, const HomeSize& size, const Clock& clock) {
    MeteredFileSystem files(Syncs::Skipped);
    const auto home =
        need(workflow::Home::create(files, path, viewOf(kPassphrase), practiceStudy(), clock, cheapOptions()));
    return Maker(*home, size).run();
}

}  // namespace sotto::bench
