// SPDX-License-Identifier: Apache-2.0
#include "study/source_text.h"

#include <algorithm>

#include <QList>
#include <QStringDecoder>

namespace sotto::study {
namespace {

bool isUtf8(const QByteArray& line) {
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(line);  // decoding happens here, not in the call before
    return decoded.isEmpty() == line.isEmpty() && !decoder.hasError();
}

bool isControl(char c) {
    return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f;
}

}  // namespace

std::optional<QByteArray> readSourceText(ByteView bytes, FaultList& faults) {
    QByteArray text = byteArrayOf(bytes);
    if (text.startsWith("\xef\xbb\xbf")) text.remove(0, 3);
    text.replace("\r\n", "\n").replace('\r', '\n');
    bool good = true;
    int number = 0;
    for (const QByteArray& line : text.split('\n')) {
        ++number;
        if (!isUtf8(line)) {
            faults.add(number, QStringLiteral(
                                   "this line is not in UTF-8: save the file as plain text with the encoding UTF-8"));
            good = false;
        } else if (std::ranges::any_of(line, isControl)) {
            faults.add(
                number,
                QStringLiteral("this line holds an invisible control character: delete the line and type it again"));
            good = false;
        }
    }
    if (!good) return std::nullopt;
    return text;
}

}  // namespace sotto::study
