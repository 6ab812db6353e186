// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Whom this person named for the other places of their pair. Stays the same whatever comes of it.
Card {
    id: card

    required property NominateViewModel viewModel

    visible: card.viewModel !== null && card.viewModel.offered
    title: qsTr("People they name")

    Repeater {
        model: card.visible ? card.viewModel.named : []

        delegate: Body {
            required property string modelData

            text: modelData
        }
    }
    Caption {
        text: qsTr("Whether somebody answered is not shown here.")
    }
    SecondaryButton {
        objectName: "nominate"
        visible: card.visible && card.viewModel.places.length > 0
        iconName: "plus"
        text: qsTr("Name somebody")
        onClicked: sheet.open()
    }
    NominateSheet {
        id: sheet

        viewModel: card.viewModel
    }
}
