// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "sound_view_model.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Listening to a session that is over. First the reason, which enters the audit trail; then the sound, and the markers
/// to jump to. GUI thread.
class PlaybackViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(sotto::app::SoundViewModel* sound READ sound NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList markers READ markers NOTIFY changed FINAL)
    Q_PROPERTY(QString hereText READ hereText NOTIFY moved FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    PlaybackViewModel(VaultThread& vault, SettingsViewModel& settings, std::shared_ptr<recording::SoundDevices> sound,
                      const SessionId& session, QObject* parent = nullptr);
    ~PlaybackViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_sound != nullptr; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// Null until a reason was given.
    [[nodiscard]] SoundViewModel* sound() const { return m_sound.get(); }
    /// Questions, marks and notes; each: at (ms), place (0 to 1), time, text, kind (question, mark, note).
    [[nodiscard]] QVariantList markers() const { return m_markers; }
    /// What is spoken of at the place where one is: the last question before it; empty before the first.
    [[nodiscard]] QString hereText() const;
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void giveReason(const QString& reason);
    Q_INVOKABLE void close() { emit finished(); }

signals:
    void changed();
    void moved();
    void finished();

private:
    struct Opened;
    void opened(Result<Opened> opened);
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::shared_ptr<recording::SoundDevices> m_devices;
    SessionId m_session;
    std::unique_ptr<SoundViewModel> m_sound;
    QVariantList m_markers;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
