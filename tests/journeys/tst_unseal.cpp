// SPDX-License-Identifier: Apache-2.0
#include <QCryptographicHash>
#include <QDir>
#include <QTest>
#include <QtEndian>

#include "journeys/programs.h"

using namespace sotto::test;

namespace {

const QString kFolder = QStringLiteral(SOTTO_SOURCE_DIR "/../shared/age-vectors");

/// One file of the public age test kit: `key: value` lines, an empty line, an age file.
struct Vector {
    QByteArray expect;
    QByteArray payloadSha256;
    QByteArray identities;
    QByteArray file;
    bool isKnown = true;  ///< false: has a key that we do not know, and is to be passed over
};

Vector parse(const QByteArray& content) {
    Vector vector;
    const qsizetype end = content.indexOf("\n\n");
    vector.file = content.mid(end + 2);
    for (const QByteArray& line : content.left(end).split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        const QByteArray key = line.left(colon);
        const QByteArray value = line.mid(colon + 2);
        if (key == "expect") {
            vector.expect = value;
        } else if (key == "payload") {
            vector.payloadSha256 = value;
        } else if (key == "identity") {
            vector.identities += value + '\n';
        } else if (key == "compressed" && value == "zlib") {
            QByteArray sizeHint(4, '\0');
            qToBigEndian<quint32>(1 << 24, sizeHint.data());
            vector.file = qUncompress(sizeHint + vector.file);
        } else if (key != "file key" && key != "comment") {
            vector.isKnown = false;
        }
    }
    return vector;
}

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
    QTest::addColumn<QString>("name");
    if (!QDir(kFolder).exists()) QSKIP("the age test vectors are not beside the repository (../shared/age-vectors)");
    for (const QString& name : QDir(kFolder).entryList(QDir::Files)) {
        if (!name.endsWith(QStringLiteral(".md"))) QTest::newRow(qPrintable(name)) << name;
    }
}

void UnsealTest::everyVectorEndsAsItSays() {
    QFETCH(QString, name);
    const Vector vector = parse(readAll(kFolder + u'/' + name));
    if (!vector.isKnown) QSKIP("a vector for a kind of file that Sotto does not read");
    QVERIFY(!vector.identities.isEmpty() && !vector.file.isEmpty());
    const QString folder = m_stage.path(name);
    writeAll(folder + QStringLiteral("/in.age"), vector.file);
    writeAll(folder + QStringLiteral("/key"), vector.identities);
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
