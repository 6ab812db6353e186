// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// How far something is: a name, a bar, and words (bytes, time) given by the view-model.
Item {
    id: control

    property string text: ""
    property string detail: ""
    property real progress: 0 // 0 to 1; below 0: not known
    property bool cancellable: false
    readonly property bool known: progress >= 0

    signal cancelled

    Layout.fillWidth: true
    implicitWidth: 280
    implicitHeight: row.implicitHeight
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text
    Accessible.description: known ? qsTr("%1 percent").arg(Math.round(progress * 100)) + ". " + detail : detail

    RowLayout {
        id: row

        width: parent.width
        spacing: Theme.small

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 6

            AppLabel {
                visible: text !== ""
                text: control.text
                Accessible.ignored: true
            }
            Rectangle {
                Layout.fillWidth: true
                implicitHeight: 10
                radius: 5
                color: Theme.sunken
                border.width: 1
                border.color: Theme.line
                clip: true

                Rectangle {
                    visible: control.known
                    width: Math.max(parent.height, parent.width * Math.min(1, control.progress))
                    height: parent.height
                    radius: 5
                    color: Theme.accent
                }
                Rectangle {
                    id: wanderer

                    visible: !control.known
                    width: parent.width / 4
                    height: parent.height
                    radius: 5
                    color: Theme.accent

                    SequentialAnimation on x {
                        running: wanderer.visible && !Theme.reducedMotion
                        loops: Animation.Infinite

                        NumberAnimation {
                            from: 0
                            to: row.width / 2
                            duration: 1600
                            easing.type: Easing.InOutSine
                        }
                        NumberAnimation {
                            to: 0
                            duration: 1600
                            easing.type: Easing.InOutSine
                        }
                    }
                }
            }
            Caption {
                visible: text !== ""
                text: control.detail
                Accessible.ignored: true
            }
        }
        IconButton {
            visible: control.cancellable
            iconName: "close"
            text: qsTr("Cancel")
            description: control.text
            onClicked: control.cancelled()
        }
    }
}
