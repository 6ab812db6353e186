// SPDX-License-Identifier: Apache-2.0
#include "interview/search_words.h"

#include <vector>

namespace sotto::interview {

namespace {

constexpr std::size_t kMostWords = 64;

/// What was typed, as runs of letters and digits: the same borders that the tokenizer draws.
std::vector<QString> wordsOf(const QString& typed) {
    std::vector<QString> words;
    bool isInside = false;
    for (const char32_t character : typed.toStdU32String()) {
        const bool belongs = QChar::isLetterOrNumber(character) || (isInside && QChar::isMark(character));
        if (belongs && !isInside) words.emplace_back();
        if (belongs) words.back().append(QString::fromUcs4(&character, 1));
        isInside = belongs;
    }
    return words;
}

}  // namespace

Result<QString> matchOfWords(const QString& typed) {
    const std::vector<QString> words = wordsOf(typed);
    if (words.size() > kMostWords) return fail(ErrorCode::InvalidArgument, "too many words to search for at once");
    QString match;
    // Every word as a string of FTS5, which stands for itself; the last one may go on.
    for (const QString& word : words) {
        match += QLatin1Char('"') + word + QLatin1String("\" ");
    }
    if (match.isEmpty()) return match;
    match.chop(1);
    return match + QLatin1Char('*');
}

}  // namespace sotto::interview
