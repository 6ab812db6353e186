// SPDX-License-Identifier: Apache-2.0
#include "session_pin.h"

#include <algorithm>

#include "secret_text.h"

namespace sotto::app {

bool SessionPin::choose(QString& typed) {
    const bool fits = typed.size() == kDigits &&
                      std::all_of(typed.cbegin(), typed.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    crypto::SecureBytes digits = takeSecret(typed);
    if (!fits) return false;
    m_digits = std::move(digits);
    giveTriesBack();
    return true;
}

bool SessionPin::matches(QString& typed) {
    const crypto::SecureBytes digits = takeSecret(typed);
    if (!isSet() || m_triesLeft == 0) return false;
    --m_triesLeft;
    if (!crypto::equalConstantTime(digits.view(), m_digits.view())) return false;
    giveTriesBack();
    return true;
}

}  // namespace sotto::app
