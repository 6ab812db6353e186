// SPDX-License-Identifier: Apache-2.0
#include <QCryptographicHash>
#include <QDir>
#include <QTest>
#include <QtEndian>

#include "crypto/age/age.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;

namespace {

/// One file of the public age test kit.
struct Vector {
    QByteArray expect;
    QByteArray payloadHash;
    std::vector<age::Identity> identities;
    QByteArray file;
    bool isKnown = true;  ///< false if it has a key that we do not know, and must be passed over
};

QByteArray inflate(const QByteArray& zlib) {
    // qUncompress wants the size in front; it is a hint only.
    QByteArray sized(4, '\0');
    qToBigEndian<quint32>(64 * 1024 * 258, sized.data());
    return qUncompress(sized + zlib);
}

Vector parseVector(const QByteArray& content) {
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
            vector.payloadHash = value;
        } else if (key == "identity") {
            auto identity = age::Identity::parse(value.toStdString());
            if (identity) vector.identities.push_back(std::move(*identity));
        } else if (key == "compressed" && value == "zlib") {
            vector.file = inflate(vector.file);
        } else if (key != "file key" && key != "comment") {
            vector.isKnown = false;
        }
    }
    return vector;
}

QByteArray nameOf(age::DecryptFault fault) {
    switch (fault) {
        case age::DecryptFault::None:
            return "success";
        case age::DecryptFault::NoMatch:
            return "no match";
        case age::DecryptFault::Header:
            return "header failure";
        case age::DecryptFault::Hmac:
            return "HMAC failure";
        case age::DecryptFault::Payload:
            return "payload failure";
    }
    return "?";
}

QString vectorFolder() {
    return QStringLiteral(SOTTO_SOURCE_DIR "/../shared/age-vectors");
}

}  // namespace

class AgeVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void everyVectorEndsAsItSays_data();
    void everyVectorEndsAsItSays();
};

void AgeVectorsTest::everyVectorEndsAsItSays_data() {
    QTest::addColumn<QString>("path");
    const QDir folder(vectorFolder());
    if (!folder.exists()) QSKIP("the age test vectors are not beside the repository (../shared/age-vectors)");
    for (const QString& name : folder.entryList(QDir::Files)) {
        if (name.endsWith(QStringLiteral(".md"))) continue;
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
}

void AgeVectorsTest::everyVectorEndsAsItSays() {
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Vector vector = parseVector(file.readAll());
    if (!vector.isKnown) QSKIP("a vector for a kind of file that Sotto does not read");
    QVERIFY(!vector.identities.empty());
    QVERIFY(!vector.file.isEmpty());

    QCryptographicHash released(QCryptographicHash::Sha256);
    const age::Source source = [rest = viewOf(vector.file)](ByteSpan target) mutable -> Result<std::size_t> {
        const std::size_t count = std::min(rest.size(), target.size());
        std::copy_n(rest.begin(), count, target.begin());
        rest = rest.subspan(count);
        return count;
    };
    const age::Sink sink = [&](ByteView bytes) -> Result<> {
        released.addData(byteArrayOf(bytes));
        return {};
    };
    const auto outcome = age::decrypt(source, vector.identities, sink);
    VERIFY_OK(outcome);
    QCOMPARE(nameOf(outcome->fault), vector.expect);
    if (!vector.payloadHash.isEmpty()) QCOMPARE(released.result().toHex(), vector.payloadHash);
    // "success" has no error, "no match" is a wrong key, all else is damage.
    if (outcome->fault == age::DecryptFault::NoMatch) {
        QCOMPARE(outcome->error.code, ErrorCode::WrongKey);
    } else if (outcome->fault != age::DecryptFault::None) {
        QCOMPARE(outcome->error.code, ErrorCode::Damaged);
    }
}

QTEST_GUILESS_MAIN(AgeVectorsTest)
#include "tst_age_vectors.moc"
