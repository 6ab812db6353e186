// SPDX-License-Identifier: Apache-2.0
#include "interview/speakers.h"

#include <algorithm>
#include <memory>

#include "consent/strict_json.h"
#include "interview/session_log.h"
#include "interview/timeline.h"

namespace sotto::interview {

namespace {

Event eventAbout(EventKind kind, const QString& member) {
    Event event;
    event.kind = kind;
    event.id = member;
    return event;
}

std::uint64_t numberOf(const std::vector<Event>& events, std::size_t i) {
    return events[i].number > 0 ? events[i].number : i + 1;
}

/// Somebody goes, and what they say ends with it.
bool endsTurn(const Event& event, const QString& speaker) {
    return event.kind == EventKind::Speaker || (event.kind == EventKind::Left && event.id == speaker);
}

/// A stretch in which one and the same speaks.
struct Turn {
    QString speaker;
    RecordedOffset from;
    RecordedOffset to;
};

/// In the order of the log, which is that of the recording: a touch is never told afterwards.
std::vector<Turn> turnsOf(const std::vector<Event>& standing, RecordedOffset end) {
    std::vector<Turn> turns;
    Turn now{several(), {}, {}};
    const auto close = [&](RecordedOffset at) {
        now.to = std::min(at, end);
        if (now.from < now.to) turns.push_back(now);
    };
    for (const Event& event : standing) {
        if (!endsTurn(event, now.speaker)) continue;
        close(event.offset);
        now = {event.kind == EventKind::Speaker ? event.id : several(), event.offset, {}};
    }
    close(end);
    return turns;
}

bool saysSomething(const Event& event) {
    return goesWith(event, {{RecordedOffset{}, std::max(event.offset, RecordedOffset{})}});
}

bool names(const Event& event, const QStringList& pseudonyms) {
    return std::any_of(pseudonyms.begin(), pseudonyms.end(), [&](const QString& pseudonym) {
        return !pseudonym.isEmpty() && event.text.contains(pseudonym, Qt::CaseInsensitive);
    });
}

/// A mark that was set in somebody's words reaches back into those of who spoke before.
bool reachesInto(const Event& event, const std::vector<Span>& spans) {
    return event.kind == EventKind::Mark && std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
               return event.start() < span.to && event.offset > span.from;
           });
}

bool comesOrGoes(const Event& event) {
    return event.kind == EventKind::Joined || event.kind == EventKind::Left;
}

Event stubOf(const Event& event) {
    Event stub;
    stub.kind = EventKind::Erased;
    stub.number = event.number;
    stub.offset = event.offset;
    stub.at = event.at;
    return stub;
}

/// An event as a log without these members bears it.
Event without(Event event, std::uint64_t number, const std::set<QString>& members,
              const std::set<std::uint64_t>& going) {
    const bool isTheirs = members.count(event.id) > 0;
    if (going.count(number) > 0 || (comesOrGoes(event) && isTheirs)) return stubOf(event);
    if (event.kind == EventKind::Speaker && isTheirs) event.id = takenOut();
    return event;
}

Bytes bytesOf(const QJsonObject& json) {
    const QByteArray text = consent::compactJson(json);
    const ByteView view = viewOf(text);
    return {view.begin(), view.end()};
}

Result<Bytes> openingWithout(ByteView body, const ParticipantId& member) {
    SOTTO_ASSIGN(const QJsonObject json, consent::parseJsonObject(body, "session opening"));
    SOTTO_ASSIGN(Opening opening, Opening::fromJson(json));
    opening.format = kSessionFormat;
    if (opening.group) {
        const auto gone =
            std::erase_if(opening.group->members, [&](const GroupMember& one) { return one.participant == member; });
        opening.group->withdrawn += static_cast<int>(gone);
    }
    return bytesOf(opening.toJson());
}

}  // namespace

QString several() {
    return ParticipantId().toString();
}

QString takenOut() {
    return QString(several().size(), u'f');
}

Event speakerOf(const QString& member) {
    return eventAbout(EventKind::Speaker, member);
}

Event joinedOf(const ParticipantId& member, const EvidenceId& evidence) {
    Event event = eventAbout(EventKind::Joined, member.toString());
    event.target = evidence.toString();
    return event;
}

Event leftOf(const ParticipantId& member) {
    return eventAbout(EventKind::Left, member.toString());
}

std::set<QString> membersThere(const GroupOpening& group, const std::vector<Event>& standing) {
    std::set<QString> there;
    for (const GroupMember& member : group.members)
        there.insert(member.participant.toString());
    for (const Event& event : standing) {
        if (event.kind == EventKind::Joined) there.insert(event.id);
        if (event.kind == EventKind::Left) there.erase(event.id);
    }
    return there;
}

std::map<QString, EvidenceId> everybodyIn(const GroupOpening& group, const std::vector<Event>& events) {
    std::map<QString, EvidenceId> all;
    for (const GroupMember& member : group.members)
        all.emplace(member.participant.toString(), member.evidence);
    for (const Event& event : events) {
        const auto evidence = EvidenceId::fromString(event.target);
        if (event.kind == EventKind::Joined && evidence) all.emplace(event.id, *evidence);
    }
    return all;
}

QString speakerNow(const GroupOpening& group, const std::vector<Event>& standing) {
    const auto last = std::find_if(standing.rbegin(), standing.rend(),
                                   [](const Event& event) { return event.kind == EventKind::Speaker; });
    if (last == standing.rend()) return {};
    return last->id == several() || membersThere(group, standing).count(last->id) > 0 ? last->id : QString();
}

std::map<QString, std::int64_t> speakingTime(const std::vector<Event>& events, RecordedOffset end) {
    std::map<QString, std::int64_t> times;
    for (const Turn& turn : turnsOf(standingEvents(events), end))
        times[turn.speaker] += turn.to.ms - turn.from.ms;
    return times;
}

std::vector<Span> spansOf(const std::set<QString>& members, const std::vector<Event>& events, RecordedOffset end) {
    std::vector<Span> spans;
    for (const Turn& turn : turnsOf(standingEvents(events), end)) {
        if (members.count(turn.speaker) == 0) continue;
        const RecordedOffset from{std::max<std::int64_t>(0, turn.from.ms - kSpeakerReachMs)};
        if (!spans.empty() && from <= spans.back().to) {
            spans.back().to = turn.to;
        } else {
            spans.push_back({from, turn.to});
        }
    }
    return spans;
}

QString speakerAt(const Event& event, const std::vector<Event>& standing) {
    QString speaker;
    for (const Event& touch : standing) {
        const bool isBefore = touch.offset < event.offset ||
                              (touch.offset == event.offset && (event.number == 0 || touch.number < event.number));
        if (isBefore && endsTurn(touch, speaker)) speaker = touch.kind == EventKind::Speaker ? touch.id : several();
    }
    return speaker;
}

std::set<std::uint64_t> eventsOf(const std::set<QString>& members, const QStringList& pseudonyms,
                                 const std::vector<Event>& events, RecordedOffset end) {
    const std::vector<Event> standing = standingEvents(events);
    const std::vector<Span> spans = spansOf(members, events, end);
    std::set<std::uint64_t> going;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        // Of what was corrected the content is in the log all the same. A correction of something outside has to stay,
        // or that would stand again.
        const bool goes = event.kind == EventKind::Correct ? going.count(event.id.toULongLong()) > 0
                          : saysSomething(event)           ? members.count(speakerAt(event, standing)) > 0 ||
                                                       reachesInto(event, spans) || names(event, pseudonyms)
                                                 : false;
        if (goes) going.insert(numberOf(events, i));
    }
    return going;
}

std::vector<Event> withoutMembers(const std::vector<Event>& events, const std::set<QString>& members,
                                  const QStringList& pseudonyms, RecordedOffset end) {
    const auto going = eventsOf(members, pseudonyms, events, end);
    std::vector<Event> kept = events;
    for (std::size_t i = 0; i < kept.size(); ++i)
        kept[i] = without(kept[i], numberOf(events, i), members, going);
    return kept;
}

sealedlog::Filter memberFilter(const ParticipantId& member, const QString& pseudonym, const std::vector<Event>& events,
                               RecordedOffset end) {
    const std::set<QString> members{member.toString()};
    const auto going = std::make_shared<std::set<std::uint64_t>>(eventsOf(members, {pseudonym}, events, end));
    return [member, members, going](const sealedlog::RecordInfo& record,
                                    Bytes body) -> Result<std::vector<sealedlog::NewRecord>> {
        if (record.type == static_cast<std::uint16_t>(RecordType::Opening)) {
            SOTTO_ASSIGN(body, openingWithout(body, member));
        } else if (record.type == static_cast<std::uint16_t>(RecordType::Event)) {
            SOTTO_ASSIGN(const QJsonObject json, consent::parseJsonObject(body, "event"));
            SOTTO_ASSIGN(const Event event, Event::fromJson(json));
            body = bytesOf(without(event, event.number, members, *going).toJson());
        }
        std::vector<sealedlog::NewRecord> records;
        records.push_back({record.type, std::move(body)});
        return records;
    };
}

}  // namespace sotto::interview
