// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// What the person would take back: while listening, by a touch where it begins and one where it ends; or by typing the
// times. It is heard before it is confirmed.
Card {
    id: card

    required property WrapUpViewModel viewModel
    readonly property SoundViewModel sound: card.viewModel.sound
    readonly property SpanViewModel span: card.viewModel.span

    title: qsTr("Anything you would take back?")

    Body {
        text: qsTr("Ask the person. What lies between the two times is destroyed before anything leaves the tablet.")
    }
    Repeater {
        // Goes together with the sound, and never sees it gone.
        model: card.span === null ? [] : [
            {
                sound: card.sound,
                span: card.span
            }
        ]

        delegate: TakeBackSpan {
            required property var modelData

            sound: modelData.sound
            span: modelData.span
            markers: card.viewModel.marks
        }
    }
    Repeater {
        model: card.viewModel.spans

        delegate: ListRow {
            required property var modelData

            objectName: "takenBack"
            title: modelData.text
            subtitle: qsTr("Will be destroyed. Touch to keep it after all.")
            iconName: "off-record"
            leadsOn: false
            onClicked: card.viewModel.giveBack(modelData.number)
        }
    }
}
