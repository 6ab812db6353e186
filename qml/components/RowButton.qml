// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What all rows that can be pressed share: full width, focus ring, keys. The content is the row's own.
Button {
    id: control

    property string description: ""
    property bool selected: false
    property bool framed: true

    Layout.fillWidth: true
    implicitWidth: Math.max(240, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(56, implicitContentHeight + topPadding + bottomPadding)
    topPadding: 10
    bottomPadding: 10
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    activeFocusOnTab: enabled
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    Accessible.focusable: true
    Accessible.onPressAction: press()
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    function press() {
        if (enabled)
            control.clicked();
    }

    background: Rectangle {
        radius: Theme.radius
        color: control.selected ? Theme.accentSoft : control.down ? Theme.sunken : control.framed ? Theme.surface : "transparent"
        border.width: control.selected ? 2 : control.framed ? Theme.border : 0
        border.color: control.selected ? Theme.accent : Theme.lineSoft

        FocusRing {
            shown: control.visualFocus
        }
    }
}
