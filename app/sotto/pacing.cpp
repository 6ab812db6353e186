// SPDX-License-Identifier: Apache-2.0
#include "pacing.h"

#include <algorithm>
#include <thread>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include "commandline/command.h"

namespace sotto::app {

namespace {

constexpr std::int64_t kTicksPerLook = 500;  // memory is looked at every 10 s of voice

/// A line of /proc/self/status in KiB; 0 where there is no such file.
std::int64_t statusKiB(const char* key) {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(static_cast<qsizetype>(qstrlen(key))).chopped(3).trimmed().toLongLong();
    }
    return 0;
}

}  // namespace

Result<Pacing> Pacing::open(bool isRealtime, const std::optional<QString>& counterFile) {
    Pacing pacing;
    pacing.m_isRealtime = isRealtime;
    if (counterFile) {
        SOTTO_ASSIGN(auto counter, FrameCounter::open(counterFile->toStdString()));
        pacing.m_counter.emplace(std::move(counter));
    }
    return pacing;
}

void Pacing::countSamples(std::size_t samples) {
    if (m_counter) m_counter->add(samples);
}

void Pacing::tick(const workflow::RehearsalProgress& progress) {
    if (m_ticks == 0) m_start = SteadyClock::now();
    if (m_ticks % kTicksPerLook == 0) {
        const std::int64_t resident = statusKiB("VmRSS:");
        if (m_ticks == 0) m_residentFirstKiB = resident;
        m_residentMostKiB = std::max(m_residentMostKiB, resident);
    }
    ++m_ticks;
    if (!m_isRealtime) return;
    std::this_thread::sleep_until(m_start + std::chrono::milliseconds(progress.heardMs));
    if (progress.heardMs / 1000 > m_secondsPrinted) {
        m_secondsPrinted = progress.heardMs / 1000;
        printProgress(progress);
    }
}

void Pacing::printProgress(const workflow::RehearsalProgress& progress) {
    const QJsonObject line{{QStringLiteral("session"), progress.session.toString()},
                           {QStringLiteral("recorded_ms"), static_cast<qint64>(progress.recordedMs)},
                           {QStringLiteral("synced_ms"), static_cast<qint64>(progress.syncedMs)},
                           {QStringLiteral("events"), static_cast<qint64>(progress.events)}};
    print(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

QString Pacing::memoryReport() const {
    const auto mib = [](std::int64_t kib) { return QString::number(static_cast<double>(kib) / 1024.0, 'f', 1); };
    return QStringLiteral(
               "Memory: %1 MiB when recording began, at most %2 MiB while recording, peak %3 MiB (Argon2id).")
        .arg(mib(m_residentFirstKiB), mib(m_residentMostKiB), mib(statusKiB("VmHWM:")));
}

}  // namespace sotto::app
