// SPDX-License-Identifier: Apache-2.0
#include <QTest>
#include <QtEndian>

#include "recording/voice_memo.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::recording;

namespace {

/// Samples that a player gets: the last page's granule position, less the pre-skip (RFC 7845, 4).
std::int64_t samplesIn(const Bytes& stream) {
    const QByteArray bytes = byteArrayOf(stream);
    const qsizetype head = bytes.indexOf("OpusHead");
    const qsizetype last = bytes.lastIndexOf("OggS");
    if (head < 0 || last < 0) return -1;
    return qFromLittleEndian<qint64>(bytes.constData() + last + 6) -
           qFromLittleEndian<quint16>(bytes.constData() + head + 10);
}

}  // namespace

class TestVoiceMemo final : public QObject {
    Q_OBJECT

private slots:
    void whatWasSaidIsAWholeOggStreamOfThatLength() {
        // Lengths around a packet's border, fed in odd pieces.
        for (const std::int64_t length : {48'000LL, 48'001LL, 47'999LL, 144'000LL}) {
            auto memo = VoiceMemo::begin();
            VERIFY_OK(memo);
            const std::vector<std::int16_t> piece(777, 1000);
            for (std::int64_t fed = 0; fed < length;) {
                const auto count = std::min<std::int64_t>(length - fed, 777);
                VERIFY_OK(memo->write({piece.data(), static_cast<std::size_t>(count)}));
                fed += count;
            }
            QCOMPARE(memo->durationMs(), length / 48);
            const auto stream = memo->finish();
            VERIFY_OK(stream);
            QVERIFY(byteArrayOf(*stream).startsWith("OggS"));
            QCOMPARE(samplesIn(*stream), length);
        }
    }

    void aSlipOfTheFingerIsNoStatementAndAnEndIsAnEnd() {
        auto memo = VoiceMemo::begin();
        VERIFY_OK(memo);
        const std::vector<std::int16_t> piece(4800, 0);
        VERIFY_OK(memo->write(piece));
        VERIFY_FAILS(memo->finish(), ErrorCode::InvalidArgument);
        VERIFY_FAILS(memo->write(piece), ErrorCode::NotAllowed);
        VERIFY_FAILS(memo->finish(), ErrorCode::NotAllowed);
        VERIFY_FAILS(VoiceMemo::begin(-5), ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestVoiceMemo)
#include "tst_voice_memo.moc"
