// SPDX-License-Identifier: Apache-2.0
#include "study/markdown.h"

#include <algorithm>
#include <functional>

#include <QRegularExpression>
#include <md4c.h>

namespace sotto::study {
namespace {

/// Collects md4c's callbacks. md4c 0.4 tells no line numbers, but hands out pointers into the source text.
class BlockCollector {
public:
    BlockCollector(const QByteArray& source, FaultList& faults) : m_source(source), m_faults(faults) {
        for (qsizetype i = 0; i < source.size(); ++i) {
            if (source[i] == '\n') m_lineEnds.push_back(i);
        }
    }
    [[nodiscard]] std::vector<MarkdownBlock> take() { return std::move(m_blocks); }

    void enterBlock(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_H:
                start(MarkdownBlock::Kind::Heading, static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
                break;
            case MD_BLOCK_P:
                if (m_items.empty() || !m_blocks[m_items.back()].text.isEmpty()) {
                    start(MarkdownBlock::Kind::Paragraph, static_cast<int>(m_lists.size()));
                }
                break;
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
                m_lists.push_back(type == MD_BLOCK_OL);
                break;
            case MD_BLOCK_LI:
                start(MarkdownBlock::Kind::Item, static_cast<int>(m_lists.size()));
                m_blocks.back().ordered = m_lists.back();
                m_items.push_back(m_blocks.size() - 1);
                break;
            case MD_BLOCK_CODE:
                refuseNext(QStringLiteral("code blocks are not allowed: take the line of ``` or ~~~ out"));
                m_inRefusedBlock = true;
                break;
            case MD_BLOCK_HTML:
                refuseNext(QStringLiteral("HTML is not allowed: take what stands between < and > out"));
                m_inRefusedBlock = true;
                break;
            case MD_BLOCK_QUOTE:
                refuseNext(QStringLiteral("quotations are not allowed: take the > at the start of the line out"));
                break;
            default:
                break;
        }
    }
    void leaveBlock(MD_BLOCKTYPE type) {
        if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) m_lists.pop_back();
        if (type == MD_BLOCK_LI) m_items.pop_back();
        if (type == MD_BLOCK_H) checkHeading();
        if (type == MD_BLOCK_CODE || type == MD_BLOCK_HTML) m_inRefusedBlock = false;
    }
    void enterSpan(MD_SPANTYPE type) {
        if (type == MD_SPAN_A)
            refuseNext(QStringLiteral("links are not allowed, there is no network: write the address as text"));
        if (type == MD_SPAN_IMG) refuseNext(QStringLiteral("images are not allowed: describe it in words"));
    }
    void text(MD_TEXTTYPE type, const char* characters, MD_SIZE size) {
        locate(characters);
        if (!m_refusal.isEmpty()) {
            m_faults.add(m_line, m_refusal);
            m_refusal.clear();
        }
        if (m_inRefusedBlock) return;
        const QString piece = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR
                                  ? QStringLiteral(" ")
                                  : QString::fromUtf8(characters, static_cast<qsizetype>(size));
        if (type == MD_TEXT_HTML) {
            m_faults.add(m_line, QStringLiteral("HTML is not allowed: take %1 out").arg(quoted(piece)));
        } else if (type == MD_TEXT_ENTITY) {
            m_faults.add(m_line, QStringLiteral("write the character itself instead of %1").arg(quoted(piece)));
        }
        if (m_blocks.empty()) return;
        MarkdownBlock& block = m_blocks.back();
        if (block.line == 0 || (block.text.isEmpty() && type == MD_TEXT_NORMAL)) block.line = m_line;
        block.text += piece;
    }
    /// Blocks without any text have no place of their own: they get that of the text before them.
    void finish() {
        int line = 1;
        for (MarkdownBlock& block : m_blocks) {
            block.text = block.text.trimmed();
            if (block.line == 0) block.line = line;
            line = block.line;
        }
        if (!m_refusal.isEmpty()) m_faults.add(m_line, m_refusal);
    }

private:
    void start(MarkdownBlock::Kind kind, int level) { m_blocks.push_back({kind, level, false, {}, 0}); }
    void refuseNext(const QString& sentence) { m_refusal = sentence; }
    void locate(const char* position) {
        const char* first = m_source.constData();
        const char* last = first + m_source.size();
        if (std::less<>()(position, first) || !std::less<>()(position, last)) return;
        const auto end = std::ranges::lower_bound(m_lineEnds, static_cast<qsizetype>(position - first));
        m_line = static_cast<int>(end - m_lineEnds.begin()) + 1;
    }
    /// A line of dashes under a paragraph makes it a heading, mostly by accident.
    void checkHeading() {
        MarkdownBlock& heading = m_blocks.back();
        const int line = heading.line;
        if (line == 0) return;
        const qsizetype start = line == 1 ? 0 : m_lineEnds[static_cast<std::size_t>(line) - 2] + 1;
        if (!QByteArrayView(m_source).sliced(start).trimmed().startsWith('#')) {
            m_faults.add(line,
                         QStringLiteral("the line of dashes under this text makes it a heading: begin headings with # "
                                        "or ##, and leave an empty line above dashes"));
            heading.kind = MarkdownBlock::Kind::Paragraph;
            heading.level = 0;
        }
    }

    const QByteArray& m_source;
    FaultList& m_faults;
    std::vector<qsizetype> m_lineEnds;
    std::vector<MarkdownBlock> m_blocks;
    std::vector<bool> m_lists;
    std::vector<std::size_t> m_items;
    QString m_refusal;
    bool m_inRefusedBlock = false;
    int m_line = 1;
};

BlockCollector& collector(void* user) {
    return *static_cast<BlockCollector*>(user);
}

MD_PARSER callbacks() {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        collector(user).enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
        collector(user).leaveBlock(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void*, void* user) {
        collector(user).enterSpan(type);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
        collector(user).text(type, text, size);
        return 0;
    };
    return parser;
}

}  // namespace

std::vector<MarkdownBlock> readMarkdown(const QByteArray& text, FaultList& faults) {
    BlockCollector blocks(text, faults);
    const MD_PARSER parser = callbacks();
    if (md_parse(text.constData(), static_cast<MD_SIZE>(text.size()), &parser, &blocks) != 0) {
        faults.add(FaultList::kWholeFile, QStringLiteral("this text cannot be read as Markdown"));
    }
    blocks.finish();
    return blocks.take();
}

TaggedText splitTag(const QString& text) {
    static const QRegularExpression tag(QStringLiteral("^(.*)\\{#([^{}]*)\\}\\s*(?:\\(([^()]*)\\))?$"),
                                        QRegularExpression::DotMatchesEverythingOption);
    const auto found = tag.match(text.trimmed());
    if (!found.hasMatch()) return {text.trimmed(), {}, {}};
    return {found.captured(1).trimmed(), found.captured(2).trimmed(), found.captured(3).trimmed()};
}

TaggedText requireTag(const MarkdownBlock& block, const QString& what, FaultList& faults) {
    TaggedText result = splitTag(block.text);
    if (result.id.isEmpty()) {
        faults.add(block.line,
                   QStringLiteral("%1 has no id: end it with a name in braces such as {#first-meeting}, the same "
                                  "in every language")
                       .arg(what));
    } else if (!isValidId(result.id)) {
        faults.add(block.line,
                   QStringLiteral("%1 cannot be an id: use small letters without accents, digits and hyphens, "
                                  "beginning with a letter")
                       .arg(quoted(result.id)));
        result.id.clear();
    }
    if (result.text.isEmpty())
        faults.add(block.line, QStringLiteral("%1 has no text: write it before the id").arg(what));
    return result;
}

}  // namespace sotto::study
