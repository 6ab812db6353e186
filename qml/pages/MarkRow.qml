// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// One mark: hear it, or say what it means.
ColumnLayout {
    id: row

    required property var mark
    required property WrapUpViewModel viewModel
    readonly property bool playing: row.viewModel.playingMark === row.mark.number

    signal wanted(int number)

    spacing: Theme.small

    ListRow {
        title: row.mark.text !== "" ? row.mark.text : qsTr("Mark at %1").arg(row.mark.at)
        subtitle: row.mark.summary
        iconName: "mark"
        leadsOn: false
        framed: false
        onClicked: row.wanted(row.mark.number)
    }
    RowLayout {
        spacing: Theme.small

        SecondaryButton {
            visible: row.viewModel.sound !== null
            iconName: row.playing ? "stop" : "play"
            text: row.playing ? qsTr("Stop") : qsTr("Listen")
            onClicked: row.viewModel.play(row.mark.number)
        }
        SecondaryButton {
            objectName: "meaning"
            text: qsTr("Say what it means")
            onClicked: row.wanted(row.mark.number)
        }
    }
}
