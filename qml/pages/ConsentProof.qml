// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// What consent rests on where nobody signs the glass: a picture of the paper, a recorded statement; and the witness.
ColumnLayout {
    id: proof

    required property ConsentViewModel viewModel
    readonly property int step: proof.viewModel.step

    Layout.fillWidth: true
    spacing: Theme.gap

    StepColumn {
        shown: proof.step === ConsentViewModel.Picture

        Title {
            text: qsTr("A picture of the signed paper")
        }
        Body {
            text: qsTr("The paper must bear version %1. The picture is sealed on this tablet, with the name. It stays where you took it from as well: erase it there.").arg(proof.viewModel.version)
        }
        SecondaryButton {
            objectName: "choosePicture"
            iconName: "search"
            text: proof.viewModel.attached ? qsTr("Choose another picture") : qsTr("Choose the picture")
            enabled: !proof.viewModel.busy
            onClicked: chooser.choose()
        }
        TextInputField {
            id: pathField

            objectName: "picturePath"
            label: qsTr("Or type where the picture is")
            placeholder: "/media/…"
            sensitive: true
            inputHints: Qt.ImhNoAutoUppercase | Qt.ImhUrlCharactersOnly
            onAccepted: takeButton.clicked()
        }
        SecondaryButton {
            id: takeButton

            objectName: "takePicture"
            text: qsTr("Take in this picture")
            enabled: pathField.text !== "" && !proof.viewModel.busy
            onClicked: proof.viewModel.takePicture(pathField.text)
        }
        Banner {
            visible: proof.viewModel.attached
            kind: "good"
            text: qsTr("The picture is taken in.")
        }
        SwitchRow {
            objectName: "mark"
            text: qsTr("They made a mark, and a witness signed")
            on: proof.viewModel.mark
            onSwitched: on => proof.viewModel.setMark(on)
        }
        TextInputField {
            objectName: "paperWitness"
            visible: proof.viewModel.needsWitness
            label: qsTr("Name of the witness")
            sensitive: true
            onEdited: text => proof.viewModel.enterWitness(text)
        }
    }
    StepColumn {
        shown: proof.step === ConsentViewModel.Statement

        Title {
            text: qsTr("Consent by voice")
        }
        Body {
            text: qsTr("Ask first whether this statement may be recorded; it is kept apart from the interview. Then ask them to say who they are, that they heard the text, and what they chose.")
        }
        LevelMeter {
            visible: proof.viewModel.recording
            level: proof.viewModel.level
        }
        Title {
            visible: proof.viewModel.recording
            text: proof.viewModel.statementTime
        }
        PrimaryButton {
            objectName: "statement"
            iconName: proof.viewModel.recording ? "stop" : "microphone"
            text: proof.viewModel.recording ? qsTr("End the statement") : proof.viewModel.attached ? qsTr("Record it again") : qsTr("Record the statement")
            onClicked: proof.viewModel.recording ? proof.viewModel.stopStatement() : proof.viewModel.startStatement()
        }
        Banner {
            visible: proof.viewModel.attached && !proof.viewModel.recording
            kind: "good"
            text: qsTr("The statement is recorded.")
        }
    }
    StepColumn {
        shown: proof.step === ConsentViewModel.Witness

        onEntered: witnessField.text = proof.viewModel.witness

        Title {
            text: qsTr("The witness")
        }
        Reading {
            text: qsTr("I saw the person agree, freely, after the text was explained to them. I am not part of the team.")
        }
        TextInputField {
            id: witnessField

            objectName: "witness"
            label: qsTr("Name of the witness")
            sensitive: true
            onEdited: text => proof.viewModel.enterWitness(text)
        }
        SignaturePad {
            objectName: "pad"
            label: qsTr("Signature of the witness")
            hint: ""
            strokes: proof.viewModel.witnessStrokes
            onEdited: proof.viewModel.keepWitnessStrokes(strokes)
        }
    }
    FileChooser {
        id: chooser

        title: qsTr("Choose the picture")
        suffix: ".jpg .jpeg .png"
        onChosen: path => proof.viewModel.takePicture(path)
    }
}
