// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <QTest>

#include "base/file.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;

class PosixFileTest : public QObject {
    Q_OBJECT

private slots:
    void newFileIsOursAlone();
    void openingTellsWhatIsMissingOrThere();
    void writtenBytesComeBackAtTheirPlace();
    void readingStopsAtTheEnd();
    void writingToAReadOnlyHandleFails();
    void truncateCutsAndReserveDoesNotGrow();
    void secondLockIsBusy();
    void renameReplaces();
    void removeTellsWhatIsNotThere();
    void foldersAreMadeWithTheirParentsForUsAlone();
    void fileInTheWayOfAFolderIsAnError();
    void listIsSortedAndTellsFolders();
    void existsSeesADanglingLink();
    void fullDeviceIsNoSpace();
    void readFileKeepsItsLimit();

private:
    PosixFileSystem m_files;
};

void PosixFileTest::newFileIsOursAlone() {
    const test::TempDir dir;
    VERIFY_OK(m_files.open(dir / "f", OpenMode::CreateNew));
    struct stat info {};
    QCOMPARE(::stat((dir / "f").c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777, mode_t{0600});
}

void PosixFileTest::openingTellsWhatIsMissingOrThere() {
    const test::TempDir dir;
    VERIFY_FAILS(m_files.open(dir / "f", OpenMode::Read), ErrorCode::NotFound);
    VERIFY_FAILS(m_files.open(dir / "f", OpenMode::ReadWrite), ErrorCode::NotFound);
    VERIFY_FAILS(m_files.open(dir / "no" / "f", OpenMode::CreateNew), ErrorCode::NotFound);
    VERIFY_OK(m_files.open(dir / "f", OpenMode::CreateNew));
    VERIFY_FAILS(m_files.open(dir / "f", OpenMode::CreateNew), ErrorCode::AlreadyExists);
    VERIFY_OK(m_files.open(dir / "f", OpenMode::ReadWrite));
    VERIFY_FAILS(m_files.open(dir.path(), OpenMode::Read), ErrorCode::IoFailed);
    QCOMPARE(m_files.exists(dir / "f").value_or(false), true);
    QCOMPARE(m_files.exists(dir / "g").value_or(true), false);
}

void PosixFileTest::writtenBytesComeBackAtTheirPlace() {
    const test::TempDir dir;
    auto file = m_files.open(dir / "f", OpenMode::CreateNew);
    VERIFY_OK(file);
    VERIFY_OK((*file)->write(3, Bytes{7, 8}));
    VERIFY_OK((*file)->write(0, Bytes{1}));
    VERIFY_OK((*file)->sync());
    QCOMPARE((*file)->size().value_or(0), std::uint64_t{5});
    const auto content = readFile(m_files, dir / "f", 5);
    VERIFY_OK(content);
    QCOMPARE(toHex(*content), std::string("0100000708"));
}

void PosixFileTest::readingStopsAtTheEnd() {
    const test::TempDir dir;
    auto file = m_files.open(dir / "f", OpenMode::CreateNew);
    VERIFY_OK(file);
    VERIFY_OK((*file)->write(0, Bytes{1, 2, 3}));
    Bytes buffer(10, 0xee);
    QCOMPARE((*file)->read(1, buffer).value_or(99), std::size_t{2});
    QCOMPARE(toHex(ByteView(buffer).first(3)), std::string("0203ee"));
    QCOMPARE((*file)->read(3, buffer).value_or(99), std::size_t{0});
    QCOMPARE((*file)->read(1000, buffer).value_or(99), std::size_t{0});
}

void PosixFileTest::writingToAReadOnlyHandleFails() {
    const test::TempDir dir;
    VERIFY_OK(replaceFile(m_files, dir / "f", Bytes{1}));
    auto file = m_files.open(dir / "f", OpenMode::Read);
    VERIFY_OK(file);
    VERIFY_FAILS((*file)->write(0, Bytes{2}), ErrorCode::IoFailed);
    QCOMPARE(toHex(readFile(m_files, dir / "f", 9).value_or(Bytes())), std::string("01"));
}

void PosixFileTest::truncateCutsAndReserveDoesNotGrow() {
    const test::TempDir dir;
    auto file = m_files.open(dir / "f", OpenMode::CreateNew);
    VERIFY_OK(file);
    VERIFY_OK((*file)->write(0, Bytes{1, 2, 3}));
    VERIFY_OK((*file)->reserve(1024 * 1024));
    QCOMPARE((*file)->size().value_or(0), std::uint64_t{3});
    VERIFY_OK((*file)->truncate(1));
    QCOMPARE(toHex(readFile(m_files, dir / "f", 9).value_or(Bytes())), std::string("01"));
}

void PosixFileTest::secondLockIsBusy() {
    const test::TempDir dir;
    auto first = m_files.open(dir / "f", OpenMode::CreateNew);
    auto second = m_files.open(dir / "f", OpenMode::ReadWrite);
    VERIFY_OK(first);
    VERIFY_OK(second);
    VERIFY_OK((*first)->lock());
    VERIFY_OK((*first)->lock());
    VERIFY_FAILS((*second)->lock(), ErrorCode::Busy);
    first->reset();
    VERIFY_OK((*second)->lock());
}

void PosixFileTest::renameReplaces() {
    const test::TempDir dir;
    VERIFY_OK(replaceFile(m_files, dir / "a", Bytes{1}));
    VERIFY_OK(replaceFile(m_files, dir / "b", Bytes{2}));
    VERIFY_OK(m_files.rename(dir / "a", dir / "b"));
    VERIFY_OK(m_files.syncDirectory(dir.path()));
    QCOMPARE(toHex(readFile(m_files, dir / "b", 9).value_or(Bytes())), std::string("01"));
    VERIFY_FAILS(m_files.rename(dir / "a", dir / "b"), ErrorCode::NotFound);
    VERIFY_FAILS(m_files.syncDirectory(dir / "no"), ErrorCode::NotFound);
}

void PosixFileTest::removeTellsWhatIsNotThere() {
    const test::TempDir dir;
    VERIFY_OK(m_files.createDirectories(dir / "d" / "e"));
    VERIFY_FAILS(m_files.remove(dir / "f"), ErrorCode::NotFound);
    VERIFY_FAILS(m_files.remove(dir / "d"), ErrorCode::IoFailed);
    VERIFY_OK(m_files.remove(dir / "d" / "e"));
    VERIFY_OK(m_files.remove(dir / "d"));
}

void PosixFileTest::foldersAreMadeWithTheirParentsForUsAlone() {
    const test::TempDir dir;
    const Path deep = dir / "a" / "b" / "c";
    VERIFY_OK(m_files.createDirectories(deep));
    VERIFY_OK(m_files.createDirectories(deep));
    VERIFY_OK(m_files.createDirectories(deep / ""));
    struct stat info {};
    QCOMPARE(::stat((dir / "a").c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777, mode_t{0700});
}

void PosixFileTest::fileInTheWayOfAFolderIsAnError() {
    const test::TempDir dir;
    VERIFY_OK(replaceFile(m_files, dir / "f", Bytes{1}));
    QVERIFY(!m_files.createDirectories(dir / "f"));
    QVERIFY(!m_files.createDirectories(dir / "f" / "g"));
}

void PosixFileTest::listIsSortedAndTellsFolders() {
    const test::TempDir dir;
    for (const char* name : {"b", "a", ".c"}) {
        VERIFY_OK(replaceFile(m_files, dir / name, {}));
    }
    VERIFY_OK(m_files.createDirectories(dir / "ab"));
    const auto entries = m_files.list(dir.path());
    VERIFY_OK(entries);
    std::string names;
    for (const DirectoryEntry& entry : *entries) {
        names += entry.name + (entry.isDirectory ? "/ " : " ");
    }
    QCOMPARE(names, std::string(".c a ab/ b "));
    VERIFY_FAILS(m_files.list(dir / "no"), ErrorCode::NotFound);
}

void PosixFileTest::existsSeesADanglingLink() {
    const test::TempDir dir;
    QCOMPARE(::symlink("nowhere", (dir / "link").c_str()), 0);
    QCOMPARE(m_files.exists(dir / "link").value_or(false), true);
    VERIFY_FAILS(m_files.open(dir / "link", OpenMode::CreateNew), ErrorCode::AlreadyExists);
}

void PosixFileTest::fullDeviceIsNoSpace() {
    if (::access("/dev/full", W_OK) != 0) QSKIP("this system has no /dev/full");
    auto file = m_files.open("/dev/full", OpenMode::ReadWrite);
    VERIFY_OK(file);
    VERIFY_FAILS((*file)->write(0, Bytes{1}), ErrorCode::NoSpace);
}

void PosixFileTest::readFileKeepsItsLimit() {
    const test::TempDir dir;
    VERIFY_OK(replaceFile(m_files, dir / "f", Bytes(10)));
    VERIFY_OK(readFile(m_files, dir / "f", 10));
    VERIFY_FAILS(readFile(m_files, dir / "f", 9), ErrorCode::ParseFailed);
    VERIFY_FAILS(readFile(m_files, dir / "g", 9), ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(PosixFileTest)
#include "tst_posix_file.moc"
