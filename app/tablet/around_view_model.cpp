// SPDX-License-Identifier: Apache-2.0
#include "around_view_model.h"

#include <algorithm>

namespace sotto::app {

using interview::Event;
using interview::PersonPresent;

namespace {

constexpr int kChoicesS[] = {30, 60, 180, 600};
constexpr int kMinuteS = 60;
constexpr std::int64_t kSecondMs = 1000;

}  // namespace

AroundViewModel::AroundViewModel(Say say, TakeBack takeBack, QObject* parent)
    : QObject(parent), m_say(std::move(say)), m_takeBack(std::move(takeBack)) {}

QString AroundViewModel::visitText() const {
    if (m_view.visitsMost <= 1 && m_view.visit <= 1) return {};
    if (isBeyondVisits()) return tr("Visit %1, of %2 that the study plans").arg(m_view.visit).arg(m_view.visitsMost);
    return tr("Visit %1 of %2").arg(m_view.visit).arg(m_view.visitsMost);
}

QString AroundViewModel::earshot() const {
    std::optional<bool> overheard = interview::couldOverhear(m_waiting);
    if (!overheard) overheard = m_view.overheard;
    if (!overheard) return {};
    return *overheard ? QStringLiteral("possible") : QStringLiteral("nobody");
}

/// As the session knows it, and as it will know it.
std::vector<PersonPresent> AroundViewModel::everybody() const {
    std::vector<PersonPresent> people = m_view.people;
    for (const PersonPresent& later : interview::peoplePresent(m_waiting)) {
        const auto known =
            std::find_if(people.begin(), people.end(), [&](const PersonPresent& one) { return one.id == later.id; });
        if (known == people.end()) {
            people.push_back(later);
        } else {
            *known = later;
        }
    }
    return people;
}

QVariantList AroundViewModel::people() const {
    QVariantList list;
    for (const PersonPresent& one : everybody()) {
        list.append(QVariantMap{{QStringLiteral("id"), one.id},
                                {QStringLiteral("as"), interview::presentAsName(one.as)},
                                {QStringLiteral("pledged"), one.pledged},
                                {QStringLiteral("audio"), one.agreedAudio},
                                {QStringLiteral("there"), one.isThere}});
    }
    return list;
}

bool AroundViewModel::mayRecord() const {
    const auto people = everybody();
    return std::all_of(people.begin(), people.end(),
                       [](const PersonPresent& one) { return !one.isThere || one.agreedAudio; });
}

std::optional<PersonPresent> AroundViewModel::person(const QString& id) const {
    const auto people = everybody();
    const auto found =
        std::find_if(people.begin(), people.end(), [&](const PersonPresent& one) { return one.id == id; });
    return found == people.end() ? std::nullopt : std::optional(*found);
}

void AroundViewModel::setTelephone(bool telephone) {
    if (m_hasBegun) return;
    m_view.manner = telephone ? interview::Manner::Telephone : interview::Manner::InPerson;
    emit changed();
}

void AroundViewModel::sayEarshot(bool possible) {
    tell(interview::earshotOf(possible));
}

void AroundViewModel::addPerson(const QString& as, bool pledged, bool agreedAudio) {
    const auto kind = interview::presentAsFromName(as);
    if (!kind) return;
    const auto number = static_cast<int>(everybody().size()) + 1;
    tell(interview::presenceOf({QString::number(number), *kind, pledged, agreedAudio, true}));
}

void AroundViewModel::setThere(const QString& id, bool isThere) {
    auto known = person(id);
    if (!known) return;
    known->isThere = isThere;
    tell(interview::presenceOf(*known));
}

void AroundViewModel::setAgreedAudio(const QString& id, bool agrees) {
    auto known = person(id);
    if (!known) return;
    known->agreedAudio = agrees;
    tell(interview::presenceOf(*known));
}

void AroundViewModel::tell(Event event) {
    if (m_hasBegun) return m_say(std::move(event));
    m_waiting.push_back(std::move(event));
    emit changed();
}

void AroundViewModel::update(const AroundView& view) {
    const interview::Manner chosen = m_view.manner;
    m_view = view;
    if (!m_hasBegun && view.manner == interview::Manner::InPerson) m_view.manner = chosen;
    emit changed();
}

void AroundViewModel::begun() {
    m_hasBegun = true;
    m_waiting.clear();
    emit changed();
}

void AroundViewModel::cameIn(std::int64_t positionMs) {
    if (positionMs <= 0) return;
    m_cameInAtMs = positionMs;
    emit proposalChanged();
}

QVariantList AroundViewModel::spanChoices() const {
    QVariantList choices;
    if (!m_cameInAtMs) return choices;
    for (const int seconds : kChoicesS) {
        if (seconds * kSecondMs >= *m_cameInAtMs) break;
        const QString text = seconds < kMinuteS ? tr("The last %n second(s)", nullptr, seconds)
                                                : tr("The last %n minute(s)", nullptr, seconds / kMinuteS);
        choices.append(QVariantMap{{QStringLiteral("seconds"), seconds}, {QStringLiteral("text"), text}});
    }
    choices.append(QVariantMap{{QStringLiteral("seconds"), 0}, {QStringLiteral("text"), tr("Everything so far")}});
    return choices;
}

void AroundViewModel::takeBackSince(int seconds) {
    if (!m_cameInAtMs) return;
    const std::int64_t to = *m_cameInAtMs;
    const std::int64_t from = seconds > 0 ? std::max<std::int64_t>(0, to - seconds * kSecondMs) : 0;
    keepAll();
    m_takeBack(from, to);
}

void AroundViewModel::keepAll() {
    if (!m_cameInAtMs) return;
    m_cameInAtMs.reset();
    emit proposalChanged();
}

}  // namespace sotto::app
