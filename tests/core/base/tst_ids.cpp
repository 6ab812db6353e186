// SPDX-License-Identifier: Apache-2.0
#include <type_traits>

#include <QTest>

#include "base/ids.h"

using namespace sotto;

static_assert(!std::is_convertible_v<SessionId, ParticipantId> && !std::is_constructible_v<SessionId, ParticipantId>);

class IdsTest : public QObject {
    Q_OBJECT

private slots:
    void defaultIsNull();
    void randomIdsDifferAndAreNotNull();
    void textComesBack();
    void onlyJust32DigitsAreAnId();
    void orderIsThatOfTheText();
    void randomFillReachesEveryByte();
};

void IdsTest::defaultIsNull() {
    QVERIFY(SessionId().isNull());
    QCOMPARE(SessionId().toString(), QString(32, QLatin1Char('0')));
}

void IdsTest::randomIdsDifferAndAreNotNull() {
    const SessionId a = SessionId::random();
    QVERIFY(!a.isNull());
    QVERIFY(a != SessionId::random());
}

void IdsTest::textComesBack() {
    const SessionId id = SessionId::random();
    QCOMPARE(id.toString().size(), 32);
    QCOMPARE(id.toString(), id.toString().toLower());
    QVERIFY(SessionId::fromString(id.toString()) == id);
    QVERIFY(SessionId(id.raw()) == id);
}

void IdsTest::onlyJust32DigitsAreAnId() {
    const QString good = SessionId::random().toString();
    QVERIFY(!SessionId::fromString(QString()));
    QVERIFY(!SessionId::fromString(good.left(31)));
    QVERIFY(!SessionId::fromString(good + QLatin1Char('0')));
    QVERIFY(!SessionId::fromString(good.left(31) + QLatin1Char('g')));
    QVERIFY(!SessionId::fromString(good.left(31) + QLatin1Char(' ')));
    QVERIFY(!SessionId::fromString(good.left(31) + QChar(0x00e9)));
    // 16 two-byte characters: 32 bytes of UTF-8, not 32 digits.
    QVERIFY(!SessionId::fromString(QString(16, QChar(0x00e9))));
}

void IdsTest::orderIsThatOfTheText() {
    for (int i = 0; i < 100; ++i) {
        const SessionId a = SessionId::random();
        const SessionId b = SessionId::random();
        QCOMPARE(a < b, a.toString() < b.toString());
    }
}

void IdsTest::randomFillReachesEveryByte() {
    Bytes seen(1000, 0);
    for (int round = 0; round < 20; ++round) {
        Bytes bytes(seen.size(), 0);
        randomFill(bytes);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            seen[i] |= bytes[i];
        }
    }
    QVERIFY(std::find(seen.begin(), seen.end(), std::uint8_t{0}) == seen.end());
}

QTEST_GUILESS_MAIN(IdsTest)
#include "tst_ids.moc"
