// SPDX-License-Identifier: Apache-2.0
#include "support/age_vectors.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QtEndian>

#include "base/check.h"

namespace sotto::test {

namespace {

QByteArray inflate(const QByteArray& zlib) {
    // qUncompress wants the size in front; it is a hint only.
    QByteArray sized(4, '\0');
    qToBigEndian<quint32>(1 << 24, sized.data());
    return qUncompress(sized + zlib);
}

}  // namespace

AgeVector readAgeVector(const QString& path) {
    QFile file(path);
    SOTTO_CHECK(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();
    const qsizetype end = content.indexOf("\n\n");
    AgeVector vector;
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
            vector.identities += value;
        } else if (key == "compressed" && value == "zlib") {
            vector.file = inflate(vector.file);
        } else if (key != "file key" && key != "comment") {
            vector.isKnown = false;
        }
    }
    return vector;
}

void addAgeVectorRows() {
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(SOTTO_SOURCE_DIR "/../shared/age-vectors"));
    if (!folder.exists()) QSKIP("the age test vectors are not beside the repository (../shared/age-vectors)");
    for (const QString& name : folder.entryList(QDir::Files)) {
        if (!name.endsWith(QStringLiteral(".md"))) QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
}

}  // namespace sotto::test
