// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <thread>

#include <QTest>

#include "base/units.h"
#include "platform/linux/qt_sound_devices.h"
#include "platform/wav/wav_input.h"
#include "support/pulse_server.h"
#include "support/result_check.h"
#include "support/sound.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;
using recording::LiveInput;

namespace {

using Samples = std::vector<std::int16_t>;

constexpr auto kWords =
    "She told me that the first winter was the hardest, because nobody in the house spoke of it. Later there was a "
    "neighbour, two doors down, who came by on Thursdays with soup and questions about the garden.";
constexpr std::size_t kPiece = 4800;
constexpr std::ptrdiff_t kStretch = 4 * kSampleRate / 5;

/// Reads until so many seconds were heard, or an error.
Result<Samples> hear(LiveInput& microphone, double seconds) {
    Samples all;
    Samples piece(kPiece);
    while (static_cast<double>(all.size()) < seconds * static_cast<double>(kSampleRate)) {
        SOTTO_ASSIGN(const std::size_t count, microphone.read(piece));
        all.insert(all.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count));
    }
    return all;
}

Result<Samples> contentOf(const Path& wav) {
    SOTTO_ASSIGN(const auto file, platform::WavInput::open(wav));
    Samples all(static_cast<std::size_t>(file->durationSamples()));
    SOTTO_TRY(file->read(all));
    return all;
}

/// Reads until an error comes.
Error errorOf(LiveInput& microphone) {
    Samples piece(kPiece);
    for (;;) {
        const auto count = microphone.read(piece);
        if (!count) return count.error();
    }
}

double loudest(const Samples& samples) {
    int most = 0;
    for (const std::int16_t sample : samples)
        most = std::max(most, std::abs(int{sample}));
    return most;
}

}  // namespace

/// With a real PulseAudio server. One for all functions, for Qt opens its connection once per process.
class TestQtMicrophone : public QObject {
    Q_OBJECT
    PulseServer m_server;
    TempDir m_dir;
    QString m_wav;
    std::unique_ptr<platform::QtSoundDevices> m_devices;

    /// Qt notices what is plugged a moment later.
    Result<std::unique_ptr<LiveInput>> openSoon(const QString& id) {
        Result<std::unique_ptr<LiveInput>> opened = fail(ErrorCode::NotFound, "not tried");
        for (int i = 0; i < 100 && !opened; i++) {
            opened = m_devices->openMicrophone(id);
            if (!opened) QThread::msleep(100);
        }
        return opened;
    }

private slots:
    void initTestCase() {
        const QString missing = PulseServer::missingPrograms();
        if (!missing.isEmpty()) QSKIP(qPrintable(missing));
        QVERIFY2(m_server.start(), qPrintable(m_server.log()));
        m_server.enterEnvironment();
        m_wav = QString::fromStdString((m_dir / "voice.wav").string());
        QVERIFY(speak(QString::fromLatin1(kWords), m_wav));
        m_devices = std::make_unique<platform::QtSoundDevices>();
    }

    void cleanupTestCase() { m_devices.reset(); }

    void theMicrophoneIsListedAndNoMonitorOfALoudspeaker() {
        const auto found = m_devices->microphones();
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().id, QStringLiteral("mic"));
        QCOMPARE(found.front().name, QStringLiteral("TestMicrophone"));
    }

    void aMicrophoneThatIsNotThereIsNotFound() {
        VERIFY_FAILS(m_devices->openMicrophone(QStringLiteral("nonesuch")), ErrorCode::NotFound);
    }

    void whatIsSaidIsHeardWithoutAGap() {
        const auto said = contentOf(Path(m_wav.toStdString()));
        VERIFY_OK(said);
        const double seconds = static_cast<double>(said->size()) / static_cast<double>(kSampleRate);
        auto microphone = m_devices->openMicrophone({});
        VERIFY_OK(microphone);
        VERIFY_OK(hear(**microphone, 0.2));  // armed: it delivers before anybody speaks
        QVERIFY((*microphone)->isDelivering());
        qInfo("the first sample came after %lld ms", static_cast<long long>((*microphone)->firstSampleMs().value()));
        (*microphone)->discard();
        const auto player = m_server.startPlaying(m_wav);
        const auto heard = hear(**microphone, seconds + 2.5);
        VERIFY_OK(heard);
        QVERIFY(player->waitForFinished());
        QCOMPARE((*microphone)->lostSamples(), 0);

        std::optional<std::ptrdiff_t> shift;
        for (double from = 0.5; from + 1.0 < seconds; from += 2.0) {
            const auto first = said->begin() + static_cast<std::ptrdiff_t>(from * static_cast<double>(kSampleRate));
            const Fit fit = exactFit(Samples(first, first + kStretch), *heard);
            QVERIFY2(fit.correlation > 0.98, qPrintable(QString::number(fit.correlation)));
            const auto here = fit.at - (first - said->begin());
            if (!shift) shift = here;
            // A lost or doubled piece would move everything behind it; the two resamplers may round by some samples.
            QVERIFY2(std::abs(here - *shift) <= 8, qPrintable(QString::number(here - *shift)));
        }
        QVERIFY(shift.has_value());
    }

    void discardedSpeechIsNotHeard() {
        auto microphone = m_devices->openMicrophone(QStringLiteral("mic"));
        VERIFY_OK(microphone);
        VERIFY_OK(hear(**microphone, 0.2));
        const auto player = m_server.startPlaying(m_wav);
        QTest::qWait(2500);
        player->kill();
        QVERIFY(player->waitForFinished());
        QTest::qWait(2500);  // until the room is quiet
        (*microphone)->discard();
        const auto heard = hear(**microphone, 0.5);
        VERIFY_OK(heard);
        QCOMPARE(loudest(*heard), 0.0);
    }

    void stopLetsGoOfAWaitingReader() {
        auto microphone = m_devices->openMicrophone(QStringLiteral("mic"));
        VERIFY_OK(microphone);
        auto reading = std::async(std::launch::async, [&] { return errorOf(**microphone); });
        QTest::qWait(300);
        (*microphone)->stop();
        QCOMPARE(static_cast<int>(reading.get().code), static_cast<int>(ErrorCode::Cancelled));
        QVERIFY(!(*microphone)->isDelivering());
    }

    void unpluggedWhileReadIsAnErrorAndItOpensAgain() {
        auto microphone = m_devices->openMicrophone(QStringLiteral("mic"));
        VERIFY_OK(microphone);
        VERIFY_OK(hear(**microphone, 0.5));
        auto reading = std::async(std::launch::async, [&] { return errorOf(**microphone); });
        QVERIFY(m_server.unplugMicrophone());
        const Error error = reading.get();
        QCOMPARE(static_cast<int>(error.code), static_cast<int>(ErrorCode::IoFailed));
        QCOMPARE(QString::fromStdString(error.context), QStringLiteral("the microphone was unplugged"));
        QVERIFY(!(*microphone)->isDelivering());
        VERIFY_FAILS(m_devices->openMicrophone(QStringLiteral("mic")), ErrorCode::NotFound);

        QVERIFY(m_server.plugMicrophone());
        auto again = openSoon(QStringLiteral("mic"));
        VERIFY_OK(again);
        VERIFY_OK(hear(**again, 0.5));
    }

    void aMicrophoneThatHangsIsAnError() {
        auto microphone = m_devices->openMicrophone(QStringLiteral("mic"));
        VERIFY_OK(microphone);
        VERIFY_OK(hear(**microphone, 0.5));
        QVERIFY(m_server.suspendMicrophone(true));
        const Error error = errorOf(**microphone);
        QVERIFY(m_server.suspendMicrophone(false));
        QCOMPARE(static_cast<int>(error.code), static_cast<int>(ErrorCode::IoFailed));
        QCOMPARE(QString::fromStdString(error.context), QStringLiteral("the microphone delivers nothing any more"));
    }

    void aSoundServerThatDiesIsAnErrorAndComesBack() {
        auto microphone = m_devices->openMicrophone(QStringLiteral("mic"));
        VERIFY_OK(microphone);
        VERIFY_OK(hear(**microphone, 0.5));
        m_server.kill();
        QCOMPARE(static_cast<int>(errorOf(**microphone).code), static_cast<int>(ErrorCode::IoFailed));
        QVERIFY2(m_server.start(), qPrintable(m_server.log()));
        auto again = openSoon(QStringLiteral("mic"));
        VERIFY_OK(again);
        VERIFY_OK(hear(**again, 0.5));
    }
};

QTEST_GUILESS_MAIN(TestQtMicrophone)
#include "tst_qt_microphone.moc"
