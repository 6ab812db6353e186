// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "workflow/device.h"

using namespace sotto;

class TestDevice : public QObject {
    Q_OBJECT
private slots:
    void minutesAreRatherTooFewThanTooMany() {
        // One hour at 32 kbit/s is 14.4 MB of voice, and more with what the log adds.
        const std::int64_t minutes = workflow::minutesOfRecording(14'400'000, 32000);
        QVERIFY(minutes < 60);
        QVERIFY(minutes >= 45);
    }

    void moreBitsAreFewerMinutes() {
        QVERIFY(workflow::minutesOfRecording(1'000'000'000, 64000) <
                workflow::minutesOfRecording(1'000'000'000, 32000));
    }

    void aFullDiskHasNoMinutes() {
        QCOMPARE(workflow::minutesOfRecording(0, 32000), 0);
        QCOMPARE(workflow::minutesOfRecording(100'000, 32000), 0);
    }
};

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_device.moc"
