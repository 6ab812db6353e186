// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.Components

// Asked before the window closes while an interview runs.
ConfirmSheet {
    title: qsTr("An interview is running")
    text: qsTr("If you close Sotto now, the recording stops. What was recorded stays, and you can go on in the same interview later.")
    confirmText: qsTr("Stop and close")
    cancelText: qsTr("Go on with the interview")
    onConfirmed: Qt.exit(0) // quit() would ask the window again
}
