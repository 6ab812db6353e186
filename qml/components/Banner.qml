// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// Something to know now: icon, words and colour. An alarm is read out as it comes and can be told in any light.
Rectangle {
    id: banner

    property string kind: "info" // "info", "good", "warning", "alarm"
    property string title: ""
    property string text: ""
    property string iconName: ({
            info: "info",
            good: "check",
            warning: "warning",
            alarm: "warning"
        })[kind] ?? "info"
    property string actionText: ""
    default property alias content: column.data
    readonly property string tone: ({
            info: "accent",
            good: "good",
            warning: "warning",
            alarm: "recording"
        })[kind] ?? "accent"
    readonly property color ink: Theme.softInk(tone)
    readonly property bool iconFits: width - 2 * Theme.gap >= Theme.longestWord(title + " " + text, fontMetrics) + Theme.iconSize + row.spacing

    signal acted

    Layout.fillWidth: true
    implicitWidth: row.implicitWidth + 2 * Theme.gap
    implicitHeight: row.implicitHeight + 2 * 14
    radius: Theme.radius
    color: Theme.softFill(tone)
    border.width: kind === "alarm" ? 3 : kind === "warning" || Theme.contrast ? 2 : 0
    border.color: Theme.toneColor(tone)
    Accessible.role: kind === "info" || kind === "good" ? Accessible.Grouping : Accessible.AlertMessage
    Accessible.name: title + (title !== "" && text !== "" ? ". " : "") + text

    FontMetrics {
        id: fontMetrics

        font.family: Theme.family
        font.pixelSize: Theme.bodySize
        font.weight: Font.DemiBold
    }
    RowLayout {
        id: row

        x: Theme.gap
        y: 14
        width: banner.width - 2 * Theme.gap
        spacing: 12

        Icon {
            Layout.alignment: Qt.AlignTop
            visible: banner.iconFits
            name: banner.iconName
            color: banner.ink
        }
        ColumnLayout {
            id: column

            Layout.fillWidth: true
            spacing: Theme.tight

            AppLabel {
                visible: text !== ""
                text: banner.title
                color: banner.ink
                font.weight: Font.DemiBold
            }
            AppLabel {
                visible: text !== ""
                text: banner.text
                color: banner.ink
            }
            SecondaryButton {
                Layout.minimumWidth: Theme.target
                Layout.maximumWidth: implicitWidth
                Layout.topMargin: Theme.tight
                visible: banner.actionText !== ""
                text: banner.actionText
                onClicked: banner.acted()
            }
        }
    }
}
