// SPDX-License-Identifier: Apache-2.0
#include "deident/answer_rows.h"

#include <array>

namespace sotto::deident {

namespace {

QString span(int from, int to) {
    return from == to ? QString::number(from) : QStringLiteral("%1-%2").arg(from).arg(to);
}

/// Fine where numbers are small and common, by tens where they single people out.
QString numberBand(int number) {
    if (number < 0) return QStringLiteral("below 0");
    constexpr std::array<std::pair<int, int>, 5> kFew{{{0, 0}, {1, 2}, {3, 5}, {6, 10}, {11, 20}}};
    for (const auto& [from, to] : kFew) {
        if (number <= to) return span(from, to);
    }
    const int tens = (number - 1) / 10 * 10;
    return number > 80 ? QStringLiteral("81 and more") : span(tens + 1, tens + 10);
}

QString dateBand(const QString& date) {
    const int year = date.left(4).toInt();
    return span(year / 10 * 10, year / 10 * 10 + 9);
}

}  // namespace

QStringList carriedValues(const study::FormItem& item, const study::Answers& answers) {
    const auto found = answers.find(item.id);
    if (found == answers.end()) return {};
    const study::Answer& answer = found->second;
    if (answer.declined) return {QStringLiteral("declined")};
    switch (item.type) {
        case study::ItemType::Single:
        case study::ItemType::Multiple: {
            QStringList known;
            for (const QString& option : answer.options) {
                if (item.option(option) != nullptr) known.append(option);
            }
            return known;
        }
        case study::ItemType::Scale:
            return answer.number ? QStringList{QString::number(*answer.number)} : QStringList();
        case study::ItemType::Number:
            return answer.number ? QStringList{numberBand(*answer.number)} : QStringList();
        case study::ItemType::Date:
            return {dateBand(answer.text)};
        case study::ItemType::Heading:
        case study::ItemType::Text:
        case study::ItemType::Parts:
            return {};
    }
    return {};
}

std::vector<std::map<QString, QString>> contextRows(const std::vector<study::AnsweredForm>& forms) {
    std::vector<std::map<QString, QString>> rows;
    for (const study::AnsweredForm& one : forms) {
        if (one.form->kept != study::Kept::Session) continue;
        for (const auto& [id, field] : one.form->carry) {
            const study::FormItem* item = one.form->item(id);
            if (item == nullptr) continue;
            for (const QString& value : carriedValues(*item, one.answers))
                rows.push_back({{QStringLiteral("item"), field}, {QStringLiteral("value"), value}});
        }
    }
    return rows;
}

std::vector<std::map<QString, QString>> scoreRows(const std::vector<study::AnsweredForm>& forms) {
    std::vector<std::map<QString, QString>> rows;
    for (const study::AnsweredForm& one : forms) {
        if (one.form->kept != study::Kept::Session) continue;
        for (const study::Score& score : one.form->scores) {
            const study::Band* band = study::band(one, score);
            rows.push_back({{QStringLiteral("form"), one.form->id},
                            {QStringLiteral("score"), score.id},
                            {QStringLiteral("band"), band != nullptr ? band->id : QString()}});
        }
    }
    return rows;
}

}  // namespace sotto::deident
