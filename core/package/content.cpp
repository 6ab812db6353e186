// SPDX-License-Identifier: Apache-2.0
#include "package/content.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "package/json_file.h"
#include "package/seal.h"

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

PackageFile factsOf(const interview::SessionRecords& session, const recording::AudioMap& audio) {
    const interview::Opening& opening = session.opening;
    const QJsonObject study{{QStringLiteral("id"), opening.studyId},
                            {QStringLiteral("version"), opening.studyVersion},
                            {QStringLiteral("sha256"), opening.studyHash}};
    const QJsonObject recording{{QStringLiteral("duration_ms"), static_cast<qint64>(audio.durationMs())},
                                {QStringLiteral("segments"), segmentsOf(audio)}};
    return jsonFile(kManifestName,
                    {{QStringLiteral("kind"), packageKindName(PackageKind::Content)},
                     {QStringLiteral("session"), opening.session.toString()},
                     {QStringLiteral("practice"), opening.practice},
                     {QStringLiteral("study"), study},
                     {QStringLiteral("role"), opening.role},
                     {QStringLiteral("language"), opening.language},
                     {QStringLiteral("pseudonym"), opening.pseudonym},
                     {QStringLiteral("participant"), opening.participant.toString()},
                     {QStringLiteral("device"), opening.deviceKey},
                     {QStringLiteral("events"), static_cast<qint64>(session.events.size())},
                     {QStringLiteral("recording"), recording},
                     {QStringLiteral("integrity"), integrityName(session.log.integrity())},
                     {QStringLiteral("integrity_note"), QString::fromStdString(session.log.integrityNote())}});
}

PackageFile timelineOf(const interview::SessionRecords& session, const recording::AudioMap& audio,
                       const study::Guide* guide, const Notes& notes) {
    QJsonObject timeline{{QStringLiteral("format"), kPackageFormat},
                         {QStringLiteral("opening"), session.opening.toJson()},
                         {QStringLiteral("events"), eventsOf(session.events, notes)},
                         {QStringLiteral("segments"), segmentsOf(audio)}};
    if (guide) {
        timeline.insert(QStringLiteral("coverage"), coverageOf(*guide, session.events));
        timeline.insert(QStringLiteral("sections"), sectionsOf(*guide, session.events, {audio.durationMs()}));
    }
    return jsonFile(QLatin1String("timeline.json"), timeline);
}

}  // namespace

QString integrityName(sealedlog::Integrity integrity) {
    if (integrity == sealedlog::Integrity::Ok) return QStringLiteral("ok");
    if (integrity == sealedlog::Integrity::UnsyncedTail) return QStringLiteral("unsynced-tail");
    return QStringLiteral("damaged");
}

PackageFile jsonFile(QLatin1String name, const QJsonObject& object) {
    return {name, QJsonDocument(object).toJson(QJsonDocument::Indented)};
}

Result<ContentPackage> buildContent(const interview::SessionRecords& session, const recording::AudioMap& audio,
                                    const study::Guide* guide) {
    ContentPackage content;
    Notes notes = notesOf(session.events);
    content.files.push_back(factsOf(session, audio));
    content.files.push_back(timelineOf(session, audio, guide, notes));
    for (PackageFile& note : notes.files)
        content.files.push_back(std::move(note));
    content.hasAudio = audio.totalSamples() > 0;
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
    return recording::writeOggOpus(session.log, audio, content.oggSerial, sink);
}

}  // namespace sotto::package
