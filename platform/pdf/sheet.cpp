// SPDX-License-Identifier: Apache-2.0
#include "sheet.h"

#include <QAbstractTextDocumentLayout>
#include <QPaintDevice>
#include <QPainter>
#include <QTextBlock>
#include <QTextDocumentFragment>

#include "consent/code.h"

namespace sotto::platform {

namespace {

using consent::Signer;
using study::SignedBy;

const QString kFamily = QStringLiteral("Open Sans");
constexpr double kPadPoints = 190;
constexpr double kLinePoints = 210;
constexpr int kHashGroup = 8;

QString grouped(const QString& hex) {
    QStringList groups;
    for (qsizetype i = 0; i < hex.size(); i += kHashGroup)
        groups += hex.mid(i, kHashGroup);
    return groups.join(u' ');
}

QString hexOf(const study::ConsentForm& form) {
    return QString::fromStdString(toHex(form.hash));
}

bool isForSomebody(SignedBy who) {
    return who == SignedBy::Parent || who == SignedBy::Representative;
}

}  // namespace

Sheet::Sheet(const consent::Document& document, bool isSmall)
    : m_size(isSmall ? 8.5 : 10.5), m_cursor(&m_text), m_language(document.papers.front().form.language) {
    QFont font(kFamily);
    font.setPointSizeF(m_size);
    m_text.setDefaultFont(font);
    m_text.setDocumentMargin(0);
    bool isFirst = true;
    QStringList footers;
    for (const consent::Paper& paper : document.papers) {
        m_language = paper.form.language;
        if (isFirst) {
            paragraph(document.studyTitle, m_size, true);
            if (!document.ethics.isEmpty()) paragraph(word(Word::Ethics).arg(document.ethics), m_size - 1, true);
        }
        write(paper, isFirst);
        footers += word(Word::Version).arg(paper.form.version) + u' ' + hexOf(paper.form).left(kHashGroup);
        isFirst = false;
    }
    writeEnd(document);
    m_footer = footers.join(QStringLiteral(" · "));
}

void Sheet::heading(const QString& text, double points, double above) {
    QTextBlockFormat block;
    block.setTopMargin(above);
    block.setBottomMargin(2);
    block.setNonBreakableLines(false);
    QTextCharFormat letters;
    letters.setFontPointSize(points);
    letters.setFontWeight(QFont::DemiBold);
    m_cursor.insertBlock(block, letters);
    m_cursor.insertText(text, letters);
}

void Sheet::paragraph(const QString& text, double points, bool isSoft) {
    QTextBlockFormat block;
    block.setTopMargin(2);
    QTextCharFormat letters;
    letters.setFontPointSize(points);
    if (isSoft) letters.setForeground(QColor(0x44, 0x44, 0x44));
    m_cursor.insertBlock(block, letters);
    m_cursor.insertText(text, letters);
}

void Sheet::markdown(const QString& text) {
    QTextDocument part;
    part.setDefaultFont(m_text.defaultFont());
    part.setMarkdown(text);
    QTextBlockFormat block;
    m_cursor.insertBlock(block, QTextCharFormat());
    m_cursor.insertFragment(QTextDocumentFragment(&part));
}

void Sheet::write(const consent::Paper& paper, bool isFirst) {
    const study::ConsentForm& form = paper.form;
    heading(form.title, m_size + 5, isFirst ? 6 : 24);
    const QString version = word(Word::Version).arg(form.version);
    paragraph(paper.evidence ? word(Word::Copy) + QStringLiteral(" · ") + version : version, m_size - 1, true);
    for (const auto& [id, text] : form.parts) {
        const auto title = form.headings.find(id);
        if (title != form.headings.end()) heading(title->second, m_size + 1.5, 10);
        markdown(text);
    }
    writeItems(paper);
    writeSignatures(paper);
    paragraph(word(Word::Fingerprint).arg(grouped(hexOf(form))), m_size - 2.5, true);
}

void Sheet::writeItems(const consent::Paper& paper) {
    heading(word(Word::Choices), m_size + 1.5, 12);
    for (const study::ConsentItem& item : paper.form.items) {
        QTextBlockFormat block;
        block.setTopMargin(5);
        m_cursor.insertBlock(block, QTextCharFormat());
        QTextCharFormat bold;
        bold.setFontWeight(QFont::DemiBold);
        const auto given =
            paper.evidence ? paper.evidence->answers.find(item.id) : std::map<QString, bool>::const_iterator();
        const bool isAnswered = paper.evidence && given != paper.evidence->answers.end();
        if (paper.evidence) {
            if (isAnswered) m_cursor.insertText(word(given->second ? Word::Yes : Word::No) + u' ', bold);
        } else {
            for (const Word answer : {Word::Yes, Word::No}) {
                PenMarks::insertBox(m_cursor, false);
                m_cursor.insertText(word(answer) + QStringLiteral("   "), QTextCharFormat());
            }
        }
        m_cursor.insertText(item.text, QTextCharFormat());
        if (item.required) m_cursor.insertText(QStringLiteral(" (%1)").arg(word(Word::Required)), QTextCharFormat());
    }
}

QString Sheet::whoSigns(SignedBy who, const QString& name) const {
    switch (who) {
        case SignedBy::Parent:
            return word(Word::ParentSigned).arg(name);
        case SignedBy::Representative:
            return word(Word::RepresentativeSigned).arg(name);
        case SignedBy::Assent:
            return word(Word::AssentSigned);
        case SignedBy::Adult:
            break;
    }
    return word(Word::PersonSigned);
}

void Sheet::writeSignatures(const consent::Paper& paper) {
    heading(word(Word::Signatures), m_size + 1.5, 12);
    if (paper.evidence) return writeSigned(*paper.evidence);
    writeLinesToSign(paper.form);
}

void Sheet::signature(const QString& label, const consent::Evidence& evidence, Signer signer) {
    const auto drawn = evidence.strokes.find(signer);
    if (drawn == evidence.strokes.end() || drawn->second.empty()) return;
    paragraph(label, m_size - 1);
    QTextBlockFormat block;
    block.setTopMargin(2);
    block.setBottomMargin(4);
    m_cursor.insertBlock(block, QTextCharFormat());
    PenMarks::insertStrokes(m_cursor, drawn->second, kPadPoints);
}

void Sheet::writeSigned(const consent::Evidence& evidence) {
    paragraph(paperTime(evidence.signedAt.utcMs, evidence.signedAt.zoneOffsetMinutes, m_language), m_size);
    if (evidence.kind == consent::Kind::Paper) paragraph(word(Word::OnPaper), m_size);
    if (evidence.kind == consent::Kind::Oral) paragraph(word(Word::Aloud), m_size);
    const QString who = whoSigns(evidence.signedBy, evidence.signatory);
    if (evidence.kind == consent::Kind::Glass) {
        signature(who, evidence, Signer::Participant);
    } else {
        paragraph(who, m_size - 1);
    }
    if (evidence.isMark) paragraph(word(Word::Mark), m_size - 1);
    if (!evidence.witness.isEmpty()) {
        const QString label = word(Word::WitnessSigned).arg(evidence.witness);
        const auto drawn = evidence.strokes.find(Signer::Witness);
        if (drawn == evidence.strokes.end()) paragraph(label, m_size - 1);
        signature(label, evidence, Signer::Witness);
    }
    signature(word(Word::InterviewerSigned), evidence, Signer::Interviewer);
}

void Sheet::writeLinesToSign(const study::ConsentForm& form) {
    QStringList signers{whoSigns(form.signedBy, QString())};
    if (isForSomebody(form.signedBy)) signers.front().remove(QStringLiteral(": ")).remove(QStringLiteral("\u00A0: "));
    if (form.needsWitness) signers += word(Word::WitnessSigned).section(u':', 0, 0).trimmed();
    signers += word(Word::InterviewerSigned);
    for (const QString& signer : signers) {
        paragraph(signer, m_size);
        for (const Word line : {Word::Name, Word::Signature, Word::Date}) {
            m_cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
            m_cursor.insertText(word(line) + u' ', QTextCharFormat());
            PenMarks::insertLine(m_cursor, line == Word::Date ? kLinePoints / 2 : kLinePoints);
        }
    }
}

void Sheet::writeEnd(const consent::Document& document) {
    const consent::Paper& first = document.papers.front();
    m_language = first.form.language;
    if (!document.team.isEmpty()) paragraph(word(Word::Questions).arg(document.team), m_size);
    if (!document.complaints.isEmpty()) paragraph(word(Word::Complaints).arg(document.complaints), m_size);
    if (!first.evidence) return;
    if (!first.evidence->code.isEmpty()) {
        heading(word(Word::ChangeYourMind), m_size + 1.5, 12);
        heading(consent::shownCode(first.evidence->code), m_size + 5, 2);
        paragraph(word(Word::CodeExplained), m_size);
    }
    paragraph(word(Word::FoundAtHome), m_size - 1, true);
}

QTextDocument& Sheet::layOut(QPaintDevice& device, const QSizeF& page) {
    m_text.documentLayout()->setPaintDevice(&device);
    PenMarks::registerWith(m_text, m_marks);
    // Margins of blocks are in dots of the device; those above were given in points.
    const double dots = device.logicalDpiY() / 72.0;
    for (QTextBlock block = m_text.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setTopMargin(format.topMargin() * dots);
        format.setBottomMargin(format.bottomMargin() * dots);
        format.setLeftMargin(format.leftMargin() * dots);
        cursor.setBlockFormat(format);
    }
    m_text.setPageSize(page);
    return m_text;
}

void Sheet::drawFooter(QPainter& painter, const QRectF& place, int page, int pages) const {
    QFont font(kFamily);
    font.setPointSizeF(7);
    painter.save();
    painter.setFont(font);
    painter.setPen(QColor(0x44, 0x44, 0x44));
    painter.drawText(place, Qt::AlignBottom | Qt::AlignLeft, m_footer);
    painter.drawText(place, Qt::AlignBottom | Qt::AlignRight, word(Word::Page).arg(page).arg(pages));
    painter.restore();
}

}  // namespace sotto::platform
