// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// A person, a package, a setting: icon, title, a line below, its state, and an arrow where a press leads on.
// In a narrow row the state moves below the text.
RowButton {
    id: control

    property alias title: control.text
    property string subtitle: ""
    property string iconName: ""
    property string status: ""
    property string statusTone: ""
    property string statusIcon: ""
    property bool leadsOn: true
    property alias trailing: trailingRow.data
    readonly property bool narrow: width < 380 * Theme.fontScale
    // Icon and arrow give way to the longest word of the title.
    readonly property real spare: availableWidth - Theme.longestWord(title, fontMetrics) - 2
    readonly property bool iconFits: spare >= Theme.iconSize + 12 + (leadsOn ? 20 + 12 : 0)
    readonly property bool arrowFits: spare >= 20 + 12

    description: subtitle + (subtitle !== "" && status !== "" ? ", " : "") + status

    FontMetrics {
        id: fontMetrics

        font.family: Theme.family
        font.pixelSize: Theme.bodySize
        font.weight: Font.DemiBold
    }
    contentItem: RowLayout { // qmllint disable deferred-property-id
        spacing: 12

        Icon {
            visible: control.iconName !== "" && control.iconFits
            name: control.iconName
            color: Theme.accent
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            AppLabel {
                text: control.title
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            Caption {
                visible: text !== ""
                text: control.subtitle
                Accessible.ignored: true
            }
            Chip {
                Layout.topMargin: Theme.tight
                visible: control.narrow && text !== ""
                text: control.status
                tone: control.statusTone
                iconName: control.statusIcon
                Accessible.ignored: true
            }
        }
        Chip {
            visible: !control.narrow && text !== ""
            Layout.fillWidth: false
            Layout.maximumWidth: 220 * Theme.fontScale
            text: control.status
            tone: control.statusTone
            iconName: control.statusIcon
            Accessible.ignored: true
        }
        RowLayout {
            id: trailingRow

            visible: children.length > 0
        }
        Icon {
            visible: control.leadsOn && control.arrowFits
            name: "chevron"
            color: Theme.inkSoft
            size: 20
        }
    }
}
