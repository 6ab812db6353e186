// SPDX-License-Identifier: Apache-2.0
import QtQuick

// How long is left, as minutes and seconds. The view-model counts; `template` has %1 where the time goes.
AppLabel {
    property int seconds: 0
    property string template: qsTr("You can try again in %1")
    readonly property string time: Math.floor(Math.max(0, seconds) / 60) + ":" + String(Math.max(0, seconds) % 60).padStart(2, "0")

    text: template.arg(time)
    tone: "soft"
    Accessible.role: Accessible.AlertMessage
}
