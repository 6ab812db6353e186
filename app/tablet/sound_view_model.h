// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include "sound_player.h"

namespace sotto::app {

class VaultThread;

/// A recording that can be heard: its outline, where one is in it, playing, jumping, faster and slower. Both listening
/// to a session that is over and wrapping one up have it. GUI thread; the outline is decoded on the vault thread, a
/// minute of sound at a time.
class SoundViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    Q_PROPERTY(QList<double> peaks READ peaks NOTIFY outlined FINAL)
    Q_PROPERTY(int peakCount READ peakCount CONSTANT FINAL)
    Q_PROPERTY(bool playing READ isPlaying NOTIFY moved FINAL)
    Q_PROPERTY(double place READ place NOTIFY moved FINAL)
    Q_PROPERTY(QString positionText READ positionText NOTIFY moved FINAL)
    Q_PROPERTY(int tempo READ tempo NOTIFY tempoChanged FINAL)
    Q_PROPERTY(int fastest READ fastest CONSTANT FINAL)
    Q_PROPERTY(QString tempoText READ tempoText NOTIFY tempoChanged FINAL)

public:
    /// The recording twice: one to be heard, one for its outline, which the vault thread reads meanwhile.
    struct Source {
        std::unique_ptr<workflow::Listening> listening;
        std::shared_ptr<workflow::Listening> scanned;
        std::shared_ptr<workflow::WaveformScan> scan;
    };
    /// On the vault thread. `open` opens the recording and is called twice.
    [[nodiscard]] static Result<Source> open(const std::function<Result<std::unique_ptr<workflow::Listening>>()>& open);

    SoundViewModel(VaultThread& vault, std::shared_ptr<recording::SoundDevices> sound, Source source,
                   QObject* parent = nullptr);
    ~SoundViewModel() override;

    /// One per stretch of the recording, 0 to 1; grows while it is decoded.
    [[nodiscard]] QList<double> peaks() const { return m_peaks; }
    /// How many there will be.
    [[nodiscard]] int peakCount() const { return m_peakCount; }
    [[nodiscard]] bool isPlaying() const { return m_player && m_player->isPlaying(); }
    [[nodiscard]] std::int64_t durationMs() const { return m_durationMs; }
    [[nodiscard]] std::int64_t positionMs() const;
    /// Where one is, 0 to 1 of the recording.
    [[nodiscard]] double place() const;
    [[nodiscard]] QString positionText() const;
    /// Which of the tempos, the slowest is 0.
    [[nodiscard]] int tempo() const { return m_tempo; }
    [[nodiscard]] static int fastest();
    [[nodiscard]] QString tempoText() const;
    [[nodiscard]] bool hasFailed() const { return m_player && m_player->hasFailed(); }

    Q_INVOKABLE void playOrPause();
    /// Goes there, playing or not. jumpTo(): in milliseconds; jumpToPlace(): 0 to 1.
    Q_INVOKABLE void jumpTo(double ms);
    Q_INVOKABLE void jumpToPlace(double place);
    Q_INVOKABLE void skip(int seconds);
    Q_INVOKABLE void chooseTempo(int tempo);
    void playStretch(std::int64_t fromMs, std::int64_t toMs);
    void pause();
    /// See SoundPlayer::update().
    void update(std::vector<interview::Event> events);
    /// Lets go of the recording; nothing can be heard any more. For who still shows it, until it is destroyed.
    void close();

signals:
    void outlined();
    void moved();
    void tempoChanged();
    /// What was played came to its end, or was stopped.
    void ended();
    void failed(const Error& error);

private:
    void outline();
    void watch();
    void play(std::int64_t fromMs, std::int64_t toMs);

    VaultThread* m_vault;
    std::shared_ptr<workflow::Listening> m_scanned;  ///< outlives the scan
    std::shared_ptr<workflow::WaveformScan> m_scan;  ///< used on the vault thread alone
    int m_peakCount = 0;
    std::int64_t m_durationMs = 0;
    std::unique_ptr<SoundPlayer> m_player;  ///< null once closed
    QList<double> m_peaks;
    std::int64_t m_restMs = 0;  ///< where play begins
    int m_tempo = 0;
    QTimer m_watch;
};

}  // namespace sotto::app
