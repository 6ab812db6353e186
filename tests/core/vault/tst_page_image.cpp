// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <QTest>

#include "support/result_check.h"
#include "vault/page_image.h"

using namespace sotto;
using namespace sotto::vault;

class TestPageImage : public QObject {
    Q_OBJECT
private slots:
    void replayingEveryCommitGivesTheSameImage();
    void whatIsPutBackIsNoChange();
    void aSmallChangeIsASmallRecord();
    void aPageThatWentAndCameBackIsReplayedRight();
    void readingBehindTheEndIsZeroAndSaid();
    void theWorkedExampleHolds();
    void hostileRecordsAreDamage();
};

namespace {

PageImage::Page page(std::uint8_t fill) {
    PageImage::Page content;
    content.fill(fill);
    return content;
}

void replay(PageImage& image, const std::vector<Bytes>& records) {
    for (const Bytes& record : records)
        VERIFY_OK(image.apply(record));
}

}  // namespace

void TestPageImage::replayingEveryCommitGivesTheSameImage() {
    std::mt19937 engine(7);
    const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
    PageImage image;
    std::vector<Bytes> records;
    for (int commit = 0; commit < 300; ++commit) {
        const unsigned steps = random() % 6;
        for (unsigned step = 0; step < steps; ++step) {
            if (random() % 5 == 0) {
                image.resize(random() % 30);
            } else {
                PageImage::Page content{};
                const auto number = random() % 30;
                static_cast<void>(image.read(number * content.size(), content));  // zeros where there is no page yet
                for (unsigned i = random() % 5; i > 0; --i) {
                    content[random() % content.size()] = static_cast<std::uint8_t>(random());
                }
                image.write(number, content);
            }
        }
        const Bytes before = image.bytes();
        const Bytes record = image.encodeChanges();
        if (random() % 4 != 0 && !record.empty()) {  // now and then the log does not take it and more is added
            records.push_back(record);
            image.acceptChanges();
            QVERIFY(image.encodeChanges().empty());
        }
        QVERIFY(image.bytes() == before);
    }
    if (const Bytes last = image.encodeChanges(); !last.empty()) records.push_back(last);
    QVERIFY(records.size() > 100);
    PageImage copy;
    replay(copy, records);
    QVERIFY(copy.bytes() == image.bytes());
}

void TestPageImage::whatIsPutBackIsNoChange() {
    PageImage image;
    image.write(0, page(1));
    image.write(1, page(2));
    image.acceptChanges();
    image.write(1, page(9));
    image.write(5, page(9));
    image.resize(1);
    QVERIFY(!image.encodeChanges().empty());
    image.resize(2);
    image.write(1, page(2));
    QVERIFY(image.encodeChanges().empty());
}

void TestPageImage::aSmallChangeIsASmallRecord() {
    PageImage image;
    image.write(0, page(1));
    image.acceptChanges();
    PageImage::Page changed = page(1);
    changed[1000] = 7;
    image.write(0, changed);
    QCOMPARE(image.encodeChanges().size(), std::size_t{8 + 6 + 4 + 8});
    image.acceptChanges();
    image.resize(3);  // only the size
    QCOMPARE(image.encodeChanges().size(), std::size_t{8});
}

void TestPageImage::aPageThatWentAndCameBackIsReplayedRight() {
    PageImage image;
    std::vector<Bytes> records;
    const auto commit = [&] {
        records.push_back(image.encodeChanges());
        image.acceptChanges();
    };
    for (std::uint32_t i = 0; i < 4; ++i)
        image.write(i, page(static_cast<std::uint8_t>(i + 1)));
    commit();
    image.resize(1);
    image.resize(3);  // pages 1 and 2 are zeros now
    commit();
    image.write(2, page(3));
    image.resize(2);
    commit();
    PageImage copy;
    replay(copy, records);
    QVERIFY(copy.bytes() == image.bytes());
    QCOMPARE(copy.pages(), 2U);
}

void TestPageImage::readingBehindTheEndIsZeroAndSaid() {
    PageImage image;
    image.write(0, page(5));
    Bytes buffer(10, 1);
    QVERIFY(image.read(4086, buffer));
    QVERIFY(buffer == Bytes(10, 5));
    QVERIFY(!image.read(4091, buffer));
    QVERIFY(buffer == (Bytes{5, 5, 5, 5, 5, 0, 0, 0, 0, 0}));
    QVERIFY(!image.read(std::uint64_t{1} << 40, buffer));
    QVERIFY(buffer == Bytes(10, 0));
}

void TestPageImage::theWorkedExampleHolds() {
    PageImage image;
    PageImage::Page content{};
    const ByteView name = viewOf(std::string_view("SQLite format 3\0", 16));
    std::copy(name.begin(), name.end(), content.begin());
    image.write(0, content);
    QCOMPARE(toHex(image.encodeChanges()), std::string("0100000001000000"
                                                       "000000000100"
                                                       "00001000"
                                                       "53514c69746520666f726d6174203300"));
}

void TestPageImage::hostileRecordsAreDamage() {
    PageImage source;
    source.write(0, page(1));
    source.write(1, page(2));
    const Bytes good = source.encodeChanges();
    for (std::size_t size = 0; size < good.size(); ++size) {
        PageImage image;
        VERIFY_FAILS(image.apply(ByteView(good).first(size)), ErrorCode::Damaged);
    }
    const auto refuses = [](const char* hex) {
        PageImage image;
        const auto applied = image.apply(*fromHex(hex));
        return !applied && applied.error().code == ErrorCode::Damaged;
    };
    QVERIFY(!refuses("0100000001000000000000000100000001000a"));
    QVERIFY(refuses("0100000001000000000000000100000001000a00"));          // a byte left over
    QVERIFY(refuses("0140000000000000"));                                  // image over the limit
    QVERIFY(refuses("0100000002000000"));                                  // more pages changed than there are
    QVERIFY(refuses("0100000001000000010000000100000001000a"));            // a page behind the end
    QVERIFY(refuses("01000000010000000000000000"));                        // no range
    QVERIFY(refuses("01000000010000000000000001000000000000"));            // an empty range
    QVERIFY(refuses("010000000100000000000000010000100100ff"));            // a range behind the page
    QVERIFY(refuses("0100000001000000000000000200010001000a000001000b"));  // ranges out of order
    QVERIFY(refuses("0200000002000000010000000100000001000a000000000100000001000a"));  // pages out of order
    QVERIFY(refuses("0100000001000000000000000100ff0f02000a0b"));                      // over the end of the page
}

QTEST_GUILESS_MAIN(TestPageImage)
#include "tst_page_image.moc"
