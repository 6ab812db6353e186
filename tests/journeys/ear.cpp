// SPDX-License-Identifier: Apache-2.0
#include "journeys/ear.h"

#include <algorithm>

#include "support/sound.h"

namespace sotto::test {

namespace {

double inSeconds(Moment moment) {
    return std::chrono::duration<double>(moment.time_since_epoch()).count();
}

}  // namespace

Ear::~Ear() {
    m_listener.kill();
    m_listener.waitForFinished();
}

bool Ear::start(const PulseServer& server) {
    m_listener.setProcessEnvironment(server.environment());
    m_listener.start(QStringLiteral("parec"), {QStringLiteral("--device=mic"), QStringLiteral("--latency-msec=200"),
                                               QStringLiteral("--rate=48000"), QStringLiteral("--channels=1"),
                                               QStringLiteral("--format=s16le"), QStringLiteral("--raw")});
    return m_listener.waitForStarted();
}

void Ear::listen() {
    // Also sees to it that the pipe is read.
    static_cast<void>(m_listener.waitForReadyRead(1));
    const double now = inSeconds(std::chrono::steady_clock::now());
    QByteArray bytes = m_listener.read(m_listener.bytesAvailable() / 2 * 2);
    if (bytes.isEmpty()) return;
    const auto* samples = reinterpret_cast<const std::int16_t*>(bytes.constData());
    m_heard.insert(m_heard.end(), samples, samples + bytes.size() / 2);
    m_began = std::min(m_began, now - heardSeconds());
}

double Ear::secondsAt(Moment moment) const {
    return inSeconds(moment) - m_began;
}

std::vector<float> Ear::sound() const {
    return folded(m_heard);
}

}  // namespace sotto::test
