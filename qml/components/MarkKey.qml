// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic

// The one large key of an interview: keeps a moment. Found by the thumb without looking; answers a press at once.
Button {
    id: control

    property string description: ""
    property string iconName: "mark"
    property int count: 0 // how many moments are kept; 0 shows none

    implicitWidth: Math.max(Theme.bigTarget, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.bigTarget, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.small
    activeFocusOnTab: true
    text: qsTr("Mark")
    font.family: Theme.family
    font.pixelSize: Theme.scaled(14, 0.7)
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description !== "" ? description : count > 0 ? String(count) : ""
    Accessible.focusable: true
    Accessible.onPressAction: press()
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    function press() {
        if (enabled)
            control.clicked();
    }

    contentItem: Item { // qmllint disable deferred-property-id
        implicitWidth: Math.max(icon.width, label.implicitWidth)
        implicitHeight: icon.height + label.implicitHeight

        Icon {
            id: icon

            anchors.horizontalCenter: parent.horizontalCenter
            y: (parent.height - parent.implicitHeight) / 2
            size: 30
            name: control.iconName
            color: label.color
        }
        AppLabel {
            id: label

            y: icon.y + icon.height
            width: parent.width
            text: control.count > 0 ? control.text + " " + control.count : control.text
            font: control.font
            color: control.enabled ? Theme.accentInk : Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.largeRadius
        color: !control.enabled ? Theme.sunken : control.down ? Qt.darker(Theme.accent, 1.25) : Theme.accent

        FocusRing {
            shown: control.visualFocus
            around: Theme.largeRadius
        }
    }
}
