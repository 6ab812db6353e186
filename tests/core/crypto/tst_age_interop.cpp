// SPDX-License-Identifier: Apache-2.0
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "base/ids.h"
#include "crypto/age/age.h"
#include "support/result_check.h"
#include "support/temp_dir.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

struct Ran {
    int exitCode = -1;
    QByteArray output;
};

Ran run(const QString& program, const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000)) return {};
    return {process.exitCode(), process.readAllStandardOutput()};
}

constexpr std::size_t kSizes[] = {
    0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 1024 * 1024, 1024 * 1024 + 1, 5 * 1024 * 1024 + 321};

}  // namespace

/// Both ways with the stock programs `age` and `age-keygen`.
class AgeInteropTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void keysOfAgeKeygenAreUnderstood();
    void ourKeysAreUnderstoodByAgeKeygen();
    void filesGoBothWays_data();
    void filesGoBothWays();
    void stockAgeRefusesWhatWeRefuse();

private:
    [[nodiscard]] QString file(const char* name) const { return QString::fromStdString((m_dir / name).string()); }
    void save(const char* name, ByteView content) { VERIFY_OK(replaceFile(m_files, m_dir / name, content)); }

    test::TempDir m_dir;
    PosixFileSystem m_files;
};

void AgeInteropTest::initTestCase() {
    for (const char* program : {"age", "age-keygen"}) {
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty()) QSKIP("age is not installed here");
    }
}

void AgeInteropTest::keysOfAgeKeygenAreUnderstood() {
    const Ran made = run(QStringLiteral("age-keygen"), {});
    QCOMPARE(made.exitCode, 0);
    const auto identities = age::parseIdentityFile(viewOf(made.output));
    VERIFY_OK(identities);
    QCOMPARE(identities->size(), std::size_t{1});
    const QByteArray recipient = QByteArray::fromStdString(identities->front().recipient().toString());
    QVERIFY(made.output.contains("# public key: " + recipient + "\n"));
}

void AgeInteropTest::ourKeysAreUnderstoodByAgeKeygen() {
    const age::Identity identity = age::Identity::generate();
    const Ran shown =
        run(QStringLiteral("age-keygen"), {QStringLiteral("-y")}, byteArrayOf(identity.toText().view()) + '\n');
    QCOMPARE(shown.exitCode, 0);
    QCOMPARE(shown.output.trimmed().toStdString(), identity.recipient().toString());
}

void AgeInteropTest::filesGoBothWays_data() {
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<int>("recipients");
    int recipients = 0;
    for (const std::size_t size : kSizes) {
        recipients = recipients % 4 + 1;
        QTest::addRow("%zu bytes for %d", size, recipients) << size << recipients;
    }
}

void AgeInteropTest::filesGoBothWays() {
    QFETCH(std::size_t, size);
    QFETCH(int, recipients);
    Bytes plaintext(size);
    randomFill(plaintext);
    std::vector<age::Identity> identities;
    std::vector<age::Recipient> to;
    QStringList arguments{QStringLiteral("-e")};
    for (int i = 0; i < recipients; ++i) {
        identities.push_back(age::Identity::generate());
        to.push_back(identities.back().recipient());
        arguments << QStringLiteral("-r") << QString::fromStdString(to.back().toString());
    }
    save("plain", plaintext);
    const auto ours = age::encryptBytes(to, plaintext);
    VERIFY_OK(ours);
    save("ours.age", *ours);
    QCOMPARE(
        run(QStringLiteral("age"), arguments << QStringLiteral("-o") << file("theirs.age") << file("plain")).exitCode,
        0);
    const auto theirs = readFile(m_files, m_dir / "theirs.age", std::uint64_t{16} * 1024 * 1024);
    VERIFY_OK(theirs);
    QCOMPARE(theirs->size(), ours->size());
    for (const age::Identity& identity : identities) {
        save("key", identity.toText().view());
        const Ran opened =
            run(QStringLiteral("age"), {QStringLiteral("-d"), QStringLiteral("-i"), file("key"), file("ours.age")});
        QCOMPARE(opened.exitCode, 0);
        QVERIFY(opened.output == byteArrayOf(plaintext));
        const auto back = age::decryptBytes({&identity, 1}, *theirs);
        VERIFY_OK(back);
        QVERIFY(equalConstantTime(back->view(), plaintext));
    }
}

void AgeInteropTest::stockAgeRefusesWhatWeRefuse() {
    const age::Identity identity = age::Identity::generate();
    const age::Recipient recipient = identity.recipient();
    save("key", identity.toText().view());
    auto whole = age::encryptBytes({&recipient, 1}, Bytes(70000, 5));
    VERIFY_OK(whole);
    for (const std::size_t cut : {std::size_t{1}, std::size_t{4480}, std::size_t{70000}, std::size_t{70100}}) {
        const Bytes shorter(whole->begin(), whole->end() - static_cast<std::ptrdiff_t>(cut));
        save("cut.age", shorter);
        QVERIFY(run(QStringLiteral("age"), {QStringLiteral("-d"), QStringLiteral("-i"), file("key"), file("cut.age")})
                    .exitCode != 0);
        VERIFY_FAILS(age::decryptBytes({&identity, 1}, shorter), ErrorCode::Damaged);
    }
}

QTEST_GUILESS_MAIN(AgeInteropTest)
#include "tst_age_interop.moc"
