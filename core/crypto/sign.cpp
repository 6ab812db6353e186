// SPDX-License-Identifier: Apache-2.0
#include "crypto/sign.h"

#include <sodium.h>

#include "base/check.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto {

namespace {

/// context || 0x00 || message. A zero inside the context would let two pairs look alike.
Bytes framed(std::string_view context, ByteView message) {
    SOTTO_CHECK(!context.empty() && context.find('\0') == std::string_view::npos);
    Bytes bytes;
    bytes.reserve(context.size() + 1 + message.size());
    bytes.insert(bytes.end(), context.begin(), context.end());
    bytes.push_back(0);
    bytes.insert(bytes.end(), message.begin(), message.end());
    return bytes;
}

}  // namespace

SigningKey SigningKey::generate() {
    ensureSodium();
    SigningKey key;
    key.m_secret = SecureBytes(crypto_sign_ed25519_SECRETKEYBYTES);
    ::crypto_sign_ed25519_keypair(key.m_verifyKey.data(), key.m_secret.span().data());
    return key;
}

Result<SigningKey> SigningKey::fromSeed(const SecureBytes& seed) {
    if (seed.size() != crypto_sign_ed25519_SEEDBYTES) {
        return fail(ErrorCode::ParseFailed, "the seed of a signing key has 32 bytes");
    }
    ensureSodium();
    SigningKey key;
    key.m_secret = SecureBytes(crypto_sign_ed25519_SECRETKEYBYTES);
    ::crypto_sign_ed25519_seed_keypair(key.m_verifyKey.data(), key.m_secret.span().data(), seed.view().data());
    return key;
}

SecureBytes SigningKey::seed() const {
    SOTTO_CHECK(!m_secret.isEmpty());
    SecureBytes seed(crypto_sign_ed25519_SEEDBYTES);
    ::crypto_sign_ed25519_sk_to_seed(seed.span().data(), m_secret.view().data());
    return seed;
}

Signature SigningKey::sign(std::string_view context, ByteView message) const {
    SOTTO_CHECK(!m_secret.isEmpty());
    Bytes bytes = framed(context, message);
    Signature signature{};
    ::crypto_sign_ed25519_detached(signature.data(), nullptr, bytes.data(), bytes.size(), m_secret.view().data());
    // The message may hold consent evidence; the copy shall not outlive the call.
    wipe(bytes);
    return signature;
}

bool verifySignature(const VerifyKey& key, std::string_view context, ByteView message, const Signature& signature) {
    ensureSodium();
    Bytes bytes = framed(context, message);
    const int status = ::crypto_sign_ed25519_verify_detached(signature.data(), bytes.data(), bytes.size(), key.data());
    wipe(bytes);
    return status == 0;
}

}  // namespace sotto::crypto
