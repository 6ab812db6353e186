// SPDX-License-Identifier: Apache-2.0
#include "crypto/aead.h"

#include <algorithm>

#include <sodium.h>

#include "base/check.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto {

static_assert(kAeadKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kAeadNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kAeadTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);

AeadNonce randomNonce() {
    ensureSodium();
    AeadNonce nonce{};
    ::randombytes_buf(nonce.data(), nonce.size());
    return nonce;
}

void aeadSeal(ByteView key, const AeadNonce& nonce, ByteView associated, ByteView plaintext, ByteSpan out) {
    SOTTO_CHECK(key.size() == kAeadKeySize);
    SOTTO_CHECK(out.size() == plaintext.size() + kAeadTagSize);
    ensureSodium();
    ::crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(),
                                                 associated.data(), associated.size(), nullptr, nonce.data(),
                                                 key.data());
}

bool aeadOpen(ByteView key, const AeadNonce& nonce, ByteView associated, ByteView sealed, ByteSpan out) {
    SOTTO_CHECK(key.size() == kAeadKeySize);
    SOTTO_CHECK(sealed.size() >= kAeadTagSize && out.size() == sealed.size() - kAeadTagSize);
    ensureSodium();
    const int status =
        ::crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                     associated.data(), associated.size(), nonce.data(), key.data());
    if (status == 0) return true;
    wipe(out);
    return false;
}

Bytes sealSecret(ByteView key, ByteView associated, const SecureBytes& secret) {
    const AeadNonce nonce = randomNonce();
    Bytes sealed(kAeadNonceSize + secret.size() + kAeadTagSize);
    std::copy(nonce.begin(), nonce.end(), sealed.begin());
    aeadSeal(key, nonce, associated, secret.view(), ByteSpan(sealed).subspan(kAeadNonceSize));
    return sealed;
}

Result<SecureBytes> openSecret(ByteView key, ByteView associated, ByteView sealed) {
    if (sealed.size() < kAeadNonceSize + kAeadTagSize) {
        return fail(ErrorCode::WrongKey, "a sealed secret is too short to be one");
    }
    AeadNonce nonce{};
    std::copy_n(sealed.begin(), nonce.size(), nonce.begin());
    SecureBytes secret(sealed.size() - kAeadNonceSize - kAeadTagSize);
    if (!aeadOpen(key, nonce, associated, sealed.subspan(kAeadNonceSize), secret.span())) {
        return fail(ErrorCode::WrongKey, "the key does not open this sealed secret");
    }
    return secret;
}

}  // namespace sotto::crypto
