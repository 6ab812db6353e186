// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QSettings>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace sotto::app {

/// How this tablet looks and behaves for its user. Kept in a small clear file that holds nothing about a study or a
/// person. GUI thread.
class SettingsViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY changed FINAL)
    Q_PROPERTY(bool languageChosen READ isLanguageChosen NOTIFY changed FINAL)
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY changed FINAL)
    Q_PROPERTY(double fontScale READ fontScale WRITE setFontScale NOTIFY changed FINAL)
    Q_PROPERTY(bool leftHanded READ isLeftHanded WRITE setLeftHanded NOTIFY changed FINAL)
    Q_PROPERTY(bool reducedMotion READ hasReducedMotion WRITE setReducedMotion NOTIFY changed FINAL)
    Q_PROPERTY(QString microphone READ microphone WRITE setMicrophone NOTIFY changed FINAL)
    Q_PROPERTY(int autoLockMinutes READ autoLockMinutes WRITE setAutoLockMinutes NOTIFY changed FINAL)

public:
    /// `file`: where the settings are kept; made when something is first set.
    explicit SettingsViewModel(const QString& file, QObject* parent = nullptr);

    /// "fr" or "en"; the system's until one is chosen.
    [[nodiscard]] QString language() const;
    /// While somebody else reads the tablet: their language, until it is set to nothing. Not kept.
    void setGuestLanguage(const QString& language);
    [[nodiscard]] bool isLanguageChosen() const;
    void setLanguage(const QString& language);
    /// "light", "dark" or "contrast".
    [[nodiscard]] QString theme() const;
    void setTheme(const QString& theme);
    /// 1.0 to 2.0.
    [[nodiscard]] double fontScale() const;
    void setFontScale(double scale);
    [[nodiscard]] bool isLeftHanded() const;
    void setLeftHanded(bool left);
    [[nodiscard]] bool hasReducedMotion() const;
    void setReducedMotion(bool reduced);
    /// The device's id; empty for the system's default.
    [[nodiscard]] QString microphone() const;
    void setMicrophone(const QString& id);
    /// Without a touch for so long, outside of interviews, the tablet locks: 1 to 30.
    [[nodiscard]] int autoLockMinutes() const;
    void setAutoLockMinutes(int minutes);

signals:
    void changed();
    void languageChanged();

private:
    void store(const QString& key, const QVariant& value);
    QSettings m_settings;
    QString m_guestLanguage;
};

}  // namespace sotto::app
