// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Name on request, safe ways to reach somebody at a glance, the appointment and what became of those before.
Card {
    id: card

    required property PersonViewModel viewModel
    readonly property var kinds: ({
            call: qsTr("telephone call"),
            message: qsTr("message"),
            met: qsTr("met in person"),
            "no-answer": qsTr("no answer")
        })

    signal wanted

    title: qsTr("Name and contact")

    ListRow {
        framed: false
        leadsOn: false
        iconName: card.viewModel.name !== "" ? "cover" : "eye"
        title: card.viewModel.name !== "" ? card.viewModel.name : qsTr("Show the name")
        onClicked: card.viewModel.showName(card.viewModel.name === "")
    }
    Body {
        visible: card.viewModel.safeWays !== ""
        text: qsTr("Safe ways: %1").arg(card.viewModel.safeWays)
    }
    Body {
        visible: card.viewModel.safeHours !== ""
        text: qsTr("Safe hours: %1").arg(card.viewModel.safeHours)
    }
    Body {
        visible: card.viewModel.appointmentText !== ""
        text: qsTr("Appointment: %1").arg(card.viewModel.appointmentText)
    }
    Body {
        visible: card.viewModel.missedText !== ""
        tone: "warning"
        text: card.viewModel.missedText
    }
    Repeater {
        model: card.viewModel.contacts

        delegate: Caption {
            required property var modelData

            text: modelData.note !== "" ? qsTr("%1: %2. %3").arg(modelData.when).arg(card.kinds[modelData.kind]).arg(modelData.note) : qsTr("%1: %2").arg(modelData.when).arg(card.kinds[modelData.kind])
        }
    }
    SecondaryButton {
        objectName: "contact"
        iconName: "phone"
        text: qsTr("Contacts and appointment")
        onClicked: card.wanted()
    }
}
