// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// In a group's interview: who is here, who comes late or goes, and how long each has spoken.
Sheet {
    id: sheet

    required property InterviewViewModel viewModel

    title: qsTr("Who is here")

    Body {
        text: qsTr("Whoever comes late has signed before. If they would rather not be recorded, the recording pauses while they are here.")
    }
    Repeater {
        model: sheet.opened ? sheet.viewModel.members : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "here-" + modelData.key
            several: true
            text: modelData.pseudonym
            detail: modelData.spoken !== "" ? qsTr("Spoke for %1").arg(modelData.spoken) : ""
            selected: modelData.there
            onChosen: modelData.there ? sheet.viewModel.goes(modelData.participant) : sheet.viewModel.comes(modelData.participant)
        }
    }
}
