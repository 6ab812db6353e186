// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/package/package_fixture.h"
#include "core/package/raw_tar.h"

using namespace sotto;
using namespace sotto::test;
using package::openPackage;
using package::sealFiles;

namespace {

const Path kAge = "/box/one.age";
const Path kOut = "/lab/out";

void makeBox(FaultFileSystem& files) {
    VERIFY_OK(files.createDirectories("/box"));
}

/// An age file around any tar, as somebody with the public key could make.
Result<> encryptTar(FaultFileSystem& files, const KeyPair& keys, const Bytes& tar) {
    const auto recipients = keys.recipients();
    SOTTO_ASSIGN(Bytes sealed, crypto::age::encryptBytes(recipients, tar));
    files.setContent(kAge, std::move(sealed));
    return {};
}

std::string listOf(const std::string& name, const std::string& content) {
    const std::string hash = toHex(crypto::sha256(viewOf(std::string_view(content))));
    return R"({"format":1,"files":[{"name":")" + name + R"(","size":)" + std::to_string(content.size()) +
           R"(,"sha256":")" + hash + R"("}]})";
}

}  // namespace

class SealTest : public QObject {
    Q_OBJECT
private slots:
    void sealedFilesOpenAgain();
    void partsAndHashesDescribeTheFile();
    void stockAgeAndTarOpenAPackage();
    void anotherKeyOpensNothing();
    void everyRecipientOpens();
    void everyTruncationIsRefused();
    void everyFlippedBitIsRefused();
    void contentThatDiffersFromItsListIsRefused_data();
    void contentThatDiffersFromItsListIsRefused();
    void newerPackageIsRefusedAsNewer();
    void existingFilesAreNotOverwritten();
    void doubledNamesAreRefused();
    void faultWhileSealingLeavesNothing();
    void fullDiskWhileSealingLeavesNothing();
    void faultWhileOpeningLeavesNothing();
    void noClearByteIsOnTheDiskWhileSealing();
};

void SealTest::sealedFilesOpenAgain() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    VERIFY_OK(sealFiles(files, kAge, keys.recipients(), someFiles()));
    QCOMPARE(files.paths().size(), std::size_t{1});
    VERIFY_OK(openPackage(files, kAge, keys.identities, kOut));
    QCOMPARE(files.paths().size(), std::size_t{5});
    QCOMPARE(byteArrayOf(files.content(kOut / "notes/0001.txt")), someFiles()[2].content);
    const auto manifest = QJsonDocument::fromJson(byteArrayOf(files.content(kOut / "manifest.json"))).object();
    QCOMPARE(manifest.value(QStringLiteral("kind")).toString(), QStringLiteral("content"));
    QCOMPARE(manifest.value(QStringLiteral("practice")).toBool(), true);
    QCOMPARE(manifest.value(QStringLiteral("format")).toInt(), 1);
    QCOMPARE(manifest.value(QStringLiteral("files")).toArray().size(), 3);
    VERIFY_OK(package::checkUnpacked(files, kOut));
    files.setContent(kOut / "timeline.json", {'[', ']'});
    VERIFY_FAILS(package::checkUnpacked(files, kOut), ErrorCode::Damaged);
}

void SealTest::partsAndHashesDescribeTheFile() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    const auto sealed =
        sealFiles(files, kAge, keys.recipients(), {{QStringLiteral("audio.bin"), QByteArray(9'000'000, 'a')}});
    VERIFY_OK(sealed);
    const Bytes whole = files.content(kAge);
    QCOMPARE(sealed->size, std::uint64_t{whole.size()});
    QVERIFY(sealed->sha256 == crypto::sha256(whole));
    QCOMPARE(sealed->parts.size(), std::size_t{3});
    std::size_t at = 0;
    QSet<QString> names;
    for (const auto& part : sealed->parts) {
        const ByteView bytes = ByteView(whole).subspan(at, static_cast<std::size_t>(part.size));
        QVERIFY(crypto::sha256(bytes) == part.sha256);
        QVERIFY(part.size <= package::kPartSize && part.name.size() == 32);
        names.insert(part.name);
        at += bytes.size();
    }
    QCOMPARE(at, whole.size());
    QCOMPARE(names.size(), 3);
}

void SealTest::stockAgeAndTarOpenAPackage() {
    if (QStandardPaths::findExecutable(QStringLiteral("age")).isEmpty()) QSKIP("the program age is not installed");
    const TempDir temp;
    PosixFileSystem files;
    const KeyPair keys;
    VERIFY_OK(sealFiles(files, temp / "one.age", keys.recipients(), someFiles()));
    const auto secret = keys.identities.front().toText();
    QFile identity(text(temp / "key"));
    QVERIFY(identity.open(QIODevice::WriteOnly) && identity.write(byteArrayOf(secret.view())) > 0);
    identity.close();
    QCOMPARE(run(QStringLiteral("age"),
                 {QStringLiteral("-d"), QStringLiteral("-i"), QStringLiteral("key"), QStringLiteral("-o"),
                  QStringLiteral("one.tar"), QStringLiteral("one.age")},
                 text(temp.path())),
             0);
    QVERIFY(QDir(text(temp.path())).mkdir(QStringLiteral("out")));
    QCOMPARE(run(QStringLiteral("tar"), {QStringLiteral("xf"), QStringLiteral("../one.tar")}, text(temp / "out")), 0);
    VERIFY_OK(package::checkUnpacked(files, temp / "out"));
    QFile note(text(temp / "out/notes/0001.txt"));
    QVERIFY(note.open(QIODevice::ReadOnly));
    QVERIFY(note.readAll() == someFiles()[2].content);
}

void SealTest::anotherKeyOpensNothing() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    const KeyPair other;
    VERIFY_OK(sealFiles(files, kAge, keys.recipients(), someFiles()));
    VERIFY_FAILS(openPackage(files, kAge, other.identities, kOut), ErrorCode::WrongKey);
    QCOMPARE(files.paths().size(), std::size_t{1});
}

void SealTest::everyRecipientOpens() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair first;
    const KeyPair second;
    VERIFY_OK(
        sealFiles(files, kAge, std::vector{first.recipients().front(), second.recipients().front()}, someFiles()));
    VERIFY_OK(openPackage(files, kAge, first.identities, "/lab/first"));
    VERIFY_OK(openPackage(files, kAge, second.identities, "/lab/second"));
}

void SealTest::everyTruncationIsRefused() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    VERIFY_OK(sealFiles(files, kAge, keys.recipients(), {{QStringLiteral("a.txt"), "alpha"}}));
    const Bytes whole = files.content(kAge);
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        files.setContent(kAge, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        QVERIFY2(!openPackage(files, kAge, keys.identities, kOut), qPrintable(QString::number(size)));
        QCOMPARE(files.paths().size(), std::size_t{1});
    }
}

void SealTest::everyFlippedBitIsRefused() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    VERIFY_OK(sealFiles(files, kAge, keys.recipients(), {{QStringLiteral("a.txt"), "alpha"}}));
    const Bytes whole = files.content(kAge);
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        Bytes changed = whole;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ (1U << (at % 8)));
        files.setContent(kAge, std::move(changed));
        QVERIFY2(!openPackage(files, kAge, keys.identities, kOut), qPrintable(QString::number(at)));
        QCOMPARE(files.paths().size(), std::size_t{1});
    }
}

void SealTest::contentThatDiffersFromItsListIsRefused_data() {
    QTest::addColumn<QByteArray>("tar");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const RawTar& tar, ErrorCode code) {
        QTest::newRow(name) << byteArrayOf(tar.finished()) << static_cast<int>(code);
    };
    const std::string list = listOf("a", "alpha");
    row("other content", RawTar().entry("manifest.json", list).entry("a", "omega"), ErrorCode::Damaged);
    row("other size", RawTar().entry("manifest.json", list).entry("a", "alph"), ErrorCode::Damaged);
    row("file missing", RawTar().entry("manifest.json", list), ErrorCode::Damaged);
    row("one file more", RawTar().entry("manifest.json", list).entry("a", "alpha").entry("b", "beta"),
        ErrorCode::Damaged);
    row("no list", RawTar().entry("a", "alpha"), ErrorCode::ParseFailed);
    row("list is no JSON", RawTar().entry("manifest.json", "hello").entry("a", "alpha"), ErrorCode::ParseFailed);
    row("list without format", RawTar().entry("manifest.json", "{\"files\":[]}"), ErrorCode::ParseFailed);
    row("listed name climbs", RawTar().entry("manifest.json", listOf("../a", "alpha")).entry("a", "alpha"),
        ErrorCode::ParseFailed);
    row("path traversal", RawTar().entry("manifest.json", list).entry("../a", "alpha"), ErrorCode::ParseFailed);
    row("no tar", RawTar().data(std::string(5000, 'z')), ErrorCode::ParseFailed);
}

void SealTest::contentThatDiffersFromItsListIsRefused() {
    QFETCH(const QByteArray, tar);
    QFETCH(const int, code);
    FaultFileSystem files;
    const KeyPair keys;
    VERIFY_OK(encryptTar(files, keys, Bytes(tar.begin(), tar.end())));
    const auto opened = openPackage(files, kAge, keys.identities, kOut);
    VERIFY_FAILS(opened, static_cast<ErrorCode>(code));
    QCOMPARE(files.paths().size(), std::size_t{1});
    QVERIFY(!*files.exists(kOut));
}

void SealTest::newerPackageIsRefusedAsNewer() {
    FaultFileSystem files;
    const KeyPair keys;
    VERIFY_OK(encryptTar(files, keys, RawTar().entry("manifest.json", R"({"format":2,"files":{}})").finished()));
    VERIFY_FAILS(openPackage(files, kAge, keys.identities, kOut), ErrorCode::NewerVersion);
}

void SealTest::existingFilesAreNotOverwritten() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    VERIFY_OK(sealFiles(files, kAge, keys.recipients(), someFiles()));
    VERIFY_FAILS(sealFiles(files, kAge, keys.recipients(), someFiles()), ErrorCode::AlreadyExists);
    files.setContent(kOut / "mine", {1});
    VERIFY_FAILS(openPackage(files, kAge, keys.identities, kOut), ErrorCode::AlreadyExists);
    QCOMPARE(files.content(kOut / "mine"), Bytes{1});
}

void SealTest::doubledNamesAreRefused() {
    FaultFileSystem files;
    makeBox(files);
    const KeyPair keys;
    VERIFY_FAILS(sealFiles(files, kAge, keys.recipients(), {{QStringLiteral("a"), "1"}, {QStringLiteral("a"), "2"}}),
                 ErrorCode::InvalidArgument);
    VERIFY_FAILS(sealFiles(files, kAge, {}, someFiles()), ErrorCode::InvalidArgument);
    QVERIFY(files.paths().empty());
}

void SealTest::faultWhileSealingLeavesNothing() {
    const KeyPair keys;
    for (const bool forGood : {false, true}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            makeBox(files);
            files.resetOperations();
            files.failAt(n, forGood);
            const auto sealed = sealFiles(files, kAge, keys.recipients(), someFiles());
            const bool reached = files.faultHappened();
            files.clearFaults();
            if (!forGood && !sealed) QVERIFY2(files.paths().empty(), qPrintable(QString::number(n)));
            if (!sealed && *files.exists(kAge)) {
                // Only a folder that could not be synced and a disk that died just then leave the name behind, and
                // then what bears it is whole.
                VERIFY_OK(openPackage(files, kAge, keys.identities, kOut));
            } else if (!sealed) {
                VERIFY_OK(sealFiles(files, kAge, keys.recipients(), someFiles()));
                QCOMPARE(files.paths().size(), std::size_t{1});
            }
            if (!reached) break;
        }
    }
}

void SealTest::fullDiskWhileSealingLeavesNothing() {
    const KeyPair keys;
    for (const std::uint64_t room :
         {std::uint64_t{0}, std::uint64_t{100}, std::uint64_t{65'536}, std::uint64_t{300'000}}) {
        FaultFileSystem files;
        makeBox(files);
        files.setCapacity(room);
        VERIFY_FAILS(sealFiles(files, kAge, keys.recipients(), someFiles()), ErrorCode::NoSpace);
        QVERIFY(files.paths().empty());
    }
}

void SealTest::faultWhileOpeningLeavesNothing() {
    const KeyPair keys;
    FaultFileSystem origin;
    makeBox(origin);
    VERIFY_OK(sealFiles(origin, kAge, keys.recipients(), someFiles()));
    for (const bool forGood : {false, true}) {
        for (std::uint64_t n = 1;; ++n) {
            FaultFileSystem files;
            files.setContent(kAge, origin.content(kAge));
            files.resetOperations();
            files.failAt(n, forGood);
            const auto opened = openPackage(files, kAge, keys.identities, kOut);
            const bool reached = files.faultHappened();
            files.clearFaults();
            if (!opened && !forGood) {
                QVERIFY2(!*files.exists(kOut), qPrintable(QString::number(n)));
                QVERIFY2(files.paths().size() == 1, qPrintable(QString::number(n)));
            }
            if (!opened && !*files.exists(kOut)) VERIFY_OK(openPackage(files, kAge, keys.identities, kOut));
            VERIFY_OK(package::checkUnpacked(files, kOut));
            if (!reached) break;
        }
    }
}

void SealTest::noClearByteIsOnTheDiskWhileSealing() {
    const KeyPair keys;
    const QByteArray canary("canary-7c1f0a");
    for (std::uint64_t n = 1; n < 40; ++n) {
        FaultFileSystem files;
        makeBox(files);
        files.resetOperations();
        files.failAt(n, true);
        static_cast<void>(sealFiles(files, kAge, keys.recipients(), {{QStringLiteral("note-7c1f0a.txt"), canary}}));
        for (const Path& path : files.paths()) {
            QVERIFY(!byteArrayOf(files.content(path)).contains("7c1f0a"));
        }
    }
}

QTEST_GUILESS_MAIN(SealTest)
#include "tst_seal.moc"
