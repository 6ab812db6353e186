// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <QTest>

#include "commandline/key_files.h"
#include "support/fault_file_system.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::test;
using app::kKeyNames;

namespace {

const Path kKeys = "/keys";

Bytes bytesOf(std::string_view text) {
    const ByteView view = viewOf(text);
    return {view.begin(), view.end()};
}

QByteArray textOf(const FaultFileSystem& files, const Path& path) {
    return byteArrayOf(files.content(path));
}

/// A disk on which another run makes a key just after this one has seen that there was none.
class Racing final : public FileSystem {
public:
    explicit Racing(FaultFileSystem& disk) : m_disk(disk) {}
    Result<bool> exists(const Path& path) override {
        auto there = m_disk.exists(path);
        if (path.filename() == "lab-signing.key.pub") m_disk.setContent(kKeys / "analyst.agekey", Bytes{1});
        return there;
    }
    Result<std::unique_ptr<File>> open(const Path& path, OpenMode mode) override { return m_disk.open(path, mode); }
    Result<> rename(const Path& from, const Path& to) override { return m_disk.rename(from, to); }
    Result<> remove(const Path& path) override { return m_disk.remove(path); }
    Result<> createDirectories(const Path& path) override { return m_disk.createDirectories(path); }
    Result<> syncDirectory(const Path& path) override { return m_disk.syncDirectory(path); }
    Result<std::vector<DirectoryEntry>> list(const Path& path) override { return m_disk.list(path); }

private:
    FaultFileSystem& m_disk;
};

}  // namespace

class TestKeyFiles : public QObject {
    Q_OBJECT

private slots:
    void allKeysAndTheirPublicHalvesAreMade();
    void anExistingKeyIsNeverOverwritten();
    void aFailureLeavesNoHalfSetOfKeys();
    void aKeyOfSomebodyElseIsNotTakenBack();
    void onlyTheNamedKeysAreMade();
    void secretFilesAreClosedToOthers();
    void whatWasWrittenIsReadBack();
    void recipientsComeFromPublicFilesAlone();
    void missingKeysAreNamed();
    void keysThatAreNoneAreRefused();
    void everyBitOfASigningKeyCounts();
    void aPassphraseLosesJustOneNewline_data();
    void aPassphraseLosesJustOneNewline();
    void anEmptyPassphraseIsRefused();
};

void TestKeyFiles::allKeysAndTheirPublicHalvesAreMade() {
    FaultFileSystem files;
    VERIFY_OK(app::generateKeys(files, kKeys, kKeyNames));
    for (const char* name : {"content", "identity", "analyst"}) {
        const QByteArray secret = textOf(files, kKeys / (std::string(name) + ".agekey"));
        const QByteArray open = textOf(files, kKeys / (std::string(name) + ".agekey.pub"));
        QVERIFY(open.startsWith("age1") && open.endsWith('\n'));
        QVERIFY2(secret.contains(open.trimmed()), "the public key stands in the comment");
        QVERIFY(secret.contains("\nAGE-SECRET-KEY-1") && secret.endsWith('\n'));
        QVERIFY2(!open.contains("SECRET"), open.constData());
    }
    const auto identities = app::readIdentities(files, kKeys);
    VERIFY_OK(identities);
    QCOMPARE(identities->size(), std::size_t{3});
}

void TestKeyFiles::anExistingKeyIsNeverOverwritten() {
    FaultFileSystem files;
    // The last one to be made is there: nothing at all may be written before that is known.
    files.setContent(kKeys / "lab-signing.key.pub", Bytes{1});
    VERIFY_FAILS(app::generateKeys(files, kKeys, kKeyNames), ErrorCode::AlreadyExists);
    QCOMPARE(files.paths().size(), std::size_t{1});
    QVERIFY(files.content(kKeys / "lab-signing.key.pub") == Bytes{1});
}

void TestKeyFiles::aFailureLeavesNoHalfSetOfKeys() {
    FaultFileSystem whole;
    VERIFY_OK(app::generateKeys(whole, kKeys, kKeyNames));
    int failures = 0;
    for (std::uint64_t n = 1; n <= whole.operations(); ++n) {
        FaultFileSystem files;
        files.failAt(n, false, ErrorCode::NoSpace);
        VERIFY_FAILS(app::generateKeys(files, kKeys, kKeyNames), ErrorCode::NoSpace);
        ++failures;
        QVERIFY2(files.paths().empty(), qPrintable(QStringLiteral("operation %1").arg(n)));
        files.clearFaults();
        VERIFY_OK(app::generateKeys(files, kKeys, kKeyNames));
    }
    QVERIFY(failures > 20);
}

void TestKeyFiles::aKeyOfSomebodyElseIsNotTakenBack() {
    FaultFileSystem disk;
    Racing files(disk);
    VERIFY_FAILS(app::generateKeys(files, kKeys, kKeyNames), ErrorCode::AlreadyExists);
    QCOMPARE(disk.paths().size(), std::size_t{1});
    QVERIFY(disk.content(kKeys / "analyst.agekey") == Bytes{1});
}

void TestKeyFiles::onlyTheNamedKeysAreMade() {
    FaultFileSystem files;
    VERIFY_OK(app::generateKeys(files, kKeys, {QStringLiteral("identity")}));
    QCOMPARE(files.paths().size(), std::size_t{2});
    VERIFY_OK(app::generateKeys(files, kKeys, {QStringLiteral("lab-signing")}));
    QCOMPARE(files.paths().size(), std::size_t{4});
}

void TestKeyFiles::secretFilesAreClosedToOthers() {
    TempDir dir;
    PosixFileSystem files;
    VERIFY_OK(app::generateKeys(files, dir / "keys", kKeyNames));
    for (const char* name : {"content.agekey", "identity.agekey", "analyst.agekey", "lab-signing.key"}) {
        struct stat info {};
        QCOMPARE(::stat((dir / "keys" / name).c_str(), &info), 0);
        QCOMPARE(static_cast<int>(info.st_mode & 0777), 0600);
    }
}

void TestKeyFiles::whatWasWrittenIsReadBack() {
    FaultFileSystem files;
    VERIFY_OK(app::generateKeys(files, kKeys, kKeyNames));
    const auto labKeys = app::readLabKeys(files, kKeys);
    VERIFY_OK(labKeys);
    const auto identities = app::readIdentities(files, kKeys);
    VERIFY_OK(identities);  // in the order of the names: analyst, content, identity
    QVERIFY((*identities)[0].recipient() == labKeys->analyst.front());
    QVERIFY((*identities)[1].recipient() == labKeys->content.front());
    QVERIFY((*identities)[2].recipient() == labKeys->identity.front());
    const auto signing = app::readSigningKey(files, kKeys);
    VERIFY_OK(signing);
    QVERIFY(signing->has_value());
    QVERIFY(textOf(files, kKeys / "lab-signing.key.pub").contains(toHex((*signing)->verifyKey()).c_str()));
}

void TestKeyFiles::recipientsComeFromPublicFilesAlone() {
    FaultFileSystem files;
    VERIFY_OK(app::generateKeys(files, kKeys, kKeyNames));
    const auto whole = app::readLabKeys(files, kKeys);
    VERIFY_OK(whole);
    for (const char* name : {"content.agekey", "identity.agekey", "analyst.agekey"})
        VERIFY_OK(files.remove(kKeys / name));
    const auto open = app::readLabKeys(files, kKeys);
    VERIFY_OK(open);
    QVERIFY(open->content == whole->content && open->identity == whole->identity && open->analyst == whole->analyst);
    const auto identities = app::readIdentities(files, kKeys);
    VERIFY_OK(identities);
    QVERIFY(identities->empty());

    FaultFileSystem secretOnly;
    VERIFY_OK(app::generateKeys(secretOnly, kKeys, kKeyNames));
    VERIFY_OK(secretOnly.remove(kKeys / "content.agekey.pub"));
    VERIFY_OK(app::readLabKeys(secretOnly, kKeys));
}

void TestKeyFiles::missingKeysAreNamed() {
    FaultFileSystem files;
    VERIFY_FAILS(app::readIdentities(files, kKeys), ErrorCode::NotFound);
    VERIFY_OK(app::generateKeys(files, kKeys, {QStringLiteral("content")}));
    const auto signing = app::readSigningKey(files, kKeys);
    VERIFY_OK(signing);
    QVERIFY(!signing->has_value());
    const auto keys = app::readLabKeys(files, kKeys);
    VERIFY_FAILS(keys, ErrorCode::NotFound);
    QVERIFY2(keys.error().context.find("identity") != std::string::npos, keys.error().context.c_str());
    files.setContent(kKeys / "identity.agekey.pub", bytesOf("# nothing but a comment\n"));
    VERIFY_FAILS(app::readLabKeys(files, kKeys), ErrorCode::NotFound);
}

void TestKeyFiles::keysThatAreNoneAreRefused() {
    FaultFileSystem files;
    VERIFY_OK(app::generateKeys(files, kKeys, kKeyNames));
    files.setContent(kKeys / "extra.agekey", bytesOf("AGE-SECRET-KEY-1NONSENSE\n"));
    const auto identities = app::readIdentities(files, kKeys);
    VERIFY_FAILS(identities, ErrorCode::ParseFailed);
    QVERIFY2(identities.error().context.find("NONSENSE") == std::string::npos, "a secret in an error");
    files.setContent(kKeys / "extra.agekey", Bytes(70'000, std::uint8_t{'#'}));
    VERIFY_FAILS(app::readIdentities(files, kKeys), ErrorCode::ParseFailed);
    files.setContent(kKeys / "content.agekey.pub", bytesOf("age1nonsense\n"));
    VERIFY_FAILS(app::readLabKeys(files, kKeys), ErrorCode::ParseFailed);
}

void TestKeyFiles::everyBitOfASigningKeyCounts() {
    FaultFileSystem files;
    VERIFY_OK(app::generateKeys(files, kKeys, {QStringLiteral("lab-signing")}));
    const Bytes whole = files.content(kKeys / "lab-signing.key");
    const auto key = app::readSigningKey(files, kKeys);
    VERIFY_OK(key);
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        files.setContent(kKeys / "lab-signing.key",
                         Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        VERIFY_FAILS(app::readSigningKey(files, kKeys), ErrorCode::ParseFailed);
    }
    for (std::size_t bit = 0; bit < 8 * (whole.size() - 1); ++bit) {
        Bytes flipped = whole;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        files.setContent(kKeys / "lab-signing.key", flipped);
        const auto other = app::readSigningKey(files, kKeys);
        QVERIFY(!other || (*other)->verifyKey() != (*key)->verifyKey());
    }
}

void TestKeyFiles::aPassphraseLosesJustOneNewline_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::newRow("none") << QByteArray("five words") << QByteArray("five words");
    QTest::newRow("one") << QByteArray("five words\n") << QByteArray("five words");
    QTest::newRow("two") << QByteArray("five words\n\n") << QByteArray("five words\n");
    QTest::newRow("of Windows") << QByteArray("five words\r\n") << QByteArray("five words");
    QTest::newRow("a carriage return alone stays") << QByteArray("five words\r") << QByteArray("five words\r");
    QTest::newRow("spaces stay") << QByteArray(" five words \n") << QByteArray(" five words ");
    QTest::newRow("a zero byte stays") << QByteArray("five\0words\n", 11) << QByteArray("five\0words", 10);
}

void TestKeyFiles::aPassphraseLosesJustOneNewline() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, passphrase);
    FaultFileSystem files;
    files.setContent("/pass", Bytes(content.begin(), content.end()));
    const auto read = app::readPassphrase(files, "/pass");
    VERIFY_OK(read);
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(read->view().data()), static_cast<qsizetype>(read->size())),
             passphrase);
}

void TestKeyFiles::anEmptyPassphraseIsRefused() {
    FaultFileSystem files;
    VERIFY_FAILS(app::readPassphrase(files, "/pass"), ErrorCode::NotFound);
    for (const char* content : {"", "\n", "\r\n"}) {
        files.setContent("/pass", bytesOf(content));
        VERIFY_FAILS(app::readPassphrase(files, "/pass"), ErrorCode::InvalidArgument);
    }
    files.setContent("/pass", Bytes(70'000, std::uint8_t{'x'}));
    VERIFY_FAILS(app::readPassphrase(files, "/pass"), ErrorCode::ParseFailed);
}

QTEST_GUILESS_MAIN(TestKeyFiles)
#include "tst_key_files.moc"
