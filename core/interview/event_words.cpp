// SPDX-License-Identifier: Apache-2.0
#include "interview/event_words.h"

#include <algorithm>
#include <vector>

#include <QStringList>

#include "base/ids.h"

namespace sotto::interview {

namespace {

/// What an event of a kind with this text has to say besides: each dimension with the values that it may have; any
/// number from 1 to kMostNumber where the list is empty.
struct Words {
    QString text;
    std::map<QString, QStringList> dimensions{};
};

constexpr int kMostNumber = 99;
constexpr qsizetype kMostHeading = 64;

QStringList list(const char* words) {
    return QString::fromLatin1(words).split(u' ');
}

std::map<QString, QStringList> presentWords() {
    return {{QStringLiteral("as"), list("interpreter support other")},
            {QStringLiteral("pledge"), list("yes no")},
            {QStringLiteral("audio"), list("yes no")},
            {QStringLiteral("there"), list("yes no")}};
}

std::map<QString, QStringList> decisionWords() {
    return {{QStringLiteral("outcome"), list("stop go later")},
            {QStringLiteral("by"), list("participant interviewer both on-call")}};
}

const std::map<EventKind, std::vector<Words>>& allWords() {
    static const std::map<EventKind, std::vector<Words>> kWords{
        {EventKind::Answer,
         {{QStringLiteral("nothing")}, {QStringLiteral("declined")}, {QStringLiteral("volunteered")}}},
        {EventKind::Present, {{QString(), presentWords()}}},
        {EventKind::Earshot, {{QStringLiteral("nobody")}, {QStringLiteral("possible")}}},
        {EventKind::Support,
         {{QStringLiteral("opened")},
          {QStringLiteral("step"), {{QStringLiteral("step"), {}}}},
          {QStringLiteral("undone"), {{QStringLiteral("step"), {}}}},
          {QStringLiteral("decided"), decisionWords()},
          {QStringLiteral("noted")}}},
        {EventKind::Confirmed,
         {{QStringLiteral("fine"), {{QStringLiteral("when"), list("visit pause")}}},
          {QStringLiteral("stop"), {{QStringLiteral("when"), list("visit pause")}}}}}};
    return kWords;
}

bool isSmallNumber(const QString& value) {
    bool ok = false;
    const int number = value.toInt(&ok);
    return ok && number >= 1 && number <= kMostNumber && QString::number(number) == value;
}

bool isHeading(const QString& text) {
    return text.size() <= kMostHeading && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
           });
}

/// What surrounds an interview is told without a name, so none can be in an id.
bool isIdOfItsKind(const Event& event) {
    if (event.kind == EventKind::Present) return isSmallNumber(event.id);
    if (event.kind == EventKind::Support) return isHeading(event.id);
    const bool isJoined = event.kind == EventKind::Joined;
    if (isJoined && !EvidenceId::fromString(event.target)) return false;
    if (isJoined || event.kind == EventKind::Left || event.kind == EventKind::Speaker) {
        return ParticipantId::fromString(event.id).has_value();
    }
    return true;
}

bool saysAllOf(const std::map<QString, QStringList>& wanted, const std::map<QString, QString>& said) {
    if (wanted.size() != said.size()) return false;
    return std::all_of(said.begin(), said.end(), [&](const auto& one) {
        const auto allowed = wanted.find(one.first);
        if (allowed == wanted.end()) return false;
        return allowed->second.isEmpty() ? isSmallNumber(one.second) : allowed->second.contains(one.second);
    });
}

}  // namespace

bool hasItsWords(const Event& event) {
    if (!isIdOfItsKind(event)) return false;
    const auto kind = allWords().find(event.kind);
    if (kind == allWords().end()) return true;
    return std::any_of(kind->second.begin(), kind->second.end(), [&](const Words& words) {
        return words.text == event.text && saysAllOf(words.dimensions, event.dimensions);
    });
}

}  // namespace sotto::interview
