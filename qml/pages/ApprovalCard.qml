// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Where a community governs the data: its approval, before which nothing leaves for research.
Card {
    id: card

    required property RecordsViewModel viewModel
    readonly property bool approved: card.viewModel.approval !== ""

    title: qsTr("Approval of the community")

    Body {
        text: card.approved ? card.viewModel.approval : qsTr("Nothing leaves for research before this community approves: %1. It waits on this tablet; everything else can be sent.").arg(card.viewModel.custodian)
    }
    TextInputField {
        id: byField

        objectName: "approvedBy"
        sensitive: true
        visible: !card.approved
        label: qsTr("Who approved, and the number or day of the decision")
        onAccepted: approveButton.clicked()
    }
    SecondaryButton {
        id: approveButton

        objectName: "approve"
        visible: !card.approved
        enabled: byField.text.trim() !== ""
        text: qsTr("Write the approval down")
        onClicked: {
            card.viewModel.approve(byField.text);
            byField.clear();
        }
    }
    QuietButton {
        objectName: "withdrawApproval"
        visible: card.approved
        text: qsTr("The approval was taken back")
        onClicked: card.viewModel.withdrawApproval()
    }
}
