// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// What has to be known before a form can be shown: where, whose consent, in which language, on what.
ColumnLayout {
    id: choices

    required property ConsentViewModel viewModel
    readonly property int step: choices.viewModel.step
    readonly property var signerNames: ({
            adult: qsTr("The person themself"),
            parent: qsTr("A parent or guardian, together with the young person"),
            representative: qsTr("A representative, together with the person")
        })

    Layout.fillWidth: true
    spacing: Theme.gap

    StepColumn {
        shown: choices.step === ConsentViewModel.Site

        Title {
            text: qsTr("Where is this?")
        }
        Repeater {
            model: choices.step === ConsentViewModel.Site ? choices.viewModel.sites : []

            delegate: SecondaryButton {
                required property var modelData

                objectName: "site-" + modelData.id
                text: modelData.name
                onClicked: choices.viewModel.chooseSite(modelData.id)
            }
        }
    }
    StepColumn {
        shown: choices.step === ConsentViewModel.Signer

        Title {
            text: qsTr("Who decides?")
        }
        Repeater {
            model: choices.step === ConsentViewModel.Signer ? choices.viewModel.signers : []

            delegate: SecondaryButton {
                required property string modelData

                objectName: "signer-" + modelData
                text: choices.signerNames[modelData]
                onClicked: choices.viewModel.chooseSigner(modelData)
            }
        }
    }
    StepColumn {
        shown: choices.step === ConsentViewModel.Language

        Title {
            text: "Langue · Language"
        }
        Repeater {
            model: choices.step === ConsentViewModel.Language ? choices.viewModel.languages : []

            delegate: SecondaryButton {
                required property var modelData

                objectName: "language-" + modelData.code
                text: modelData.name
                onClicked: choices.viewModel.chooseLanguage(modelData.code)
            }
        }
    }
    StepColumn {
        shown: choices.step === ConsentViewModel.Manner

        Title {
            text: qsTr("How is consent given?")
        }
        ChoiceRow {
            objectName: "manner-glass"
            text: qsTr("On the tablet")
            detail: qsTr("Read and signed on the glass.")
            selected: choices.viewModel.kind === "glass"
            onChosen: choices.viewModel.chooseManner("glass")
        }
        ChoiceRow {
            objectName: "manner-paper"
            text: qsTr("On paper")
            detail: qsTr("Signed with a pen. You take in a picture of it, and attest it.")
            selected: choices.viewModel.kind === "paper"
            onChosen: choices.viewModel.chooseManner("paper")
        }
        ChoiceRow {
            objectName: "manner-oral"
            visible: choices.viewModel.mayBeOral
            text: qsTr("By voice")
            detail: qsTr("You read it aloud, they answer aloud. A statement is recorded, and you attest it.")
            selected: choices.viewModel.kind === "oral"
            onChosen: choices.viewModel.chooseManner("oral")
        }
    }
    QuietButton {
        objectName: "askManner"
        visible: choices.step === ConsentViewModel.Language
        text: qsTr("On paper, or by voice")
        onClicked: choices.viewModel.askManner()
    }
}
