// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "package/manifest.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::package;

namespace {

Manifest someManifest(const crypto::SigningKey& device) {
    Manifest manifest;
    manifest.package = PackageId::random();
    manifest.session = SessionId::random();
    manifest.kind = PackageKind::Identity;
    manifest.practice = true;
    manifest.device = device.verifyKey();
    manifest.sequence = 7;
    manifest.size = kPartSize + 5;
    manifest.sha256 = crypto::sha256(viewOf(std::string_view("whole")));
    manifest.parts = {{PackageId::random().toString(), kPartSize, crypto::sha256(viewOf(std::string_view("one")))},
                      {PackageId::random().toString(), 5, crypto::sha256(viewOf(std::string_view("two")))}};
    manifest.auditHead = crypto::sha256(viewOf(std::string_view("audit")));
    return manifest;
}

/// Signs any JSON body, well-formed or not, as a device with a bug or an attacker with a key would.
QByteArray signBody(const QJsonObject& body, std::string_view context, const crypto::SigningKey& key) {
    const QByteArray bytes = QJsonDocument(body).toJson(QJsonDocument::Compact);
    const auto signature = key.sign(context, viewOf(bytes));
    return QJsonDocument(QJsonObject{{QStringLiteral("signed"), QString::fromLatin1(bytes.toBase64())},
                                     {QStringLiteral("signature"), QString::fromStdString(toHex(signature))}})
        .toJson();
}

QJsonObject bodyOf(const QByteArray& text) {
    const QByteArray base64 =
        QJsonDocument::fromJson(text).object().value(QStringLiteral("signed")).toString().toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(base64)).object();
}

Receipt someReceipt() {
    return {PackageId::random(), ReceiptKind::Opened, crypto::sha256(viewOf(std::string_view("file"))), 99, {},
            1'790'000'000'123};
}

}  // namespace

class ManifestTest : public QObject {
    Q_OBJECT
private slots:
    void manifestComesBackAsItWas();
    void anyChangedByteOfAManifestIsRefused();
    void anotherDevicesSignatureIsRefused();
    void aManifestIsNoReceipt();
    void malformedManifestsAreRefusedAlthoughSigned_data();
    void malformedManifestsAreRefusedAlthoughSigned();
    void newerManifestIsRefusedAsNewer();
    void hugeManifestIsRefusedUnread();
    void receiptComesBackAsItWas();
    void receiptOfAnotherLabIsRefused();
    void anyChangedByteOfAReceiptIsRefused();
    void namesOfKindsComeBack();
};

void ManifestTest::manifestComesBackAsItWas() {
    const auto device = crypto::SigningKey::generate();
    const Manifest manifest = someManifest(device);
    const auto opened = openManifest(viewOf(signManifest(manifest, device)));
    VERIFY_OK(opened);
    QCOMPARE(opened->package, manifest.package);
    QCOMPARE(opened->session, manifest.session);
    QVERIFY(opened->kind == manifest.kind && opened->practice && opened->device == manifest.device);
    QCOMPARE(opened->sequence, manifest.sequence);
    QCOMPARE(opened->size, manifest.size);
    QVERIFY(opened->sha256 == manifest.sha256 && opened->auditHead == manifest.auditHead);
    QCOMPARE(opened->parts.size(), manifest.parts.size());
    for (std::size_t i = 0; i < manifest.parts.size(); ++i) {
        QCOMPARE(opened->parts[i].name, manifest.parts[i].name);
        QCOMPARE(opened->parts[i].size, manifest.parts[i].size);
        QVERIFY(opened->parts[i].sha256 == manifest.parts[i].sha256);
    }
}

void ManifestTest::anyChangedByteOfAManifestIsRefused() {
    const auto device = crypto::SigningKey::generate();
    const QByteArray text = signManifest(someManifest(device), device);
    for (qsizetype i = 0; i < text.size() - 1; ++i) {
        for (int bit = 0; bit < 8; ++bit) {  // bit 5 is the case of a letter
            QByteArray changed = text;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            const auto opened = openManifest(viewOf(changed));
            QVERIFY2(!opened, qPrintable(QStringLiteral("byte %1 bit %2").arg(i).arg(bit)));
        }
    }
}

void ManifestTest::anotherDevicesSignatureIsRefused() {
    const auto device = crypto::SigningKey::generate();
    const auto thief = crypto::SigningKey::generate();
    VERIFY_FAILS(openManifest(viewOf(signManifest(someManifest(device), thief))), ErrorCode::SignatureInvalid);
}

void ManifestTest::aManifestIsNoReceipt() {
    const auto key = crypto::SigningKey::generate();
    const QJsonObject manifest = bodyOf(signManifest(someManifest(key), key));
    VERIFY_FAILS(openManifest(viewOf(signBody(manifest, kReceiptContext, key))), ErrorCode::SignatureInvalid);
    VERIFY_FAILS(openReceipt(viewOf(signManifest(someManifest(key), key)), key.verifyKey()),
                 ErrorCode::SignatureInvalid);
}

void ManifestTest::malformedManifestsAreRefusedAlthoughSigned_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    const auto part = [](const QString& name, double size) {
        return QJsonObject{{QStringLiteral("name"), name},
                           {QStringLiteral("size"), size},
                           {QStringLiteral("sha256"), QString(64, u'0')}};
    };
    const double whole = static_cast<double>(kPartSize) + 5;
    QTest::newRow("climbing part") << QStringLiteral("parts")
                                   << QJsonValue(
                                          QJsonArray{part(QStringLiteral("../../../../../../../../../etc"), whole)});
    QTest::newRow("upper-case part") << QStringLiteral("parts")
                                     << QJsonValue(QJsonArray{part(QString(32, u'A'), 5),
                                                              part(QString(32, u'b'), static_cast<double>(kPartSize))});
    QTest::newRow("part twice") << QStringLiteral("parts")
                                << QJsonValue(QJsonArray{part(QString(32, u'a'), 5),
                                                         part(QString(32, u'a'), static_cast<double>(kPartSize))});
    QTest::newRow("part too large") << QStringLiteral("parts")
                                    << QJsonValue(QJsonArray{part(QString(32, u'a'), whole)});
    QTest::newRow("sum is wrong") << QStringLiteral("parts") << QJsonValue(QJsonArray{part(QString(32, u'a'), 6)});
    QTest::newRow("empty part") << QStringLiteral("parts") << QJsonValue(QJsonArray{part(QString(32, u'a'), 0)});
    QTest::newRow("part is no object") << QStringLiteral("parts") << QJsonValue(QJsonArray{1, 2});
    QTest::newRow("no parts") << QStringLiteral("parts") << QJsonValue(QJsonArray{});
    QTest::newRow("negative sequence") << QStringLiteral("sequence") << QJsonValue(-1);
    QTest::newRow("broken sequence") << QStringLiteral("sequence") << QJsonValue(1.5);
    QTest::newRow("huge size") << QStringLiteral("size") << QJsonValue(1e300);
    QTest::newRow("strange kind") << QStringLiteral("kind") << QJsonValue(QStringLiteral("secret"));
    QTest::newRow("session is a path") << QStringLiteral("session") << QJsonValue(QStringLiteral("../x"));
    QTest::newRow("short hash") << QStringLiteral("sha256") << QJsonValue(QStringLiteral("00"));
    QTest::newRow("unknown field") << QStringLiteral("extra") << QJsonValue(1);
    QTest::newRow("format 0") << QStringLiteral("format") << QJsonValue(0);
}

void ManifestTest::malformedManifestsAreRefusedAlthoughSigned() {
    QFETCH(const QString, field);
    QFETCH(const QJsonValue, value);
    const auto device = crypto::SigningKey::generate();
    QJsonObject body = bodyOf(signManifest(someManifest(device), device));
    VERIFY_OK(openManifest(viewOf(signBody(body, kManifestContext, device))));
    body.insert(field, value);
    VERIFY_FAILS(openManifest(viewOf(signBody(body, kManifestContext, device))), ErrorCode::ParseFailed);
}

void ManifestTest::newerManifestIsRefusedAsNewer() {
    const auto device = crypto::SigningKey::generate();
    QJsonObject body = bodyOf(signManifest(someManifest(device), device));
    body.insert(QStringLiteral("format"), 2);
    VERIFY_FAILS(openManifest(viewOf(signBody(body, kManifestContext, device))), ErrorCode::NewerVersion);
}

void ManifestTest::hugeManifestIsRefusedUnread() {
    VERIFY_FAILS(openManifest(Bytes(kMaxManifestSize + 1, '{')), ErrorCode::ParseFailed);
}

void ManifestTest::receiptComesBackAsItWas() {
    const auto lab = crypto::SigningKey::generate();
    const Receipt receipt = someReceipt();
    const auto opened = openReceipt(viewOf(signReceipt(receipt, lab)), lab.verifyKey());
    VERIFY_OK(opened);
    QCOMPARE(opened->package, receipt.package);
    QVERIFY(opened->kind == ReceiptKind::Opened && opened->sha256 == receipt.sha256 && opened->lab == lab.verifyKey());
    QCOMPARE(opened->size, receipt.size);
    QCOMPARE(opened->atUtcMs, receipt.atUtcMs);
}

void ManifestTest::receiptOfAnotherLabIsRefused() {
    const auto lab = crypto::SigningKey::generate();
    const auto other = crypto::SigningKey::generate();
    VERIFY_FAILS(openReceipt(viewOf(signReceipt(someReceipt(), other)), lab.verifyKey()), ErrorCode::SignatureInvalid);
    // Signed by the pinned key, but naming another one: somebody got the lab to sign what it did not write.
    QJsonObject body = bodyOf(signReceipt(someReceipt(), other));
    VERIFY_FAILS(openReceipt(viewOf(signBody(body, kReceiptContext, lab)), lab.verifyKey()),
                 ErrorCode::SignatureInvalid);
}

void ManifestTest::anyChangedByteOfAReceiptIsRefused() {
    const auto lab = crypto::SigningKey::generate();
    const QByteArray text = signReceipt(someReceipt(), lab);
    for (qsizetype i = 0; i < text.size() - 1; ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = text;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            QVERIFY2(!openReceipt(viewOf(changed), lab.verifyKey()), qPrintable(QString::number(i)));
        }
    }
}

void ManifestTest::namesOfKindsComeBack() {
    for (const auto kind : {PackageKind::Content, PackageKind::Identity, PackageKind::Research}) {
        QVERIFY(packageKindFromName(packageKindName(kind)) == kind);
    }
    QVERIFY(!packageKindFromName(QStringLiteral("Content")));
    QCOMPARE(receiptKindName(ReceiptKind::Stored), QStringLiteral("stored"));
    QCOMPARE(receiptKindName(ReceiptKind::Opened), QStringLiteral("opened"));
}

QTEST_GUILESS_MAIN(ManifestTest)
#include "tst_manifest.moc"
