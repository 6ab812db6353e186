// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Playing a recording: ten seconds back, play, ten seconds on; and how fast.
ColumnLayout {
    id: keys

    required property SoundViewModel sound

    spacing: Theme.small

    RowLayout {
        spacing: Theme.small

        IconButton {
            objectName: "back10"
            iconName: "back-10"
            text: qsTr("Back 10 seconds")
            onClicked: keys.sound.skip(-10)
        }
        PrimaryButton {
            objectName: "play"
            iconName: keys.sound.playing ? "pause" : "play"
            text: keys.sound.playing ? qsTr("Pause") : qsTr("Play")
            onClicked: keys.sound.playOrPause()
        }
        IconButton {
            objectName: "forward10"
            iconName: "forward-10"
            text: qsTr("Forward 10 seconds")
            onClicked: keys.sound.skip(10)
        }
    }
    StepperRow {
        objectName: "tempo"
        text: qsTr("Speed")
        from: 0
        to: keys.sound.fastest
        value: keys.sound.tempo
        valueText: keys.sound.tempoText
        onStepped: value => keys.sound.chooseTempo(value)
    }
}
