// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "study/markdown.h"
#include "study/pack_parts.h"

namespace sotto::study {
namespace {

using Kind = MarkdownBlock::Kind;

constexpr std::array kHeadings = {kProtocolPause,    kProtocolDanger,       kProtocolItemNine,          kProtocolSevere,
                                  kProtocolStopOrGo, kProtocolDutyToReport, kProtocolIncidentalFinding, kProtocolWrapUp,
                                  kProtocolHomeVisit};
/// Without these nobody could be helped.
constexpr std::array kNeeded = {kProtocolPause, kProtocolDanger, kProtocolStopOrGo};

QString nameOf(const char* heading) {
    return QString::fromLatin1(heading);
}

/// Walks over the blocks of a protocol once.
class ProtocolReader {
public:
    explicit ProtocolReader(FaultList& faults) : m_faults(faults) {}

    [[nodiscard]] ProtocolFile read(const std::vector<MarkdownBlock>& blocks) {
        for (const MarkdownBlock& block : blocks) {
            refuseBraces(block);
            if (block.kind == Kind::Heading) {
                heading(block);
            } else if (block.kind == Kind::Item) {
                step(block);
            } else {
                paragraph(block);
            }
        }
        endHeading();
        checkUnique(m_file.anchors, m_faults);
        checkWhole();
        return std::move(m_file);
    }

private:
    [[nodiscard]] std::vector<ProtocolHeading>& headings() { return m_file.protocol.headings; }

    void heading(const MarkdownBlock& block) {
        if (block.level == 1 && m_file.protocol.title.isEmpty() && headings().empty()) {
            m_file.protocol.title = block.text;
            return;
        }
        endHeading();
        if (block.level != 2) {
            m_faults.add(block.line, QStringLiteral("a protocol has one title (#) and headings (##) only: make this a "
                                                    "heading or a step"));
        }
        const TaggedText tag = requireTag(block, QStringLiteral("this heading"), m_faults);
        const auto isIt = [&](const char* known) { return tag.id == QLatin1String(known); };
        if (!tag.id.isEmpty() && std::ranges::none_of(kHeadings, isIt)) {
            m_faults.add(block.line, QStringLiteral("nothing ever opens the heading %1: write one of %2")
                                         .arg(quoted(tag.id), knownHeadings()));
        }
        headings().push_back({tag.id, tag.text, {}, {}});
        m_headingLine = block.line;
    }
    /// How many steps there are is known only where the next heading begins.
    void endHeading() {
        if (m_headingLine == 0) return;
        const ProtocolHeading& last = headings().back();
        if (last.steps.empty()) {
            m_faults.add(m_headingLine, QStringLiteral("this heading has no step: write numbered lines such as "
                                                       "\"1. Stop asking.\""));
        }
        if (!last.id.isEmpty()) {
            m_file.anchors.push_back(
                {QStringLiteral("heading"), last.id,
                 last.steps.size() == 1 ? QStringLiteral("1 step") : QStringLiteral("%1 steps").arg(last.steps.size()),
                 m_headingLine});
        }
        m_headingLine = 0;
    }
    void step(const MarkdownBlock& block) {
        if (headings().empty()) {
            m_faults.add(block.line,
                         QStringLiteral("this stands before the first heading: move it under one such as \"## ... "
                                        "{#pause}\""));
        } else if (!block.ordered || block.level != 1) {
            m_faults.add(block.line, QStringLiteral("steps are one simple numbered list, so that each can be ticked: "
                                                    "write \"1. ...\""));
        } else if (block.text.isEmpty()) {
            m_faults.add(block.line, QStringLiteral("this step is empty: say what to do"));
        } else {
            headings().back().steps.push_back(block.text);
        }
    }
    void paragraph(const MarkdownBlock& block) {
        if (block.level > 0 || (!headings().empty() && !headings().back().steps.empty())) {
            m_faults.add(block.line, QStringLiteral("this text stands after a step: move it up under the heading, or "
                                                    "make it a step"));
            return;
        }
        QString& text = headings().empty() ? m_file.protocol.text : headings().back().text;
        if (!text.isEmpty()) text += QLatin1String("\n\n");
        text += block.text;
    }
    void refuseBraces(const MarkdownBlock& block) {
        const QString text = splitTag(block.text).text;
        if (!text.contains(QLatin1Char('{')) && !text.contains(QLatin1Char('}'))) return;
        m_faults.add(block.line, QStringLiteral("braces hold only the id of a heading: a protocol names nobody, since "
                                                "it is shown while the tablet is locked too"));
    }
    void checkWhole() {
        if (m_file.protocol.title.isEmpty()) {
            m_faults.add(FaultList::kWholeFile,
                         QStringLiteral("the protocol has no title: begin it with a line \"# Title\""));
        }
        for (const char* needed : kNeeded) {
            if (m_file.protocol.heading(nameOf(needed)) != nullptr) continue;
            m_faults.add(FaultList::kWholeFile,
                         QStringLiteral("the heading {#%1} is missing: add \"## ... {#%1}\" with numbered steps")
                             .arg(nameOf(needed)));
        }
    }
    static QString knownHeadings() {
        QStringList names;
        for (const char* name : kHeadings)
            names.append(QStringLiteral("{#%1}").arg(nameOf(name)));
        return names.join(QStringLiteral(", "));
    }

    FaultList& m_faults;
    ProtocolFile m_file;
    int m_headingLine = 0;  ///< 0 outside of any
};

}  // namespace

ProtocolFile readProtocolFile(const QByteArray& text, FaultList& faults) {
    return ProtocolReader(faults).read(readMarkdown(text, faults));
}

}  // namespace sotto::study
