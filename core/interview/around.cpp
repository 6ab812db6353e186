// SPDX-License-Identifier: Apache-2.0
#include "interview/around.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sotto::interview {

namespace {

template <typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char*>, N>;

constexpr Names<PresentAs, 3> kPresentAs{
    {{PresentAs::Interpreter, "interpreter"}, {PresentAs::Support, "support"}, {PresentAs::Other, "other"}}};
constexpr Names<SupportOutcome, 3> kOutcomes{
    {{SupportOutcome::Stop, "stop"}, {SupportOutcome::Go, "go"}, {SupportOutcome::Later, "later"}}};
constexpr Names<DecidedBy, 4> kDecidedBy{{{DecidedBy::Participant, "participant"},
                                          {DecidedBy::Interviewer, "interviewer"},
                                          {DecidedBy::Both, "both"},
                                          {DecidedBy::OnCall, "on-call"}}};

template <typename Enum, std::size_t N>
QString nameIn(const Names<Enum, N>& names, Enum value) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.first == value; });
    return QString::fromLatin1(found->second);
}

template <typename Enum, std::size_t N>
std::optional<Enum> valueIn(const Names<Enum, N>& names, const QString& name) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& one) { return name == QLatin1String(one.second); });
    if (found == names.end()) return std::nullopt;
    return found->first;
}

QString yesOrNo(bool yes) {
    return yes ? QStringLiteral("yes") : QStringLiteral("no");
}

/// A dimension of an event whose shape was checked; empty where it is missing.
QString wordOf(const Event& event, const QString& dimension) {
    const auto found = event.dimensions.find(dimension);
    return found == event.dimensions.end() ? QString() : found->second;
}

bool isYes(const Event& event, const QString& dimension) {
    return wordOf(event, dimension) == u"yes";
}

PersonPresent personOf(const Event& event) {
    PersonPresent person;
    person.id = event.id;
    person.as = presentAsFromName(wordOf(event, QStringLiteral("as"))).value_or(PresentAs::Other);
    person.pledged = isYes(event, QStringLiteral("pledge"));
    person.agreedAudio = isYes(event, QStringLiteral("audio"));
    person.isThere = isYes(event, QStringLiteral("there"));
    return person;
}

Event supportEvent(const QString& heading, const QString& text) {
    Event event;
    event.kind = EventKind::Support;
    event.id = heading;
    event.text = text;
    return event;
}

}  // namespace

QString presentAsName(PresentAs as) {
    return nameIn(kPresentAs, as);
}

std::optional<PresentAs> presentAsFromName(const QString& name) {
    return valueIn(kPresentAs, name);
}

Event presenceOf(const PersonPresent& person) {
    Event event;
    event.kind = EventKind::Present;
    event.id = person.id;
    event.dimensions = {{QStringLiteral("as"), presentAsName(person.as)},
                        {QStringLiteral("pledge"), yesOrNo(person.pledged)},
                        {QStringLiteral("audio"), yesOrNo(person.agreedAudio)},
                        {QStringLiteral("there"), yesOrNo(person.isThere)}};
    return event;
}

std::vector<PersonPresent> peoplePresent(const std::vector<Event>& standing) {
    std::vector<PersonPresent> people;
    for (const Event& event : standing) {
        if (event.kind != EventKind::Present) continue;
        const PersonPresent person = personOf(event);
        const auto known =
            std::find_if(people.begin(), people.end(), [&](const auto& other) { return other.id == person.id; });
        if (known == people.end()) {
            people.push_back(person);
        } else {
            *known = person;
        }
    }
    return people;
}

bool mayRecordThosePresent(const std::vector<Event>& standing) {
    const std::vector<PersonPresent> people = peoplePresent(standing);
    return std::all_of(people.begin(), people.end(),
                       [](const PersonPresent& person) { return !person.isThere || person.agreedAudio; });
}

std::optional<bool> couldOverhear(const std::vector<Event>& standing) {
    const auto last = std::find_if(standing.rbegin(), standing.rend(),
                                   [](const Event& event) { return event.kind == EventKind::Earshot; });
    if (last == standing.rend()) return std::nullopt;
    return last->text == u"possible";
}

Event earshotOf(bool possible) {
    Event event;
    event.kind = EventKind::Earshot;
    event.text = possible ? QStringLiteral("possible") : QStringLiteral("nobody");
    return event;
}

QString outcomeName(SupportOutcome outcome) {
    return nameIn(kOutcomes, outcome);
}

std::optional<SupportOutcome> outcomeFromName(const QString& name) {
    return valueIn(kOutcomes, name);
}

QString decidedByName(DecidedBy who) {
    return nameIn(kDecidedBy, who);
}

std::optional<DecidedBy> decidedByFromName(const QString& name) {
    return valueIn(kDecidedBy, name);
}

Event supportOpened(const QString& heading) {
    return supportEvent(heading, QStringLiteral("opened"));
}

Event supportStep(const QString& heading, int step) {
    Event event = supportEvent(heading, QStringLiteral("step"));
    event.dimensions[QStringLiteral("step")] = QString::number(step);
    return event;
}

Event supportStepUndone(const QString& heading, int step) {
    Event event = supportStep(heading, step);
    event.text = QStringLiteral("undone");
    return event;
}

Event supportDecided(const QString& heading, SupportOutcome outcome, DecidedBy by) {
    Event event = supportEvent(heading, QStringLiteral("decided"));
    event.dimensions = {{QStringLiteral("outcome"), outcomeName(outcome)}, {QStringLiteral("by"), decidedByName(by)}};
    return event;
}

Event supportNoted(const QString& heading) {
    return supportEvent(heading, QStringLiteral("noted"));
}

bool wasSupportOpened(const std::vector<Event>& standing) {
    return std::any_of(standing.begin(), standing.end(),
                       [](const Event& event) { return event.kind == EventKind::Support; });
}

}  // namespace sotto::interview
