// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// Something on or off. Bind `on`; the row only says what was asked for.
RowButton {
    id: control

    property bool on: false
    property string detail: ""

    signal switched(bool on)

    description: detail
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: on
    onClicked: control.switched(!control.on)

    contentItem: RowLayout {
        spacing: 12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppLabel {
                text: control.text
                Accessible.ignored: true
            }
            Caption {
                visible: text !== ""
                text: control.detail
                Accessible.ignored: true
            }
        }
        Rectangle {
            implicitWidth: 52
            implicitHeight: 30
            radius: 15
            color: control.on ? Theme.accent : Theme.sunken
            border.width: 2
            border.color: control.on ? Theme.accent : Theme.line

            Rectangle {
                x: control.on ? parent.width - width - 5 : 5
                anchors.verticalCenter: parent.verticalCenter
                width: 20
                height: 20
                radius: 10
                color: control.on ? Theme.accentInk : Theme.line

                Icon {
                    anchors.centerIn: parent
                    visible: control.on
                    name: "check"
                    size: 15
                    color: Theme.accent
                }
                Behavior on x {
                    NumberAnimation {
                        duration: Theme.fast
                    }
                }
            }
        }
    }
}
