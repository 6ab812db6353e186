// SPDX-License-Identifier: Apache-2.0
#include <QRegularExpression>

#include "study/pack_checks.h"

namespace sotto::study {
namespace {

QString pathOf(const QString& language) {
    return QStringLiteral("protocol.%1.md").arg(language);
}

/// No answer and no total can tell that somebody is safe, and nobody who steps in may be told so.
void refuseNoRisk(const QString& text, int line, FaultList& faults) {
    static const QRegularExpression said(
        QStringLiteral("\\b(no|without|without any|zero|aucun|sans|sans aucun|pas de|z\u00e9ro)\\s+(risk|risque)s?\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    const auto found = said.match(text);
    if (!found.hasMatch()) return;
    faults.add(
        line,
        QStringLiteral("take out %1: nobody can know that, say what to do instead").arg(quoted(found.captured(0))));
}

void checkNeverNoRisk(const ReadPack& read) {
    for (const ProtocolFile& file : read.protocols) {
        FaultList faults = read.listOf(file.path);
        const auto lines = QString::fromUtf8(read.texts.at(file.path)).split(QLatin1Char('\n'));
        for (int i = 0; i < lines.size(); ++i)
            refuseNoRisk(lines[i], i + 1, faults);
    }
    for (const Screening& screening : read.pack->screenings) {
        const QString path = QStringLiteral("screening/%1.yaml").arg(screening.role);
        FaultList faults = read.listOf(path);
        std::vector<Fault> reportedAlready;
        FaultList again(path, reportedAlready);
        const auto root = readYaml(read.texts.at(path), again);
        if (!root) continue;
        forEachText(*root, [&](const YamlNode& node) { refuseNoRisk(node.text, node.line, faults); });
    }
}

void checkLanguages(const ReadPack& read) {
    if (read.protocols.empty()) {
        if (read.pack->practice) return;
        for (const QString& language : read.pack->languages) {
            read.needBeforeSigning(pathOf(language), FaultList::kWholeFile,
                                   QStringLiteral("this file is missing: a study says, in each of its languages, what "
                                                  "to do when an interview becomes hard"));
        }
        return;
    }
    for (const QString& language : read.pack->languages) {
        if (read.has(pathOf(language))) continue;
        read.listOf(pathOf(language))
            .add(FaultList::kWholeFile,
                 QStringLiteral("this file is missing: the protocol is there in every language of the study"));
    }
    for (const ProtocolFile& here : read.protocols) {
        for (const ProtocolFile& there : read.protocols) {
            if (&here == &there) continue;
            FaultList faults = read.listOf(here.path);
            compareAnchors(here.anchors, there.anchors, there.path, faults);
        }
    }
}

int lineOfAlert(const ReadPack& read, const QString& path, const QString& id) {
    std::vector<Fault> reportedAlready;
    FaultList again(path, reportedAlready);
    const auto root = readYaml(read.texts.at(path), again);
    const YamlNode* alerts = root ? root->find(QStringLiteral("alerts")) : nullptr;
    if (alerts == nullptr) return FaultList::kWholeFile;
    for (const YamlNode& alert : alerts->items) {
        const YamlNode* name = alert.find(QStringLiteral("id"));
        const YamlNode* protocol = alert.find(QStringLiteral("protocol"));
        if (name != nullptr && protocol != nullptr && name->text == id) return protocol->line;
    }
    return alerts->line;
}

void checkAlerts(const ReadPack& read) {
    for (const Form& form : read.pack->forms) {
        const QString path = QStringLiteral("instruments/%1.yaml").arg(form.id);
        for (const Alert& alert : form.alerts) {
            if (alert.protocol.isEmpty()) continue;  // reported already
            const auto opens = [&](const ProtocolFile& file) {
                return file.protocol.heading(alert.protocol) != nullptr;
            };
            if (std::ranges::any_of(read.protocols, opens)) continue;
            read.needBeforeSigning(path, lineOfAlert(read, path, alert.id),
                                   QStringLiteral("the alert %1 opens the heading {#%2}, which the protocol does not "
                                                  "have: write it in protocol.<language>.md")
                                       .arg(quoted(alert.id), alert.protocol));
        }
    }
}

}  // namespace

void checkProtocols(const ReadPack& read) {
    checkNeverNoRisk(read);
    checkLanguages(read);
    checkAlerts(read);
}

}  // namespace sotto::study
