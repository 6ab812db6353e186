// SPDX-License-Identifier: Apache-2.0
#include "study/form.h"

#include <algorithm>

#include <QDate>

namespace sotto::study {
namespace {

template <typename List>
auto withId(const List& list, const QString& id) -> const typename List::value_type* {
    if (id.isEmpty()) return nullptr;  // headings may lack one
    const auto found = std::ranges::find_if(list, [&](const auto& one) { return one.id == id; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Option* FormItem::option(const QString& wanted) const {
    return withId(options, wanted);
}

const FormItem* Form::item(const QString& wanted) const {
    return withId(items, wanted);
}

const Score* Form::score(const QString& wanted) const {
    return withId(scores, wanted);
}

std::optional<Range> possibleRange(const FormItem& item) {
    if (item.type == ItemType::Number || item.type == ItemType::Scale) return Range{item.least, item.most};
    if (item.type != ItemType::Single || item.options.empty()) return std::nullopt;
    const auto counts = [](const Option& option) { return option.value.has_value(); };
    if (!std::ranges::all_of(item.options, counts)) return std::nullopt;
    const auto [low, high] = std::ranges::minmax_element(item.options, {}, [](const Option& o) { return *o.value; });
    return Range{*low->value, *high->value};
}

Range possibleRange(const Form& form, const Score& score) {
    Range total;
    for (const QString& id : score.items) {
        const FormItem* item = form.item(id);
        const auto range = item != nullptr ? possibleRange(*item) : std::nullopt;
        if (!range) continue;
        total.least += range->least;
        total.most += range->most;
    }
    return total;
}

std::optional<int> dateNumber(const QString& text, DatePrecision precision) {
    QString day = text;
    qsizetype kept = 8;
    if (precision == DatePrecision::Month) {
        day += QStringLiteral("-01");
        kept = 6;
    } else if (precision == DatePrecision::Year) {
        day += QStringLiteral("-01-01");
        kept = 4;
    }
    const QDate date = day.size() == 10 ? QDate::fromString(day, Qt::ISODate) : QDate();
    if (!date.isValid()) return std::nullopt;
    return date.toString(QStringLiteral("yyyyMMdd")).left(kept).toInt();
}

}  // namespace sotto::study
