// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The stretch that is being chosen: where it begins, where it ends, hearing it, taking it back.
ColumnLayout {
    id: chooser

    required property SoundViewModel sound
    required property SpanViewModel span
    property var markers: []
    property bool typing: false

    spacing: Theme.gap

    Waveform {
        objectName: "spanWaveform"
        sound: chooser.sound
        markers: chooser.markers
        from: chooser.span.from
        to: chooser.span.to
    }
    Caption {
        text: chooser.sound.positionText
    }
    PlayerKeys {
        sound: chooser.sound
    }
    RowLayout {
        spacing: Theme.small

        SecondaryButton {
            objectName: "fromHere"
            text: qsTr("From here")
            onClicked: chooser.span.fromHere()
        }
        SecondaryButton {
            objectName: "toHere"
            text: qsTr("To here")
            onClicked: chooser.span.toHere()
        }
    }
    SpanEnd {
        objectName: "spanFrom"
        visible: chooser.span.fromText !== ""
        text: qsTr("Begins at")
        time: chooser.span.fromText
        onMoved: seconds => chooser.span.moveFrom(seconds)
    }
    SpanEnd {
        objectName: "spanTo"
        visible: chooser.span.toText !== ""
        text: qsTr("Ends at")
        time: chooser.span.toText
        onMoved: seconds => chooser.span.moveTo(seconds)
    }
    QuietButton {
        objectName: "typeTimes"
        visible: !chooser.typing
        text: qsTr("Type the times instead")
        onClicked: chooser.typing = true
    }
    TextInputField {
        id: fromField

        objectName: "from"
        visible: chooser.typing
        label: qsTr("From")
        placeholder: "12:30"
        inputHints: Qt.ImhPreferNumbers
    }
    TextInputField {
        id: toField

        objectName: "to"
        visible: chooser.typing
        label: qsTr("To")
        placeholder: "13:05"
        inputHints: Qt.ImhPreferNumbers
        onAccepted: takeTimes.clicked()
    }
    SecondaryButton {
        id: takeTimes

        objectName: "takeTimes"
        visible: chooser.typing
        text: qsTr("Choose this stretch")
        enabled: fromField.text !== "" && toField.text !== ""
        onClicked: {
            if (chooser.span.type(fromField.text, toField.text))
                chooser.typing = false;
        }
    }
    Banner {
        visible: chooser.span.error !== ""
        kind: "warning"
        text: chooser.span.error
    }
    SecondaryButton {
        objectName: "hearSpan"
        visible: chooser.span.ready
        iconName: "play"
        text: qsTr("Listen to this stretch (%1)").arg(chooser.span.lengthText)
        onClicked: chooser.span.listen()
    }
    DangerButton {
        objectName: "takeBack"
        visible: chooser.span.ready
        text: qsTr("Take this back")
        onClicked: chooser.span.take()
    }
    QuietButton {
        visible: chooser.span.fromText !== "" || chooser.span.toText !== ""
        text: qsTr("Leave it as it is")
        onClicked: chooser.span.clear()
    }
}
