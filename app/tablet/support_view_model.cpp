// SPDX-License-Identifier: Apache-2.0
#include "support_view_model.h"

#include <algorithm>

#include <QDateTime>
#include <QLocale>

#include "settings_view_model.h"
#include "support_texts.h"
#include "workflow/home_layout.h"

namespace sotto::app {

namespace {

constexpr std::uint64_t kMaxHelp = 1U << 20;
constexpr int kOldDays = 90;

bool isOld(const QString& verified, std::int64_t nowUtcMs) {
    const QDate checked = QDate::fromString(verified, Qt::ISODate);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowUtcMs, Qt::UTC).date();
    return checked.isValid() && checked.daysTo(today) > kOldDays;
}

QVariantMap lineOf(const workflow::HelpLine& line, bool isFirstOfPlace, std::int64_t nowUtcMs) {
    const bool isChecked = QDate::fromString(line.verified, Qt::ISODate).isValid();
    return {{QStringLiteral("emergency"), line.isEmergency},
            {QStringLiteral("place"), line.place},
            {QStringLiteral("placeName"), isFirstOfPlace ? placeName(line.place) : QString()},
            {QStringLiteral("name"), line.name},
            {QStringLiteral("phone"), line.phone},
            {QStringLiteral("text"), line.text},
            {QStringLiteral("web"), line.web},
            {QStringLiteral("hours"), line.hours},
            {QStringLiteral("whom"), line.whom},
            {QStringLiteral("verified"), isChecked ? line.verified : QString()},
            {QStringLiteral("old"), isOld(line.verified, nowUtcMs)}};
}

/// Those of one place one below the other, the places in the order of the study.
void groupByPlace(std::vector<workflow::HelpLine>& lines) {
    QStringList places;
    for (const workflow::HelpLine& line : lines) {
        if (!line.isEmergency && !places.contains(line.place)) places += line.place;
    }
    const auto rank = [&](const workflow::HelpLine& line) {
        return line.isEmergency ? -1 : places.indexOf(line.place);
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

QVariantList linesOf(workflow::HelpSheet& sheet, std::int64_t nowUtcMs) {
    groupByPlace(sheet.lines);
    QVariantList lines;
    QString place;
    for (const workflow::HelpLine& line : sheet.lines) {
        const bool isFirst = !line.isEmergency && line.place != place;
        if (!line.isEmergency) place = line.place;
        lines.append(lineOf(line, isFirst, nowUtcMs));
    }
    return lines;
}

QString clockText(std::int64_t utcMs) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(utcMs).time(), QLocale::ShortFormat);
}

}  // namespace

SupportViewModel::SupportViewModel(const TabletOptions& options, const SettingsViewModel& settings, VaultThread& vault,
                                   QObject* parent)
    : QObject(parent),
      m_files(options.files),
      m_clock(options.clock),
      m_file(workflow::HomeLayout{options.home}.help()),
      m_settings(&settings),
      m_vault(&vault),
      m_heading(QString::fromLatin1(study::kProtocolPause)) {
    connect(&settings, &SettingsViewModel::languageChanged, this, &SupportViewModel::read);
    read();
}

void SupportViewModel::read() {
    const auto file = readFile(*m_files, m_file, kMaxHelp);
    const QByteArray text =
        file ? QByteArray(reinterpret_cast<const char*>(file->data()), static_cast<qsizetype>(file->size()))
             : emergencyAlone();
    m_sheet = workflow::parseHelp(text, m_settings->language());
    if (m_sheet.lines.empty()) m_sheet.lines = workflow::parseHelp(emergencyAlone(), m_settings->language()).lines;
    for (const workflow::HelpHeading& own : ownProtocol()) {
        if (m_sheet.heading(own.id) == nullptr) m_sheet.headings.push_back(own);
    }
    m_lines = linesOf(m_sheet, now());
    tellWhatWaits();
    emit changed();
}

std::int64_t SupportViewModel::now() const {
    return m_clock->now().utcMs;
}

QString SupportViewModel::onCallName() const {
    return m_sheet.onCall ? m_sheet.onCall->name : QString();
}

QString SupportViewModel::onCallPhone() const {
    return m_sheet.onCall ? m_sheet.onCall->phone : QString();
}

const workflow::HelpHeading* SupportViewModel::shown() const {
    return m_sheet.heading(m_heading);
}

QVariantList SupportViewModel::headings() const {
    QVariantList others;
    for (const workflow::HelpHeading& heading : m_sheet.headings) {
        if (heading.id == m_heading) continue;
        others.append(QVariantMap{{QStringLiteral("id"), heading.id}, {QStringLiteral("title"), heading.title}});
    }
    return others;
}

QString SupportViewModel::headingTitle() const {
    return shown() ? shown()->title : QString();
}

QString SupportViewModel::headingText() const {
    return shown() ? shown()->text : QString();
}

QVariantList SupportViewModel::steps() const {
    QVariantList steps;
    if (!shown()) return steps;
    const auto done = m_done.find(m_heading);
    int number = 0;
    for (const QString& text : shown()->steps) {
        ++number;
        QString doneAt;
        if (done != m_done.end() && done->second.count(number) > 0) doneAt = clockText(done->second.at(number));
        steps.append(QVariantMap{
            {QStringLiteral("number"), number}, {QStringLiteral("text"), text}, {QStringLiteral("doneAt"), doneAt}});
    }
    return steps;
}

void SupportViewModel::setOpen(bool open) {
    if (m_isOpen == open) return;
    if (open) return openAt(QString::fromLatin1(study::kProtocolPause));
    m_isOpen = false;
    m_isNoteKept = false;
    m_error.clear();
    emit changed();
    emit openChanged();
}

void SupportViewModel::setForParticipant(bool is) {
    if (m_isForParticipant == is) return;
    m_isForParticipant = is;
    emit changed();
}

void SupportViewModel::setUnlocked(bool unlocked) {
    if (m_isUnlocked == unlocked) return;
    m_isUnlocked = unlocked;
    tellWhatWaits();
    emit changed();
}

void SupportViewModel::setParticipant(const std::optional<ParticipantId>& participant) {
    if (m_participant == participant) return;
    m_participant = participant;
    m_done.clear();
    m_decision.clear();
    emit changed();
}

}  // namespace sotto::app
