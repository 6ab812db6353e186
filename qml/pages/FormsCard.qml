// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// The forms of a person's role and how far they are. What was answered is not shown here.
Card {
    id: card

    required property RoleFormsViewModel viewModel

    visible: card.viewModel !== null && (card.viewModel.rows.length > 0 || card.viewModel.error !== "")
    title: qsTr("Forms")

    Banner {
        visible: card.viewModel !== null && card.viewModel.error !== ""
        kind: "warning"
        text: card.viewModel !== null ? card.viewModel.error : ""
    }
    Repeater {
        model: card.viewModel !== null ? card.viewModel.rows : []

        delegate: ListRow {
            required property var modelData

            objectName: "form-" + modelData.id
            framed: false
            iconName: modelData.done ? "check" : "note"
            title: modelData.title
            subtitle: modelData.text
            leadsOn: modelData.opens
            enabled: modelData.opens
            onClicked: card.viewModel.open(modelData.id)
        }
    }
}
