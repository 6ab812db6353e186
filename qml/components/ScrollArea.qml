// SPDX-License-Identifier: Apache-2.0
import QtQuick

// What scrolls, up and down: keeps the item that has the focus in sight.
Flickable {
    id: area

    required property Item column // holds what is shown
    readonly property Item focusedItem: Window.activeFocusItem

    function show(item: Item) {
        let ancestor = item;
        while (ancestor && ancestor !== area.column)
            ancestor = ancestor.parent;
        if (!ancestor)
            return;
        const top = item.mapToItem(area.column, 0, 0).y - Theme.gap;
        const bottom = Math.min(top + item.height + 2 * Theme.gap, top + area.height);
        if (top < area.contentY)
            area.contentY = Math.max(0, top);
        else if (bottom > area.contentY + area.height)
            area.contentY = Math.min(bottom - area.height, Math.max(0, area.contentHeight - area.height));
    }

    contentWidth: width
    boundsBehavior: Flickable.StopAtBounds
    onFocusedItemChanged: settled.start()
    onHeightChanged: settled.start()
    // So that it can be told what is scrolled out of sight.
    Accessible.role: Accessible.LayeredPane

    Timer {
        // After the layout of this round, so that places are final.
        id: settled

        interval: 0
        onTriggered: area.show(area.focusedItem)
    }
}
