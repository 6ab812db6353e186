// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTranslator>

class QQmlEngine;

namespace sotto::app {

class SettingsViewModel;

/// Keeps the language of the screens what the settings say, also while the app runs. English is the source; French is
/// embedded. GUI thread.
class Translation : public QObject {
    Q_OBJECT
public:
    Translation(const SettingsViewModel& settings, QQmlEngine& engine);

private:
    void apply();
    const SettingsViewModel* m_settings;
    QQmlEngine* m_engine;
    QTranslator m_french;
    QTranslator m_english;  ///< plurals only
};

}  // namespace sotto::app
