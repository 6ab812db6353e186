// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace sotto::crypto {

/// Secret bytes: guarded pages (sodium_malloc), locked in memory where the system allows, wiped on destruction.
/// Move-only; never in a QString, QVariant, log or error text. A moved-from object is empty. Not thread-safe.
class SecureBytes {
public:
    SecureBytes() = default;
    /// `size` zero bytes. Aborts if the system has no memory left.
    explicit SecureBytes(std::size_t size);
    /// Copies; the source stays the caller's to wipe.
    [[nodiscard]] static SecureBytes copyOf(ByteView bytes);
    [[nodiscard]] static SecureBytes random(std::size_t size);

    SecureBytes(SecureBytes&& other) noexcept;
    SecureBytes& operator=(SecureBytes&& other) noexcept;
    SecureBytes(const SecureBytes&) = delete;
    SecureBytes& operator=(const SecureBytes&) = delete;
    ~SecureBytes();

    [[nodiscard]] ByteView view() const { return {m_data, m_size}; }
    [[nodiscard]] ByteSpan span() { return {m_data, m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    /// False if the system refused to keep this secret out of swap.
    [[nodiscard]] bool isLocked() const { return m_locked; }
    /// A second protected copy, made on purpose.
    [[nodiscard]] SecureBytes clone() const { return copyOf(view()); }
    void wipe();

private:
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
    bool m_locked = false;
};

/// How many secrets are alive, and how many of them the system refused to lock. For diagnostics. Thread-safe.
struct SecretMemoryReport {
    std::size_t alive = 0;
    std::size_t unlocked = 0;
};
[[nodiscard]] SecretMemoryReport secretMemoryReport();

/// Constant-time comparison; false if the sizes differ.
[[nodiscard]] bool equalConstantTime(ByteView a, ByteView b);
/// Wipes memory so that the compiler can't leave it out.
void wipe(ByteSpan bytes);

}  // namespace sotto::crypto
