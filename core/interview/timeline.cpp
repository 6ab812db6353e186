// SPDX-License-Identifier: Apache-2.0
#include "interview/timeline.h"

#include <algorithm>
#include <set>

#include "interview/off_record.h"

namespace sotto::interview {

namespace {

/// Where each question and each probe of a guide belongs.
struct GuideIndex {
    std::map<QString, std::size_t> byQuestion;  ///< into the rows of coverage()
    std::map<QString, std::size_t> byProbe;
};

Coverage answerCoverage(const QString& answer) {
    if (answer == u"nothing") return Coverage::NothingToReport;
    if (answer == u"declined") return Coverage::Declined;
    return Coverage::Volunteered;
}

void noteAsked(QuestionCoverage& row, RecordedOffset offset) {
    if (!row.firstAsked) row.firstAsked = offset;
    if (row.coverage != Coverage::Volunteered) row.coverage = Coverage::Asked;
}

void noteProbed(QuestionCoverage& row, RecordedOffset offset) {
    ++row.probesAsked;
    if (!row.firstAsked) row.firstAsked = offset;
    if (row.coverage == Coverage::NotReached) row.coverage = Coverage::Asked;
}

void apply(const Event& event, const GuideIndex& index, std::vector<QuestionCoverage>& rows) {
    const bool isProbe = event.kind == EventKind::Probe;
    const auto& places = isProbe ? index.byProbe : index.byQuestion;
    const auto place = places.find(event.id);
    if (place == places.end()) return;
    QuestionCoverage& row = rows[place->second];
    if (isProbe) noteProbed(row, event.offset);
    if (event.kind == EventKind::Ask) noteAsked(row, event.offset);
    if (event.kind == EventKind::Answer) row.coverage = answerCoverage(event.text);
}

Result<> checkCoding(const Event& event, const study::Codebook& codebook) {
    if (!codebook.code(event.id)) return fail(ErrorCode::InvalidArgument, "the codebook has no such code");
    for (const auto& [name, value] : event.dimensions) {
        const auto dimension = codebook.dimensions.find(name);
        if (dimension == codebook.dimensions.end()) {
            return fail(ErrorCode::InvalidArgument, "the codebook has no such dimension");
        }
        if (!dimension->second.contains(value)) {
            return fail(ErrorCode::InvalidArgument,
                        "the codebook has no such value of the dimension " + name.toStdString());
        }
    }
    return {};
}

Result<> checkLink(const Event& event, const study::Codebook& codebook) {
    if (event.id == event.target) return fail(ErrorCode::InvalidArgument, "a link joins two different codes");
    if (codebook.code(event.id) && codebook.code(event.target)) return {};
    return fail(ErrorCode::InvalidArgument, "a link names a code that the codebook does not have");
}

}  // namespace

std::vector<Event> uncorrectedEvents(const std::vector<Event>& events) {
    // From the end: a correction is decided before what it takes back. Events of a damaged log bear their numbers;
    // events that never were in a log count by their place.
    std::set<std::uint64_t> taken;
    std::vector<Event> standing;
    for (std::size_t i = events.size(); i-- > 0;) {
        const Event& event = events[i];
        const std::uint64_t number = event.number > 0 ? event.number : i + 1;
        if (taken.count(number) > 0) continue;
        if (event.kind != EventKind::Correct) {
            standing.push_back(event);
        } else if (const std::uint64_t target = event.id.toULongLong(); target < number) {
            taken.insert(target);
        }
    }
    std::reverse(standing.begin(), standing.end());
    return standing;
}

std::vector<Event> standingEvents(const std::vector<Event>& events) {
    const std::vector<Span> offRecord = spansTakenBack(events);
    std::vector<Event> standing = uncorrectedEvents(events);
    std::erase_if(standing,
                  [&](const Event& event) { return event.kind == EventKind::Erased || goesWith(event, offRecord); });
    return standing;
}

QString coverageName(Coverage coverage) {
    switch (coverage) {
        case Coverage::NotReached:
            return QStringLiteral("not-reached");
        case Coverage::Asked:
            return QStringLiteral("asked");
        case Coverage::NothingToReport:
            return QStringLiteral("nothing-to-report");
        case Coverage::Declined:
            return QStringLiteral("declined");
        case Coverage::Volunteered:
            return QStringLiteral("volunteered");
    }
    return {};
}

std::vector<QuestionCoverage> coverage(const study::Guide& guide, const std::vector<Event>& events) {
    std::vector<QuestionCoverage> rows;
    GuideIndex index;
    for (const study::Section& section : guide.sections) {
        for (const study::Question& question : section.questions) {
            index.byQuestion.emplace(question.id, rows.size());
            for (const study::Probe& probe : question.probes) {
                index.byProbe.emplace(probe.id, rows.size());
            }
            QuestionCoverage row;
            row.section = section.id;
            row.question = question.id;
            rows.push_back(std::move(row));
        }
    }
    for (const Event& event : standingEvents(events)) {
        apply(event, index, rows);
    }
    return rows;
}

std::map<QString, std::int64_t> sectionTime(const study::Guide& guide, const std::vector<Event>& events,
                                            RecordedOffset end) {
    std::map<QString, std::int64_t> times;
    std::map<QString, QString> sectionOf;
    for (const study::Section& section : guide.sections) {
        times.emplace(section.id, 0);
        for (const study::Question& question : section.questions) {
            sectionOf.emplace(question.id, section.id);
        }
    }
    std::optional<QString> current;
    RecordedOffset since;
    const auto close = [&](RecordedOffset until) {
        if (current) times[*current] += std::max<std::int64_t>(0, std::min(until, end).ms - since.ms);
        since = until;
    };
    for (const Event& event : standingEvents(events)) {
        const auto section = event.kind == EventKind::Ask ? sectionOf.find(event.id) : sectionOf.end();
        if (section == sectionOf.end() || section->second == current) continue;
        close(event.offset);
        current = section->second;
    }
    close(end);
    return times;
}

Result<> checkEvent(const Event& event, const study::Guide& guide, const study::Codebook& codebook) {
    SOTTO_TRY(checkShape(event));
    switch (event.kind) {
        case EventKind::Ask:
        case EventKind::Answer:
            if (guide.question(event.id)) return {};
            return fail(ErrorCode::InvalidArgument, "the guide has no such question");
        case EventKind::Probe:
            if (guide.hasProbe(event.id)) return {};
            return fail(ErrorCode::InvalidArgument, "the guide has no such probe");
        case EventKind::Code:
            return checkCoding(event, codebook);
        case EventKind::Link:
            return checkLink(event, codebook);
        default:
            return {};
    }
}

}  // namespace sotto::interview
