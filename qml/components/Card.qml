// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// A quiet sheet of paper that holds things belonging together, one below the other.
Rectangle {
    id: card

    property string title: ""
    property int padding: Theme.gap
    readonly property real bodyTop: padding + (title !== "" ? name.implicitHeight + Theme.small : 0)
    property alias spacing: body.spacing
    default property alias content: body.data

    Layout.fillWidth: true
    implicitWidth: Math.max(title !== "" ? name.implicitWidth : 0, body.implicitWidth) + 2 * padding
    implicitHeight: bodyTop + body.implicitHeight + padding
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.lineSoft

    // Beside the layout, not in it: Qt 6.4 gives up on layouts in layouts when wrapped texts change their height at once.
    Title {
        id: name

        x: card.padding
        y: card.padding
        width: card.width - 2 * card.padding
        visible: text !== ""
        text: card.title
    }
    SteadyColumn {
        id: body

        x: card.padding
        y: card.bodyTop
        room: card.width - 2 * card.padding
    }
}
