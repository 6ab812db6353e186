// SPDX-License-Identifier: Apache-2.0
#include <QRegularExpression>

#include "study/study_parts.h"

namespace sotto::study {
namespace {

constexpr int kDaysUntilStale = 90;

/// Reads one line of help; `what` names it in sentences.
class CrisisLineReader {
public:
    CrisisLineReader(const YamlNode& node, QString what, const QStringList& known, FaultList& faults)
        : m_map(node, what, known, faults), m_what(std::move(what)), m_faults(faults) {}

    [[nodiscard]] CrisisLine read(const StudyPack& pack, QDate today) {
        CrisisLine line;
        line.place = m_map.text(QStringLiteral("place"));
        line.name = m_map.localText(QStringLiteral("name"), pack.languages);
        line.phone = m_map.optionalText(QStringLiteral("phone"));
        line.text = m_map.optionalText(QStringLiteral("text"));
        line.web = m_map.optionalText(QStringLiteral("web"));
        line.verified = m_map.text(QStringLiteral("verified"));
        if (m_map.has(QStringLiteral("hours"))) {
            line.hours = m_map.localText(QStringLiteral("hours"), pack.languages);
        }
        if (m_map.has(QStringLiteral("for"))) readRolesOf(line, pack);
        if (!m_map.isMap()) return line;
        checkReach(line);
        checkVerified(line, today);
        return line;
    }

private:
    void readRolesOf(CrisisLine& line, const StudyPack& pack) {
        const QString key = QStringLiteral("for");
        for (const QString& role : m_map.words(key)) {
            if (!pack.roles.empty() && pack.role(role) == nullptr) {
                m_faults.add(m_map.lineOf(key), QStringLiteral("%1 is no role of this study").arg(quoted(role)));
            }
            line.roles.append(role);
        }
    }

    void checkReach(const CrisisLine& line) {
        if (line.phone.isEmpty() && line.text.isEmpty() && line.web.isEmpty()) {
            m_faults.add(m_map.line(),
                         QStringLiteral("%1 gives no way to reach it: add phone, text or web").arg(m_what));
        }
        for (const QString& key : {QStringLiteral("phone"), QStringLiteral("text")}) {
            const QString number = key == QStringLiteral("phone") ? line.phone : line.text;
            if (number.isEmpty() || isPhone(number)) continue;
            m_faults.add(m_map.lineOf(key), QStringLiteral("%1 is no telephone number").arg(quoted(number)));
        }
    }

    void checkVerified(CrisisLine& line, QDate today) {
        const int at = m_map.lineOf(QStringLiteral("verified"));
        const QDate day = dayFrom(line.verified);
        if (line.verified == QStringLiteral("not-yet")) {
            line.verified.clear();
            m_faults.warn(at, QStringLiteral("nobody of the team has called this number yet: call it, then write the "
                                             "day instead of not-yet"));
        } else if (!line.verified.isEmpty() && !day.isValid()) {
            m_faults.add(at, QStringLiteral("%1 is no date: write the day somebody called it to check, as 2026-11-22, "
                                            "or not-yet")
                                 .arg(quoted(line.verified)));
        } else if (day.isValid() && today.isValid() && day > today) {
            m_faults.warn(
                at,
                QStringLiteral("%1 is still to come: write the day somebody called it to check").arg(line.verified));
        } else if (day.isValid() && today.isValid() && day.daysTo(today) > kDaysUntilStale) {
            m_faults.warn(at, QStringLiteral("last checked more than %1 days ago: call it again and write the day")
                                  .arg(kDaysUntilStale));
        }
    }

    YamlMap m_map;
    QString m_what;
    FaultList& m_faults;
};

QStringList emergencyKeys() {
    return {QStringLiteral("place"), QStringLiteral("name"), QStringLiteral("phone"),
            QStringLiteral("text"),  QStringLiteral("web"),  QStringLiteral("verified")};
}

}  // namespace

bool isPhone(const QString& text) {
    static const QRegularExpression phone(QStringLiteral("^[0-9+*#][0-9A-Z+*#() .-]*$"));
    return phone.match(text).hasMatch();
}

void readCrisisLines(YamlMap& study, StudyPack& pack, QDate today, FaultList& faults) {
    if (const YamlNode* emergency = study.map(QStringLiteral("emergency"))) {
        pack.emergency = CrisisLineReader(*emergency, QStringLiteral("the emergency line"), emergencyKeys(), faults)
                             .read(pack, today);
    }
    const auto* list = study.list(QStringLiteral("crisis_lines"));
    if (list == nullptr) return;
    const QStringList keys = emergencyKeys() + QStringList{QStringLiteral("for"), QStringLiteral("hours")};
    for (const YamlNode& node : *list) {
        pack.crisisLines.push_back(
            CrisisLineReader(node, QStringLiteral("a crisis line"), keys, faults).read(pack, today));
    }
    if (list->empty()) {
        faults.add(study.lineOf(QStringLiteral("crisis_lines")),
                   QStringLiteral("the study needs at least one crisis line: help must be one touch away"));
    }
}

}  // namespace sotto::study
