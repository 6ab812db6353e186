// SPDX-License-Identifier: Apache-2.0
#include "support_view_model.h"

#include <QDateTime>

#include "settings_view_model.h"
#include "workflow/home_layout.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxHelp = 1U << 20;
constexpr int kFields = 7;  // place, language, name, phone, text, web, verified: see workflow/home_files.cpp
constexpr int kOldDays = 90;

bool isOld(const QString& verified, std::int64_t nowUtcMs) {
    const QDate checked = QDate::fromString(verified, Qt::ISODate);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowUtcMs, Qt::UTC).date();
    return !checked.isValid() || checked.daysTo(today) > kOldDays;
}

/// Where there is no study yet.
QByteArray emergencyAlone() {
    return "CA\tfr\tUrgence, danger immédiat\t911\t\t\t2026-11-22\n"
           "CA\ten\tEmergency, immediate danger\t911\t\t\t2026-11-22\n"
           "CA\tfr\tAide en cas de crise de suicide, partout au Canada\t988\t988\t\t2026-11-22\n"
           "CA\ten\tSuicide crisis helpline, all of Canada\t988\t988\t\t2026-11-22\n";
}

}  // namespace

SupportViewModel::SupportViewModel(const TabletOptions& options, const SettingsViewModel& settings, QObject* parent)
    : QObject(parent),
      m_files(options.files),
      m_clock(options.clock),
      m_file(workflow::HomeLayout{options.home}.help()),
      m_settings(&settings) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &SupportViewModel::read);
    read();
}

void SupportViewModel::setOpen(bool open) {
    if (m_isOpen == open) return;
    m_isOpen = open;
    emit openChanged();
}

void SupportViewModel::read() {
    const auto file = readFile(*m_files, m_file, kMaxHelp);
    const QByteArray text =
        file ? QByteArray(reinterpret_cast<const char*>(file->data()), static_cast<qsizetype>(file->size()))
             : emergencyAlone();
    m_lines.clear();
    const std::int64_t now = m_clock->now().utcMs;
    for (const QString& line : QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList fields = line.split(u'\t');
        if (fields.size() != kFields || fields[1] != m_settings->language()) continue;
        m_lines.append(QVariantMap{{QStringLiteral("emergency"), m_lines.isEmpty()},
                                   {QStringLiteral("place"), fields[0]},
                                   {QStringLiteral("name"), fields[2]},
                                   {QStringLiteral("phone"), fields[3]},
                                   {QStringLiteral("text"), fields[4]},
                                   {QStringLiteral("web"), fields[5]},
                                   {QStringLiteral("verified"), fields[6]},
                                   {QStringLiteral("old"), isOld(fields[6], now)}});
    }
    emit changed();
}

}  // namespace sotto::app
