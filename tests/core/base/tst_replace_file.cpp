// SPDX-License-Identifier: Apache-2.0
#include <QTest>

#include "base/file.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;
using test::FaultFileSystem;

namespace {

const Path kPath = "home/keyring";
const Path kFresh = "home/keyring.new";
const Bytes kOld{1, 1, 1};
const Bytes kNew{2, 2, 2, 2};

void prepare(FaultFileSystem& disk) {
    VERIFY_OK(disk.createDirectories("home"));
    VERIFY_OK(disk.syncDirectory(""));
    VERIFY_OK(replaceFile(disk, kPath, kOld));
    disk.resetOperations();
}

}  // namespace

class ReplaceFileTest : public QObject {
    Q_OBJECT

private slots:
    void newContentTakesThePlaceOfTheOld();
    void leftOverOfACrashIsReplaced();
    void anyFailingOperationLeavesOldOrNewWhole_data();
    void anyFailingOperationLeavesOldOrNewWhole();
    void fullDiskKeepsTheOld();
    void powerCutAfterAnyOperationLeavesOldOrNewWhole();
    void successSurvivesAPowerCut();
    void relativeNameWithoutAFolderWorks();
};

void ReplaceFileTest::newContentTakesThePlaceOfTheOld() {
    FaultFileSystem disk;
    prepare(disk);
    VERIFY_OK(replaceFile(disk, kPath, kNew));
    QVERIFY(disk.content(kPath) == kNew);
    QCOMPARE(disk.exists(kFresh).value_or(true), false);
}

void ReplaceFileTest::leftOverOfACrashIsReplaced() {
    FaultFileSystem disk;
    prepare(disk);
    disk.setContent(kFresh, Bytes(100, 9));
    VERIFY_OK(replaceFile(disk, kPath, kNew));
    QVERIFY(disk.content(kPath) == kNew);
    QCOMPARE(disk.exists(kFresh).value_or(true), false);
}

void ReplaceFileTest::anyFailingOperationLeavesOldOrNewWhole_data() {
    QTest::addColumn<bool>("forGood");
    QTest::newRow("once") << false;
    QTest::newRow("for good") << true;
}

void ReplaceFileTest::anyFailingOperationLeavesOldOrNewWhole() {
    QFETCH(bool, forGood);
    int failures = 0;
    for (std::uint64_t operation = 1;; ++operation) {
        FaultFileSystem disk;
        prepare(disk);
        disk.failAt(operation, forGood);
        const Result<> done = replaceFile(disk, kPath, kNew);
        const bool reached = disk.faultHappened();
        disk.clearFaults();
        if (!reached) {
            VERIFY_OK(done);
            break;
        }
        ++failures;
        VERIFY_FAILS(done, ErrorCode::IoFailed);
        const Bytes content = disk.content(kPath);
        QVERIFY(content == kOld || content == kNew);
        if (!forGood) QCOMPARE(disk.exists(kFresh).value_or(true), false);
        VERIFY_OK(replaceFile(disk, kPath, kNew));
        QVERIFY(disk.content(kPath) == kNew);
    }
    QVERIFY(failures >= 5);  // look for a left-over, open, write, sync, rename, sync of the folder
}

void ReplaceFileTest::fullDiskKeepsTheOld() {
    FaultFileSystem disk;
    prepare(disk);
    disk.setCapacity(kOld.size() + 2);
    VERIFY_FAILS(replaceFile(disk, kPath, kNew), ErrorCode::NoSpace);
    QVERIFY(disk.content(kPath) == kOld);
    QCOMPARE(disk.exists(kFresh).value_or(true), false);
}

void ReplaceFileTest::powerCutAfterAnyOperationLeavesOldOrNewWhole() {
    using Loss = FaultFileSystem::Loss;
    for (const Loss loss : {Loss::All, Loss::Nothing, Loss::OddOnes, Loss::TornAt512, Loss::Reordered}) {
        bool reached = true;
        for (std::uint64_t operation = 1; reached; ++operation) {
            FaultFileSystem disk;
            prepare(disk);
            disk.failAt(operation, true);
            const Result<> done = replaceFile(disk, kPath, kNew);
            reached = disk.faultHappened();
            QCOMPARE(done.has_value(), !reached);
            disk.cutPower(loss);
            disk.clearFaults();
            const Bytes content = disk.content(kPath);
            QVERIFY(content == kOld || content == kNew);
            VERIFY_OK(replaceFile(disk, kPath, kNew));
            QVERIFY(disk.content(kPath) == kNew);
        }
    }
}

void ReplaceFileTest::successSurvivesAPowerCut() {
    FaultFileSystem disk;
    prepare(disk);
    VERIFY_OK(replaceFile(disk, kPath, kNew));
    disk.cutPower(FaultFileSystem::Loss::All);
    QVERIFY(disk.content(kPath) == kNew);
}

void ReplaceFileTest::relativeNameWithoutAFolderWorks() {
    const test::TempDir dir;
    const Path before = std::filesystem::current_path();
    std::filesystem::current_path(dir.path());
    PosixFileSystem files;
    const Result<> done = replaceFile(files, "name", kNew);
    std::filesystem::current_path(before);
    VERIFY_OK(done);
    QVERIFY(readFile(files, dir / "name", 9).value_or(Bytes()) == kNew);
}

QTEST_GUILESS_MAIN(ReplaceFileTest)
#include "tst_replace_file.moc"
