// SPDX-License-Identifier: Apache-2.0
#include "package/signed_text.h"

#include "consent/strict_json.h"

namespace sotto::package {

QByteArray wrapSigned(const QByteArray& body, std::string_view context, const crypto::SigningKey& key) {
    const crypto::Signature signature = key.sign(context, viewOf(body));
    const QJsonObject envelope{{QStringLiteral("signed"), QString::fromLatin1(body.toBase64())},
                               {QStringLiteral("signature"), QString::fromStdString(toHex(signature))}};
    return consent::compactJson(envelope) + '\n';
}

Result<SignedText> unwrapSigned(ByteView text, std::uint64_t limit, std::string_view what) {
    if (text.size() > limit) return fail(ErrorCode::ParseFailed, "the " + std::string(what) + " is too large");
    SOTTO_ASSIGN(QJsonObject envelope, consent::parseJsonObject(text, what));
    consent::StrictObject fields(std::move(envelope), what);
    SignedText result;
    const QByteArray base64 = fields.text(QLatin1String("signed")).toLatin1();
    const QString signature = fields.text(QLatin1String("signature"));
    fields.hex(QLatin1String("signature"), result.signature);
    SOTTO_TRY(fields.finish());
    auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    // Only the one spelling: neither bits that base64 leaves unused nor the case of a hex digit may vary unseen.
    if (!decoded || decoded.decoded.toBase64() != base64) {
        return fail(ErrorCode::ParseFailed, "the " + std::string(what) + " does not hold base64");
    }
    if (signature != QString::fromStdString(toHex(result.signature))) {
        return fail(ErrorCode::ParseFailed, "the signature of the " + std::string(what) + " is not in lower case");
    }
    result.body = *std::move(decoded);
    return result;
}

Result<> checkSigned(const SignedText& text, std::string_view context, const crypto::VerifyKey& key,
                     std::string_view what) {
    if (crypto::verifySignature(key, context, viewOf(text.body), text.signature)) return {};
    return fail(ErrorCode::SignatureInvalid, "the " + std::string(what) + " is not signed by the key that it must be");
}

}  // namespace sotto::package
