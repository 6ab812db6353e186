// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// A state in a word or two: an icon, words and a quiet colour. Not to be pressed.
Rectangle {
    id: chip

    property string text: ""
    property string iconName: ""
    property string tone: "" // "", "accent", "recording", "warning", "good"

    Layout.maximumWidth: implicitWidth
    Layout.fillWidth: true
    implicitWidth: row.implicitWidth + 2 * 10
    implicitHeight: row.implicitHeight + 2 * Theme.tight
    radius: Math.min(height / 2, Theme.radius)
    color: Theme.softFill(tone)
    border.width: Theme.contrast ? 1 : 0
    border.color: Theme.lineSoft
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    RowLayout {
        id: row

        anchors.verticalCenter: parent.verticalCenter
        x: 10
        width: parent.width - 20
        spacing: 5

        Icon {
            visible: chip.iconName !== ""
            name: chip.iconName
            size: Theme.captionSize * 1.2
            color: label.color
        }
        AppLabel {
            id: label

            text: chip.text
            color: Theme.softInk(chip.tone)
            font.pixelSize: Theme.captionSize
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
}
