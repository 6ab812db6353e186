// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A question to be answered yes or no: two buttons of the same size and weight, neither chosen beforehand.
FocusScope {
    id: control

    property string text: ""
    property string detail: ""
    property string answer: "" // "", "yes" or "no"
    property string yesText: qsTr("Yes")
    property string noText: qsTr("No")

    signal answered(string answer)

    Layout.fillWidth: true
    implicitWidth: Math.max(240, column.implicitWidth)
    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: text
    Accessible.description: detail

    ColumnLayout {
        id: column

        width: parent.width
        spacing: Theme.small

        AppLabel {
            visible: text !== ""
            text: control.text
            Accessible.ignored: true
        }
        Caption {
            visible: text !== ""
            text: control.detail
            Accessible.ignored: true
        }
        RowLayout {
            spacing: Theme.small

            Repeater {
                model: ["yes", "no"]

                delegate: RowButton {
                    id: button

                    required property string modelData

                    // The same preferred width for both, however long the words are.
                    Layout.preferredWidth: 100
                    Layout.fillHeight: true
                    text: modelData === "yes" ? control.yesText : control.noText
                    description: control.text
                    selected: control.answer === modelData
                    Accessible.role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: selected
                    onClicked: control.answered(modelData)

                    contentItem: RowLayout {
                        spacing: 6

                        Item {
                            Layout.fillWidth: true
                        }
                        Icon {
                            visible: button.selected
                            name: "check"
                            size: 20
                            color: Theme.accentSoftInk
                        }
                        AppLabel {
                            Layout.fillWidth: false
                            Layout.maximumWidth: button.availableWidth - (button.selected ? 26 : 0)
                            text: button.text
                            font.weight: Font.DemiBold
                            color: button.selected ? Theme.accentSoftInk : Theme.ink
                            horizontalAlignment: Text.AlignHCenter
                            Accessible.ignored: true
                        }
                        Item {
                            Layout.fillWidth: true
                        }
                    }
                    background: Rectangle {
                        radius: Theme.radius
                        color: button.selected ? Theme.accentSoft : button.down ? Theme.sunken : Theme.surface
                        border.width: button.selected ? 2 : Theme.border
                        border.color: button.selected ? Theme.accent : Theme.line

                        FocusRing {
                            shown: button.visualFocus
                        }
                    }
                }
            }
        }
    }
}
