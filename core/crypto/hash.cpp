// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"

#include <sodium.h>

#include "base/check.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto {

Sha256Digest sha256(ByteView bytes) {
    ensureSodium();
    Sha256Digest digest{};
    ::crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
    return digest;
}

struct Sha256::State {
    crypto_hash_sha256_state sodium{};
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ::sodium_memzero(&sodium, sizeof sodium); }
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {
    ensureSodium();
    ::crypto_hash_sha256_init(&m_state->sodium);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(ByteView bytes) {
    SOTTO_CHECK(m_state != nullptr);
    ::crypto_hash_sha256_update(&m_state->sodium, bytes.data(), bytes.size());
}

Sha256Digest Sha256::finish() {
    SOTTO_CHECK(m_state != nullptr);
    Sha256Digest digest{};
    ::crypto_hash_sha256_final(&m_state->sodium, digest.data());
    m_state.reset();
    return digest;
}

namespace {

template <std::size_t Size>
std::array<std::uint8_t, Size> keyedBlake2b(ByteView key, ByteView message) {
    SOTTO_CHECK(key.size() == 32);
    ensureSodium();
    std::array<std::uint8_t, Size> mac{};
    ::crypto_generichash(mac.data(), mac.size(), message.data(), message.size(), key.data(), key.size());
    return mac;
}

}  // namespace

Mac128 mac128(ByteView key, ByteView message) {
    return keyedBlake2b<16>(key, message);
}

Mac256 mac256(ByteView key, ByteView message) {
    return keyedBlake2b<32>(key, message);
}

Mac256 hmacSha256(ByteView key, ByteView message) {
    ensureSodium();
    crypto_auth_hmacsha256_state state;
    Mac256 mac{};
    ::crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    ::crypto_auth_hmacsha256_update(&state, message.data(), message.size());
    ::crypto_auth_hmacsha256_final(&state, mac.data());
    ::sodium_memzero(&state, sizeof state);
    return mac;
}

}  // namespace sotto::crypto
