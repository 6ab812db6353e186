// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// A home visit should be over: a neutral line without a name, on every screen, locked and covered too.
Banner {
    id: banner

    required property HomeVisitViewModel visit
    required property SupportViewModel support

    objectName: "visitOverdue"
    visible: banner.visit.overdue
    kind: "warning"
    text: qsTr("A time that you set has passed: %1. Is all well?").arg(banner.visit.endText) + (banner.support.onCallPhone === "" ? "" : " " + qsTr("On call: %1, %2.").arg(banner.support.onCallName).arg(banner.support.onCallPhone))
    actionText: qsTr("In 15 minutes")
    onActed: banner.visit.snooze()
}
