// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// One's own passphrase, and another one: first the one in force, then the new one, then once more.
Card {
    id: card

    required property PassphraseViewModel viewModel
    readonly property int step: card.viewModel.step

    title: qsTr("Your passphrase")

    Banner {
        visible: card.step === PassphraseViewModel.Changed
        kind: "good"
        text: qsTr("The new passphrase counts from now on.")
    }
    Banner {
        visible: card.step === PassphraseViewModel.Rest && card.viewModel.error !== ""
        kind: "warning"
        text: card.viewModel.error
    }
    SecondaryButton {
        objectName: "changePassphrase"
        text: qsTr("Change your passphrase")
        onClicked: card.viewModel.begin()
    }
    Sheet {
        id: sheet

        title: qsTr("Change your passphrase")
        closable: !card.viewModel.busy
        opened: card.step !== PassphraseViewModel.Rest && card.step !== PassphraseViewModel.Changed
        onClosed: {
            for (const field of [currentField, ownField, confirmField])
                field.clear();
            if (card.step !== PassphraseViewModel.Changed)
                card.viewModel.cancel();
        }

        Banner {
            visible: card.viewModel.error !== ""
            kind: "warning"
            text: card.viewModel.error
        }
        StepColumn {
            shown: card.step === PassphraseViewModel.Current
            onEntered: currentField.forceActiveFocus()

            PassphraseField {
                id: currentField

                objectName: "currentPassphrase"
                label: qsTr("The passphrase you have now")
                onAccepted: currentButton.clicked()
            }
            PrimaryButton {
                id: currentButton

                objectName: "currentNext"
                text: qsTr("Continue")
                enabled: !card.viewModel.busy
                onClicked: {
                    card.viewModel.enterCurrent(currentField.text);
                    currentField.clear();
                }
            }
        }
        StepColumn {
            shown: card.step === PassphraseViewModel.Words

            Body {
                text: qsTr("Write these five words down now and keep the paper away from the tablet. Nobody can read them back to you later.")
            }
            Heading {
                objectName: "newWords"
                text: card.viewModel.words
                font.family: Theme.fixedFamily
            }
            PrimaryButton {
                objectName: "wordsNext"
                text: qsTr("I have written them down")
                onClicked: card.viewModel.acceptWords()
            }
            SecondaryButton {
                text: qsTr("Other words")
                onClicked: card.viewModel.drawWords()
            }
            QuietButton {
                objectName: "ownInstead"
                text: qsTr("Make up my own instead")
                onClicked: card.viewModel.makeOwn()
            }
        }
        StepColumn {
            shown: card.step === PassphraseViewModel.Own
            onEntered: ownField.forceActiveFocus()

            PassphraseField {
                id: ownField

                objectName: "ownPassphrase"
                label: qsTr("Your new passphrase")
                hint: card.viewModel.strengthText
                onEdited: text => card.viewModel.judge(text)
                onAccepted: ownButton.clicked()
            }
            PrimaryButton {
                id: ownButton

                objectName: "ownNext"
                text: qsTr("Continue")
                enabled: card.viewModel.strongEnough
                onClicked: {
                    card.viewModel.acceptOwn(ownField.text);
                    ownField.clear();
                }
            }
            QuietButton {
                text: qsTr("Five random words instead")
                onClicked: card.viewModel.drawWords()
            }
        }
        StepColumn {
            shown: card.step === PassphraseViewModel.Confirm
            onEntered: confirmField.forceActiveFocus()

            Body {
                text: qsTr("Type it once more, from your paper.")
            }
            PassphraseField {
                id: confirmField

                objectName: "confirmPassphrase"
                label: qsTr("Your new passphrase")
                onAccepted: confirmButton.clicked()
            }
            PrimaryButton {
                id: confirmButton

                objectName: "confirmNext"
                text: qsTr("Change the passphrase")
                enabled: !card.viewModel.busy
                onClicked: {
                    card.viewModel.confirm(confirmField.text);
                    confirmField.clear();
                }
            }
        }
    }
}
