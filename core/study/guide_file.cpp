// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QRegularExpression>

#include "study/markdown.h"
#include "study/pack_parts.h"

namespace sotto::study {
namespace {

using Kind = MarkdownBlock::Kind;

/// Walks over the blocks of a guide once and builds sections, questions and probes.
class GuideReader {
public:
    GuideReader(const std::vector<Role>& roles, FaultList& faults) : m_roles(roles), m_faults(faults) {}

    [[nodiscard]] GuideFile read(const std::vector<MarkdownBlock>& blocks) {
        for (const MarkdownBlock& block : blocks) {
            checkBraces(block);
            if (block.kind == Kind::Heading) {
                heading(block);
            } else if (block.kind == Kind::Item) {
                item(block);
            } else {
                paragraph(block);
            }
        }
        endSection();
        if (m_file.guide.title.isEmpty()) {
            m_faults.add(1, QStringLiteral("the guide has no title: begin it with a line \"# Title\""));
        }
        if (m_file.guide.sections.empty()) {
            m_faults.add(
                FaultList::kWholeFile,
                QStringLiteral("the guide has no section: write \"## Section title {#section-id} (15 min)\" and "
                               "numbered questions under it"));
        }
        checkUnique(m_file.anchors, m_faults);
        return std::move(m_file);
    }

private:
    void heading(const MarkdownBlock& block) {
        if (block.level == 1) {
            title(block);
        } else if (block.level == 2) {
            section(block);
        } else {
            m_faults.add(block.line,
                         QStringLiteral("a guide has a title (#) and sections (##) only: make this heading a "
                                        "section or a question"));
        }
    }
    void title(const MarkdownBlock& block) {
        if (!m_file.guide.title.isEmpty() || !m_file.guide.sections.empty()) {
            m_faults.add(block.line, QStringLiteral("a second title: begin a section with ## instead of #"));
            section(block);
            return;
        }
        m_file.guide.title = block.text;
    }
    void section(const MarkdownBlock& block) {
        endSection();
        TaggedText tag = requireTag(block, QStringLiteral("this section"), m_faults);
        // "(15 min)" may also stand before the id
        static const QRegularExpression ending(QStringLiteral("^(.*)\\(([0-9]+ *min)\\)$"));
        if (const auto before = ending.match(tag.text); tag.remark.isEmpty() && before.hasMatch()) {
            tag = {before.captured(1).trimmed(), tag.id, before.captured(2)};
        }
        static const QRegularExpression minutes(QStringLiteral("^([0-9]{1,3}) *min$"));
        const int planned = minutes.match(tag.remark).captured(1).toInt();
        if (planned < 1) {
            m_faults.add(block.line, QStringLiteral("this section has no planned time: end the heading with (15 min)"));
        }
        m_file.guide.sections.push_back({tag.id, tag.text, {}, planned, {}});
        m_sectionLine = block.line;
        anchor(QStringLiteral("section"), tag.id, planned > 0 ? QStringLiteral("%1 min").arg(planned) : QString(),
               block.line);
    }
    void endSection() {
        if (m_sectionLine == 0 || !m_file.guide.sections.back().questions.empty()) return;
        m_faults.add(m_sectionLine,
                     QStringLiteral("this section has no question: write numbered questions such as \"1. ... {#id}\""));
    }
    void item(const MarkdownBlock& block) {
        if (m_file.guide.sections.empty()) {
            m_faults.add(block.line,
                         QStringLiteral("this stands before the first section: move it under a heading \"## ...\""));
        } else if (block.ordered && block.level == 1) {
            const TaggedText tag = requireTag(block, QStringLiteral("this question"), m_faults);
            refuseRemark(tag, block.line);
            m_file.guide.sections.back().questions.push_back({tag.id, tag.text, {}});
            anchor(QStringLiteral("question"), tag.id, under(m_file.guide.sections.back().id), block.line);
        } else if (block.ordered || block.level > 2) {
            m_faults.add(block.line,
                         QStringLiteral("probes are a simple list of dashes under a question: write \"   - ... "
                                        "{#id}\""));
        } else if (m_file.guide.sections.back().questions.empty()) {
            m_faults.add(block.line,
                         QStringLiteral("this probe belongs to no question: put a numbered question before it"));
        } else {
            probe(block);
        }
    }
    void probe(const MarkdownBlock& block) {
        const TaggedText tag = requireTag(block, QStringLiteral("this probe"), m_faults);
        refuseRemark(tag, block.line);
        Question& question = m_file.guide.sections.back().questions.back();
        question.probes.push_back({tag.id, tag.text});
        anchor(QStringLiteral("probe"), tag.id, under(question.id), block.line);
    }
    void paragraph(const MarkdownBlock& block) {
        auto& sections = m_file.guide.sections;
        if (block.level > 0 || (!sections.empty() && !sections.back().questions.empty())) {
            m_faults.add(block.line, QStringLiteral("this text stands after a question: move instructions up under the "
                                                    "heading of the section, or make it a question or a probe"));
            return;
        }
        QString& instructions = sections.empty() ? m_file.guide.instructions : sections.back().instructions;
        if (!instructions.isEmpty()) instructions += QLatin1String("\n\n");
        instructions += block.text;
    }
    void refuseRemark(const TaggedText& tag, int line) {
        if (tag.remark.isEmpty()) return;
        m_faults.add(line, QStringLiteral("nothing may follow the id: move \"(%1)\" before it").arg(tag.remark));
    }
    static QString under(const QString& id) { return id.isEmpty() ? id : QStringLiteral("under ") + id; }
    void anchor(const QString& kind, const QString& id, const QString& detail, int line) {
        if (!id.isEmpty()) m_file.anchors.push_back({kind, id, detail, line});
    }
    void checkBraces(const MarkdownBlock& block) {
        static const QRegularExpression braces(QStringLiteral("\\{([^{}]*)\\}|[{}]"));
        auto matches = braces.globalMatch(splitTag(block.text).text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const QString word = match.captured(1);
            if (match.captured(0).size() < 2) {
                m_faults.add(block.line,
                             QStringLiteral("a brace without its other half: braces hold the id or a role only"));
            } else if (!m_roles.empty() && std::ranges::find(m_roles, word, &Role::id) == m_roles.end()) {
                m_faults.add(
                    block.line,
                    QStringLiteral("{%1} is no role of this study: write one of %2").arg(word.left(60), roleNames()));
            }
        }
    }
    [[nodiscard]] QString roleNames() const {
        QStringList names;
        for (const Role& role : m_roles) {
            names.append(QStringLiteral("{%1}").arg(role.id));
        }
        return names.join(QStringLiteral(", "));
    }

    const std::vector<Role>& m_roles;
    FaultList& m_faults;
    GuideFile m_file;
    int m_sectionLine = 0;
};

}  // namespace

GuideFile readGuideFile(const QByteArray& text, const std::vector<Role>& roles, FaultList& faults) {
    return GuideReader(roles, faults).read(readMarkdown(text, faults));
}

void checkUnique(const std::vector<Anchor>& anchors, FaultList& faults) {
    std::map<QString, int> seen;
    for (const Anchor& anchor : anchors) {
        const auto [earlier, isNew] = seen.try_emplace(anchor.id, anchor.line);
        if (isNew) continue;
        faults.add(anchor.line, QStringLiteral("the id %1 is used already at line %2: give each %3 its own")
                                    .arg(quoted(anchor.id))
                                    .arg(earlier->second)
                                    .arg(anchor.kind));
    }
}

void compareAnchors(const std::vector<Anchor>& here, const std::vector<Anchor>& there, const QString& therePath,
                    FaultList& faults) {
    std::map<std::pair<QString, QString>, const Anchor*> others;
    for (const Anchor& anchor : there) {
        others.try_emplace({anchor.kind, anchor.id}, &anchor);
    }
    std::vector<const Anchor*> common;
    for (const Anchor& anchor : here) {
        const auto other = others.find({anchor.kind, anchor.id});
        if (other == others.end()) {
            faults.add(anchor.line,
                       QStringLiteral("the %1 %2 has no counterpart in %3: add it there with {#%4}, or take it "
                                      "out here")
                           .arg(anchor.kind, quoted(anchor.id), therePath, anchor.id));
        } else {
            common.push_back(&anchor);
            const bool isKnown = !anchor.detail.isEmpty() && !other->second->detail.isEmpty();
            if (!isKnown || other->second->detail == anchor.detail) continue;
            faults.add(anchor.line,
                       QStringLiteral("the %1 %2 differs from %3:%4 (here: %5; there: %6): make both the same")
                           .arg(anchor.kind, quoted(anchor.id), therePath)
                           .arg(other->second->line)
                           .arg(anchor.detail, other->second->detail));
        }
    }
    int before = 0;
    for (const Anchor* anchor : common) {
        const int line = others.at({anchor->kind, anchor->id})->line;
        if (line < before) {
            faults.add(anchor->line,
                       QStringLiteral("the %1 %2 comes earlier in %3 (line %4): keep the same order in every "
                                      "language")
                           .arg(anchor->kind, quoted(anchor->id), therePath)
                           .arg(line));
            return;
        }
        before = line;
    }
}

}  // namespace sotto::study
