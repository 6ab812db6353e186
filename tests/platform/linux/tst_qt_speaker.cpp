// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <future>
#include <optional>

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include "base/units.h"
#include "platform/linux/qt_sound_devices.h"
#include "support/pulse_server.h"
#include "support/result_check.h"
#include "support/sound.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;

namespace {

using Samples = std::vector<std::int16_t>;

constexpr std::ptrdiff_t kStretch = kSampleRate / 2;

Samples rawSamples(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray bytes = file.readAll();
    Samples all(static_cast<std::size_t>(bytes.size()) / sizeof(std::int16_t));
    std::copy_n(bytes.constData(), all.size() * sizeof(std::int16_t), reinterpret_cast<char*>(all.data()));
    return all;
}

/// From the first to the last sample that is not silence, in seconds.
double soundingSeconds(const Samples& samples) {
    const auto sounds = [](std::int16_t sample) { return std::abs(int{sample}) > 100; };
    const auto first = std::find_if(samples.begin(), samples.end(), sounds);
    const auto last = std::find_if(samples.rbegin(), samples.rend(), sounds);
    if (first == samples.end()) return 0;
    return static_cast<double>(last.base() - first) / static_cast<double>(kSampleRate);
}

}  // namespace

/// With a real PulseAudio server. One for all functions, for Qt opens its connection once per process.
class TestQtSpeaker : public QObject {
    Q_OBJECT
    PulseServer m_server;
    TempDir m_dir;
    QString m_raw;
    std::unique_ptr<platform::QtSoundDevices> m_devices;

    std::unique_ptr<QProcess> listen() {
        QFile::remove(m_raw);
        auto listener = m_server.startListening(m_raw);
        // parec writes as soon as the monitor runs.
        for (int i = 0; i < 100 && rawSamples(m_raw).empty(); i++)
            QTest::qWait(100);
        return listener;
    }

    Samples heardBy(QProcess& listener) {
        QTest::qWait(2500);  // the monitor's own delay
        listener.terminate();
        listener.waitForFinished();
        return rawSamples(m_raw);
    }

private slots:
    void initTestCase() {
        const QString missing = PulseServer::missingPrograms();
        if (!missing.isEmpty()) QSKIP(qPrintable(missing));
        QVERIFY2(m_server.start(), qPrintable(m_server.log()));
        m_server.enterEnvironment();
        m_raw = QString::fromStdString((m_dir / "heard.raw").string());
        m_devices = std::make_unique<platform::QtSoundDevices>();
    }

    void cleanupTestCase() { m_devices.reset(); }

    void whatIsWrittenIsHeardToItsEnd() {
        const auto listener = listen();
        const Samples voice = melody(4, kSampleRate);
        auto speaker = m_devices->openSpeaker();
        VERIFY_OK(speaker);
        VERIFY_OK((*speaker)->write(voice));
        QVERIFY((*speaker)->playedSamples() < static_cast<std::int64_t>(voice.size()));
        VERIFY_OK((*speaker)->finish());
        QCOMPARE((*speaker)->playedSamples(), static_cast<std::int64_t>(voice.size()));
        const Samples heard = heardBy(*listener);
        std::optional<std::ptrdiff_t> shift;
        for (std::ptrdiff_t from = kSampleRate / 5; from + kStretch < std::ssize(voice); from += kSampleRate) {
            const auto first = voice.begin() + from;
            const Fit fit = exactFit(Samples(first, first + kStretch), heard);
            QVERIFY2(fit.correlation > 0.99, qPrintable(QString::number(fit.correlation)));
            if (!shift) shift = fit.at - from;
            QCOMPARE(fit.at - from, *shift);
        }
        QVERIFY(shift.has_value());
    }

    void stopIsSilenceAtOnceAndLetsGoOfTheWriter() {
        const auto listener = listen();
        auto speaker = m_devices->openSpeaker();
        VERIFY_OK(speaker);
        auto writing = std::async(std::launch::async, [&] { return (*speaker)->write(melody(20, kSampleRate)); });
        while ((*speaker)->playedSamples() < kSampleRate)
            QTest::qWait(10);
        const double played = static_cast<double>((*speaker)->playedSamples()) / static_cast<double>(kSampleRate);
        (*speaker)->stop();
        VERIFY_FAILS(writing.get(), ErrorCode::Cancelled);
        VERIFY_FAILS((*speaker)->finish(), ErrorCode::Cancelled);
        const double sounded = soundingSeconds(heardBy(*listener));
        qInfo("stopped at %.2f s, sounded for %.2f s", played, sounded);
        QVERIFY(sounded > 0.5);
        QVERIFY(sounded < 3.0);
    }

    void aSoundServerThatDiesIsAnError() {
        auto speaker = m_devices->openSpeaker();
        VERIFY_OK(speaker);
        auto writing = std::async(std::launch::async, [&] { return (*speaker)->write(melody(20, kSampleRate)); });
        QTest::qWait(300);
        m_server.kill();
        VERIFY_FAILS(writing.get(), ErrorCode::IoFailed);
        VERIFY_FAILS((*speaker)->finish(), ErrorCode::IoFailed);
    }
};

QTEST_GUILESS_MAIN(TestQtSpeaker)
#include "tst_qt_speaker.moc"
