// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include <QTest>

#include "platform/linux/disk_storage.h"
#include "platform/linux/power_supply.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;
using test::TempDir;
using workflow::BatteryState;

namespace {

void writeLine(const Path& path, const std::string& line) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << line << '\n';
}

void putSupply(const Path& supply, const std::string& type, const std::string& capacity, const std::string& status) {
    writeLine(supply / "type", type);
    if (!capacity.empty()) writeLine(supply / "capacity", capacity);
    if (!status.empty()) writeLine(supply / "status", status);
}

}  // namespace

class TestDevice : public QObject {
    Q_OBJECT
private slots:
    void theRoomOfAFileSystemIsThatOfTheSystem() {
        const TempDir dir;
        const auto free = platform::DiskStorage(dir.path()).freeBytes();
        VERIFY_OK(free);
        // Others write to the same disk meanwhile.
        const auto expected = static_cast<double>(std::filesystem::space(dir.path()).available);
        QVERIFY(std::abs(static_cast<double>(*free) - expected) < 0.05 * expected + 1e9);
    }

    void aFolderThatIsNotThereIsNotFound() {
        const TempDir dir;
        VERIFY_FAILS(platform::DiskStorage(dir / "nowhere").freeBytes(), ErrorCode::NotFound);
    }

    void noBatteryIsNoState() {
        const TempDir dir;
        QCOMPARE(platform::PowerSupply(dir.path()).state(), std::nullopt);
        QCOMPARE(platform::PowerSupply(dir / "nowhere").state(), std::nullopt);
        putSupply(dir / "AC", "Mains", "", "");
        QCOMPARE(platform::PowerSupply(dir.path()).state(), std::nullopt);
    }

    void aBatterysStateIsRead_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("isCharging");
        QTest::newRow("in use") << QByteArray("Discharging") << false;
        QTest::newRow("charging") << QByteArray("Charging") << true;
        QTest::newRow("full") << QByteArray("Full") << true;
        QTest::newRow("spared") << QByteArray("Not charging") << true;
        QTest::newRow("unknown") << QByteArray("Unknown") << false;
    }
    void aBatterysStateIsRead() {
        QFETCH(QByteArray, status);
        QFETCH(bool, isCharging);
        const TempDir dir;
        putSupply(dir / "BAT0", "Battery", "37", status.toStdString());
        const auto state = platform::PowerSupply(dir.path()).state();
        QVERIFY(state == (BatteryState{37, isCharging}));
    }

    void theFullerOfTwoBatteriesCountsAndAMouseDoesNot() {
        const TempDir dir;
        putSupply(dir / "BAT0", "Battery", "12", "Discharging");
        putSupply(dir / "BAT1", "Battery", "80", "Discharging");
        putSupply(dir / "mouse", "Battery", "99", "Charging");
        writeLine(dir / "mouse" / "scope", "Device");
        QVERIFY(platform::PowerSupply(dir.path()).state() == (BatteryState{80, false}));
    }

    void nonsenseIsNoBattery() {
        for (const char* capacity : {"", "101", "-1", "12 %", "full"}) {
            const TempDir dir;
            putSupply(dir / "BAT0", "Battery", capacity, "Charging");
            QCOMPARE(platform::PowerSupply(dir.path()).state(), std::nullopt);
        }
    }
};

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_device.moc"
