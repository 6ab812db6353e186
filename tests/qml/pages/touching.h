// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "scenes.h"

namespace sotto::test {

/// Scrolls to the visible item of that objectName and touches it, at a share of its width and half its height. Empty,
/// or what went wrong.
[[nodiscard]] inline QString touchItem(Scenes& scenes, const QString& name, double x = 0.5) {
    QQuickItem* item = nullptr;
    const auto isThere = [&] { return (item = scenes.item(name)) != nullptr && item->isEnabled(); };
    if (!QTest::qWaitFor(isThere, 5000)) return name + QStringLiteral(" is not there");
    item->forceActiveFocus(Qt::TabFocusReason);
    QTest::qWait(100);  // the page scrolls, a sheet comes up
    for (QQuickItem* around = item->parentItem(); around != nullptr; around = around->parentItem()) {
        if (!around->inherits("QQuickFlickable")) continue;
        const double y = item->mapToItem(around, QPointF(0, item->height() / 2)).y();
        const double most = std::max(0.0, around->property("contentHeight").toDouble() - around->height());
        const double wanted = around->property("contentY").toDouble() + y - around->height() / 2;
        around->setProperty("contentY", std::clamp(wanted, 0.0, most));
    }
    const QPointF place = item->mapToScene(QPointF(item->width() * x, item->height() / 2));
    if (!QRectF(QPointF(), scenes.window().size()).contains(place)) return name + QStringLiteral(" is out of view");
    QTest::mouseClick(&scenes.window(), Qt::LeftButton, {}, place.toPoint());
    scenes.tablet().settle();
    return {};
}

/// As typed into the field of that objectName.
[[nodiscard]] inline bool typeInto(const Scenes& scenes, const QString& name, const QString& text) {
    QQuickItem* item = nullptr;
    return QTest::qWaitFor([&] { return (item = scenes.item(name)) != nullptr; }, 5000) &&
           item->setProperty("text", text);
}

}  // namespace sotto::test
