// SPDX-License-Identifier: Apache-2.0
#include <QFileInfo>
#include <QTest>

#include "journeys/programs.h"
#include "support/age_vectors.h"

using namespace sotto::test;

namespace {

int exitCodeFor(const QByteArray& expect) {
    const QMap<QByteArray, int> codes{
        {"success", 0}, {"no match", 10}, {"header failure", 11}, {"HMAC failure", 12}, {"payload failure", 13}};
    return codes.value(expect, -2);
}

}  // namespace

/// Every age test vector through the program: exit code, what it released, and that a file appears only if it is whole.
class UnsealTest : public QObject {
    Q_OBJECT

private slots:
    void everyVectorEndsAsItSays_data();
    void everyVectorEndsAsItSays();
    void anExistingOutIsLeftAlone();
    void aLeftOverPartialIsReplaced();

private:
    Stage m_stage;
};

void UnsealTest::everyVectorEndsAsItSays_data() {
    addAgeVectorRows();
}

void UnsealTest::everyVectorEndsAsItSays() {
    QFETCH(QString, path);
    const AgeVector vector = readAgeVector(path);
    if (!vector.isKnown) QSKIP("a vector for a kind of file that Sotto does not read");
    QVERIFY(!vector.identities.isEmpty() && !vector.file.isEmpty());
    const QString folder = m_stage.path(QFileInfo(path).fileName());
    writeAll(folder + QStringLiteral("/in.age"), vector.file);
    writeAll(folder + QStringLiteral("/key"), vector.identities.join('\n') + '\n');
    const QString out = folder + QStringLiteral("/out");
    const Outcome done = m_stage.lab({QStringLiteral("unseal"), QStringLiteral("--identity"),
                                      folder + QStringLiteral("/key"), folder + QStringLiteral("/in.age"), out});
    VERIFY_EXIT(done, exitCodeFor(vector.expect));
    QCOMPARE(done.err.isEmpty(), vector.expect == "success");
    QCOMPARE(QFile::exists(out), vector.expect == "success");
    const QString partial = out + QStringLiteral(".partial");
    QCOMPARE(QFile::exists(partial), vector.expect == "payload failure");
    if (vector.expect != "success" && vector.expect != "payload failure") return;
    QVERIFY(!vector.payloadSha256.isEmpty());
    QCOMPARE(sha256Of(QFile::exists(out) ? out : partial).toLatin1(), vector.payloadSha256);
}

void UnsealTest::anExistingOutIsLeftAlone() {
    m_stage.makeKeys();
    VERIFY_EXIT(m_stage.shell(QStringLiteral("echo hello | age -R keys/content.agekey.pub >in.age && echo mine >out")),
                0);
    VERIFY_EXIT(m_stage.lab({QStringLiteral("unseal"), QStringLiteral("--identity"),
                             QStringLiteral("keys/content.agekey"), QStringLiteral("in.age"), QStringLiteral("out")}),
                1);
    QCOMPARE(readAll(m_stage.path(QStringLiteral("out"))), QByteArray("mine\n"));
}

void UnsealTest::aLeftOverPartialIsReplaced() {
    writeAll(m_stage.path(QStringLiteral("fresh.partial")), "rest of an earlier try, longer than what is to come");
    VERIFY_EXIT(m_stage.lab({QStringLiteral("unseal"), QStringLiteral("--identity"),
                             QStringLiteral("keys/content.agekey"), QStringLiteral("in.age"), QStringLiteral("fresh")}),
                0);
    QCOMPARE(readAll(m_stage.path(QStringLiteral("fresh"))), QByteArray("hello\n"));
    QVERIFY(!QFile::exists(m_stage.path(QStringLiteral("fresh.partial"))));
}

QTEST_GUILESS_MAIN(UnsealTest)
#include "tst_unseal.moc"
