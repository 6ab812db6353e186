// SPDX-License-Identifier: Apache-2.0
#include "study/faults.h"

#include <algorithm>

namespace sotto::study {

QString Fault::toString() const {
    const QString kind = severity == Severity::Warning ? QStringLiteral("warning: ") : QString();
    return QStringLiteral("%1:%2: ").arg(file).arg(line) + kind + sentence;
}

void FaultList::add(int line, const QString& sentence) {
    if (m_all->size() < kMaxFaults) m_all->push_back({m_file, std::max(line, kWholeFile), sentence, Severity::Error});
}

void FaultList::warn(int line, const QString& sentence) {
    if (m_all->size() >= kMaxFaultsBeforeWarning) return;
    m_all->push_back({m_file, std::max(line, kWholeFile), sentence, Severity::Warning});
}

QString quoted(const QString& text) {
    constexpr int kLongest = 60;
    const QString plain = text.simplified();
    return QLatin1Char('"') + (plain.size() > kLongest ? plain.left(kLongest) + QStringLiteral("...") : plain) +
           QLatin1Char('"');
}

bool isValidId(const QString& text) {
    constexpr int kLongest = 64;
    const auto small = [](QChar c) { return c >= QLatin1Char('a') && c <= QLatin1Char('z'); };
    const auto allowed = [&](QChar c) {
        return small(c) || c == QLatin1Char('-') || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
    };
    return !text.isEmpty() && text.size() <= kLongest && small(text.front()) && std::ranges::all_of(text, allowed);
}

}  // namespace sotto::study
