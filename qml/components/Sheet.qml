// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Templates as T

// A sheet over the page, from the bottom on a phone and in the middle on a tablet. Children are its body, in a column.
// Opened by open() or by binding `opened`; whoever binds it sets the source to false in onClosed. Escape closes it.
Item {
    id: sheet

    property bool opened: false
    property bool closable: true
    property string title: ""
    property int maximumWidth: 560
    default property alias content: body.data
    property alias footer: footerColumn.data
    readonly property alias flickable: flick
    readonly property alias popup: popup
    property rect keyboard: Theme.inputMethod.visible ? Theme.inputMethod.keyboardRectangle : Qt.rect(0, 0, 0, 0)

    signal closed

    function open() {
        opened = true;
    }

    function close() {
        opened = false;
    }

    visible: false // takes no room where it is declared; what is seen lives in the window's overlay
    onOpenedChanged: opened ? popup.open() : popup.close()
    Component.onCompleted: if (opened) popup.open()

    Popup {
        id: popup

        readonly property real room: (parent?.height ?? 0) - (sheet.keyboard.height > 0 ? Math.max(0, parent.height - sheet.keyboard.y) : 0)
        readonly property bool low: (parent?.width ?? 0) < 600

        parent: T.Overlay.overlay
        modal: true
        focus: true
        closePolicy: sheet.closable ? Popup.CloseOnEscape | Popup.CloseOnPressOutside : Popup.NoAutoClose
        width: Math.min(parent?.width ?? 0, sheet.maximumWidth)
        height: Math.min(implicitHeight, room - (low ? Theme.wide : 2 * Theme.wide))
        x: ((parent?.width ?? 0) - width) / 2
        y: low ? room - height : (room - height) / 2
        padding: Theme.gap
        topPadding: Theme.gap
        onClosed: {
            sheet.closed();
            if (sheet.opened)
                sheet.opened = false;
        }

        T.Overlay.modal: Rectangle {
            color: Theme.scrim
        }
        enter: Transition {
            NumberAnimation {
                property: "opacity"
                from: 0
                to: 1
                duration: Theme.calm
            }
        }
        exit: Transition {
            NumberAnimation {
                property: "opacity"
                to: 0
                duration: Theme.fast
            }
        }
        background: Rectangle {
            radius: Theme.largeRadius
            color: Theme.surface
            border.width: Theme.border
            border.color: Theme.lineSoft

            Rectangle {
                // On a phone the sheet stands on the edge: square at the bottom.
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                visible: popup.low
                height: parent.radius
                color: parent.color
            }
        }
        contentItem: ColumnLayout { // qmllint disable deferred-property-id
            spacing: Theme.gap
            Accessible.role: Accessible.Dialog
            Accessible.name: sheet.title

            RowLayout {
                Layout.fillHeight: false
                visible: sheet.title !== "" || sheet.closable
                spacing: Theme.small

                Title {
                    text: sheet.title
                }
                IconButton {
                    Layout.alignment: Qt.AlignTop
                    visible: sheet.closable
                    iconName: "close"
                    text: qsTr("Close")
                    onClicked: popup.close()
                }
            }
            ScrollArea {
                id: flick

                Layout.fillWidth: true
                Layout.fillHeight: true
                column: body
                Accessible.name: sheet.title
                implicitHeight: body.implicitHeight
                contentHeight: body.height
                clip: contentHeight > height + 1

                SteadyColumn {
                    id: body

                    room: flick.width
                    seen: popup.visible
                    spacing: Theme.gap
                }
            }
            ColumnLayout {
                id: footerColumn

                Layout.fillHeight: false
                visible: children.length > 0
                spacing: Theme.small
            }
        }
    }
}
