// SPDX-License-Identifier: Apache-2.0
#include "journeys/sound.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <QFile>
#include <QtEndian>

#include "base/check.h"

namespace sotto::test {

namespace {

constexpr double kSyllable = 0.12;
constexpr double kPi = 3.14159265358979323846;

std::vector<double> tones(double seconds, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<double> all(static_cast<std::size_t>(seconds / kSyllable) + 1);
    // Not std::uniform_real_distribution: its numbers differ from library to library.
    for (double& tone : all)
        tone = 150.0 + 500.0 * static_cast<double>(random()) / 4294967296.0;
    return all;
}

void appendLe(QByteArray& bytes, quint32 value, int size) {
    for (int i = 0; i < size; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

std::vector<std::int16_t> melody(double seconds, int rate, unsigned seed) {
    const auto frequencies = tones(seconds, seed);
    std::vector<std::int16_t> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double time = static_cast<double>(i) / rate;
        const auto syllable = static_cast<std::size_t>(time / kSyllable);
        const double local = time - static_cast<double>(syllable) * kSyllable;
        const double phase = 2 * kPi * frequencies[syllable] * local;
        const double loudness = std::sin(kPi * local / kSyllable);
        const double value = (std::sin(phase) + 0.4 * std::sin(2 * phase)) * loudness * loudness;
        samples[i] = static_cast<std::int16_t>(std::lround(9000 * value));
    }
    return samples;
}

void writeWav(const QString& path, const std::vector<std::int16_t>& samples, int rate, int repeats) {
    QByteArray data(static_cast<qsizetype>(samples.size() * 2), '\0');
    for (std::size_t i = 0; i < samples.size(); ++i)
        qToLittleEndian(samples[i], data.data() + 2 * i);
    const auto size = static_cast<quint32>(data.size() * repeats);
    QByteArray head("RIFF");
    appendLe(head, 36 + size, 4);
    head += "WAVEfmt ";
    appendLe(head, 16, 4);
    appendLe(head, 1, 2);
    appendLe(head, 1, 2);
    appendLe(head, static_cast<quint32>(rate), 4);
    appendLe(head, static_cast<quint32>(2 * rate), 4);
    appendLe(head, 2, 2);
    appendLe(head, 16, 2);
    head += "data";
    appendLe(head, size, 4);
    writeAll(path, head);
    QFile file(path);
    SOTTO_CHECK(file.open(QIODevice::Append));
    for (int i = 0; i < repeats; ++i)
        SOTTO_CHECK(file.write(data) == data.size());
}

std::vector<float> decoded(const Stage& stage, const QString& opusFile) {
    const Outcome done =
        stage.tool(QStringLiteral("opusdec"), {QStringLiteral("--quiet"), QStringLiteral("--rate"),
                                               QStringLiteral("48000"), opusFile, QStringLiteral("decoded.raw")});
    if (done.code != 0) return {};
    const QByteArray raw = readAll(stage.path(QStringLiteral("decoded.raw")));
    SOTTO_CHECK(QFile::remove(stage.path(QStringLiteral("decoded.raw"))));
    constexpr qsizetype kFold = 48000 / kCompareRate;
    std::vector<float> sound(static_cast<std::size_t>(raw.size() / 2 / kFold));
    for (std::size_t i = 0; i < sound.size(); ++i) {
        for (std::size_t k = 0; k < kFold; ++k)
            sound[i] += static_cast<float>(qFromLittleEndian<qint16>(raw.constData() + 2 * (i * kFold + k)));
    }
    return sound;
}

Fit bestFit(const std::vector<float>& stretch, const std::vector<float>& sound, std::ptrdiff_t first,
            std::ptrdiff_t last) {
    const auto size = static_cast<std::ptrdiff_t>(stretch.size());
    double own = 0;
    for (const float value : stretch)
        own += static_cast<double>(value) * static_cast<double>(value);
    Fit best;
    first = std::max<std::ptrdiff_t>(first, 0);
    last = std::min(last, static_cast<std::ptrdiff_t>(sound.size()) - size);
    for (std::ptrdiff_t at = first; at <= last; ++at) {
        float product = 0;
        float other = 0;
        for (std::ptrdiff_t i = 0; i < size; ++i) {
            const float value = sound[static_cast<std::size_t>(at + i)];
            product += stretch[static_cast<std::size_t>(i)] * value;
            other += value * value;
        }
        const double correlation = static_cast<double>(product) / std::sqrt(own * static_cast<double>(other) + 1);
        if (correlation > best.correlation) best = {at, correlation};
    }
    return best;
}

std::vector<float> stretchOf(const std::vector<float>& sound, double fromSeconds, double seconds) {
    const auto from = static_cast<std::size_t>(fromSeconds * kCompareRate);
    const auto count = static_cast<std::size_t>(seconds * kCompareRate);
    if (from + count > sound.size()) return {};
    const auto begin = sound.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

std::vector<float> asFloats(const std::vector<std::int16_t>& samples) {
    return {samples.begin(), samples.end()};
}

QList<QByteArray> oggPackets(const QByteArray& ogg) {
    constexpr qsizetype kPageHead = 27;
    QList<QByteArray> packets;
    QByteArray packet;
    qsizetype at = 0;
    while (at + kPageHead <= ogg.size() && ogg.mid(at, 4) == "OggS") {
        const auto count = static_cast<qsizetype>(static_cast<quint8>(ogg[at + 26]));
        qsizetype body = at + kPageHead + count;
        for (qsizetype i = 0; i < count && body <= ogg.size(); ++i) {
            const auto size = static_cast<qsizetype>(static_cast<quint8>(ogg[at + kPageHead + i]));
            packet += ogg.mid(body, size);
            body += size;
            if (size == 255) continue;
            packets += packet;
            packet.clear();
        }
        at = body;
    }
    return packets;
}

}  // namespace sotto::test
