// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Back after somebody came in: what was said just before may have been cut off or overheard, so it is proposed to be
// taken back.
Sheet {
    id: sheet

    required property InterviewViewModel viewModel
    readonly property AroundViewModel around: sheet.viewModel.around

    title: qsTr("Somebody came in")
    opened: sheet.around.proposesSpan && !sheet.viewModel.covered
    onClosed: if (!sheet.viewModel.covered)
        sheet.around.keepAll()

    Body {
        text: qsTr("Recording stopped when you touched the key. Shall something of what was said before be taken back? It is destroyed before anything leaves the tablet.")
    }
    Repeater {
        model: sheet.opened ? sheet.around.spanChoices : []

        delegate: SecondaryButton {
            required property var modelData

            objectName: "since-" + modelData.seconds
            text: modelData.text
            onClicked: sheet.around.takeBackSince(modelData.seconds)
        }
    }
    footer: PrimaryButton {
        objectName: "keepAll"
        text: qsTr("Keep everything")
        onClicked: sheet.around.keepAll()
    }
}
