// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// A reminder on the home screen: who still waits for their copy.
Card {
    id: card

    required property CopiesOwedViewModel viewModel
    readonly property var people: card.viewModel.people

    visible: card.people.length > 0
    title: qsTr("Copies to hand over")

    Repeater {
        model: card.people

        delegate: ListRow {
            required property var modelData
            required property int index

            objectName: "owed-" + index
            framed: false
            iconName: "note"
            title: modelData.pseudonym
            subtitle: qsTr("since %1").arg(modelData.since)
            onClicked: card.viewModel.open(index)
        }
    }
}
