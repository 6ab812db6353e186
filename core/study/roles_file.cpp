// SPDX-License-Identifier: Apache-2.0
#include "study/study_parts.h"

namespace sotto::study {
namespace {

class RoleReader {
public:
    RoleReader(const YamlNode& node, const StudyPack& pack, FaultList& faults)
        : m_map(node, QStringLiteral("a role"), keys(), faults), m_pack(pack), m_faults(faults) {}

    [[nodiscard]] Role read() {
        Role role;
        role.id = m_map.id(QStringLiteral("id"));
        role.name = m_map.localText(QStringLiteral("name"), m_pack.languages);
        role.called = readCalled();
        constexpr int kMostPlanned = 100'000;
        constexpr int kMostMinutes = 24 * 60;
        if (m_map.has(QStringLiteral("planned")))
            role.planned = m_map.integer(QStringLiteral("planned"), 1, kMostPlanned);
        if (m_map.has(QStringLiteral("minutes")))
            role.minutes = m_map.integer(QStringLiteral("minutes"), 1, kMostMinutes);
        if (m_map.has(QStringLiteral("guide"))) role.guide = m_map.id(QStringLiteral("guide"));
        if (role.guide == role.id) role.guide.clear();
        role.manner = oneOf(m_map, QStringLiteral("session"), QStringLiteral("a role"),
                            {{QStringLiteral("single"), SessionManner::Single},
                             {QStringLiteral("group"), SessionManner::Group},
                             {QStringLiteral("alone"), SessionManner::Alone}},
                            SessionManner::Single, m_faults);
        if (m_map.has(QStringLiteral("forms"))) readForms(role);
        checkManner(role);
        return role;
    }

private:
    static QStringList keys() {
        return {QStringLiteral("id"),      QStringLiteral("name"),    QStringLiteral("called"),
                QStringLiteral("planned"), QStringLiteral("session"), QStringLiteral("guide"),
                QStringLiteral("minutes"), QStringLiteral("forms")};
    }

    LocalText readCalled() {
        const QString key = QStringLiteral("called");
        if (!m_map.has(key)) return {};
        LocalText called = m_map.localText(key, m_pack.languages);
        for (const auto& [language, words] : called) {
            if (!words.contains(QLatin1Char('{')) && !words.contains(QLatin1Char('}'))) continue;
            m_faults.add(m_map.lineOf(key), QStringLiteral("\"called\" stands for a name in a question and can hold no "
                                                           "braces itself: write \"the person close to you\""));
            break;
        }
        return called;
    }

    void readForms(Role& role) {
        const auto* list = m_map.list(QStringLiteral("forms"));
        if (list == nullptr) return;
        const QString what = QStringLiteral("a form of a role");
        for (const YamlNode& node : *list) {
            YamlMap map(node, what, {QStringLiteral("form"), QStringLiteral("when"), QStringLiteral("by")}, m_faults);
            RoleForm form;
            form.form = map.id(QStringLiteral("form"));
            form.moment = oneOf(map, QStringLiteral("when"), what,
                                {{QStringLiteral("before"), FormMoment::Before},
                                 {QStringLiteral("after"), FormMoment::After},
                                 {QStringLiteral("any"), FormMoment::Any}},
                                FormMoment::After, m_faults);
            form.by = oneOf(map, QStringLiteral("by"), what,
                            {{QStringLiteral("participant"), FilledBy::Participant},
                             {QStringLiteral("interviewer"), FilledBy::Interviewer}},
                            FilledBy::Participant, m_faults);
            const auto isSame = [&](const RoleForm& other) { return other.form == form.form; };
            if (form.form.isEmpty()) continue;
            if (std::ranges::any_of(role.forms, isSame)) {
                m_faults.add(node.line, QStringLiteral("the form %1 is here twice for the role %2: keep one")
                                            .arg(quoted(form.form), quoted(role.id)));
                continue;
            }
            role.forms.push_back(std::move(form));
        }
    }

    void checkManner(const Role& role) {
        if (role.manner != SessionManner::Alone) return;
        const auto byParticipant = [](const RoleForm& form) { return form.by == FilledBy::Participant; };
        if (std::ranges::any_of(role.forms, byParticipant)) return;
        m_faults.add(m_map.lineOf(QStringLiteral("session")),
                     QStringLiteral("the role %1 answers alone, but there is nothing to fill in: add \"forms\" with "
                                    "one \"by: participant\"")
                         .arg(quoted(role.id)));
    }

    YamlMap m_map;
    const StudyPack& m_pack;
    FaultList& m_faults;
};

}  // namespace

void readRoles(YamlMap& study, StudyPack& pack, FaultList& faults) {
    const auto* list = study.list(QStringLiteral("roles"));
    if (list == nullptr) return;
    for (const YamlNode& node : *list) {
        Role role = RoleReader(node, pack, faults).read();
        if (role.id.isEmpty()) continue;
        if (pack.role(role.id) != nullptr) {
            const YamlNode* id = node.find(QStringLiteral("id"));
            faults.add(id->line,
                       QStringLiteral("the role %1 is here twice: give each role its own id").arg(quoted(role.id)));
            continue;
        }
        pack.roles.push_back(std::move(role));
    }
    if (list->empty()) {
        faults.add(study.lineOf(QStringLiteral("roles")), QStringLiteral("the study needs at least one role"));
    }
}

}  // namespace sotto::study
