// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The first start, one question a screen: language, who, passphrase, once more, study, whose study.
PageFrame {
    id: page

    required property TabletApp app
    required property FirstStartViewModel viewModel
    readonly property int step: page.viewModel.step

    title: page.viewModel.step === FirstStartViewModel.Language ? "Sotto" : qsTr("Setting up this tablet")
    subtitle: page.viewModel.step === FirstStartViewModel.Language ? "" : qsTr("Step %1 of %2").arg(page.viewModel.stepNumber).arg(page.viewModel.stepCount)
    canGoBack: page.viewModel.step !== FirstStartViewModel.Language
    onBack: page.viewModel.back()
    actions: SupportButton {
        support: page.app.support
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    StepColumn {
        shown: page.step === FirstStartViewModel.Language

        Title {
            text: "Bonjour. Hello."
        }
        Body {
            text: "Des entrevues à voix basse, chiffrées dès la première seconde.\nInterviews in a low voice, encrypted from the first second."
        }
        PrimaryButton {
            objectName: "french"
            text: "Français"
            onClicked: page.viewModel.chooseLanguage("fr")
        }
        PrimaryButton {
            objectName: "english"
            text: "English"
            onClicked: page.viewModel.chooseLanguage("en")
        }
    }
    StepColumn {
        shown: page.step === FirstStartViewModel.Person
        onEntered: nameField.forceActiveFocus()

        Title {
            text: qsTr("Who uses this tablet?")
        }
        Body {
            text: qsTr("Your name or initials. Only people who have unlocked the tablet see it. Others can be added later, each with a passphrase of their own.")
        }
        TextInputField {
            id: nameField

            objectName: "name"
            label: qsTr("Your name")
            text: page.viewModel.personName
            maximumLength: 64
            sensitive: true
            onAccepted: page.viewModel.enterName(nameField.text)
        }
        PrimaryButton {
            objectName: "next"
            text: qsTr("Continue")
            onClicked: page.viewModel.enterName(nameField.text)
        }
    }
    StepColumn {
        shown: page.step === FirstStartViewModel.Passphrase && !page.viewModel.ownPassphrase

        Title {
            text: qsTr("Your passphrase")
        }
        Body {
            text: qsTr("These five words open the tablet. Write them down now and keep the paper away from the tablet. Nobody can read them back to you later.")
        }
        Card {
            Layout.fillWidth: true

            Heading {
                objectName: "words"
                text: page.viewModel.generatedWords
                font.family: Theme.fixedFamily
            }
        }
        PrimaryButton {
            objectName: "next"
            text: qsTr("I have written them down")
            onClicked: page.viewModel.acceptWords()
        }
        SecondaryButton {
            text: qsTr("Other words")
            onClicked: page.viewModel.drawWords()
        }
        QuietButton {
            objectName: "own"
            text: qsTr("Make up my own instead")
            onClicked: page.viewModel.makeOwn(true)
        }
    }
    StepColumn {
        shown: page.step === FirstStartViewModel.Passphrase && page.viewModel.ownPassphrase
        onEntered: {
            ownField.clear();
            ownField.forceActiveFocus();
        }

        Title {
            text: qsTr("Your own passphrase")
        }
        Body {
            text: qsTr("Long beats complicated: four or more words that have nothing to do with each other, or with you.")
        }
        PassphraseField {
            id: ownField

            objectName: "passphrase"
            label: qsTr("Passphrase")
            hint: page.viewModel.strengthText
            onEdited: text => page.viewModel.judge(text)
            onAccepted: acceptOwn.clicked()
        }
        PrimaryButton {
            id: acceptOwn

            objectName: "next"
            text: qsTr("Continue")
            enabled: page.viewModel.strongEnough
            onClicked: page.viewModel.acceptOwn(ownField.text)
        }
        QuietButton {
            text: qsTr("Five random words instead")
            onClicked: page.viewModel.makeOwn(false)
        }
    }
    StepColumn {
        shown: page.step === FirstStartViewModel.Confirm
        onEntered: {
            confirmField.clear();
            confirmField.forceActiveFocus();
        }

        Title {
            text: qsTr("Once more")
        }
        Body {
            text: qsTr("Type the passphrase from your paper. That way you know today that it opens the tablet tomorrow.")
        }
        PassphraseField {
            id: confirmField

            objectName: "passphrase"
            label: qsTr("Passphrase")
            onAccepted: confirmButton.clicked()
        }
        PrimaryButton {
            id: confirmButton

            objectName: "next"
            text: qsTr("Continue")
            onClicked: page.viewModel.confirm(confirmField.text)
        }
    }
    StudyChoice {
        shown: page.step === FirstStartViewModel.Study
        viewModel: page.viewModel
    }
    StudyTrust {
        shown: page.step === FirstStartViewModel.Trust
        viewModel: page.viewModel
    }
}
