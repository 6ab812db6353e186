// SPDX-License-Identifier: Apache-2.0
#include "support/pulse_server.h"

#include <csignal>
#include <sys/prctl.h>

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>
#include <QThread>

#include "base/check.h"

namespace sotto::test {
namespace {

constexpr int kStartLimitMs = 20000;
constexpr int kToolLimitMs = 20000;
constexpr unsigned long kPollMs = 50;

QString loadArgument(const QString& module) {
    return QStringLiteral("--load=") + module;
}

}  // namespace

PulseServer::PulseServer() {
    SOTTO_CHECK(m_folder.isValid());
}

PulseServer::~PulseServer() {
    kill();
}

QString PulseServer::missingPrograms() {
    QStringList missing;
    for (const auto* name : {"pulseaudio", "pactl", "paplay", "parec", "espeak-ng"}) {
        const QString program = QString::fromLatin1(name);
        if (QStandardPaths::findExecutable(program).isEmpty()) missing += program;
    }
    if (missing.isEmpty()) return {};
    return QStringLiteral("these programs are not installed: ") + missing.join(QStringLiteral(", "));
}

QString PulseServer::path(const char* name) const {
    return m_folder.filePath(QString::fromLatin1(name));
}

QProcessEnvironment PulseServer::environment() const {
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    all.insert(QStringLiteral("PULSE_SERVER"), QStringLiteral("unix:") + path("native"));
    for (const auto* name : {"XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"})
        all.insert(QString::fromLatin1(name), m_folder.path());
    all.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return all;
}

void PulseServer::enterEnvironment() const {
    const QProcessEnvironment wanted = environment();
    for (const auto* name :
         {"PULSE_SERVER", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"})
        qputenv(name, wanted.value(QString::fromLatin1(name)).toLocal8Bit());
}

bool PulseServer::start() {
    // Real-time scheduling and shared memory need rights that a container has not got; D-Bus is not to be found.
    QProcessEnvironment own = environment();
    own.remove(QStringLiteral("DISPLAY"));
    m_server.setProcessEnvironment(own);
    // A test that is killed must not leave its server behind.
    m_server.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_server.setStandardOutputFile(path("pulse.log"));
    m_server.setStandardErrorFile(path("pulse.log"), QIODevice::Append);
    QStringList arguments{QStringLiteral("-n"),
                          QStringLiteral("--daemonize=no"),
                          QStringLiteral("--exit-idle-time=-1"),
                          QStringLiteral("--disable-shm=yes"),
                          QStringLiteral("--use-pid-file=no"),
                          QStringLiteral("--realtime=no"),
                          QStringLiteral("--high-priority=no")};
    arguments += loadArgument(QStringLiteral("module-native-protocol-unix auth-anonymous=1 socket=") + path("native"));
    arguments += loadArgument(QStringLiteral("module-null-sink sink_name=room rate=48000 channels=1"));
    arguments +=
        loadArgument(QStringLiteral("module-null-sink sink_name=speaker rate=48000 channels=1 "
                                    "sink_properties=device.description=TestSpeaker"));
    m_server.start(QStringLiteral("pulseaudio"), arguments);
    if (!m_server.waitForStarted()) return false;
    const QDeadlineTimer limit(kStartLimitMs);
    while (!control({QStringLiteral("info")})) {
        if (limit.hasExpired() || m_server.state() != QProcess::Running) return false;
        QThread::msleep(kPollMs);
    }
    return control({QStringLiteral("set-default-sink"), QStringLiteral("speaker")}) && plugMicrophone();
}

void PulseServer::kill() {
    if (m_server.state() == QProcess::NotRunning) return;
    m_server.kill();
    m_server.waitForFinished();
    QFile::remove(path("native"));
}

QString PulseServer::log() const {
    QFile file(path("pulse.log"));
    if (!file.open(QIODevice::ReadOnly)) return m_server.errorString();
    return QString::fromUtf8(file.readAll());
}

bool PulseServer::plugMicrophone() {
    const bool loaded = control(
        {QStringLiteral("load-module"), QStringLiteral("module-remap-source"), QStringLiteral("source_name=mic"),
         QStringLiteral("master=room.monitor"), QStringLiteral("source_properties=device.description=TestMicrophone")},
        &m_microphoneModule);
    return loaded && control({QStringLiteral("set-default-source"), QStringLiteral("mic")});
}

bool PulseServer::unplugMicrophone() {
    return control({QStringLiteral("unload-module"), m_microphoneModule});
}

bool PulseServer::suspendMicrophone(bool suspended) {
    const QString value = suspended ? QStringLiteral("1") : QStringLiteral("0");
    return control({QStringLiteral("suspend-source"), QStringLiteral("mic"), value});
}

std::unique_ptr<QProcess> PulseServer::startPlaying(const QString& soundFile) const {
    auto player = std::make_unique<QProcess>();
    player->setProcessEnvironment(environment());
    player->start(QStringLiteral("paplay"),
                  {QStringLiteral("--device=room"), QStringLiteral("--latency-msec=1000"), soundFile});
    return player;
}

std::unique_ptr<QProcess> PulseServer::startListening(const QString& rawFile) const {
    auto listener = std::make_unique<QProcess>();
    listener->setProcessEnvironment(environment());
    listener->setStandardOutputFile(rawFile);
    listener->start(QStringLiteral("parec"),
                    {QStringLiteral("--device=speaker.monitor"), QStringLiteral("--latency-msec=20"),
                     QStringLiteral("--rate=48000"), QStringLiteral("--channels=1"), QStringLiteral("--format=s16le"),
                     QStringLiteral("--raw")});
    return listener;
}

bool PulseServer::control(const QStringList& arguments, QString* answer) const {
    QProcess tool;
    tool.setProcessEnvironment(environment());
    tool.start(QStringLiteral("pactl"), arguments);
    if (!tool.waitForFinished(kToolLimitMs) || tool.exitStatus() != QProcess::NormalExit || tool.exitCode() != 0) {
        return false;
    }
    if (answer != nullptr) *answer = QString::fromUtf8(tool.readAllStandardOutput()).trimmed();
    return true;
}

bool speak(const QString& words, const QString& wavFile) {
    QProcess voice;
    voice.start(QStringLiteral("espeak-ng"), {QStringLiteral("-w"), wavFile, words});
    return voice.waitForFinished(kToolLimitMs) && voice.exitStatus() == QProcess::NormalExit && voice.exitCode() == 0;
}

}  // namespace sotto::test
