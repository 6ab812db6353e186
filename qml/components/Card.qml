// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// A quiet sheet of paper that holds things belonging together, one below the other.
Rectangle {
    id: card

    property string title: ""
    property int padding: Theme.gap
    property alias spacing: body.spacing
    default property alias content: body.data

    Layout.fillWidth: true
    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.border
    border.color: Theme.lineSoft

    ColumnLayout {
        id: column

        x: card.padding
        y: card.padding
        width: card.width - 2 * card.padding
        height: card.height - 2 * card.padding
        spacing: Theme.small

        Title {
            visible: text !== ""
            text: card.title
        }
        ColumnLayout {
            id: body

            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.small
        }
    }
}
