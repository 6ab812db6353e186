// SPDX-License-Identifier: Apache-2.0
#include "crypto/secure_bytes.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <sodium.h>

#include "base/check.h"
#include "crypto/sodium_ready.h"

namespace sotto::crypto {

namespace {

std::atomic<std::size_t> aliveSecrets{0};
std::atomic<std::size_t> unlockedSecrets{0};

}  // namespace

SecureBytes::SecureBytes(std::size_t size) : m_size(size) {
    if (size == 0) return;
    ensureSodium();
    m_data = static_cast<std::uint8_t*>(::sodium_malloc(size));
    SOTTO_CHECK(m_data != nullptr);
    // sodium_malloc tries to lock as well, but keeps a failure to itself.
    m_locked = ::sodium_mlock(m_data, size) == 0;
    ::sodium_memzero(m_data, size);
    ++aliveSecrets;
    if (!m_locked) ++unlockedSecrets;
}

SecureBytes SecureBytes::copyOf(ByteView bytes) {
    SecureBytes copy(bytes.size());
    std::copy(bytes.begin(), bytes.end(), copy.m_data);
    return copy;
}

SecureBytes SecureBytes::random(std::size_t size) {
    SecureBytes bytes(size);
    if (size > 0) ::randombytes_buf(bytes.m_data, size);
    return bytes;
}

SecureBytes::SecureBytes(SecureBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_locked(std::exchange(other.m_locked, false)) {}

SecureBytes& SecureBytes::operator=(SecureBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_locked = std::exchange(other.m_locked, false);
    }
    return *this;
}

SecureBytes::~SecureBytes() {
    wipe();
}

void SecureBytes::wipe() {
    if (m_data == nullptr) return;
    // Wiped here as well: sodium_free wipes only through its unlocking, which a failed lock might skip one day.
    ::sodium_memzero(m_data, m_size);
    ::sodium_free(m_data);
    --aliveSecrets;
    if (!m_locked) --unlockedSecrets;
    m_data = nullptr;
    m_size = 0;
    m_locked = false;
}

SecretMemoryReport secretMemoryReport() {
    return {aliveSecrets.load(), unlockedSecrets.load()};
}

bool equalConstantTime(ByteView a, ByteView b) {
    if (a.size() != b.size()) return false;
    return a.empty() || ::sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(ByteSpan bytes) {
    if (!bytes.empty()) ::sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace sotto::crypto
