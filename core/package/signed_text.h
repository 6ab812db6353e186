// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include "base/result.h"
#include "crypto/sign.h"

// Private to this module: the envelope of manifests, receipts, requests and certificates.
namespace sotto::package {

/// {"signed": base64 of `body`, "signature": hex} with a line feed.
[[nodiscard]] QByteArray wrapSigned(const QByteArray& body, std::string_view context, const crypto::SigningKey& key);

struct SignedText {
    QByteArray body;
    crypto::Signature signature{};
};
/// The envelope opened, nothing verified yet. ParseFailed.
[[nodiscard]] Result<SignedText> unwrapSigned(ByteView text, std::uint64_t limit, std::string_view what);
/// SignatureInvalid unless `key` signed the body in this context.
[[nodiscard]] Result<> checkSigned(const SignedText& text, std::string_view context, const crypto::VerifyKey& key,
                                   std::string_view what);

}  // namespace sotto::package
