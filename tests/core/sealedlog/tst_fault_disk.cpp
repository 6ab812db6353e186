// SPDX-License-Identifier: Apache-2.0
#include "core/sealedlog/log_fixture.h"

using namespace sotto;
using namespace sotto::test;

using Loss = FaultFileSystem::Loss;

/// The disk that all fault tests trust must itself behave as a disk does.
class TestFaultDisk : public QObject {
    Q_OBJECT
private slots:
    void init();
    void whatWasNotSyncedIsLostWithThePower();
    void namesThatWereNotSyncedGoBack();
    void openFilesDieWithThePower();
    void aFailingWriteLeavesItsFirstHalf();
    void whatAFailedSyncDroppedNoLaterSyncBrings();
    void aTornWriteEndsAtASectorOfTheFile();
    void aFullDiskTakesWhatFits();
    void faultsComeOnceOrForGood();
    void aLockLastsUntilTheFileCloses();
    void missingFoldersAreMissing();
    void renamingReplaces();

private:
    [[nodiscard]] std::unique_ptr<File> make(const Path& path);
    std::unique_ptr<FaultFileSystem> m_files;
    const Path m_path = "/d/f";
};

void TestFaultDisk::init() {
    m_files = std::make_unique<FaultFileSystem>();
    VERIFY_OK(m_files->createDirectories("/d"));
}

std::unique_ptr<File> TestFaultDisk::make(const Path& path) {
    auto file = m_files->open(path, OpenMode::CreateNew);
    return file ? *std::move(file) : nullptr;
}

void TestFaultDisk::whatWasNotSyncedIsLostWithThePower() {
    for (const Loss loss : {Loss::All, Loss::Nothing}) {
        init();
        const auto file = make(m_path);
        VERIFY_OK(m_files->syncDirectory("/d"));
        VERIFY_OK(file->write(0, Bytes{1, 2}));
        VERIFY_OK(file->sync());
        VERIFY_OK(file->write(1, Bytes{3, 4}));
        QVERIFY((m_files->content(m_path) == Bytes{1, 3, 4}));
        m_files->cutPower(loss);
        QVERIFY(m_files->content(m_path) == (loss == Loss::All ? Bytes{1, 2} : Bytes{1, 3, 4}));
    }
}

void TestFaultDisk::namesThatWereNotSyncedGoBack() {
    m_files->setContent("/d/old", {7});
    const auto file = make(m_path);
    VERIFY_OK(file->write(0, Bytes{1}));
    VERIFY_OK(file->sync());
    VERIFY_OK(m_files->rename("/d/old", "/d/renamed"));
    m_files->cutPower(Loss::All);
    QCOMPARE(m_files->paths(), std::vector<Path>{"/d/old"});
    VERIFY_OK(m_files->rename("/d/old", "/d/renamed"));
    VERIFY_OK(m_files->syncDirectory("/d"));
    VERIFY_OK(m_files->remove("/d/renamed"));
    m_files->cutPower(Loss::Reordered);
    QCOMPARE(m_files->paths(), std::vector<Path>{"/d/renamed"});
    QVERIFY(m_files->content("/d/renamed") == Bytes{7});
}

void TestFaultDisk::openFilesDieWithThePower() {
    const auto file = make(m_path);
    VERIFY_OK(m_files->syncDirectory("/d"));
    m_files->cutPower(Loss::All);
    VERIFY_FAILS(file->write(0, Bytes{1}), ErrorCode::IoFailed);
    VERIFY_FAILS(file->sync(), ErrorCode::IoFailed);
    VERIFY_FAILS(file->size(), ErrorCode::IoFailed);
    VERIFY_OK(m_files->open(m_path, OpenMode::Read));
}

void TestFaultDisk::aFailingWriteLeavesItsFirstHalf() {
    const auto file = make(m_path);
    m_files->failAt(m_files->operations() + 1, false);
    VERIFY_FAILS(file->write(0, Bytes{1, 2, 3, 4}), ErrorCode::IoFailed);
    QVERIFY((m_files->content(m_path) == Bytes{1, 2}));
    VERIFY_OK(file->write(0, Bytes{5}));
}

void TestFaultDisk::whatAFailedSyncDroppedNoLaterSyncBrings() {
    int lost = 0;
    int torn = 0;
    for (std::uint64_t n = 1; n <= 30; ++n) {
        init();
        const auto file = make(m_path);
        VERIFY_OK(m_files->syncDirectory("/d"));
        VERIFY_OK(file->write(0, Bytes(2048, 1)));
        for (std::uint64_t i = 0; i < n; ++i) {
            VERIFY_OK(file->sync());  // which part a failing sync brings depends on its number
        }
        VERIFY_OK(file->write(0, Bytes(2048, 2)));
        m_files->failAt(m_files->operations() + 1, false);
        VERIFY_FAILS(file->sync(), ErrorCode::IoFailed);
        VERIFY_OK(file->sync());
        QVERIFY(m_files->content(m_path) == Bytes(2048, 2));
        m_files->cutPower(Loss::All);
        const Bytes left = m_files->content(m_path);
        const auto fresh = std::ranges::count(left, 2);
        QCOMPARE(fresh % 512, std::ptrdiff_t{0});
        lost += fresh == 0 ? 1 : 0;
        torn += fresh > 0 && fresh < 2048 ? 1 : 0;
    }
    QVERIFY(lost > 0);
    QVERIFY(torn > 0);
}

void TestFaultDisk::aTornWriteEndsAtASectorOfTheFile() {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        init();
        const auto file = make(m_path);
        VERIFY_OK(m_files->syncDirectory("/d"));
        VERIFY_OK(file->write(0, Bytes(100, 1)));
        VERIFY_OK(file->sync());
        VERIFY_OK(file->write(100, Bytes(3000, 2)));
        m_files->cutPower(Loss::TornAt512, seed);
        const std::size_t size = m_files->content(m_path).size();
        QVERIFY2(size == 100 || size == 3100 || size % 512 == 0, qPrintable(QString::number(size)));
    }
}

void TestFaultDisk::aFullDiskTakesWhatFits() {
    const auto file = make(m_path);
    m_files->setCapacity(10);
    VERIFY_FAILS(file->write(0, Bytes(12, 1)), ErrorCode::NoSpace);
    QCOMPARE(m_files->content(m_path).size(), std::size_t{10});
    VERIFY_OK(file->truncate(2));
    VERIFY_OK(file->reserve(8));
    const auto other = make("/d/g");
    VERIFY_FAILS(other->write(0, Bytes(3)), ErrorCode::NoSpace);
    VERIFY_OK(other->truncate(0));
    VERIFY_OK(other->write(0, Bytes(2)));
    VERIFY_OK(file->write(2, Bytes(6)));
}

void TestFaultDisk::faultsComeOnceOrForGood() {
    for (const bool forGood : {false, true}) {
        m_files->failAt(m_files->operations() + 2, forGood, ErrorCode::PermissionDenied);
        VERIFY_OK(m_files->syncDirectory("/d"));
        QVERIFY(!m_files->faultHappened());
        VERIFY_FAILS(m_files->syncDirectory("/d"), ErrorCode::PermissionDenied);
        QVERIFY(m_files->faultHappened());
        QCOMPARE(m_files->syncDirectory("/d").has_value(), !forGood);
        m_files->clearFaults();
        VERIFY_OK(m_files->syncDirectory("/d"));
    }
}

void TestFaultDisk::aLockLastsUntilTheFileCloses() {
    auto first = make(m_path);
    VERIFY_OK(first->lock());
    const auto second = m_files->open(m_path, OpenMode::ReadWrite);
    VERIFY_OK(second);
    VERIFY_FAILS((*second)->lock(), ErrorCode::Busy);
    first.reset();
    VERIFY_OK((*second)->lock());
}

void TestFaultDisk::missingFoldersAreMissing() {
    VERIFY_FAILS(m_files->open("/nowhere/f", OpenMode::CreateNew), ErrorCode::NotFound);
    VERIFY_FAILS(m_files->list("/nowhere"), ErrorCode::NotFound);
    VERIFY_FAILS(m_files->syncDirectory("/nowhere"), ErrorCode::NotFound);
    VERIFY_FAILS(m_files->open(m_path, OpenMode::Read), ErrorCode::NotFound);
    VERIFY_FAILS(m_files->remove(m_path), ErrorCode::NotFound);
}

void TestFaultDisk::renamingReplaces() {
    m_files->setContent("/d/a", {1});
    m_files->setContent("/d/b", {2});
    VERIFY_OK(m_files->rename("/d/a", "/d/b"));
    QCOMPARE(m_files->paths(), std::vector<Path>{"/d/b"});
    QVERIFY(m_files->content("/d/b") == Bytes{1});
    m_files->cutPower(Loss::All);
    QCOMPARE(m_files->paths().size(), std::size_t{2});
    QVERIFY(m_files->content("/d/b") == Bytes{2});
}

QTEST_GUILESS_MAIN(TestFaultDisk)
#include "tst_fault_disk.moc"
