// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Asks before something that matters. Closing it in any way but the one button is "no".
Sheet {
    id: sheet

    property string text: ""
    property string confirmText: qsTr("Yes")
    property string cancelText: qsTr("Cancel")
    property bool danger: false
    property bool agreed: false

    signal confirmed
    signal cancelled

    function agree() {
        agreed = true;
        popup.close();
    }

    onOpenedChanged: if (opened) agreed = false
    onClosed: agreed ? sheet.confirmed() : sheet.cancelled()

    Body {
        visible: text !== ""
        text: sheet.text
    }
    footer: [
        PrimaryButton {
            visible: !sheet.danger
            text: sheet.confirmText
            onClicked: sheet.agree()
        },
        DangerButton {
            visible: sheet.danger
            text: sheet.confirmText
            onClicked: sheet.agree()
        },
        QuietButton {
            text: sheet.cancelText
            onClicked: sheet.popup.close()
        }
    ]
}
