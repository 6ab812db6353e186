// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// An icon to press. `text` is its name, always there for those who listen; `captioned` shows it below the icon.
Button {
    id: control

    required property string iconName
    property bool captioned: false
    property bool selected: false
    property string description: ""
    property color ink: Theme.ink
    property color fill: "transparent"
    readonly property alias metrics: fontMetrics
    readonly property color shownInk: enabled ? selected ? Theme.accentSoftInk : ink : Theme.inkSoft

    // A caption wraps before it pushes its neighbours off the screen.
    Layout.fillWidth: captioned
    Layout.minimumWidth: captioned ? Math.ceil(Math.max(Theme.target, Theme.longestWord(text, fontMetrics) + 2 * padding + 2)) : Theme.target
    Layout.maximumWidth: implicitWidth
    implicitWidth: Math.max(Theme.target, captioned ? implicitContentWidth + leftPadding + rightPadding : 0)
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    padding: captioned ? 4 : 0
    activeFocusOnTab: true
    font.family: Theme.family
    font.pixelSize: Theme.scaled(13, 0.7)
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    Accessible.focusable: true
    Accessible.selected: selected
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
        implicitWidth: column.implicitWidth
        implicitHeight: column.implicitHeight

        ColumnLayout {
            id: column

            anchors.centerIn: parent
            width: control.captioned ? parent.width : implicitWidth
            spacing: Theme.tight

            Icon {
                Layout.alignment: Qt.AlignHCenter
                name: control.iconName
                color: control.shownInk
                size: Math.max(Theme.iconSize, 26)
            }
            AppLabel {
                visible: control.captioned
                text: control.text
                font: control.font
                color: control.shownInk
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.sunken : control.selected ? Theme.accentSoft : control.fill
        border.width: control.selected ? Theme.border : 0
        border.color: Theme.accent

        FocusRing {
            shown: control.visualFocus
        }
    }
}
