// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A few short answers side by side; below each other where they do not fit.
// `options` is a list of {value, text}; bind `value`; chosen(value) says what was asked for.
FocusScope {
    id: control

    property string label: ""
    property var options: []
    property var value
    // The font is named so that a change of it is noticed.
    readonly property real widest: metrics.font.pixelSize > 0 ? Math.max(0, ...options.map(option => metrics.advanceWidth(option.text))) + 2 * Theme.gap + 2 : 0
    readonly property bool fits: widest * options.length + Theme.small * (options.length - 1) <= width

    signal chosen(var value)

    Layout.fillWidth: true
    implicitWidth: 280
    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    FontMetrics {
        id: metrics

        font.family: Theme.family
        font.pixelSize: Theme.bodySize
        font.weight: Font.DemiBold
    }
    ColumnLayout {
        id: column

        width: parent.width
        spacing: Theme.small

        AppLabel {
            visible: text !== ""
            text: control.label
            font.pixelSize: Theme.captionSize
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        GridLayout {
            columns: control.fits ? Math.max(1, control.options.length) : 1
            columnSpacing: Theme.small
            rowSpacing: Theme.small

            Repeater {
                model: control.options

                delegate: RowButton {
                    id: segment

                    required property var modelData

                    Layout.preferredWidth: control.fits ? 100 : -1 // side by side all are of the same width
                    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
                    text: modelData.text
                    description: control.label
                    selected: control.value === modelData.value
                    Accessible.role: Accessible.RadioButton
                    Accessible.checkable: true
                    Accessible.checked: selected
                    onClicked: control.chosen(modelData.value)

                    contentItem: AppLabel {
                        text: segment.text
                        font.weight: segment.selected ? Font.DemiBold : Font.Normal
                        color: segment.selected ? Theme.accentSoftInk : Theme.ink
                        horizontalAlignment: control.fits ? Text.AlignHCenter : Text.AlignLeft
                        verticalAlignment: Text.AlignVCenter
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
