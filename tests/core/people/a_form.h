// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "study/answers.h"

namespace sotto::test {

inline study::LocalText said(const QString& words) {
    return {{QStringLiteral("en"), words}, {QStringLiteral("fr"), words + QStringLiteral(" (fr)")}};
}

inline study::FormItem itemOf(study::ItemType type, const QString& id) {
    study::FormItem item;
    item.type = type;
    item.id = id;
    item.text = said(QStringLiteral("About ") + id + u'?');
    item.least = 0;
    item.most = 10;
    return item;
}

/// A form with every type of item, a skip rule, a score with bands and an alert.
inline study::Form aForm(study::Kept kept = study::Kept::Session) {
    using study::ItemType;
    study::Form form;
    form.id = QStringLiteral("sheet");
    form.title = said(QStringLiteral("A sheet"));
    form.kept = kept;
    form.items.push_back(itemOf(ItemType::Heading, {}));
    auto mood = itemOf(ItemType::Single, QStringLiteral("mood"));
    mood.options = {{QStringLiteral("well"), said(QStringLiteral("Well")), 0},
                    {QStringLiteral("low"), said(QStringLiteral("Low")), 3}};
    auto roles = itemOf(ItemType::Multiple, QStringLiteral("roles"));
    roles.options = {{QStringLiteral("friend"), said(QStringLiteral("A friend")), {}},
                     {QStringLiteral("other"), said(QStringLiteral("Another")), {}, true}};
    auto why = itemOf(ItemType::Text, QStringLiteral("why"));
    why.when = study::Condition{{{{form.id, QStringLiteral("mood"), study::Test::Kind::Is, QStringLiteral("low")}}}};
    auto parts = itemOf(ItemType::Parts, QStringLiteral("places"));
    parts.parts = {{QStringLiteral("places-home"), said(QStringLiteral("At home"))},
                   {QStringLiteral("places-work"), said(QStringLiteral("At work"))}};
    auto since = itemOf(ItemType::Date, QStringLiteral("since"));
    since.precision = study::DatePrecision::Month;
    for (auto& item : {mood, why, roles, itemOf(ItemType::Number, QStringLiteral("age")),
                       itemOf(ItemType::Scale, QStringLiteral("strength")), since, parts})
        form.items.push_back(item);
    form.scores = {{QStringLiteral("total"),
                    {QStringLiteral("mood"), QStringLiteral("strength")},
                    {{QStringLiteral("few"), {0, 6}, said(QStringLiteral("few"))},
                     {QStringLiteral("many"), {7, 13}, said(QStringLiteral("many"))}}}};
    form.alerts = {{QStringLiteral("low-mood"), *why.when, QStringLiteral("item-nine"),
                    said(QStringLiteral("If you say low, the interviewer asks how you are."))}};
    return form;
}

inline study::Answer chose(const QStringList& options, const QString& words = {}) {
    return {false, options, {}, words};
}
inline study::Answer counted(int number) {
    return {false, {}, number, {}};
}
inline study::Answer wrote(const QString& words) {
    return {false, {}, {}, words};
}
inline study::Answer keptSilent() {
    return {true, {}, {}, {}};
}

inline bool same(const study::Answer& one, const study::Answer& other) {
    return one.declined == other.declined && one.options == other.options && one.number == other.number &&
           one.text == other.text;
}

}  // namespace sotto::test
