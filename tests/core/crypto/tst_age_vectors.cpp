// SPDX-License-Identifier: Apache-2.0
#include <QCryptographicHash>
#include <QTest>

#include "crypto/age/age.h"
#include "support/age_vectors.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::crypto;
using namespace sotto::test;

namespace {

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

/// Those of the vector's identities that are of a kind we know.
std::vector<age::Identity> identitiesOf(const AgeVector& vector) {
    std::vector<age::Identity> identities;
    for (const QByteArray& line : vector.identities) {
        auto identity = age::Identity::parse(line.toStdString());
        if (identity) identities.push_back(std::move(*identity));
    }
    return identities;
}

}  // namespace

class AgeVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void everyVectorEndsAsItSays_data();
    void everyVectorEndsAsItSays();
};

void AgeVectorsTest::everyVectorEndsAsItSays_data() {
    addAgeVectorRows();
}

void AgeVectorsTest::everyVectorEndsAsItSays() {
    QFETCH(QString, path);
    const AgeVector vector = readAgeVector(path);
    if (!vector.isKnown) QSKIP("a vector for a kind of file that Sotto does not read");
    const std::vector<age::Identity> identities = identitiesOf(vector);
    QVERIFY(!identities.empty());
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
    const auto outcome = age::decrypt(source, identities, sink);
    VERIFY_OK(outcome);
    QCOMPARE(nameOf(outcome->fault), vector.expect);
    if (!vector.payloadSha256.isEmpty()) QCOMPARE(released.result().toHex(), vector.payloadSha256);
    // "success" has no error, "no match" is a wrong key, all else is damage.
    if (outcome->fault == age::DecryptFault::NoMatch) {
        QCOMPARE(outcome->error.code, ErrorCode::WrongKey);
    } else if (outcome->fault != age::DecryptFault::None) {
        QCOMPARE(outcome->error.code, ErrorCode::Damaged);
    }
}

QTEST_GUILESS_MAIN(AgeVectorsTest)
#include "tst_age_vectors.moc"
