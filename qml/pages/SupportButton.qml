// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// The way to pause and support, at the same place of every header.
IconButton {
    id: button

    required property SupportViewModel support

    objectName: "support"
    iconName: "help"
    text: qsTr("Pause and support")
    onClicked: button.support.open = true
}
