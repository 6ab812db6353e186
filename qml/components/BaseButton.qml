// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What all buttons share: size, focus ring, keys, accessible name, an icon before a text that wraps. Use the named kinds.
Button {
    id: control

    property string iconName: ""
    property string accessibleName: text
    property string description: ""
    property color fill: Theme.surface
    property color pressedFill: Qt.darker(fill, 1.12)
    property color ink: Theme.ink
    property color outline: "transparent"
    property bool alignLeft: false
    readonly property color shownInk: enabled ? ink : Theme.inkSoft

    readonly property alias metrics: fontMetrics
    readonly property real longestWord: Theme.longestWord(text, fontMetrics) + 2
    readonly property bool iconFits: availableWidth >= longestWord + Theme.iconSize + row.spacing

    Layout.fillWidth: true
    // No word is broken, but never at the price of leaving a narrow screen.
    Layout.minimumWidth: Math.ceil(Math.min(280, Math.max(Theme.target, longestWord + leftPadding + rightPadding)))
    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    topPadding: Theme.small + 4
    bottomPadding: Theme.small + 4
    leftPadding: 20
    rightPadding: 20
    activeFocusOnTab: true
    font.family: Theme.family
    font.pixelSize: Theme.buttonSize
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Button
    Accessible.name: accessibleName
    Accessible.description: description
    Accessible.focusable: true
    Accessible.onPressAction: press()
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()

    function press() {
        if (enabled)
            control.clicked();
    }

    FontMetrics {
        id: fontMetrics

        font: control.font
    }
    contentItem: Item { // qmllint disable deferred-property-id
        readonly property real iconRoom: control.iconName === "" ? 0 : Theme.iconSize + (control.text === "" ? 0 : row.spacing)

        // With the icon, shown or not: whether it fits depends on the width, so the width must not depend on that.
        implicitWidth: iconRoom + (control.text === "" ? 0 : Math.ceil(label.implicitWidth) + 1)
        implicitHeight: row.implicitHeight

        RowLayout {
            id: row

            anchors.verticalCenter: parent.verticalCenter
            x: control.alignLeft ? 0 : (parent.width - width) / 2
            width: Math.min(implicitWidth, parent.width)
            spacing: Theme.small + 2

            Icon {
                visible: control.iconName !== "" && (control.iconFits || control.text === "")
                name: control.iconName
                color: control.shownInk
            }
            AppLabel {
                id: label

                visible: text !== ""
                text: control.text
                font: control.font
                color: control.shownInk
                horizontalAlignment: control.alignLeft || control.iconName !== "" && control.iconFits ? Text.AlignLeft : Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: !control.enabled ? control.fill.a > 0 ? Theme.sunken : "transparent" : control.down ? control.pressedFill : control.fill
        border.width: control.outline.a > 0 || !control.enabled && control.fill.a > 0 ? Theme.border : 0
        border.color: control.enabled ? control.outline : Theme.lineSoft

        FocusRing {
            shown: control.visualFocus
        }
    }
}
