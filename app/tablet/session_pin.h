// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "crypto/secure_bytes.h"

namespace sotto::app {

/// The digits that bring the interviewer back from the cover or from the participant's turn: chosen for one session, in
/// memory only, five tries. Then the passphrase is needed. One thread.
class SessionPin {
public:
    static constexpr int kDigits = 4;
    static constexpr int kTries = 5;

    [[nodiscard]] bool isSet() const { return !m_digits.isEmpty(); }
    [[nodiscard]] int triesLeft() const { return m_triesLeft; }
    /// False unless it is four digits. Overwrites what was typed.
    [[nodiscard]] bool choose(QString& typed);
    /// Counts the try before it looks. False also when no try is left.
    [[nodiscard]] bool matches(QString& typed);
    /// After the right passphrase.
    void giveTriesBack() { m_triesLeft = kTries; }

private:
    crypto::SecureBytes m_digits;
    int m_triesLeft = kTries;
};

}  // namespace sotto::app
