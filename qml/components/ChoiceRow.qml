// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// One of several answers, as a large row. Bind `selected`; the row only says that it was chosen.
RowButton {
    id: control

    property bool several: false // a check box instead of a radio button
    property string detail: ""

    signal chosen

    description: detail
    checkable: false
    Accessible.role: several ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: selected
    onClicked: control.chosen()

    contentItem: RowLayout {
        spacing: 12

        Rectangle {
            Layout.alignment: Qt.AlignVCenter
            implicitWidth: 26
            implicitHeight: 26
            radius: control.several ? 7 : 13
            color: control.selected ? Theme.accent : Theme.surface
            border.width: 2
            border.color: control.selected ? Theme.accent : Theme.line

            Icon {
                anchors.centerIn: parent
                visible: control.selected && control.several
                name: "check"
                size: 20
                color: Theme.accentInk
            }
            Rectangle {
                anchors.centerIn: parent
                visible: control.selected && !control.several
                width: 10
                height: 10
                radius: 5
                color: Theme.accentInk
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppLabel {
                text: control.text
                color: control.selected ? Theme.accentSoftInk : Theme.ink
                font.weight: control.selected ? Font.DemiBold : Font.Normal
                Accessible.ignored: true
            }
            Caption {
                visible: text !== ""
                text: control.detail
                color: control.selected ? Theme.accentSoftInk : Theme.inkSoft
                Accessible.ignored: true
            }
        }
    }
}
