// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// One mark: hear it, say what it means, give it a code.
ColumnLayout {
    id: row

    required property var mark
    required property WrapUpViewModel viewModel
    readonly property bool playing: row.viewModel.playingMark === row.mark.number

    spacing: Theme.small

    ListRow {
        title: row.mark.text !== "" ? row.mark.text : qsTr("Mark at %1").arg(row.mark.at)
        subtitle: row.mark.codes
        iconName: "mark"
        leadsOn: false
        framed: false
        onClicked: meaning.open()
    }
    RowLayout {
        spacing: Theme.small

        SecondaryButton {
            visible: row.viewModel.hasAudio
            iconName: row.playing ? "stop" : "play"
            text: row.playing ? qsTr("Stop") : qsTr("Listen")
            onClicked: row.viewModel.play(row.mark.number)
        }
        SecondaryButton {
            text: qsTr("Say what it means")
            onClicked: meaning.open()
        }
    }
    Sheet {
        id: meaning

        title: qsTr("Mark at %1").arg(row.mark.at)

        TextInputField {
            id: field

            label: qsTr("In a few words")
            text: row.mark.text
            sensitive: true
        }
        Repeater {
            model: meaning.opened ? row.viewModel.codes : []

            delegate: SecondaryButton {
                required property var modelData

                text: modelData.name
                iconName: "tag"
                onClicked: {
                    meaning.close();
                    row.viewModel.code(row.mark.number, modelData.id);
                }
            }
        }
        footer: PrimaryButton {
            text: qsTr("Keep")
            onClicked: {
                meaning.close();
                row.viewModel.describe(row.mark.number, field.text);
            }
        }
    }
}
