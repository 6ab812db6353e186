// SPDX-License-Identifier: Apache-2.0
// What the wrap-up screen shows: the views of WrapUpViewModel.
#include <algorithm>

#include <QDateTime>
#include <QLocale>
#include <QTime>

#include "people_list_model.h"
#include "settings_view_model.h"
#include "support_texts.h"
#include "wrap_up_view_model.h"

namespace sotto::app {

using interview::Event;
using interview::EventKind;

namespace {

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinute = 60;

}  // namespace

QString timeText(std::int64_t ms) {
    const std::int64_t seconds = ms / kSecondMs;
    const std::int64_t hours = seconds / (kMinute * kMinute);
    const QString rest = QStringLiteral("%1:%2")
                             .arg(seconds / kMinute % kMinute, hours > 0 ? 2 : 1, 10, QLatin1Char('0'))
                             .arg(seconds % kMinute, 2, 10, QLatin1Char('0'));
    return hours > 0 ? QStringLiteral("%1:%2").arg(hours).arg(rest) : rest;
}

std::optional<std::int64_t> timeFromText(const QString& text) {
    const QStringList parts = text.trimmed().split(u':');
    if (parts.isEmpty() || parts.size() > 3) return std::nullopt;
    std::int64_t seconds = 0;
    for (const QString& part : parts) {
        bool isNumber = false;
        const int value = part.toInt(&isNumber);
        const bool fits = value >= 0 && (parts.size() == 1 || &part == &parts.front() || value < kMinute);
        if (!isNumber || !fits) return std::nullopt;
        seconds = seconds * kMinute + value;
    }
    return seconds * kSecondMs;
}

const Event* WrapUpViewModel::eventOf(int number) const {
    const auto found = std::find_if(m_events.begin(), m_events.end(), [number](const Event& event) {
        return event.number == static_cast<std::uint64_t>(number);
    });
    return found == m_events.end() ? nullptr : &*found;
}

QString WrapUpViewModel::durationText() const {
    return timeText(m_durationMs);
}

QVariantList WrapUpViewModel::coverage() const {
    QVariantList list;
    if (!m_view) return list;
    for (const auto& entry : m_view->coverage) {
        const study::Question* question = m_view->guide.question(entry.question);
        if (question == nullptr) continue;
        list.append(
            QVariantMap{{QStringLiteral("id"), entry.question},
                        {QStringLiteral("text"), withRoles(question->text, m_view->roles, m_view->guide.language)},
                        {QStringLiteral("coverage"), interview::coverageName(entry.coverage)}});
    }
    return list;
}

QString WrapUpViewModel::codeName(const QString& id) const {
    const study::Code* known = m_view->codebook.code(id);
    return known != nullptr ? inLanguage(known->name, m_settings->language()) : id;
}

QVariantList WrapUpViewModel::marks() const {
    QVariantList list;
    for (const Event& event : m_events) {
        if (event.kind != EventKind::Mark) continue;
        QStringList summary;
        QVariantList codes;
        QVariantList links;
        for (const Event& other : m_events) {
            if (other.offset != event.offset) continue;
            const QVariant number = static_cast<int>(other.number);
            if (other.kind == EventKind::Code) {
                codes.append(QVariantMap{{QStringLiteral("number"), number}, {QStringLiteral("id"), other.id}});
                summary.append(codeName(other.id));
            }
            if (other.kind == EventKind::Link) {
                const QString text = tr("%1 → %2").arg(codeName(other.id), codeName(other.target));
                links.append(QVariantMap{{QStringLiteral("number"), number}, {QStringLiteral("text"), text}});
                summary.append(text);
            }
        }
        const double duration = static_cast<double>(std::max<std::int64_t>(1, m_durationMs));
        list.append(QVariantMap{{QStringLiteral("number"), static_cast<int>(event.number)},
                                {QStringLiteral("at"), timeText(event.offset.ms)},
                                {QStringLiteral("place"), static_cast<double>(event.offset.ms) / duration},
                                {QStringLiteral("kind"), QStringLiteral("mark")},
                                {QStringLiteral("text"), event.text},
                                {QStringLiteral("summary"), summary.join(QStringLiteral(", "))},
                                {QStringLiteral("codes"), codes},
                                {QStringLiteral("links"), links}});
    }
    return list;
}

QVariantList WrapUpViewModel::spans() const {
    QVariantList list;
    for (const Event& event : m_events) {
        if (event.kind != EventKind::OffRecordSpan || !event.until) continue;
        list.append(QVariantMap{
            {QStringLiteral("number"), static_cast<int>(event.number)},
            {QStringLiteral("text"), tr("%1 to %2").arg(timeText(event.offset.ms), timeText(event.until->ms))}});
    }
    return list;
}

QVariantList WrapUpViewModel::support() const {
    QVariantList done;
    for (const Event& event : m_events) {
        if (event.kind != EventKind::Support) continue;
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(event.at.utcMs);
        done.append(QVariantMap{{QStringLiteral("when"), QLocale().toString(when.time(), QLocale::ShortFormat)},
                                {QStringLiteral("text"), supportEventText(event)}});
    }
    return done;
}

QVariantList WrapUpViewModel::codes() const {
    QVariantList list;
    if (!m_view) return list;
    for (const study::Code& code : m_view->codebook.codes) {
        list.append(QVariantMap{{QStringLiteral("id"), code.id},
                                {QStringLiteral("name"), inLanguage(code.name, m_settings->language())}});
    }
    return list;
}

}  // namespace sotto::app
