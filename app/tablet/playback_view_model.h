// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "base/ids.h"
#include "sound_player.h"

namespace sotto::app {

class SettingsViewModel;
class VaultThread;

/// Listening to a session that is over. First the reason, which enters the audit trail; then the waveform, the markers,
/// and the sound. GUI thread; the waveform is decoded on the vault thread, a minute of sound at a time.
class PlaybackViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(bool open READ isOpen NOTIFY changed FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QList<double> peaks READ peaks NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList markers READ markers NOTIFY changed FINAL)
    Q_PROPERTY(bool playing READ isPlaying NOTIFY moved FINAL)
    Q_PROPERTY(double position READ position NOTIFY moved FINAL)
    Q_PROPERTY(QString positionText READ positionText NOTIFY moved FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    PlaybackViewModel(VaultThread& vault, SettingsViewModel& settings, std::shared_ptr<recording::SoundDevices> sound,
                      const SessionId& session, QObject* parent = nullptr);
    ~PlaybackViewModel() override;

    [[nodiscard]] bool isOpen() const { return m_player != nullptr; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// One per stretch of the recording, 0 to 1; grows while it is decoded.
    [[nodiscard]] QList<double> peaks() const { return m_peaks; }
    /// Questions, marks and notes; each: at (ms), time, text, kind (question, mark, note).
    [[nodiscard]] QVariantList markers() const { return m_markers; }
    [[nodiscard]] bool isPlaying() const { return m_player && m_player->isPlaying(); }
    /// 0 to 1.
    [[nodiscard]] double position() const;
    [[nodiscard]] QString positionText() const;
    [[nodiscard]] QString error() const { return m_error; }

    Q_INVOKABLE void giveReason(const QString& reason);
    Q_INVOKABLE void playOrPause();
    Q_INVOKABLE void jumpTo(double ms);
    Q_INVOKABLE void skip(int seconds);
    Q_INVOKABLE void close() { emit finished(); }

signals:
    void changed();
    void moved();
    void finished();

private:
    struct Opened;
    void opened(Result<Opened> opened);
    void outline();
    void watch();
    void setError(const QString& error);

    VaultThread* m_vault;
    SettingsViewModel* m_settings;
    std::shared_ptr<recording::SoundDevices> m_sound;
    SessionId m_session;
    std::unique_ptr<SoundPlayer> m_player;
    std::shared_ptr<workflow::WaveformScan> m_scan;  ///< used on the vault thread alone
    std::shared_ptr<workflow::Listening> m_scanned;  ///< outlives the scan
    QList<double> m_peaks;
    QVariantList m_markers;
    std::int64_t m_fromMs = 0;  ///< where play begins
    QTimer m_watch;
    bool m_isBusy = false;
    QString m_error;
};

}  // namespace sotto::app
