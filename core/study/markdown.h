// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

#include "study/faults.h"

namespace sotto::study {

/// One piece of a Markdown text in reading order, emphasis taken off, line breaks turned into spaces.
struct MarkdownBlock {
    enum class Kind { Heading, Paragraph, Item };
    Kind kind = Kind::Paragraph;
    int level = 0;         ///< Heading: 1 to 6; otherwise the nesting of lists it stands in, 0 outside of any
    bool ordered = false;  ///< Item of a numbered list
    QString text;
    int line = 0;  ///< of its first character, from 1
};

/// Reads Markdown (CommonMark) without raw HTML, images, links, code blocks and quotations: these are faults, since
/// what a participant agrees to must look the same everywhere. `text` is UTF-8 with '\n'.
[[nodiscard]] std::vector<MarkdownBlock> readMarkdown(const QByteArray& text, FaultList& faults);

/// "How it began {#beginning} (15 min)" taken apart.
struct TaggedText {
    QString text;    ///< "How it began"
    QString id;      ///< "beginning"; empty if there is none
    QString remark;  ///< "15 min", what stands in parentheses after the id
};
[[nodiscard]] TaggedText splitTag(const QString& text);

/// A tag whose id is present and well formed; otherwise a fault that names the thing: "this question".
[[nodiscard]] TaggedText requireTag(const MarkdownBlock& block, const QString& what, FaultList& faults);

}  // namespace sotto::study
