// SPDX-License-Identifier: Apache-2.0
#include "keyring/passphrase.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace sotto::keyring {
namespace {

constexpr std::size_t kDraws = 65536;  // one draw is two random bytes
constexpr std::size_t kDrawBytes = 2;
constexpr std::size_t kStock = 64;

/// Numbers below `limit`, each as probable as every other: a draw from the incomplete last round is thrown away.
class Draws {
public:
    explicit Draws(std::size_t limit) : m_limit(limit), m_fair(kDraws - kDraws % limit) {}

    [[nodiscard]] std::size_t next() {
        std::size_t value = draw();
        while (value >= m_fair)
            value = draw();
        return value % m_limit;
    }

private:
    std::size_t draw() {
        if (m_used == m_stock.size()) {
            m_stock = crypto::SecureBytes::random(kStock);
            m_used = 0;
        }
        const ByteView bytes = m_stock.view().subspan(m_used, kDrawBytes);
        m_used += kDrawBytes;
        return (static_cast<std::size_t>(bytes[0]) << 8U) | bytes[1];
    }

    std::size_t m_limit;
    std::size_t m_fair;
    crypto::SecureBytes m_stock;
    std::size_t m_used = 0;
};

}  // namespace

crypto::SecureBytes generatePassphrase(WordList words, int count) {
    SOTTO_CHECK(words.size() >= 2 && words.size() <= kDraws);
    SOTTO_CHECK(count >= 1 && count <= kMostWords);
    const auto byLength = [](std::string_view a, std::string_view b) { return a.size() < b.size(); };
    const std::size_t longest = std::max_element(words.begin(), words.end(), byLength)->size();
    crypto::SecureBytes phrase(static_cast<std::size_t>(count) * (longest + 1));
    Draws draws(words.size());
    std::size_t size = 0;
    for (int i = 0; i < count; ++i) {
        if (i > 0) phrase.span()[size++] = ' ';
        const std::string_view word = words[draws.next()];
        std::copy(word.begin(), word.end(), phrase.span().begin() + static_cast<std::ptrdiff_t>(size));
        size += word.size();
    }
    return crypto::SecureBytes::copyOf(phrase.view().first(size));
}

double generatedStrengthBits(int count, std::size_t listSize) {
    return count * std::log2(static_cast<double>(listSize));
}

}  // namespace sotto::keyring
