// SPDX-License-Identifier: Apache-2.0
#include "journeys/sound.h"

#include <QFile>
#include <QtEndian>

#include "base/check.h"

namespace sotto::test {

namespace {

void appendLe(QByteArray& bytes, quint32 value, int size) {
    for (int i = 0; i < size; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

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
    std::vector<std::int16_t> samples(static_cast<std::size_t>(raw.size() / 2));
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = qFromLittleEndian<qint16>(raw.constData() + 2 * i);
    return folded(samples);
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
