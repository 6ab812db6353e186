// SPDX-License-Identifier: Apache-2.0
#include <QJsonObject>

#include "consent/strict_json.h"
#include "package/manifest.h"
#include "package/signed_text.h"

namespace sotto::package {

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kWhat = "receipt";

}  // namespace

QString receiptKindName(ReceiptKind kind) {
    return kind == ReceiptKind::Stored ? QStringLiteral("stored") : QStringLiteral("opened");
}

QByteArray signReceipt(const Receipt& receipt, const crypto::SigningKey& lab) {
    const QJsonObject body{{QStringLiteral("format"), kFormat},
                           {QStringLiteral("package"), receipt.package.toString()},
                           {QStringLiteral("kind"), receiptKindName(receipt.kind)},
                           {QStringLiteral("sha256"), hexText(receipt.sha256)},
                           {QStringLiteral("size"), static_cast<qint64>(receipt.size)},
                           {QStringLiteral("lab"), hexText(lab.verifyKey())},
                           {QStringLiteral("at_utc_ms"), static_cast<qint64>(receipt.atUtcMs)}};
    return wrapSigned(consent::compactJson(body), kReceiptContext, lab);
}

Result<Receipt> openReceipt(ByteView text, const crypto::VerifyKey& lab) {
    SOTTO_ASSIGN(const SignedText envelope, unwrapSigned(text, kMaxReceiptSize, kWhat));
    // The pinned key first: nothing in a receipt is looked at before it is known to be the lab's.
    SOTTO_TRY(checkSigned(envelope, kReceiptContext, lab, kWhat));
    SOTTO_ASSIGN(QJsonObject object, consent::parseJsonObject(viewOf(envelope.body), kWhat));
    consent::StrictObject fields(std::move(object), kWhat);
    fields.format(kFormat);
    Receipt receipt;
    receipt.package = fields.id<PackageId>(QLatin1String("package"));
    const QString kind = fields.text(QLatin1String("kind"));
    receipt.kind = kind == receiptKindName(ReceiptKind::Opened) ? ReceiptKind::Opened : ReceiptKind::Stored;
    if (kind != receiptKindName(receipt.kind)) fields.fault(QLatin1String("kind"), "is no kind of receipt");
    fields.hex(QLatin1String("sha256"), receipt.sha256);
    receipt.size = static_cast<std::uint64_t>(fields.integer(QLatin1String("size"), 0));
    fields.hex(QLatin1String("lab"), receipt.lab);
    receipt.atUtcMs = fields.integer(QLatin1String("at_utc_ms"));
    SOTTO_TRY(fields.finish());
    if (receipt.lab != lab) return fail(ErrorCode::SignatureInvalid, "the receipt names another key than signed it");
    return receipt;
}

}  // namespace sotto::package
