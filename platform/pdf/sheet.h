// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTextCursor>
#include <QTextDocument>

#include "consent/press.h"
#include "paper_words.h"
#include "pen_marks.h"

class QPainter;
class QPaintDevice;

namespace sotto::platform {

/// The layout of a document: text in reading order, so that it can be searched and read aloud. One thread.
class Sheet {
public:
    Sheet(const consent::Document& document, bool isSmall);

    /// In the dots of the device, page by page of this size.
    [[nodiscard]] QTextDocument& layOut(QPaintDevice& device, const QSizeF& page);
    /// Page, version and the beginning of the fingerprint: each page tells what it belongs to.
    void drawFooter(QPainter& painter, const QRectF& place, int page, int pages) const;

private:
    using Signed = std::vector<consent::Stroke>;

    [[nodiscard]] QString word(Word word) const { return paperWord(word, m_language); }
    void write(const consent::Paper& paper, bool isFirst);
    void writeItems(const consent::Paper& paper);
    void writeSignatures(const consent::Paper& paper);
    void writeLinesToSign(const study::ConsentForm& form);
    void writeSigned(const consent::Evidence& evidence);
    void writeEnd(const consent::Document& document);
    void heading(const QString& text, double points, double above);
    void paragraph(const QString& text, double points, bool isSoft = false);
    void markdown(const QString& text);
    void signature(const QString& label, const consent::Evidence& evidence, consent::Signer signer);
    [[nodiscard]] QString whoSigns(const study::SignedBy who, const QString& name) const;

    double m_size;  ///< of running text, in points
    PenMarks m_marks;
    QTextDocument m_text;
    QTextCursor m_cursor;
    QString m_language;
    QString m_footer;
};

}  // namespace sotto::platform
