// SPDX-License-Identifier: Apache-2.0
#include "consent/code.h"

#include <algorithm>
#include <array>

#include "crypto/hash.h"

namespace sotto::consent {

namespace {

constexpr std::string_view kLetters = "ACDEFGHJKMNPQRTUVWXY34679";
constexpr int kLength = 8;
constexpr std::string_view kContext = "sotto-withdrawal-code-v1:";

bool isLetter(QChar c) {
    return c.unicode() < 0x80 && kLetters.find(static_cast<char>(c.unicode())) != std::string_view::npos;
}

}  // namespace

QString freshCode() {
    // Bytes that would make some letters likelier than others are thrown away.
    constexpr std::size_t kFair = 256 / kLetters.size() * kLetters.size();
    QString code;
    while (code.size() < kLength) {
        std::array<std::uint8_t, 16> random{};
        randomFill(random);
        for (const std::uint8_t byte : random) {
            if (byte < kFair && code.size() < kLength) code += QLatin1Char(kLetters[byte % kLetters.size()]);
        }
    }
    return code;
}

QString shownCode(const QString& code) {
    return code.left(kLength / 2) + u'-' + code.mid(kLength / 2);
}

std::optional<QString> typedCode(const QString& text) {
    QString code;
    for (const QChar c : text) {
        if (c.isSpace() || c.category() == QChar::Punctuation_Dash) continue;
        code += c.toUpper();
    }
    if (code.size() != kLength || !std::all_of(code.begin(), code.end(), isLetter)) return std::nullopt;
    return code;
}

QString codeHash(const QString& code) {
    const QByteArray message = QByteArray(kContext.data(), kContext.size()) + code.toUtf8();
    return QString::fromStdString(toHex(crypto::sha256(viewOf(message))));
}

Result<std::optional<ParticipantId>> participantOfCode(vault::Database& sessions, const QString& typed) {
    const auto code = typedCode(typed);
    if (!code) return std::nullopt;
    SOTTO_ASSIGN(auto select, sessions.prepare("SELECT participant FROM consent_code WHERE hash = ?1"));
    select.bind(1, codeHash(*code));
    SOTTO_ASSIGN(const bool found, select.step());
    if (!found) return std::nullopt;
    const auto participant = ParticipantId::fromString(select.text(0));
    if (!participant) return fail(ErrorCode::Damaged, "a withdrawal code leads to no participant");
    return participant;
}

}  // namespace sotto::consent
