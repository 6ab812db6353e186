// SPDX-License-Identifier: Apache-2.0
#include "settings_view_model.h"

#include <algorithm>

#include <QLocale>

namespace sotto::app {

namespace {

constexpr double kLargestScale = 2.0;
constexpr int kUsualMinutes = 5;
constexpr int kMostMinutes = 30;

}  // namespace

SettingsViewModel::SettingsViewModel(const QString& file, QObject* parent)
    : QObject(parent), m_settings(file, QSettings::IniFormat) {}

QString SettingsViewModel::language() const {
    const QString chosen =
        m_guestLanguage.isEmpty() ? m_settings.value(QStringLiteral("language")).toString() : m_guestLanguage;
    if (chosen == u"fr" || chosen == u"en") return chosen;
    return QLocale::system().language() == QLocale::English ? QStringLiteral("en") : QStringLiteral("fr");
}

void SettingsViewModel::setGuestLanguage(const QString& language) {
    const QString before = this->language();
    m_guestLanguage = language;
    if (before == this->language()) return;
    emit changed();
    emit languageChanged();
}

bool SettingsViewModel::isLanguageChosen() const {
    return m_settings.contains(QStringLiteral("language"));
}

void SettingsViewModel::setLanguage(const QString& language) {
    if (language != u"fr" && language != u"en") return;
    const bool isNew = language != this->language();
    store(QStringLiteral("language"), language);
    if (isNew) emit languageChanged();
}

QString SettingsViewModel::theme() const {
    const QString chosen = m_settings.value(QStringLiteral("theme")).toString();
    return chosen == u"dark" || chosen == u"contrast" ? chosen : QStringLiteral("light");
}

void SettingsViewModel::setTheme(const QString& theme) {
    store(QStringLiteral("theme"), theme);
}

double SettingsViewModel::fontScale() const {
    return std::clamp(m_settings.value(QStringLiteral("fontScale"), 1.0).toDouble(), 1.0, kLargestScale);
}

void SettingsViewModel::setFontScale(double scale) {
    store(QStringLiteral("fontScale"), std::clamp(scale, 1.0, kLargestScale));
}

bool SettingsViewModel::isLeftHanded() const {
    return m_settings.value(QStringLiteral("leftHanded"), false).toBool();
}

void SettingsViewModel::setLeftHanded(bool left) {
    store(QStringLiteral("leftHanded"), left);
}

bool SettingsViewModel::hasReducedMotion() const {
    return m_settings.value(QStringLiteral("reducedMotion"), false).toBool();
}

void SettingsViewModel::setReducedMotion(bool reduced) {
    store(QStringLiteral("reducedMotion"), reduced);
}

QString SettingsViewModel::microphone() const {
    return m_settings.value(QStringLiteral("microphone")).toString();
}

void SettingsViewModel::setMicrophone(const QString& id) {
    store(QStringLiteral("microphone"), id);
}

int SettingsViewModel::autoLockMinutes() const {
    return std::clamp(m_settings.value(QStringLiteral("autoLockMinutes"), kUsualMinutes).toInt(), 1, kMostMinutes);
}

void SettingsViewModel::setAutoLockMinutes(int minutes) {
    store(QStringLiteral("autoLockMinutes"), std::clamp(minutes, 1, kMostMinutes));
}

void SettingsViewModel::store(const QString& key, const QVariant& value) {
    if (m_settings.value(key) == value) return;
    m_settings.setValue(key, value);
    emit changed();
}

}  // namespace sotto::app
