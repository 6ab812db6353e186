// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "base/bytes.h"

using namespace sotto;

class BytesTest : public QObject {
    Q_OBJECT

private slots:
    void hexComesBack();
    void hexRefusesAnythingElse();
    void writerPutsTheLowByteFirst();
    void readerGivesBackWhatTheWriterPut();
    void readerNeverReadsPastTheEnd();
    void failedReaderStaysFailed();
    void blockOverItsLimitFails();
    void blockLongerThanTheRestFails();
    void unreadRestIsNotFinished();
    void viewsAndCopiesHoldTheSameBytes();
};

void BytesTest::hexComesBack() {
    Bytes all(256);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = static_cast<std::uint8_t>(i);
    }
    const std::string text = toHex(all);
    QCOMPARE(text.substr(0, 8), std::string("00010203"));
    QCOMPARE(text.substr(508), std::string("feff"));
    QVERIFY(fromHex(text) == all);
    QVERIFY(fromHex("FEff") == (Bytes{0xfe, 0xff}));
    QVERIFY(fromHex("") == Bytes{});
}

void BytesTest::hexRefusesAnythingElse() {
    for (const char* bad : {"0", "0g", "g0", " 00", "0x00", "00 ", "0/", "0:", "0@", "0G", "0`"}) {
        QVERIFY2(!fromHex(bad), bad);
    }
}

void BytesTest::writerPutsTheLowByteFirst() {
    ByteWriter writer;
    writer.u8(0x01);
    writer.u16(0x0203);
    writer.u32(0x04050607);
    writer.u64(0x08090a0b0c0d0e0f);
    writer.block(Bytes{0xaa, 0xbb});
    writer.raw(Bytes{0xcc});
    QCOMPARE(writer.size(), std::size_t{22});
    QCOMPARE(toHex(writer.view()), std::string("010302070605040f0e0d0c0b0a090802000000aabbcc"));
    QCOMPARE(toHex(writer.take()), std::string("010302070605040f0e0d0c0b0a090802000000aabbcc"));
}

void BytesTest::readerGivesBackWhatTheWriterPut() {
    ByteWriter writer;
    writer.u8(UINT8_MAX);
    writer.u16(UINT16_MAX - 1);
    writer.u32(UINT32_MAX - 2);
    writer.u64(UINT64_MAX - 3);
    writer.block(Bytes{1, 2, 3});
    writer.raw(Bytes{4, 5});
    ByteReader reader(writer.view());
    QCOMPARE(reader.u8(), std::uint8_t{UINT8_MAX});
    QCOMPARE(reader.u16(), std::uint16_t{UINT16_MAX - 1});
    QCOMPARE(reader.u32(), UINT32_MAX - 2);
    QCOMPARE(reader.u64(), UINT64_MAX - 3);
    QCOMPARE(toHex(reader.block(3)), std::string("010203"));
    QVERIFY(!reader.finished());
    QVERIFY(reader.array<2>() == (std::array<std::uint8_t, 2>{4, 5}));
    QVERIFY(reader.finished());
    QCOMPARE(reader.position(), writer.size());
}

void BytesTest::readerNeverReadsPastTheEnd() {
    const Bytes bytes{1, 2, 3};
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        ByteReader reader(ByteView(bytes).first(size));
        QCOMPARE(reader.u32(), 0U);
        QVERIFY(reader.failed());
        QCOMPARE(reader.remaining(), size);
    }
    ByteReader reader(bytes);
    QVERIFY(reader.raw(SIZE_MAX).empty());
    QVERIFY(reader.failed());
}

void BytesTest::failedReaderStaysFailed() {
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    QCOMPARE(reader.u64(), std::uint64_t{0});
    QCOMPARE(reader.u8(), std::uint8_t{0});
    QVERIFY(reader.raw(1).empty());
    QVERIFY(reader.array<1>() == (std::array<std::uint8_t, 1>{}));
    QVERIFY(reader.raw(0).empty());
    QVERIFY(reader.failed() && !reader.finished());
}

void BytesTest::blockOverItsLimitFails() {
    ByteWriter writer;
    writer.block(Bytes(10, 1));
    ByteReader atLimit(writer.view());
    QCOMPARE(atLimit.block(10).size(), std::size_t{10});
    QVERIFY(atLimit.finished());
    ByteReader overLimit(writer.view());
    QVERIFY(overLimit.block(9).empty());
    QVERIFY(overLimit.failed());
}

void BytesTest::blockLongerThanTheRestFails() {
    const Bytes bytes{0xff, 0xff, 0xff, 0xff, 1, 2};
    ByteReader reader(bytes);
    QVERIFY(reader.block(SIZE_MAX).empty());
    QVERIFY(reader.failed());
}

void BytesTest::unreadRestIsNotFinished() {
    const Bytes bytes{1, 2};
    ByteReader reader(bytes);
    QCOMPARE(reader.u8(), std::uint8_t{1});
    QVERIFY(!reader.failed());
    QVERIFY(!reader.finished());
    QCOMPARE(reader.remaining(), std::size_t{1});
}

void BytesTest::viewsAndCopiesHoldTheSameBytes() {
    const QByteArray array("a\0b", 3);
    QCOMPARE(toHex(viewOf(array)), std::string("610062"));
    QCOMPARE(byteArrayOf(viewOf(array)), array);
    QCOMPARE(toHex(viewOf(std::string_view("a\0b", 3))), std::string("610062"));
}

QTEST_GUILESS_MAIN(BytesTest)
#include "tst_bytes.moc"
