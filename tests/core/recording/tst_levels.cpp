// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "core/recording/signals.h"
#include "recording/levels.h"

using sotto::recording::LevelMeter;
using namespace sotto::test;

class TestLevels : public QObject {
    Q_OBJECT

private slots:
    void sineShowsItsPeakAndRms() {
        LevelMeter meter;
        meter.feed(sine(48000, 1000, 16384));
        QVERIFY(std::abs(meter.level().peak - 0.5F) < 0.001F);
        QVERIFY(std::abs(meter.level().rms - 0.3536F) < 0.001F);
        QVERIFY(!meter.level().clipping);
        QVERIFY(!meter.level().deadInput);
    }

    void levelIsOfTheLastTenthOfASecond() {
        LevelMeter meter;
        meter.feed(sine(4800, 1000, 16384));
        meter.feed(silence(4799));
        QVERIFY(meter.level().peak > 0.4F);
        meter.feed(silence(1));
        QCOMPARE(meter.level().peak, 0.0F);
        QCOMPARE(meter.level().rms, 0.0F);
    }

    void twoSecondsOfExactZerosAreADeadInput() {
        LevelMeter meter;
        meter.feed(silence(95999));
        QVERIFY(!meter.level().deadInput);
        meter.feed(silence(1));
        QVERIFY(meter.level().deadInput);
        meter.feed(Samples{1});
        QVERIFY(!meter.level().deadInput);
    }

    void oneLiveSampleStartsTheCountAnew() {
        LevelMeter meter;
        meter.feed(silence(95999));
        meter.feed(Samples{-1});
        meter.feed(silence(95999));
        QVERIFY(!meter.level().deadInput);
    }

    void quietRoomIsNeverDead() {
        LevelMeter meter;
        for (unsigned minute = 0; minute < 10; minute++) {
            for (unsigned second = 0; second < 60; second++) {
                meter.feed(quietRoom(48000, minute * 60 + second));
                QVERIFY(!meter.level().deadInput);
            }
        }
        QVERIFY(meter.level().peak > 0);
    }

    void clippingIsShownForOneSecond_data() {
        QTest::addColumn<int>("sample");
        QTest::addColumn<bool>("clips");
        QTest::newRow("highest") << 32767 << true;
        QTest::newRow("lowest") << -32768 << true;
        QTest::newRow("just below") << 32766 << false;
        QTest::newRow("just above the lowest") << -32766 << false;
    }
    void clippingIsShownForOneSecond() {
        QFETCH(int, sample);
        QFETCH(bool, clips);
        LevelMeter meter;
        meter.feed(quietRoom(1000));
        meter.feed(Samples{static_cast<std::int16_t>(sample)});
        QCOMPARE(meter.level().clipping, clips);
        meter.feed(quietRoom(47999));
        QCOMPARE(meter.level().clipping, clips);
        meter.feed(quietRoom(1));
        QVERIFY(!meter.level().clipping);
    }

    void freshMeterShowsNothing() {
        LevelMeter meter;
        QVERIFY(!meter.level().clipping);
        QVERIFY(!meter.level().deadInput);
        meter.feed(silence(96000));
        meter.feed(Samples{32767});
        meter.reset();
        QVERIFY(!meter.level().clipping);
        QVERIFY(!meter.level().deadInput);
        QCOMPARE(meter.level().peak, 0.0F);
    }
};

QTEST_GUILESS_MAIN(TestLevels)
#include "tst_levels.moc"
