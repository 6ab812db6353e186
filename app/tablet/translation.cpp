// SPDX-License-Identifier: Apache-2.0
#include "translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QQmlEngine>

#include "base/check.h"
#include "settings_view_model.h"

namespace sotto::app {

Translation::Translation(const SettingsViewModel& settings, QQmlEngine& engine)
    : m_settings(&settings), m_engine(&engine) {
    SOTTO_CHECK(m_french.load(QStringLiteral(":/i18n/sotto_fr.qm")) &&
                m_english.load(QStringLiteral(":/i18n/sotto_en.qm")));
    connect(&settings, &SettingsViewModel::languageChanged, this, &Translation::apply);
    apply();
}

void Translation::apply() {
    const bool isFrench = m_settings->language() == u"fr";
    QLocale::setDefault(QLocale(isFrench ? QStringLiteral("fr_CA") : QStringLiteral("en_CA")));
    QCoreApplication::removeTranslator(isFrench ? &m_english : &m_french);
    QCoreApplication::installTranslator(isFrench ? &m_french : &m_english);
    m_engine->retranslate();
}

}  // namespace sotto::app
