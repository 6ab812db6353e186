// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>
#include <numbers>
#include <vector>

#include <QTest>

#include "base/units.h"
#include "platform/sound/tempo.h"

using namespace sotto;
using platform::Tempo;

namespace {

using Samples = std::vector<std::int16_t>;

/// A sample that nothing but the sound under test has, as 16 bit and as the library keeps it.
constexpr std::int16_t kTraitor = 10937;
constexpr float kTraitorFloat = 10937.0F / 32768.0F;
std::atomic<bool> watching{false};
std::atomic<int> traitors{0};

/// Counts what freed memory still holds of the sound.
void look(const void* memory) {
    const std::size_t floats = memory == nullptr ? 0 : malloc_usable_size(const_cast<void*>(memory)) / sizeof(float);
    for (std::size_t i = 0; i < floats; ++i) {
        float value = 0;
        std::memcpy(&value, static_cast<const char*>(memory) + i * sizeof(float), sizeof value);
        if (std::abs(value - kTraitorFloat) < 1e-6F) ++traitors;
    }
}

Samples tone(double seconds, double hertz) {
    Samples samples(static_cast<std::size_t>(seconds * kSampleRate));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kSampleRate;
        samples[i] = static_cast<std::int16_t>(std::lrint(12'000 * std::sin(angle)));
    }
    return samples;
}

/// As the player does it: 50 ms at a time.
Samples played(Tempo& tempo, const Samples& sound) {
    Samples all;
    const auto append = [&all](std::span<const std::int16_t> part) { all.insert(all.end(), part.begin(), part.end()); };
    constexpr std::size_t kPiece = kSampleRate / 20;
    for (std::size_t at = 0; at < sound.size(); at += kPiece)
        append(tempo.stretch(std::span(sound).subspan(at, std::min(kPiece, sound.size() - at))));
    append(tempo.finish());
    return all;
}

/// By its passages from below to above zero, between the first and the last.
double frequency(const Samples& sound) {
    std::vector<double> rises;
    for (std::size_t i = 1; i < sound.size(); ++i) {
        if (sound[i - 1] >= 0 || sound[i] < 0) continue;
        const double part = static_cast<double>(-sound[i - 1]) / static_cast<double>(sound[i] - sound[i - 1]);
        rises.push_back(static_cast<double>(i - 1) + part);
    }
    if (rises.size() < 2) return 0;
    return static_cast<double>(rises.size() - 1) * kSampleRate / (rises.back() - rises.front());
}

}  // namespace

// Also what the library frees passes here.
void operator delete[](void* memory) noexcept {
    if (watching) look(memory);
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    operator delete[](memory);
}
void operator delete(void* memory) noexcept {
    if (watching) look(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    operator delete(memory);
}
void* operator new(std::size_t size) {
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void* operator new[](std::size_t size) {
    return operator new(size);
}

class TestTempo : public QObject {
    Q_OBJECT
private slots:
    void aToneKeepsItsPitchAndTakesItsTime_data();
    void aToneKeepsItsPitchAndTakesItsTime();
    void atOneNothingIsTouched();
    void lessThanItKeepsBackComesOutToo();
    void aSecondStreamBeginsAnew();
    void nothingOfTheSoundIsLeftInFreedMemory();
};

void TestTempo::aToneKeepsItsPitchAndTakesItsTime_data() {
    QTest::addColumn<double>("tempo");
    for (const double tempo : {0.75, 1.0, 1.25, 1.5, 2.0})
        QTest::newRow(qPrintable(QString::number(tempo))) << tempo;
}

void TestTempo::aToneKeepsItsPitchAndTakesItsTime() {
    QFETCH(double, tempo);
    const Samples sound = tone(5, 440);
    Tempo stretcher(tempo);
    const Samples heard = played(stretcher, sound);
    const double ratio = static_cast<double>(sound.size()) / tempo / static_cast<double>(heard.size());
    QVERIFY2(std::abs(ratio - 1) < 0.001, qPrintable(QString::number(ratio)));
    const double hertz = frequency(heard);
    QVERIFY2(std::abs(hertz - 440) < 4.4, qPrintable(QString::number(hertz)));
    qInfo("at %.2f: %.4f of the time expected, %.2f Hz", tempo, 1 / ratio, hertz);
}

void TestTempo::atOneNothingIsTouched() {
    const Samples sound = tone(1, 523);
    Tempo stretcher(1.0);
    QCOMPARE(played(stretcher, sound), sound);
}

void TestTempo::lessThanItKeepsBackComesOutToo() {
    Tempo stretcher(2.0);
    QCOMPARE(played(stretcher, tone(0.02, 440)).size(), std::size_t{kSampleRate / 100});
}

void TestTempo::aSecondStreamBeginsAnew() {
    const Samples sound = tone(1, 440);
    Tempo stretcher(1.5);
    const Samples first = played(stretcher, sound);
    QCOMPARE(played(stretcher, sound), first);
}

void TestTempo::nothingOfTheSoundIsLeftInFreedMemory() {
    const Samples sound(kSampleRate, kTraitor);
    watching = true;
    for (const double tempo : {0.75, 1.0, 1.25, 1.5, 2.0}) {
        Tempo stretcher(tempo);
        for (int stream = 0; stream < 2; ++stream) {
            for (std::size_t at = 0; at < sound.size(); at += 2400)
                static_cast<void>(stretcher.stretch(std::span(sound).subspan(at, 2400)));
            if (stream == 0) static_cast<void>(stretcher.finish());
        }
    }
    watching = false;
    QCOMPARE(traitors.load(), 0);
    {
        std::vector<float> left(1000, kTraitorFloat);
        watching = true;
    }
    watching = false;
    QVERIFY2(traitors >= 1000, "the look at freed memory sees nothing");
}

QTEST_GUILESS_MAIN(TestTempo)
#include "tst_tempo.moc"
