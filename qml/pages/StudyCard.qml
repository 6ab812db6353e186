// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// The study of this tablet, and a newer version of it: chosen, compared, taken.
Card {
    id: card

    required property StudyUpdateViewModel viewModel
    readonly property var changes: card.viewModel.changes
    readonly property bool comparing: card.viewModel.state === StudyUpdateViewModel.Compare
    readonly property bool working: card.viewModel.state === StudyUpdateViewModel.Reading || card.viewModel.state === StudyUpdateViewModel.Updating

    title: qsTr("The study")

    Body {
        visible: text !== ""
        text: card.viewModel.state === StudyUpdateViewModel.Opening ? "" : qsTr("%1, version %2").arg(card.viewModel.title).arg(card.viewModel.version)
    }
    Caption {
        visible: card.viewModel.fingerprint !== ""
        text: qsTr("The lab's words: %1").arg(card.viewModel.fingerprint)
    }
    Banner {
        visible: card.viewModel.error !== ""
        kind: "warning"
        text: card.viewModel.error
    }
    Banner {
        visible: card.viewModel.state === StudyUpdateViewModel.Done
        kind: "good"
        text: qsTr("The new version is in force. Earlier interviews keep the one they were held under.")
    }
    Body {
        visible: card.working
        text: card.viewModel.state === StudyUpdateViewModel.Reading ? qsTr("The file is being read.") : qsTr("The new version is being taken in. Leave the tablet on.")
    }
    SecondaryButton {
        objectName: "updateStudy"
        text: qsTr("Take in a newer version")
        enabled: !card.working && !card.comparing && card.viewModel.state !== StudyUpdateViewModel.Opening
        onClicked: source.open()
    }
    Sheet {
        id: source

        title: qsTr("Take in a newer version")

        Body {
            text: qsTr("The lab gives you a file that ends in .sottostudy. Nothing changes before you have seen what is new.")
        }
        PrimaryButton {
            objectName: "chooseStudy"
            iconName: "search"
            text: qsTr("Choose the file")
            onClicked: {
                source.close();
                chooser.choose();
            }
        }
        TextInputField {
            id: pathField

            objectName: "studyPath"
            label: qsTr("Or type where the file is")
            placeholder: "/media/.../study.sottostudy"
            inputHints: Qt.ImhNoAutoUppercase | Qt.ImhUrlCharactersOnly
            onAccepted: readFile.clicked()
        }
        SecondaryButton {
            id: readFile

            objectName: "readStudy"
            text: qsTr("Look at this file")
            enabled: pathField.text.trim() !== ""
            onClicked: {
                source.close();
                card.viewModel.read(pathField.text);
            }
        }
    }
    FileChooser {
        id: chooser

        title: qsTr("Choose the study's file")
        suffix: ".sottostudy"
        onChosen: path => card.viewModel.read(path)
    }
    ConfirmSheet {
        id: compare

        title: qsTr("Version %1 becomes version %2").arg(card.viewModel.version).arg(card.viewModel.newVersion)
        text: qsTr("The file bears the key of the lab that this tablet trusts: %1").arg(card.viewModel.fingerprint) + "\n\n" + card.changes.join("\n")
        opened: card.comparing
        confirmText: qsTr("Take this version")
        cancelText: qsTr("Leave it as it is")
        onConfirmed: card.viewModel.take()
        onCancelled: card.viewModel.cancel()
    }
}
