// SPDX-License-Identifier: Apache-2.0
#include "span_view_model.h"

#include <algorithm>

#include "wrap_up_view_model.h"

namespace sotto::app {

namespace {

constexpr std::int64_t kSecondMs = 1000;

}  // namespace

double SpanViewModel::placeOf(const Place& place) const {
    if (!place || m_sound->durationMs() == 0) return -1;
    return static_cast<double>(*place) / static_cast<double>(m_sound->durationMs());
}

QString SpanViewModel::fromText() const {
    return m_from ? timeText(*m_from) : QString();
}

QString SpanViewModel::toText() const {
    return m_to ? timeText(*m_to) : QString();
}

QString SpanViewModel::lengthText() const {
    if (!isReady()) return {};
    return tr("%n second(s)", nullptr, static_cast<int>((*m_to - *m_from + kSecondMs / 2) / kSecondMs));
}

/// Keeps both within the recording; of two that are out of order the one that was not touched is forgotten by the
/// caller.
void SpanViewModel::put(const Place& from, const Place& to) {
    const auto within = [this](const Place& place) {
        return place ? Place(std::clamp<std::int64_t>(*place, 0, m_sound->durationMs())) : place;
    };
    m_from = within(from);
    m_to = within(to);
    m_error.clear();
    emit changed();
}

void SpanViewModel::refuse(const QString& error) {
    m_error = error;
    emit changed();
}

void SpanViewModel::fromHere() {
    const std::int64_t here = m_sound->positionMs();
    put(here, m_to && *m_to > here ? m_to : std::nullopt);
}

void SpanViewModel::toHere() {
    const std::int64_t here = m_sound->positionMs();
    if (m_from && *m_from >= here)
        return refuse(tr("The end must come after the beginning, which is at %1.").arg(fromText()));
    put(m_from, here);
}

void SpanViewModel::moveFrom(int seconds) {
    if (!m_from) return;
    const std::int64_t wanted = std::max<std::int64_t>(0, *m_from + seconds * kSecondMs);
    if (m_to && wanted >= *m_to)
        return refuse(tr("The beginning must come before the end, which is at %1.").arg(toText()));
    put(wanted, m_to);
}

void SpanViewModel::moveTo(int seconds) {
    if (!m_to) return;
    const std::int64_t wanted = std::min(m_sound->durationMs(), *m_to + seconds * kSecondMs);
    if (m_from && wanted <= *m_from)
        return refuse(tr("The end must come after the beginning, which is at %1.").arg(fromText()));
    put(m_from, wanted);
}

bool SpanViewModel::type(const QString& from, const QString& to) {
    const auto start = timeFromText(from);
    const auto end = timeFromText(to);
    if (!start || !end) {
        refuse(tr("Write each time as minutes and seconds, for example 12:30."));
    } else if (*start >= m_sound->durationMs()) {
        refuse(tr("The recording ends at %1, before this stretch begins.").arg(timeText(m_sound->durationMs())));
    } else if (*start >= *end) {
        refuse(tr("The end must come after the beginning, which is at %1.").arg(timeText(*start)));
    } else {
        put(start, end);
        return true;
    }
    return false;
}

void SpanViewModel::listen() {
    if (isReady()) m_sound->playStretch(*m_from, *m_to);
}

void SpanViewModel::clear() {
    put(std::nullopt, std::nullopt);
}

void SpanViewModel::take() {
    if (!isReady()) return;
    m_sound->pause();
    emit taken(*m_from, *m_to);
    clear();
}

}  // namespace sotto::app
