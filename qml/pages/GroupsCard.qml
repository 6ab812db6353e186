// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// On the home screen, where the study holds groups: each with where it stands, and the way to a new one.
Card {
    id: card

    required property GroupsViewModel viewModel

    visible: card.viewModel.available
    title: qsTr("Groups")

    Banner {
        visible: card.viewModel.error !== ""
        kind: "warning"
        text: card.viewModel.error
    }
    Repeater {
        model: card.viewModel.groups

        delegate: ListRow {
            required property var modelData

            objectName: "group-" + modelData.name
            framed: false
            title: modelData.name
            subtitle: modelData.members
            iconName: "pair"
            status: modelData.stateText
            statusTone: modelData.tone
            onClicked: card.viewModel.open(modelData.id)
        }
    }
    SecondaryButton {
        objectName: "newGroup"
        enabled: card.viewModel.candidates.length > 0
        iconName: "plus"
        text: qsTr("New group")
        onClicked: sheet.open()
    }
    Caption {
        visible: card.viewModel.candidates.length === 0
        text: qsTr("First add the people who are to be in it.")
    }
    NewGroupSheet {
        id: sheet

        viewModel: card.viewModel
    }
}
