// SPDX-License-Identifier: Apache-2.0
#include "package/content.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "interview/off_record.h"
#include "package/json_file.h"
#include "package/seal.h"
#include "recording/erase.h"

namespace sotto::package {

namespace {

QJsonArray segmentsOf(const recording::AudioMap& audio) {
    QJsonArray segments;
    for (const recording::Segment& segment : audio.segments) {
        segments.append(QJsonObject{{QStringLiteral("start_ms"), static_cast<qint64>(segment.start().ms)},
                                    {QStringLiteral("duration_ms"), static_cast<qint64>(segment.durationMs())},
                                    {QStringLiteral("ended"), recording::segmentEndingName(segment.ending)},
                                    {QStringLiteral("started_at_utc"), utcText(segment.startedAt.utcMs)}});
    }
    return segments;
}

/// What is silent because it was erased, as places in the recording.
QJsonArray erasedOf(const recording::AudioMap& audio) {
    QJsonArray stretches;
    for (const recording::AudioMap::Erased& stretch : audio.erased) {
        // A decoder gives the sound of a packet `preSkip` samples late.
        const std::int64_t start = std::max<std::int64_t>(0, stretch.firstSample - audio.preSkip);
        const std::int64_t end = std::min(stretch.endSample - audio.preSkip, audio.totalSamples());
        const auto startMs = static_cast<qint64>(RecordedOffset::fromSamples(start).ms);
        const auto endMs = static_cast<qint64>(RecordedOffset::fromSamples(end).ms);
        stretches.append(
            QJsonObject{{QStringLiteral("start_ms"), startMs}, {QStringLiteral("duration_ms"), endMs - startMs}});
    }
    return stretches;
}

QString audioName(const recording::AudioMap& audio) {
    if (audio.hasSound()) return QStringLiteral("recorded");
    return audio.erased.empty() ? QStringLiteral("none") : QStringLiteral("erased");
}

QJsonArray offRecordOf(const std::vector<interview::Event>& events) {
    QJsonArray spans;
    for (const interview::Span& span : interview::spansTakenBack(events)) {
        spans.append(QJsonObject{{QStringLiteral("start_ms"), static_cast<qint64>(span.from.ms)},
                                 {QStringLiteral("end_ms"), static_cast<qint64>(span.to.ms)}});
    }
    return spans;
}

QString noteName(int number) {
    return QStringLiteral("notes/%1.txt").arg(number, 4, 10, QLatin1Char('0'));
}

/// The notes that stand, each a file of its own; the timeline's event says which.
struct Notes {
    std::vector<PackageFile> files;
    std::map<std::uint64_t, QString> nameOfEvent;  ///< by event number
};

std::uint64_t numberOf(const interview::Event& event, std::size_t index) {
    return event.number > 0 ? event.number : index + 1;
}

Notes notesOf(const std::vector<interview::Event>& events) {
    std::vector<interview::Event> numbered = events;
    for (std::size_t i = 0; i < numbered.size(); ++i)
        numbered[i].number = numberOf(numbered[i], i);
    Notes notes;
    for (const interview::Event& event : interview::standingEvents(numbered)) {
        if (event.kind != interview::EventKind::Note) continue;
        const QString name = noteName(static_cast<int>(notes.files.size()) + 1);
        notes.nameOfEvent[event.number] = name;
        notes.files.push_back({name, event.text.toUtf8() + '\n'});
    }
    return notes;
}

QJsonArray eventsOf(const std::vector<interview::Event>& events, const Notes& notes) {
    QJsonArray array;
    for (std::size_t i = 0; i < events.size(); ++i) {
        QJsonObject event = events[i].toJson();
        event.insert(QStringLiteral("offset_ms"), static_cast<qint64>(events[i].offset.ms));
        event.insert(QStringLiteral("start_ms"), static_cast<qint64>(events[i].start().ms));
        event.insert(QStringLiteral("at_utc"), utcText(events[i].at.utcMs));
        if (events[i].until) event.insert(QStringLiteral("end_ms"), static_cast<qint64>(events[i].until->ms));
        const auto note = notes.nameOfEvent.find(numberOf(events[i], i));
        if (note != notes.nameOfEvent.end()) event.insert(QStringLiteral("file"), note->second);
        array.append(event);
    }
    return array;
}

QJsonArray coverageOf(const study::Guide& guide, const std::vector<interview::Event>& events) {
    QJsonArray array;
    for (const interview::QuestionCoverage& question : interview::coverage(guide, events)) {
        QJsonObject line{{QStringLiteral("section"), question.section},
                         {QStringLiteral("question"), question.question},
                         {QStringLiteral("coverage"), interview::coverageName(question.coverage)},
                         {QStringLiteral("probes"), question.probesAsked}};
        if (question.firstAsked) {
            line.insert(QStringLiteral("first_asked_ms"), static_cast<qint64>(question.firstAsked->ms));
        }
        array.append(line);
    }
    return array;
}

QJsonArray sectionsOf(const study::Guide& guide, const std::vector<interview::Event>& events, RecordedOffset end) {
    const auto times = interview::sectionTime(guide, events, end);
    QJsonArray array;
    for (const study::Section& section : guide.sections) {
        const auto time = times.find(section.id);
        array.append(
            QJsonObject{{QStringLiteral("section"), section.id},
                        {QStringLiteral("duration_ms"), static_cast<qint64>(time == times.end() ? 0 : time->second)},
                        {QStringLiteral("planned_minutes"), section.plannedMinutes}});
    }
    return array;
}

PackageFile factsOf(const interview::SessionRecords& session, const recording::AudioMap& audio,
                    const std::optional<crypto::VerifyKey>& sealedBy, const QString& earlierDamage) {
    const bool wasDamaged = !earlierDamage.isEmpty();
    const auto integrity = wasDamaged ? sealedlog::Integrity::Damaged : session.log.integrity();
    const QString note = wasDamaged ? earlierDamage : QString::fromStdString(session.log.integrityNote());
    const interview::Opening& opening = session.opening;
    const QJsonObject study{{QStringLiteral("id"), opening.studyId},
                            {QStringLiteral("version"), opening.studyVersion},
                            {QStringLiteral("sha256"), opening.studyHash}};
    const QJsonObject recording{{QStringLiteral("duration_ms"), static_cast<qint64>(audio.durationMs())},
                                {QStringLiteral("segments"), segmentsOf(audio)},
                                {QStringLiteral("erased"), erasedOf(audio)}};
    return jsonFile(kManifestName, {{QStringLiteral("kind"), packageKindName(PackageKind::Content)},
                                    {QStringLiteral("session"), opening.session.toString()},
                                    {QStringLiteral("practice"), opening.practice},
                                    {QStringLiteral("study"), study},
                                    {QStringLiteral("role"), opening.role},
                                    {QStringLiteral("language"), opening.language},
                                    {QStringLiteral("pseudonym"), opening.pseudonym},
                                    {QStringLiteral("participant"), opening.participant.toString()},
                                    {QStringLiteral("device"), sealedBy ? hexText(*sealedBy) : opening.deviceKey},
                                    {QStringLiteral("events"), static_cast<qint64>(session.events.size())},
                                    {QStringLiteral("recording"), recording},
                                    {QStringLiteral("audio"), audioName(audio)},
                                    {QStringLiteral("integrity"), integrityName(integrity)},
                                    {QStringLiteral("integrity_note"), note}});
}

PackageFile timelineOf(const interview::Opening& opening, const std::vector<interview::Event>& events,
                       const recording::AudioMap& audio, const study::Guide* guide, const Notes& notes) {
    QJsonObject timeline{{QStringLiteral("format"), kPackageFormat},
                         {QStringLiteral("opening"), opening.toJson()},
                         {QStringLiteral("events"), eventsOf(events, notes)},
                         {QStringLiteral("off_record"), offRecordOf(events)},
                         {QStringLiteral("segments"), segmentsOf(audio)}};
    if (guide) {
        timeline.insert(QStringLiteral("coverage"), coverageOf(*guide, events));
        timeline.insert(QStringLiteral("sections"), sectionsOf(*guide, events, {audio.durationMs()}));
    }
    return jsonFile(QLatin1String("timeline.json"), timeline);
}

}  // namespace

QString integrityName(sealedlog::Integrity integrity) {
    if (integrity == sealedlog::Integrity::Ok) return QStringLiteral("ok");
    if (integrity == sealedlog::Integrity::UnsyncedTail) return QStringLiteral("unsynced-tail");
    return QStringLiteral("damaged");
}

PackageFile jsonFile(const QString& name, const QJsonObject& object) {
    return {name, QJsonDocument(object).toJson(QJsonDocument::Indented)};
}

Result<ContentPackage> buildContent(const interview::SessionRecords& session, const recording::AudioMap& audio,
                                    const study::Guide* guide, const std::optional<crypto::VerifyKey>& sealedBy,
                                    const QString& earlierDamage) {
    const auto offRecord = interview::spansTakenBack(session.events);
    const auto events = interview::withoutSpans(session.events, offRecord);
    const recording::AudioMap audible = recording::withoutSpans(audio, offRecord);
    ContentPackage content;
    Notes notes = notesOf(events);
    content.files.push_back(factsOf(session, audible, sealedBy, earlierDamage));
    content.files.push_back(timelineOf(session.opening, events, audible, guide, notes));
    for (PackageFile& note : notes.files)
        content.files.push_back(std::move(note));
    content.hasAudio = audible.hasSound();
    if (!content.hasAudio) return content;
    std::array<std::uint8_t, 4> serial{};
    randomFill(serial);
    content.oggSerial = ByteReader(serial).u32();
    crypto::Sha256 hash;
    SOTTO_TRY(writeContentAudio(session, audio, content, [&](ByteView bytes) -> Result<> {
        hash.update(bytes);
        content.audioSize += bytes.size();
        return {};
    }));
    content.audioSha256 = hash.finish();
    return content;
}

Result<> writeContentAudio(const interview::SessionRecords& session, const recording::AudioMap& audio,
                           const ContentPackage& content, const ByteSink& sink) {
    const auto audible = recording::withoutSpans(audio, interview::spansTakenBack(session.events));
    return recording::writeOggOpus(session.log, audible, content.oggSerial, sink);
}

}  // namespace sotto::package
