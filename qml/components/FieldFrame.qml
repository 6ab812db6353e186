// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// What all fields share: a label above, the field, a hint and what is wrong below.
FocusScope {
    id: frame

    property string label: ""
    property string hint: ""
    property string help: hint // what is shown of it
    property string error: ""
    default property alias field: slot.data

    // Qt gives no name to a field whose text is hidden, so that the group around it bears the name too.
    Accessible.role: Accessible.Grouping
    Accessible.name: label
    Accessible.description: error !== "" ? error : hint
    Layout.fillWidth: true
    implicitWidth: Math.max(240, column.implicitWidth)
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column

        width: parent.width
        spacing: 6

        AppLabel {
            visible: text !== ""
            text: frame.label
            font.pixelSize: Theme.captionSize
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        RowLayout {
            id: slot

            Layout.fillWidth: true
            spacing: Theme.tight
        }
        RowLayout {
            visible: frame.error !== ""
            spacing: 6

            Icon {
                Layout.alignment: Qt.AlignTop
                name: "warning"
                size: Theme.captionSize * 1.35
                color: Theme.recording
            }
            AppLabel {
                text: frame.error
                tone: "recording"
                font.pixelSize: Theme.captionSize
                Accessible.role: Accessible.AlertMessage
            }
        }
        Caption {
            visible: text !== "" && frame.error === ""
            text: frame.help
        }
    }
}
