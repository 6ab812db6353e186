// SPDX-License-Identifier: Apache-2.0
#include "core/sync/sync_fixture.h"

using namespace sotto;
using namespace sotto::test;

namespace {
const Path kFolder = "/stick/store";
const QString kName(32, QLatin1Char('a'));
}  // namespace

class FolderStoreTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsPutComesBack();
    void takenNameIsNotOverwritten();
    void missingFolderIsNotCreated();
    void rubbishInTheFolderIsNotListed();
    void unreadableObjectIsNotTakenForAbsent();
    void unreadableReceiptDoesNotStopTheRest();
    void foreignNamesAreRefused();
    void aFolderInTheWayMovesAsideWithAllThatIsInIt();
    void aSecondFolderInTheWayIsNamed();
    void tooLargeObjectIsRefused();
    void anyFaultLeavesNothingHalfWritten();
    void fullAndReadOnlyStoresSaySo();
};

void FolderStoreTest::whatIsPutComesBack() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories(kFolder));
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    VERIFY_OK((*store)->put(kName, Bytes{1, 2, 3}));
    VERIFY_OK((*store)->put(kName + QStringLiteral(".manifest"), Bytes{4}));
    const auto content = (*store)->get(kName, 3);
    VERIFY_OK(content);
    QCOMPARE(*content, (Bytes{1, 2, 3}));
    const auto list = (*store)->list();
    VERIFY_OK(list);
    QCOMPARE(list->size(), std::size_t{2});
    QCOMPARE(list->front().size, std::uint64_t{3});
    VERIFY_OK((*store)->remove(kName));
    VERIFY_FAILS((*store)->get(kName, 3), ErrorCode::NotFound);
}

void FolderStoreTest::takenNameIsNotOverwritten() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories(kFolder));
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    VERIFY_OK((*store)->put(kName, Bytes{1}));
    VERIFY_FAILS((*store)->put(kName, Bytes{2}), ErrorCode::AlreadyExists);
    QCOMPARE(files.content(kFolder / kName.toStdString()), Bytes{1});
}

void FolderStoreTest::missingFolderIsNotCreated() {
    FaultFileSystem files;
    VERIFY_FAILS(sync::openFolderStore(files, kFolder), ErrorCode::NotFound);
    QVERIFY(!*files.exists(kFolder));
}

void FolderStoreTest::rubbishInTheFolderIsNotListed() {
    FaultFileSystem files;
    const std::string name = kName.toStdString();
    for (const std::string& rubbish :
         {std::string("Thumbs.db"), std::string(".DS_Store"), std::string("letter.docx"), name + " (conflict 1)",
          name + ".manifest (copy)", name + ".exe", "." + name + ".part", name + ".", std::string(32, 'A'),
          std::string(32, 'g'), std::string(31, 'a'), std::string(33, 'a'), name + ".manifest.manifest"}) {
        files.setContent(kFolder / rubbish, {1});
    }
    files.setContent(kFolder / std::string(32, 'b') / "inside", {1});
    files.setContent(kFolder / (std::string(32, 'b') + ".manifest") / "inside", {1});
    files.setContent(kFolder / name, {1});
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    const auto list = (*store)->list();
    VERIFY_OK(list);
    QCOMPARE(list->size(), std::size_t{1});
    QCOMPARE(list->front().name, kName);
}

void FolderStoreTest::unreadableObjectIsNotTakenForAbsent() {
    for (const ErrorCode code : {ErrorCode::IoFailed, ErrorCode::PermissionDenied}) {
        for (const QString& name : {kName, kName + sync::kManifestSuffix}) {
            FaultFileSystem files;
            files.setContent(kFolder / name.toStdString(), {1});
            const auto store = sync::openFolderStore(files, kFolder);
            VERIFY_OK(store);
            files.resetOperations();
            files.failAt(2, false, code);  // 1 lists the folder, 2 opens the object
            VERIFY_FAILS((*store)->list(), code);
            QVERIFY(files.faultHappened());
        }
    }
    // Taken away between the two: that one is absent.
    FaultFileSystem files;
    files.setContent(kFolder / kName.toStdString(), {1});
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    files.resetOperations();
    files.failAt(2, false, ErrorCode::NotFound);
    const auto list = (*store)->list();
    VERIFY_OK(list);
    QVERIFY(files.faultHappened() && list->empty());
}

void FolderStoreTest::unreadableReceiptDoesNotStopTheRest() {
    FaultFileSystem files;
    files.setContent(kFolder / (kName + sync::kStoredSuffix).toStdString(), {1});
    files.setContent(kFolder / std::string(32, 'b'), {1});
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    files.resetOperations();
    files.failAt(2, false, ErrorCode::PermissionDenied);
    const auto list = (*store)->list();
    VERIFY_OK(list);
    QVERIFY(files.faultHappened());
    QCOMPARE(list->size(), std::size_t{1});
    QCOMPARE(list->front().name, QString(32, QLatin1Char('b')));
}

void FolderStoreTest::aFolderInTheWayMovesAsideWithAllThatIsInIt() {
    for (const QString& name : {kName, kName + sync::kManifestSuffix, kName + sync::kStoredSuffix}) {
        FaultFileSystem files;
        files.setContent(kFolder / name.toStdString() / "letter.txt", {7});
        const auto store = sync::openFolderStore(files, kFolder);
        VERIFY_OK(store);
        QVERIFY(!(*store)->get(name, 10));
        VERIFY_FAILS((*store)->remove(name), ErrorCode::NotFound);
        VERIFY_OK((*store)->put(name, Bytes{1, 2}));
        QCOMPARE(files.content(kFolder / name.toStdString()), (Bytes{1, 2}));
        QCOMPARE(files.content(kFolder / (name.toStdString() + ".in-the-way") / "letter.txt"), Bytes{7});
        const auto list = (*store)->list();
        VERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{1});
    }
}

void FolderStoreTest::aSecondFolderInTheWayIsNamed() {
    FaultFileSystem files;
    files.setContent(kFolder / kName.toStdString() / "letter.txt", {7});
    files.setContent(kFolder / (kName.toStdString() + ".in-the-way") / "letter.txt", {8});
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    const auto put = (*store)->put(kName, Bytes{1});
    VERIFY_FAILS(put, ErrorCode::AlreadyExists);
    QVERIFY2(put.error().context.find("take it away") != std::string::npos, put.error().context.c_str());
    QCOMPARE(files.content(kFolder / kName.toStdString() / "letter.txt"), Bytes{7});
    QCOMPARE(files.content(kFolder / (kName.toStdString() + ".in-the-way") / "letter.txt"), Bytes{8});
}

void FolderStoreTest::foreignNamesAreRefused() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories(kFolder));
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    for (const QString& name : {QStringLiteral("../x"), QString(), QStringLiteral("/etc/passwd"), QString(32, u'A')}) {
        VERIFY_FAILS((*store)->put(name, {}), ErrorCode::InvalidArgument);
        VERIFY_FAILS((*store)->get(name, 1), ErrorCode::InvalidArgument);
        VERIFY_FAILS((*store)->remove(name), ErrorCode::InvalidArgument);
    }
}

void FolderStoreTest::tooLargeObjectIsRefused() {
    FaultFileSystem files;
    files.setContent(kFolder / kName.toStdString(), Bytes(11));
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    VERIFY_FAILS((*store)->get(kName, 10), ErrorCode::ParseFailed);
}

void FolderStoreTest::anyFaultLeavesNothingHalfWritten() {
    const Bytes content(10'000, 'x');
    for (const bool forGood : {false, true}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            VERIFY_OK(files.createDirectories(kFolder));
            const auto store = sync::openFolderStore(files, kFolder);
            VERIFY_OK(store);
            files.resetOperations();
            files.failAt(n, forGood);
            const auto put = (*store)->put(kName, content);
            const bool reached = files.faultHappened();
            files.clearFaults();
            const Path named = kFolder / kName.toStdString();
            if (*files.exists(named)) QVERIFY(files.content(named) == content);
            if (!put && !forGood) QVERIFY(files.paths().size() == (*files.exists(named) ? 1U : 0U));
            if (!put && !*files.exists(named)) VERIFY_OK((*store)->put(kName, content));
            QCOMPARE(files.paths().size(), std::size_t{1});
            if (!reached) break;
        }
    }
}

void FolderStoreTest::fullAndReadOnlyStoresSaySo() {
    FaultFileSystem files;
    VERIFY_OK(files.createDirectories(kFolder));
    const auto store = sync::openFolderStore(files, kFolder);
    VERIFY_OK(store);
    files.setCapacity(100);
    const auto full = (*store)->put(kName, Bytes(200));
    VERIFY_FAILS(full, ErrorCode::NoSpace);
    QVERIFY(full.error().context.find("it is full") != std::string::npos);
    QVERIFY(files.paths().empty());
    files.resetOperations();
    files.failAt(1, true, ErrorCode::PermissionDenied);
    const auto readOnly = (*store)->put(kName, Bytes(1));
    VERIFY_FAILS(readOnly, ErrorCode::PermissionDenied);
    QVERIFY(readOnly.error().context.find("read-only") != std::string::npos);
}

QTEST_GUILESS_MAIN(FolderStoreTest)
#include "tst_folder_store.moc"
