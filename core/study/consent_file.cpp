// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "study/markdown.h"
#include "study/pack_parts.h"
#include "study/yaml.h"

namespace sotto::study {
namespace {

using Kind = MarkdownBlock::Kind;

struct RequiredPart {
    QString id;
    QString says;
};

const std::vector<RequiredPart>& requiredParts() {
    static const std::vector<RequiredPart> parts = {
        {QStringLiteral("purpose"), QStringLiteral("what the study is for")},
        {QStringLiteral("funder"), QStringLiteral("who pays for it")},
        {QStringLiteral("board"), QStringLiteral("which ethics board approved it")},
        {QStringLiteral("contacts"), QStringLiteral("whom to ask and to complain to")},
        {QStringLiteral("storage"), QStringLiteral("where the data is kept, how and for how long")},
        {QStringLiteral("confidentiality"), QStringLiteral("who sees it and where the limits are")},
        {QStringLiteral("withdrawal"), QStringLiteral("how and until when it can be taken back")},
    };
    return parts;
}

QString permissionNames() {
    QStringList names;
    for (const Permission permission : allPermissions()) {
        names.append(permissionName(permission));
    }
    return names.join(QStringLiteral(", "));
}

/// Reads the body of a form: parts under ## headings, and the list of items.
class ConsentReader {
public:
    ConsentReader(const QByteArray& body, ConsentFile& file, FaultList& faults)
        : m_lines(body.split('\n')), m_file(file), m_faults(faults) {}

    void read(const std::vector<MarkdownBlock>& blocks) {
        for (const MarkdownBlock& block : blocks) {
            refuseBraces(block);
            if (block.kind == Kind::Heading && block.level <= 2) {
                heading(block);
            } else if (m_partId.isEmpty() && !m_inItems) {
                if (!m_hasHeading) {
                    m_faults.add(block.line,
                                 QStringLiteral("this stands before the first part: move it under a heading such "
                                                "as \"## What it is for {#purpose}\""));
                }
            } else if (m_inItems) {
                item(block);
            }
        }
        endPart(static_cast<int>(m_lines.size()) + 1);
        checkUnique(m_file.anchors, m_faults);
        checkParts();
        checkItems();
    }

private:
    void heading(const MarkdownBlock& block) {
        endPart(block.line);
        m_inItems = false;
        m_partId.clear();
        m_partLine = block.line;
        m_hasHeading = true;
        if (block.level == 1) {
            m_faults.add(block.line,
                         QStringLiteral("the title stands between the --- lines as \"title: ...\": begin a part "
                                        "with ## instead of #"));
            return;
        }
        const TaggedText tag = requireTag(block, QStringLiteral("this part"), m_faults);
        if (tag.id.isEmpty()) return;
        m_file.anchors.push_back({QStringLiteral("part"), tag.id, {}, block.line});
        m_inItems = tag.id == QStringLiteral("items");
        if (m_inItems) return;
        m_partId = tag.id;
        m_file.form.headings[tag.id] = tag.text;
    }
    void endPart(int nextLine) {
        if (m_partId.isEmpty()) return;
        QByteArray text;
        for (int line = m_partLine + 1; line < nextLine; ++line) {
            text += m_lines[line - 1] + '\n';
        }
        const QString trimmed = QString::fromUtf8(text).trimmed();
        if (trimmed.isEmpty()) {
            m_faults.add(
                m_partLine,
                QStringLiteral("the part %1 is empty: write its text under the heading").arg(quoted(m_partId)));
        }
        m_file.form.parts.emplace_back(m_partId, trimmed);
    }
    void item(const MarkdownBlock& block) {
        if (block.kind != Kind::Item || block.level != 1) {
            m_faults.add(block.line,
                         QStringLiteral("under {#items} there is one simple list only: move this text into a part"));
            return;
        }
        const TaggedText tag = requireTag(block, QStringLiteral("this item"), m_faults);
        QStringList words = tag.remark.split(QLatin1Char(','));
        for (QString& word : words) {
            word = word.trimmed();
        }
        const auto permission = permissionFromName(words.front());
        if (!permission) {
            m_faults.add(block.line, QStringLiteral("the item %1 enforces nothing: end it with what it allows, such as "
                                                    "{#audio} (record-audio, optional); Sotto knows %2")
                                         .arg(quoted(tag.id), permissionNames()));
            return;
        }
        const QString duty = words.size() == 2 ? words.back() : QString();
        if (duty != QStringLiteral("required") && duty != QStringLiteral("optional")) {
            m_faults.add(block.line,
                         QStringLiteral("the item %1 must say required or optional: end it with (%2, required) or "
                                        "(%2, optional)")
                             .arg(quoted(tag.id), words.front()));
        }
        add({tag.id, tag.text, *permission, duty == QStringLiteral("required")}, block.line);
    }
    void add(const ConsentItem& item, int line) {
        const auto same = std::ranges::find(m_file.form.items, item.permission, &ConsentItem::permission);
        if (same != m_file.form.items.end()) {
            m_faults.add(line,
                         QStringLiteral("the items %1 and %2 both allow %3: two answers could contradict each other, "
                                        "keep one")
                             .arg(quoted(same->id), quoted(item.id), permissionName(item.permission)));
        }
        if (item.permission == Permission::TakePart && !item.required) {
            m_faults.add(line, QStringLiteral("taking part cannot be optional: write (take-part, required)"));
        }
        if (item.id.isEmpty()) return;
        m_file.form.items.push_back(item);
        m_file.anchors.push_back(
            {QStringLiteral("item"), item.id,
             QStringLiteral("%1, %2").arg(permissionName(item.permission),
                                          item.required ? QStringLiteral("required") : QStringLiteral("optional")),
             line});
    }
    void checkParts() {
        for (const RequiredPart& part : requiredParts()) {
            if (m_file.form.headings.contains(part.id)) continue;
            m_faults.add(m_partLine,
                         QStringLiteral("the part {#%1} is missing: add a heading \"## ... {#%1}\" and say %2")
                             .arg(part.id, part.says));
        }
    }
    void checkItems() {
        const auto& items = m_file.form.items;
        if (std::ranges::find(items, Permission::TakePart, &ConsentItem::permission) != items.end()) return;
        m_faults.add(m_partLine,
                     QStringLiteral("no item asks for taking part: add a heading \"## ... {#items}\" and under it "
                                    "\"- ... {#take-part} (take-part, required)\""));
    }
    void refuseBraces(const MarkdownBlock& block) {
        const QString text = splitTag(block.text).text;
        if (!text.contains(QLatin1Char('{')) && !text.contains(QLatin1Char('}'))) return;
        m_faults.add(block.line,
                     QStringLiteral("braces hold only the id at the end: a consent form names nobody, its text is "
                                    "the same for everyone who signs it"));
    }

    QList<QByteArray> m_lines;
    ConsentFile& m_file;
    FaultList& m_faults;
    QString m_partId;
    int m_partLine = 1;  ///< of the last heading: what is missing belongs below it
    bool m_hasHeading = false;
    bool m_inItems = false;
};

}  // namespace

ConsentFile readConsentFile(const QByteArray& text, const QString& id, FaultList& faults) {
    ConsentFile file;
    file.form.id = id;
    file.form.role = id;
    const QByteArray begin = "---\n";
    const qsizetype end = text.startsWith(begin) ? text.indexOf("\n---\n", begin.size() - 1) : -1;
    QByteArray body = text;
    if (end < 0) {
        faults.add(1, QStringLiteral("a consent form begins with its version and title between two lines of ---"));
    } else {
        const QByteArray head = text.left(end + 5);
        readConsentHead(text.mid(begin.size(), std::max<qsizetype>(end + 1 - begin.size(), 0)), file, faults);
        // empty lines in its place, so that line numbers stay true
        body = QByteArray(head.count('\n'), '\n') + text.mid(head.size());
    }
    ConsentReader(body, file, faults).read(readMarkdown(body, faults));
    return file;
}

}  // namespace sotto::study
