// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// A number between two buttons. Bind `value`; the row only says which value was asked for.
FocusScope {
    id: control

    property string text: ""
    property string detail: ""
    property int value: 0
    property int from: 0
    property int to: 100
    property int step: 1
    property string valueText: String(value)

    signal stepped(int value)

    function by(amount: int) {
        const wanted = Math.min(to, Math.max(from, value + amount));
        if (wanted !== value)
            stepped(wanted);
    }

    Layout.fillWidth: true
    implicitWidth: Math.max(240, grid.implicitWidth)
    implicitHeight: grid.implicitHeight
    Accessible.role: Accessible.SpinBox
    Accessible.name: text
    Accessible.description: valueText + (valueText !== "" && detail !== "" ? ", " : "") + detail
    Keys.onUpPressed: by(step)
    Keys.onDownPressed: by(-step)

    GridLayout {
        id: grid

        width: parent.width
        columns: control.width < 320 * Theme.fontScale ? 1 : 2
        columnSpacing: 12
        rowSpacing: Theme.small

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
        RowLayout {
            Layout.fillWidth: false
            spacing: Theme.small

            IconButton {
                iconName: "minus"
                text: qsTr("%1: less").arg(control.text)
                fill: Theme.sunken
                enabled: control.value > control.from
                onClicked: control.by(-control.step)
            }
            AppLabel {
                Layout.fillWidth: false
                Layout.minimumWidth: 44
                text: control.valueText
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignHCenter
            }
            IconButton {
                iconName: "plus"
                text: qsTr("%1: more").arg(control.text)
                fill: Theme.sunken
                enabled: control.value < control.to
                onClicked: control.by(control.step)
            }
        }
    }
}
