// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace sotto::test {

/// A PulseAudio server of the test's own, in a temporary folder: what is played into the sink `room` is heard by the
/// microphone `mic` (a remapped source, for Qt leaves monitors out), and what an app plays lands in the sink `speaker`.
/// Nothing of a server that the machine may run is touched. Ends with the test. One thread.
class PulseServer {
public:
    PulseServer();
    ~PulseServer();
    PulseServer(const PulseServer&) = delete;
    PulseServer& operator=(const PulseServer&) = delete;

    /// Empty if start() can work; else what to install.
    [[nodiscard]] static QString missingPrograms();
    /// Starts the server with both sinks and the microphone and waits for it. False: see log().
    [[nodiscard]] bool start();
    /// Kills it, as a crash would; start() may follow and gives the same address.
    void kill();
    /// Makes this process (before it touches Qt Multimedia) and its later children talk to this server.
    void enterEnvironment() const;
    /// The same for one child.
    [[nodiscard]] QProcessEnvironment environment() const;
    [[nodiscard]] QString log() const;

    [[nodiscard]] bool plugMicrophone();
    [[nodiscard]] bool unplugMicrophone();
    /// A suspended source stays in the list and delivers nothing, as one that hangs.
    [[nodiscard]] bool suspendMicrophone(bool suspended);

    /// Plays a sound file into the room; the process ends when all was heard. A second of it lies ready in the server,
    /// so that a busy machine does not make gaps.
    [[nodiscard]] std::unique_ptr<QProcess> startPlaying(const QString& soundFile) const;
    /// Writes what the loudspeaker plays (mono, 48 kHz, 16 bit, no header) until terminated.
    [[nodiscard]] std::unique_ptr<QProcess> startListening(const QString& rawFile) const;
    /// Runs pactl; false if it failed. `answer` gets what it printed.
    [[nodiscard]] bool control(const QStringList& arguments, QString* answer = nullptr) const;

private:
    [[nodiscard]] QString path(const char* name) const;

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_microphoneModule;
};

/// Lets espeak-ng say something into a WAV file. False if it failed.
[[nodiscard]] bool speak(const QString& words, const QString& wavFile);

}  // namespace sotto::test
