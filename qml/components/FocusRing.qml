// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Shows where the keyboard is, two units outside its parent.
Rectangle {
    property bool shown: false
    property real around: Theme.radius // the radius of what it surrounds

    anchors.fill: parent
    anchors.margins: -4
    radius: around + 4
    visible: shown
    color: "transparent"
    border.width: 3
    border.color: Theme.focus
    Accessible.ignored: true
}
