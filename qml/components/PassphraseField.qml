// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A passphrase or PIN, hidden until shown. The page hands `text` to a verb at once and calls clear().
TextInputField {
    id: control

    property bool shown: false
    property bool digitsOnly: false

    sensitive: true
    fixedWidth: shown
    echoMode: shown ? TextInput.Normal : TextInput.Password
    inputHints: Qt.ImhNoAutoUppercase | Qt.ImhHiddenText | (digitsOnly ? Qt.ImhDigitsOnly : Qt.ImhNone)

    IconButton {
        iconName: control.shown ? "cover" : "eye"
        text: control.shown ? qsTr("Hide what is typed") : qsTr("Show what is typed")
        onClicked: control.shown = !control.shown
    }
}
