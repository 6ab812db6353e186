// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <QRegularExpression>

#include "study/condition_file.h"
#include "study/form_parts.h"
#include "study/pack_parts.h"

namespace sotto::study {
namespace {

constexpr std::size_t kMaxOfEach = 50;  ///< scores, alerts

/// What stands around the items of a form, and what follows from their answers.
class FormReader {
public:
    FormReader(const YamlNode& root, const QString& id, const QStringList& languages, FaultList& faults)
        : m_map(root, QStringLiteral("a form"), knownKeys(), faults),
          m_languages(languages),
          m_faults(faults),
          m_ids(faults) {
        m_form.id = id;
    }

    [[nodiscard]] Form read() {
        readHead();
        readWording();
        readFormItems(m_map, m_languages, m_form, m_ids, m_faults);
        forEachIn(QStringLiteral("scores"), [this](const YamlNode& node) { readScore(node); });
        forEachIn(QStringLiteral("alerts"), [this](const YamlNode& node) { readAlert(node); });
        readCarry();
        checkSetsOffNothingApart();
        return std::move(m_form);
    }

private:
    static QStringList knownKeys() {
        return {QStringLiteral("title"),     QStringLiteral("intro"),   QStringLiteral("wording"),
                QStringLiteral("credit"),    QStringLiteral("kept"),    QStringLiteral("private"),
                QStringLiteral("skippable"), QStringLiteral("options"), QStringLiteral("items"),
                QStringLiteral("scores"),    QStringLiteral("alerts"),  QStringLiteral("carry")};
    }

    template <typename Read>
    void forEachIn(const QString& key, Read read) {
        if (!m_map.has(key)) return;
        const auto* nodes = m_map.list(key);
        if (nodes == nullptr) return;
        if (nodes->size() > kMaxOfEach) {
            m_faults.add(m_map.lineOf(key),
                         QStringLiteral("a form has at most %1 %2").arg(QString::number(kMaxOfEach), key));
            return;
        }
        for (const YamlNode& node : *nodes) {
            read(node);
        }
    }

    void readHead() {
        static const QStringList places = {QStringLiteral("session"), QStringLiteral("apart"),
                                           QStringLiteral("screening")};
        m_form.title = m_map.localText(QStringLiteral("title"), m_languages);
        if (m_map.has(QStringLiteral("intro"))) {
            m_form.intro = m_map.localText(QStringLiteral("intro"), m_languages);
        }
        m_form.credit = m_map.optionalText(QStringLiteral("credit"));
        m_form.isPrivate = m_map.flag(QStringLiteral("private"), false);
        m_form.skippable = m_map.flag(QStringLiteral("skippable"), true);
        const QString kept = m_map.optionalText(QStringLiteral("kept"));
        if (kept.isEmpty()) return;
        const auto place = places.indexOf(kept);
        if (place >= 0) {
            m_form.kept = static_cast<Kept>(place);
        } else {
            m_faults.add(m_map.lineOf(QStringLiteral("kept")),
                         QStringLiteral("\"kept\" must be session, apart or screening"));
        }
    }

    void readWording() {
        static const std::map<QString, Wording> kinds = {{QStringLiteral("own"), Wording::Own},
                                                         {QStringLiteral("official"), Wording::Official},
                                                         {QStringLiteral("unverified"), Wording::Unverified}};
        const QString key = QStringLiteral("wording");
        const YamlNode* node = m_map.has(key) ? m_map.map(key) : nullptr;
        if (node == nullptr) return;
        YamlMap wording(*node, QStringLiteral("wording"), m_languages, m_faults);
        for (const YamlNode& one : node->items) {
            if (!m_languages.contains(one.key)) continue;
            const auto kind = kinds.find(wording.text(one.key));
            if (kind == kinds.end()) {
                m_faults.add(one.line, QStringLiteral("the wording must be official, unverified or own"));
            } else {
                noteWording(one, kind->second);
            }
        }
        const auto isOthers = [](const auto& one) { return one.second != Wording::Own; };
        if (!m_form.credit.isEmpty() || std::ranges::none_of(m_form.wording, isOthers)) return;
        m_faults.add(node->line, QStringLiteral("these are the words of others: add \"credit\" with what its owners "
                                                "ask to be shown"));
    }

    void noteWording(const YamlNode& node, Wording wording) {
        m_form.wording[node.key] = wording;
        if (wording != Wording::Unverified) return;
        m_faults.warn(node.line, QStringLiteral("the wording in %1 is not verified: compare it with its owners' word "
                                                "for word, then write \"official\"")
                                     .arg(node.key));
    }

    void readScore(const YamlNode& node) {
        YamlMap map(node, QStringLiteral("a score"),
                    {QStringLiteral("id"), QStringLiteral("sum"), QStringLiteral("bands")}, m_faults);
        Score score;
        score.id = map.id(QStringLiteral("id"));
        m_bandLines.clear();
        bool isKnown = true;
        for (const QString& id : map.words(QStringLiteral("sum"))) {
            isKnown = checkSummed(id, map.lineOf(QStringLiteral("sum"))) && isKnown;
            score.items.append(id);
        }
        if (map.has(QStringLiteral("bands"))) readBands(map, score);
        if (isKnown && !score.bands.empty()) checkBands(score);
        if (m_ids.take(score.id, node.line) && !score.id.isEmpty()) m_form.scores.push_back(std::move(score));
    }

    bool checkSummed(const QString& id, int line) {
        const FormItem* item = m_form.item(id);
        QString wrong;
        if (item == nullptr) {
            wrong = QStringLiteral("the sum names %1, which is no item of this form");
        } else if (!possibleRange(*item)) {
            wrong = QStringLiteral("%1 cannot be summed: give each of its options a value");
        } else if (item->when) {
            wrong = QStringLiteral("%1 cannot be summed: it is not always asked, so that the total could not be known");
        }
        if (wrong.isEmpty()) return true;
        m_faults.add(line, wrong.arg(quoted(id)));
        return false;
    }

    void readBands(YamlMap& map, Score& score) {
        const auto* nodes = map.list(QStringLiteral("bands"));
        if (nodes == nullptr) return;
        constexpr int kMost = 1'000'000'000;
        std::map<QString, int> ids;
        for (const YamlNode& node : *nodes) {
            YamlMap band(
                node, QStringLiteral("a band"),
                {QStringLiteral("id"), QStringLiteral("least"), QStringLiteral("most"), QStringLiteral("name")},
                m_faults);
            const QString id = band.id(QStringLiteral("id"));
            const auto least = band.integer(QStringLiteral("least"), -kMost, kMost);
            const auto most = band.integer(QStringLiteral("most"), -kMost, kMost);
            LocalText name = band.localText(QStringLiteral("name"), m_languages);
            if (!ids.emplace(id, node.line).second && !id.isEmpty()) {
                m_faults.add(node.line, QStringLiteral("the band %1 is here twice").arg(quoted(id)));
            }
            if (!least || !most) continue;
            score.bands.push_back({id, {*least, *most}, std::move(name)});
            m_bandLines.push_back(node.line);
        }
    }

    /// Every total that can be reached lies in one band and one only.
    void checkBands(const Score& score) {
        const Range possible = possibleRange(m_form, score);
        int next = possible.least;
        for (std::size_t i = 0; i < score.bands.size(); ++i) {
            const Band& band = score.bands[i];
            if (band.range.least != next || band.range.most < band.range.least) {
                m_faults.add(m_bandLines[i],
                             QStringLiteral("the band %1 should begin at %2 and not end below it: bands "
                                            "go up without a hole and without sharing a total")
                                 .arg(quoted(band.id))
                                 .arg(next));
                return;
            }
            next = band.range.most + 1;
        }
        if (next == possible.most + 1) return;
        m_faults.add(m_bandLines.back(), QStringLiteral("the total goes from %1 to %2, but the bands end at %3")
                                             .arg(possible.least)
                                             .arg(possible.most)
                                             .arg(next - 1));
    }

    void readAlert(const YamlNode& node) {
        YamlMap map(node, QStringLiteral("an alert"),
                    {QStringLiteral("id"), QStringLiteral("when"), QStringLiteral("protocol"), QStringLiteral("tells")},
                    m_faults);
        Alert alert;
        alert.id = map.id(QStringLiteral("id"));
        alert.protocol = map.id(QStringLiteral("protocol"));
        alert.tells = map.localText(QStringLiteral("tells"), m_languages);
        const auto isSame = [&](const Alert& other) { return other.id == alert.id; };
        if (!alert.id.isEmpty() && std::ranges::any_of(m_form.alerts, isSame)) {
            m_faults.add(node.line, QStringLiteral("the alert %1 is here twice").arg(quoted(alert.id)));
        }
        const YamlNode* when = map.map(QStringLiteral("when"));
        if (when == nullptr) return;
        const QString what = QStringLiteral("the alert %1").arg(quoted(alert.id));
        const auto condition =
            readCondition(*when, {what, &m_form, {}, QStringLiteral("an item or a score of this form")}, m_faults);
        if (!condition) return;
        alert.when = *condition;
        m_form.alerts.push_back(std::move(alert));
    }

    void readCarry() {
        const QString key = QStringLiteral("carry");
        const YamlNode* node = m_map.has(key) ? m_map.map(key) : nullptr;
        if (node == nullptr) return;
        if (m_form.kept != Kept::Session) {
            m_faults.add(node->line, QStringLiteral("\"carry\" is only for forms that are kept with the session"));
        }
        QStringList fields;
        for (const YamlNode& one : node->items) {
            checkCarried(one, fields);
            fields.append(one.text);
            m_form.carry[one.key] = one.text;
        }
    }

    void checkCarried(const YamlNode& node, const QStringList& earlier) {
        static const QRegularExpression name(QStringLiteral("^[a-z][a-z0-9_]{0,63}\\z"));
        const FormItem* item = m_form.item(node.key);
        if (item == nullptr || item->type == ItemType::Text || item->type == ItemType::Parts ||
            item->type == ItemType::Heading) {
            m_faults.add(node.line, QStringLiteral("%1 cannot be carried over: it is no item of this form, or it is "
                                                   "answered in free words")
                                        .arg(quoted(node.key)));
        }
        if (!name.match(node.text).hasMatch() || earlier.contains(node.text)) {
            m_faults.add(node.line, QStringLiteral("%1 cannot be a field: use small letters, digits and _, and each "
                                                   "field once")
                                        .arg(quoted(node.text)));
        }
    }

    void checkSetsOffNothingApart() {
        if (m_form.kept != Kept::Apart || !m_map.has(QStringLiteral("alerts"))) return;
        m_faults.add(m_map.lineOf(QStringLiteral("alerts")),
                     QStringLiteral("a form that is kept apart can set nothing off: nobody could be found to be "
                                    "offered support"));
    }

    YamlMap m_map;
    const QStringList& m_languages;
    FaultList& m_faults;
    FormIds m_ids;
    Form m_form;
    std::vector<int> m_bandLines;  ///< of the score that is being read
};

}  // namespace

Form readFormFile(const QByteArray& text, const QString& id, const QStringList& languages, FaultList& faults) {
    Form empty;
    empty.id = id;
    const auto root = readYaml(text, faults);
    if (!root) return empty;
    return FormReader(*root, id, languages, faults).read();
}

}  // namespace sotto::study
