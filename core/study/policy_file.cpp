// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <QRegularExpression>

#include "study/study_parts.h"

namespace sotto::study {
namespace {

constexpr int kMostInGroup = 15;

/// Reads what study.yaml lays down besides roles and help lines.
class PolicyReader {
public:
    PolicyReader(YamlMap& study, StudyPack& pack, QDate today, FaultList& faults)
        : m_study(study), m_pack(pack), m_policy(pack.policy), m_today(today), m_faults(faults) {}

    void read() {
        readNominations();
        m_policy.hasWall = m_study.flag(QStringLiteral("wall"), !m_policy.nominations.empty());
        readGroup();
        readVisits();
        readCompensation();
        readRetention();
        readSites();
        readStorage();
        readCustodian();
        readContacts();
        readOnCall();
    }

private:
    /// The map of an optional key, or null.
    [[nodiscard]] const YamlNode* optionalMap(const QString& key) {
        return m_study.has(key) ? m_study.map(key) : nullptr;
    }
    /// While a study is practice, [what a team must fill in] stands for nothing said.
    [[nodiscard]] bool isLeftOpen(const YamlMap& map, const QString& key) const {
        const YamlNode* node = map.node(key);
        return m_pack.practice && node != nullptr && isToFillIn(node->text);
    }

    void readNominations() {
        const QString key = QStringLiteral("nominations");
        const auto* list = m_study.has(key) ? m_study.list(key) : nullptr;
        if (list == nullptr) return;
        for (const YamlNode& node : *list)
            readNomination(node);
        checkNoCircle();
    }

    void readNomination(const YamlNode& node) {
        const QString what = QStringLiteral("a nomination");
        YamlMap map(node, what,
                    {QStringLiteral("by"), QStringLiteral("of"), QStringLiteral("each"), QStringLiteral("contact"),
                     QStringLiteral("may_say"), QStringLiteral("forget_after_days")},
                    m_faults);
        if (!map.isMap()) return;
        constexpr int kMostEach = 9;
        constexpr int kMostDays = 365;
        Nomination nomination;
        nomination.by = map.id(QStringLiteral("by"));
        nomination.of = map.words(QStringLiteral("of"));
        for (const QString& role : QStringList(nomination.by) + nomination.of)
            checkRole(role, node.line);
        if (map.has(QStringLiteral("each")))
            nomination.each = map.integer(QStringLiteral("each"), 1, kMostEach).value_or(1);
        nomination.ways =
            wordsFrom(map, QStringLiteral("contact"),
                      std::map<QString, NominationWay>{{QStringLiteral("passes-on"), NominationWay::PassesOn},
                                                       {QStringLiteral("permits"), NominationWay::Permits}});
        nomination.maySay = wordsFrom(map, QStringLiteral("may_say"),
                                      std::map<QString, MaySay>{{QStringLiteral("name"), MaySay::Name},
                                                                {QStringLiteral("study-topic"), MaySay::StudyTopic},
                                                                {QStringLiteral("nothing-else"), MaySay::NothingElse}});
        nomination.forgetAfterDays =
            map.integer(QStringLiteral("forget_after_days"), 1, kMostDays).value_or(nomination.forgetAfterDays);
        if (m_policy.nominationBy(nomination.by) != nullptr) {
            m_faults.add(node.line,
                         QStringLiteral("the role %1 names people in two nominations: make one of them, with "
                                        "all roles under \"of\"")
                             .arg(quoted(nomination.by)));
        }
        m_nominationLines[nomination.by] = node.line;
        m_policy.nominations.push_back(std::move(nomination));
    }

    /// A required list of known words.
    template <typename Value>
    std::vector<Value> wordsFrom(YamlMap& map, const QString& key, const std::map<QString, Value>& words) {
        QStringList names;
        for (const auto& [name, value] : words)
            names.append(name);
        std::vector<Value> result;
        const QStringList written = map.words(key);
        for (const QString& word : written) {
            const auto found = words.find(word);
            if (found != words.end()) {
                result.push_back(found->second);
            } else {
                m_faults.add(map.lineOf(key), QStringLiteral("%1 is unknown for %2: write some of %3")
                                                  .arg(quoted(word), quoted(key), names.join(QStringLiteral(", "))));
            }
        }
        if (written.isEmpty() && map.node(key) != nullptr && map.node(key)->items.empty()) {
            m_faults.add(
                map.lineOf(key),
                QStringLiteral("%1 is empty: write some of %2").arg(quoted(key), names.join(QStringLiteral(", "))));
        }
        return result;
    }

    void checkRole(const QString& role, int line) {
        if (role.isEmpty() || m_pack.roles.empty() || m_pack.role(role) != nullptr) return;
        m_faults.add(line, QStringLiteral("%1 is no role of this study").arg(quoted(role)));
    }

    /// Nobody may be named, over however many steps, by somebody they name: it would tell who took part.
    void checkNoCircle() {
        for (const Nomination& nomination : m_policy.nominations) {
            std::set<QString> seen;
            QStringList open = nomination.of;
            while (!open.isEmpty()) {
                const QString role = open.takeFirst();
                if (role == nomination.by) {
                    m_faults.add(m_nominationLines[nomination.by],
                                 QStringLiteral("the role %1 comes to be named by those it names: leave one of these "
                                                "nominations out")
                                     .arg(quoted(role)));
                    return;
                }
                const Nomination* next = m_policy.nominationBy(role);
                if (next != nullptr && seen.insert(role).second) open += next->of;
            }
        }
    }

    void readGroup() {
        if (const YamlNode* node = optionalMap(QStringLiteral("group"))) {
            YamlMap map(*node, QStringLiteral("group"),
                        {QStringLiteral("most"), QStringLiteral("if_one_refuses_audio")}, m_faults);
            GroupPolicy group;
            group.most = map.integer(QStringLiteral("most"), 2, kMostInGroup).value_or(kMostInGroup);
            group.ifOneRefusesAudio =
                wordsFrom(map, QStringLiteral("if_one_refuses_audio"),
                          std::map<QString, AudioRefusal>{{QStringLiteral("notes-only"), AudioRefusal::NotesOnly},
                                                          {QStringLiteral("apart"), AudioRefusal::Apart}});
            m_policy.group = std::move(group);
        }
        const auto isGroup = [](const Role& role) { return role.manner == SessionManner::Group; };
        const auto role = std::ranges::find_if(m_pack.roles, isGroup);
        if (role == m_pack.roles.end() || m_study.has(QStringLiteral("group"))) return;
        m_faults.add(m_study.lineOf(QStringLiteral("roles")),
                     QStringLiteral("the role %1 meets as a group, but nothing says how: add \"group: {most: 15, "
                                    "if_one_refuses_audio: [notes-only, apart]}\"")
                         .arg(quoted(role->id)));
    }

    void readVisits() {
        const YamlNode* node = optionalMap(QStringLiteral("visits"));
        if (node == nullptr) return;
        constexpr int kMostVisits = 50;
        constexpr int kMinutesOfADay = 24 * 60;
        const QString pause = QStringLiteral("confirm_after_pause_minutes");
        YamlMap map(*node, QStringLiteral("visits"), {QStringLiteral("most"), pause}, m_faults);
        if (map.has(QStringLiteral("most")))
            m_policy.visits.most = map.integer(QStringLiteral("most"), 1, kMostVisits).value_or(1);
        if (map.has(pause))
            m_policy.visits.confirmAfterPauseMinutes = map.integer(pause, 0, kMinutesOfADay).value_or(0);
    }

    void readCompensation() {
        const YamlNode* node = optionalMap(QStringLiteral("compensation"));
        if (node == nullptr) return;
        const QString what = QStringLiteral("compensation");
        YamlMap map(*node, what, {QStringLiteral("amount"), QStringLiteral("when")}, m_faults);
        m_policy.compensation.amount = map.text(QStringLiteral("amount"));
        m_policy.compensation.isGivenAtStart =
            oneOf(map, QStringLiteral("when"), what, {{QStringLiteral("start"), true}, {QStringLiteral("end"), false}},
                  true, m_faults);
    }

    void readRetention() {
        const YamlNode* node = optionalMap(QStringLiteral("retention"));
        if (node == nullptr) return;
        constexpr int kMostYears = 100;
        const QString years = QStringLiteral("years");
        const QString until = QStringLiteral("until_withdrawal");
        YamlMap map(*node, QStringLiteral("retention"), {years, until}, m_faults);
        if (!isLeftOpen(map, years)) m_policy.retention.years = map.integer(years, 1, kMostYears).value_or(0);
        if (!map.has(until) || isLeftOpen(map, until)) return;
        const QDate day = dayIn(map, until, m_faults);
        if (!day.isValid()) return;
        m_policy.retention.untilWithdrawal = day;
        if (!m_today.isValid() || day >= m_today) return;
        m_faults.warn(map.lineOf(until), QStringLiteral("this day is over: nobody can take their data back any more, "
                                                        "and consent forms must not promise it"));
    }

    void readSites() {
        const QString key = QStringLiteral("sites");
        const auto* list = m_study.has(key) ? m_study.list(key) : nullptr;
        if (list == nullptr) return;
        for (const YamlNode& node : *list) {
            YamlMap map(node, QStringLiteral("a site"),
                        {QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("place")}, m_faults);
            Site site{map.id(QStringLiteral("id")), map.localText(QStringLiteral("name"), m_pack.languages),
                      map.text(QStringLiteral("place"))};
            if (m_policy.site(site.id) != nullptr) {
                m_faults.add(
                    node.line,
                    QStringLiteral("the site %1 is here twice: give each site its own id").arg(quoted(site.id)));
            } else if (!site.id.isEmpty()) {
                checkHasHelp(site, node.line);
                m_policy.sites.push_back(std::move(site));
            }
        }
    }

    void checkHasHelp(const Site& site, int line) {
        if (site.place.isEmpty() ||
            std::ranges::any_of(m_pack.crisisLines, [&](const CrisisLine& help) { return help.place == site.place; }))
            return;
        m_faults.warn(line, QStringLiteral("no crisis line is for %1, the place of the site %2: add one, or make sure "
                                           "that the others answer there")
                                .arg(quoted(site.place), quoted(site.id)));
    }

    void readStorage() {
        const YamlNode* node = optionalMap(QStringLiteral("storage"));
        if (node == nullptr) return;
        YamlMap map(*node, QStringLiteral("storage"), {QStringLiteral("place"), QStringLiteral("assessment")},
                    m_faults);
        m_policy.storage.place = map.text(QStringLiteral("place"));
        m_policy.storage.assessment = map.optionalText(QStringLiteral("assessment"));
        if (m_policy.storage.assessment == QStringLiteral("none")) m_policy.storage.assessment.clear();
    }

    void readCustodian() {
        const YamlNode* node = optionalMap(QStringLiteral("custodian"));
        if (node == nullptr) return;
        YamlMap map(*node, QStringLiteral("custodian"), {QStringLiteral("name"), QStringLiteral("approves_export")},
                    m_faults);
        m_policy.custodian =
            DataCustodian{map.text(QStringLiteral("name")), map.flag(QStringLiteral("approves_export"), false)};
    }

    void readContacts() {
        const YamlNode* node = optionalMap(QStringLiteral("contacts"));
        if (node == nullptr) return;
        YamlMap map(*node, QStringLiteral("contacts"), {QStringLiteral("team"), QStringLiteral("complaints")},
                    m_faults);
        m_policy.contacts = {map.text(QStringLiteral("team")), map.text(QStringLiteral("complaints"))};
    }

    void readOnCall() {
        const YamlNode* node = optionalMap(QStringLiteral("on_call"));
        if (node == nullptr) return;
        const QString phone = QStringLiteral("phone");
        YamlMap map(*node, QStringLiteral("on_call"), {QStringLiteral("name"), phone}, m_faults);
        OnCall onCall{map.text(QStringLiteral("name")), map.text(phone)};
        if (!onCall.phone.isEmpty() && !isPhone(onCall.phone) && !isLeftOpen(map, phone)) {
            m_faults.add(map.lineOf(phone), QStringLiteral("%1 is no telephone number").arg(quoted(onCall.phone)));
        }
        m_policy.onCall = std::move(onCall);
    }

    YamlMap& m_study;
    StudyPack& m_pack;
    StudyPolicy& m_policy;
    QDate m_today;
    FaultList& m_faults;
    std::map<QString, int> m_nominationLines;
};

}  // namespace

QStringList policyKeys() {
    return {QStringLiteral("nominations"), QStringLiteral("wall"),         QStringLiteral("group"),
            QStringLiteral("visits"),      QStringLiteral("compensation"), QStringLiteral("retention"),
            QStringLiteral("sites"),       QStringLiteral("storage"),      QStringLiteral("custodian"),
            QStringLiteral("contacts"),    QStringLiteral("on_call")};
}

bool isToFillIn(const QString& text) {
    static const QRegularExpression brackets(QStringLiteral("\\[[^\\[\\]]+\\]"));
    return brackets.match(text).hasMatch();
}

QDate dayFrom(const QString& text) {
    constexpr int kLength = 10;
    return text.size() == kLength ? QDate::fromString(text, Qt::ISODate) : QDate();
}

QDate dayIn(YamlMap& map, const QString& key, FaultList& faults) {
    const QString written = map.text(key);
    const QDate day = dayFrom(written);
    if (!written.isEmpty() && !day.isValid()) {
        faults.add(map.lineOf(key), QStringLiteral("%1 is no date: write it as 2026-11-23").arg(quoted(written)));
    }
    return day;
}

void readPolicy(YamlMap& study, StudyPack& pack, QDate today, FaultList& faults) {
    PolicyReader(study, pack, today, faults).read();
}

}  // namespace sotto::study
