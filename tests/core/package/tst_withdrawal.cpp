// SPDX-License-Identifier: Apache-2.0
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "package/manifest.h"
#include "package/withdrawal.h"
#include "support/result_check.h"

using namespace sotto;
using namespace sotto::package;

namespace {

WithdrawalOrder someOrder(WithdrawnPart part = WithdrawnPart::Audio) {
    WithdrawalOrder order;
    order.id = OrderId::random();
    order.part = part;
    order.packages = {{PackageId::random(), SessionId::random(), crypto::sha256(viewOf(std::string_view("one")))},
                      {PackageId::random(), SessionId::random(), crypto::sha256(viewOf(std::string_view("two")))}};
    order.atUtcMs = 1'790'000'000'123;
    return order;
}

DeletionReceipt someReceipt(const WithdrawalOrder& order, const QByteArray& text) {
    DeletionReceipt receipt;
    receipt.order = order.id;
    receipt.orderSha256 = crypto::sha256(viewOf(text));
    receipt.atUtcMs = 1'790'000'999'000;
    receipt.packages = {{order.packages[0].package, Deletion::AudioOnly},
                        {order.packages[1].package, Deletion::NotHere}};
    receipt.copies = {{order.packages[0].package, QStringLiteral("open"), 1'790'000'500'000}};
    return receipt;
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
    const QByteArray base64 = QJsonDocument::fromJson(text).object()[u"signed"].toString().toLatin1();
    return QJsonDocument::fromJson(QByteArray::fromBase64(base64)).object();
}

/// How many of the texts that differ from `text` in one bit pass all the same.
template <typename Opens>
int passingWithABitTurned(const QByteArray& text, const Opens& opens) {
    int passing = 0;
    for (qsizetype i = 0; i < text.size() - 1; ++i) {  // the line feed at the end means nothing
        QByteArray changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        if (opens(changed)) ++passing;
    }
    return passing;
}

}  // namespace

class WithdrawalTest : public QObject {
    Q_OBJECT
private slots:
    void orderComesBackAsItWas();
    void anyChangedByteOfAnOrderIsRefused();
    void malformedOrdersAreRefusedAlthoughSigned_data();
    void malformedOrdersAreRefusedAlthoughSigned();
    void newerTextsAreRefusedAsNewer();
    void anOrderSaysNothingOfAnybody();
    void receiptComesBackAsItWas();
    void anyChangedByteOfAReceiptIsRefused();
    void receiptOfAnotherLabIsRefused();
    void malformedReceiptsAreRefusedAlthoughSigned_data();
    void malformedReceiptsAreRefusedAlthoughSigned();
    void aReceiptIsForItsOwnOrderOnly();
};

void WithdrawalTest::orderComesBackAsItWas() {
    const auto device = crypto::SigningKey::generate();
    for (const WithdrawnPart part : {WithdrawnPart::All, WithdrawnPart::Audio}) {
        const WithdrawalOrder order = someOrder(part);
        const auto opened = openOrder(viewOf(signOrder(order, device)));
        VERIFY_OK(opened);
        QCOMPARE(opened->id, order.id);
        QVERIFY(opened->part == part && opened->device == device.verifyKey());
        QVERIFY(opened->packages == order.packages);
        QCOMPARE(opened->atUtcMs, order.atUtcMs);
    }
}

void WithdrawalTest::anyChangedByteOfAnOrderIsRefused() {
    const QByteArray text = signOrder(someOrder(), crypto::SigningKey::generate());
    QCOMPARE(passingWithABitTurned(text, [](const QByteArray& one) { return openOrder(viewOf(one)).has_value(); }), 0);
}

void WithdrawalTest::malformedOrdersAreRefusedAlthoughSigned_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    const QJsonObject package =
        bodyOf(signOrder(someOrder(), crypto::SigningKey::generate()))[u"packages"][0].toObject();
    QTest::newRow("no package at all") << QStringLiteral("packages") << QJsonValue(QJsonArray());
    QTest::newRow("a package twice") << QStringLiteral("packages") << QJsonValue(QJsonArray{package, package});
    QTest::newRow("a package that is a number") << QStringLiteral("packages") << QJsonValue(QJsonArray{7});
    QTest::newRow("something else to withdraw") << QStringLiteral("what") << QJsonValue(QStringLiteral("names"));
    QTest::newRow("an id that is none") << QStringLiteral("order") << QJsonValue(QStringLiteral("../../etc"));
    QTest::newRow("a reason") << QStringLiteral("reason") << QJsonValue(QStringLiteral("none is asked for"));
    QTest::newRow("a time in words") << QStringLiteral("at_utc_ms") << QJsonValue(QStringLiteral("today"));
    QJsonArray many;
    for (std::size_t i = 0; i <= kMaxWithdrawn; ++i)
        many.append(package);
    QTest::newRow("too many") << QStringLiteral("packages") << QJsonValue(many);
}

void WithdrawalTest::malformedOrdersAreRefusedAlthoughSigned() {
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    const auto device = crypto::SigningKey::generate();
    QJsonObject body = bodyOf(signOrder(someOrder(), device));
    VERIFY_OK(openOrder(viewOf(signBody(body, kOrderContext, device))));
    body[key] = value;
    VERIFY_FAILS(openOrder(viewOf(signBody(body, kOrderContext, device))), ErrorCode::ParseFailed);
}

void WithdrawalTest::newerTextsAreRefusedAsNewer() {
    const auto key = crypto::SigningKey::generate();
    const WithdrawalOrder order = someOrder();
    const QByteArray text = signOrder(order, key);
    QJsonObject body = bodyOf(text);
    body[QStringLiteral("format")] = 2;
    VERIFY_FAILS(openOrder(viewOf(signBody(body, kOrderContext, key))), ErrorCode::NewerVersion);
    body = bodyOf(signDeletion(someReceipt(order, text), key));
    body[QStringLiteral("format")] = 2;
    VERIFY_FAILS(openDeletion(viewOf(signBody(body, kDeletionContext, key)), key.verifyKey()), ErrorCode::NewerVersion);
}

/// The store is nobody's friend: of a withdrawal it learns which packages, and no more.
void WithdrawalTest::anOrderSaysNothingOfAnybody() {
    const QJsonObject body = bodyOf(signOrder(someOrder(), crypto::SigningKey::generate()));
    QCOMPARE(body.keys(), (QStringList{QStringLiteral("at_utc_ms"), QStringLiteral("device"), QStringLiteral("format"),
                                       QStringLiteral("order"), QStringLiteral("packages"), QStringLiteral("what")}));
    QCOMPARE(body[u"packages"][0].toObject().keys(),
             (QStringList{QStringLiteral("package"), QStringLiteral("session"), QStringLiteral("sha256")}));
}

void WithdrawalTest::receiptComesBackAsItWas() {
    const auto lab = crypto::SigningKey::generate();
    const WithdrawalOrder order = someOrder();
    const DeletionReceipt receipt = someReceipt(order, signOrder(order, lab));
    const auto opened = openDeletion(viewOf(signDeletion(receipt, lab)), lab.verifyKey());
    VERIFY_OK(opened);
    QVERIFY(opened->order == receipt.order && opened->orderSha256 == receipt.orderSha256);
    QVERIFY(opened->lab == lab.verifyKey() && opened->atUtcMs == receipt.atUtcMs);
    QCOMPARE(opened->packages.size(), receipt.packages.size());
    for (std::size_t i = 0; i < receipt.packages.size(); ++i) {
        QCOMPARE(opened->packages[i].package, receipt.packages[i].package);
        QVERIFY(opened->packages[i].what == receipt.packages[i].what);
    }
    QCOMPARE(opened->copies.size(), std::size_t{1});
    QCOMPARE(opened->copies[0].how, QStringLiteral("open"));
    QCOMPARE(opened->copies[0].atUtcMs, receipt.copies[0].atUtcMs);
}

void WithdrawalTest::anyChangedByteOfAReceiptIsRefused() {
    const auto lab = crypto::SigningKey::generate();
    const WithdrawalOrder order = someOrder();
    const QByteArray text = signDeletion(someReceipt(order, signOrder(order, lab)), lab);
    const auto opens = [&](const QByteArray& one) { return openDeletion(viewOf(one), lab.verifyKey()).has_value(); };
    QVERIFY(opens(text));
    QCOMPARE(passingWithABitTurned(text, opens), 0);
}

void WithdrawalTest::receiptOfAnotherLabIsRefused() {
    const auto lab = crypto::SigningKey::generate();
    const auto other = crypto::SigningKey::generate();
    const WithdrawalOrder order = someOrder();
    const QByteArray text = signDeletion(someReceipt(order, signOrder(order, lab)), other);
    VERIFY_FAILS(openDeletion(viewOf(text), lab.verifyKey()), ErrorCode::SignatureInvalid);
    // An order that the lab signed is no receipt of it.
    VERIFY_FAILS(openDeletion(viewOf(signOrder(order, lab)), lab.verifyKey()), ErrorCode::SignatureInvalid);
}

void WithdrawalTest::malformedReceiptsAreRefusedAlthoughSigned_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    const QJsonObject line{{QStringLiteral("package"), PackageId::random().toString()},
                           {QStringLiteral("what"), QStringLiteral("burnt")}};
    const QJsonObject copy{{QStringLiteral("package"), PackageId::random().toString()},
                           {QStringLiteral("how"), QString(100, u'x')},
                           {QStringLiteral("at_utc_ms"), 1}};
    QTest::newRow("no package at all") << QStringLiteral("packages") << QJsonValue(QJsonArray());
    QTest::newRow("an outcome that is none") << QStringLiteral("packages") << QJsonValue(QJsonArray{line});
    QTest::newRow("a copy with a long story") << QStringLiteral("copies") << QJsonValue(QJsonArray{copy});
    QTest::newRow("copies that are none") << QStringLiteral("copies") << QJsonValue(3);
    QTest::newRow("a hash that is none") << QStringLiteral("order_sha256") << QJsonValue(QStringLiteral("00"));
    QTest::newRow("where a copy lies") << QStringLiteral("where") << QJsonValue(QStringLiteral("on a stick"));
}

void WithdrawalTest::malformedReceiptsAreRefusedAlthoughSigned() {
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    const auto lab = crypto::SigningKey::generate();
    const WithdrawalOrder order = someOrder();
    QJsonObject body = bodyOf(signDeletion(someReceipt(order, signOrder(order, lab)), lab));
    VERIFY_OK(openDeletion(viewOf(signBody(body, kDeletionContext, lab)), lab.verifyKey()));
    body[key] = value;
    VERIFY_FAILS(openDeletion(viewOf(signBody(body, kDeletionContext, lab)), lab.verifyKey()), ErrorCode::ParseFailed);
}

void WithdrawalTest::aReceiptIsForItsOwnOrderOnly() {
    const auto key = crypto::SigningKey::generate();
    const WithdrawalOrder order = someOrder();
    const QByteArray text = signOrder(order, key);
    const DeletionReceipt receipt = someReceipt(order, text);
    QVERIFY(isFor(receipt, order, viewOf(text)));

    DeletionReceipt other = receipt;
    other.order = OrderId::random();
    QVERIFY(!isFor(other, order, viewOf(text)));
    other = receipt;
    other.orderSha256 = crypto::sha256(viewOf(std::string_view("another text")));
    QVERIFY(!isFor(other, order, viewOf(text)));
    other = receipt;
    other.packages.pop_back();
    QVERIFY2(!isFor(other, order, viewOf(text)), "it is silent about a package");
    other = receipt;
    other.packages[1] = other.packages[0];
    QVERIFY2(!isFor(other, order, viewOf(text)), "it tells of one twice and of the other nothing");
}

QTEST_GUILESS_MAIN(WithdrawalTest)
#include "tst_withdrawal.moc"
