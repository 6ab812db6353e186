// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Consent on the glass: read by the participant at arm's length, one section or one item at a time. The texts are the
// study's; what Sotto says around them is short. Saying no is always as near as going on.
PageFrame {
    id: page

    required property TabletApp app
    required property ConsentViewModel viewModel
    readonly property int step: page.viewModel.step
    readonly property bool reading: step === ConsentViewModel.Read
    readonly property bool asking: step === ConsentViewModel.Item
    readonly property bool done: step === ConsentViewModel.Done
    readonly property bool explaining: step === ConsentViewModel.Understand
    readonly property bool choosing: step === ConsentViewModel.Loading || step === ConsentViewModel.Site || step === ConsentViewModel.Signer || step === ConsentViewModel.Language || step === ConsentViewModel.Manner
    readonly property string progress: reading ? qsTr("Part %1 of %2") : explaining || asking ? qsTr("Question %1 of %2") : ""
    readonly property var readers: ({
            parent: qsTr("For the parent or guardian"),
            representative: qsTr("For the representative"),
            assent: qsTr("For the person themself")
        })

    title: qsTr("Consent")
    subtitle: progress !== "" ? progress.arg(page.viewModel.index + 1).arg(page.viewModel.count) : ""
    canGoBack: !page.done
    onBack: page.viewModel.back()
    actions: SupportButton {
        support: page.app.support
    }
    footer: [
        PrimaryButton {
            objectName: "next"
            visible: !page.choosing && !page.done && page.step !== ConsentViewModel.Interviewer
            enabled: page.viewModel.canGoOn
            text: qsTr("Continue")
            onClicked: page.viewModel.next()
        },
        PrimaryButton {
            objectName: "sign"
            visible: page.step === ConsentViewModel.Interviewer
            enabled: page.viewModel.interviewerStrokes.length > 0 && !page.viewModel.busy
            text: qsTr("Sign and keep")
            onClicked: page.viewModel.sign()
        },
        PrimaryButton {
            objectName: "finish"
            visible: page.done
            text: qsTr("Done")
            onClicked: page.viewModel.finish()
        },
        SecondaryButton {
            objectName: "decline"
            visible: !page.done && page.step !== ConsentViewModel.Loading
            text: qsTr("I do not want to take part")
            onClicked: declineSheet.open()
        }
    ]

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Connections {
        target: page.viewModel

        // Every section begins at its top.
        function onChanged() {
            page.flickable.contentY = 0;
        }
    }
    ConfirmSheet {
        id: declineSheet

        title: qsTr("You do not want to take part")
        text: qsTr("That is fine, and nobody asks why. Nothing that was answered here is kept.")
        confirmText: qsTr("I do not take part")
        cancelText: qsTr("Back to the form")
        onConfirmed: page.viewModel.decline()
    }

    Banner {
        visible: page.viewModel.renewal && page.choosing
        text: qsTr("A new version of the form is in force. What was signed before stays as it was.")
    }
    Chip {
        visible: text !== "" && !page.choosing && !page.done
        text: page.readers[page.viewModel.signedBy] ?? ""
    }
    ConsentChoices {
        viewModel: page.viewModel
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Read

        Heading {
            visible: page.viewModel.index === 0
            text: page.viewModel.title
        }
        Title {
            text: page.viewModel.heading
        }
        Reading {
            text: page.viewModel.text
            textFormat: Text.MarkdownText
        }
        QuietButton {
            objectName: "askMannerHere"
            visible: page.viewModel.index === 0
            text: qsTr("On paper, or by voice")
            onClicked: page.viewModel.askManner()
        }
    }
    StepColumn {
        shown: page.explaining

        Caption {
            text: qsTr("To see whether the text is clear. There is nothing to lose here.")
        }
        Reading {
            text: page.viewModel.text
        }
        Repeater {
            model: page.explaining ? page.viewModel.options : []

            delegate: ChoiceRow {
                required property var modelData

                objectName: "option-" + modelData.id
                text: modelData.text
                selected: modelData.chosen
                onChosen: page.viewModel.answerQuestion(modelData.id)
            }
        }
        Banner {
            visible: page.viewModel.toExplain
            text: qsTr("The text did not make this clear enough. Look at it once more together, then choose again or go on.")
        }
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Item
        spacing: Theme.wide

        Reading {
            text: page.viewModel.text
        }
        YesNoRow {
            objectName: "answer"
            text: ""
            answer: page.viewModel.answer
            onAnswered: answer => page.viewModel.answerItem(answer === "yes")
        }
        Caption {
            visible: page.viewModel.required
            text: qsTr("Without a yes here there is no interview. That is fine too.")
        }
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Summary

        Title {
            text: page.viewModel.takesPart ? qsTr("Your choices") : qsTr("You do not take part")
        }
        Repeater {
            model: page.step === ConsentViewModel.Summary ? page.viewModel.summary : []

            delegate: Card {
                id: choice

                required property var modelData

                Reading {
                    text: choice.modelData.text
                }
                Chip {
                    text: choice.modelData.yes ? qsTr("Yes") : qsTr("No")
                    iconName: choice.modelData.yes ? "check" : "close"
                    tone: choice.modelData.yes ? "good" : ""
                }
            }
        }
        TakingBackNotice {
            visible: page.viewModel.takesPart
        }
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Participant || page.step === ConsentViewModel.Picture || page.step === ConsentViewModel.Statement

        onEntered: signatoryField.text = page.viewModel.signatory

        TextInputField {
            id: signatoryField

            objectName: "signatory"
            visible: page.viewModel.signedBy === "parent" || page.viewModel.signedBy === "representative"
            label: qsTr("Name of who signs")
            sensitive: true
            onEdited: text => page.viewModel.enterSignatory(text)
        }
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Participant

        SignaturePad {
            objectName: "pad"
            label: qsTr("Your signature")
            strokes: page.viewModel.participantStrokes
            onEdited: page.viewModel.keepParticipantStrokes(strokes)
        }
        SwitchRow {
            objectName: "mark"
            text: qsTr("This is a mark, and a witness is here")
            on: page.viewModel.mark
            onSwitched: on => page.viewModel.setMark(on)
        }
    }
    ConsentProof {
        viewModel: page.viewModel
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Interviewer

        Reading {
            text: page.viewModel.kind === "paper" ? qsTr("Now the interviewer signs: I explained the study, answered the questions, and this is the paper that was signed.") : page.viewModel.kind === "oral" ? qsTr("Now the interviewer signs: I read the text aloud, answered the questions, and heard these answers.") : qsTr("Now the interviewer signs: I explained the study, answered the questions, and saw the signature.")
        }
        SignaturePad {
            objectName: "pad"
            label: qsTr("Signature of the interviewer")
            hint: ""
            strokes: page.viewModel.interviewerStrokes
            onEdited: page.viewModel.keepInterviewerStrokes(strokes)
        }
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Done

        Title {
            text: page.viewModel.takesPart ? qsTr("Thank you") : qsTr("Thank you for your time")
        }
        Reading {
            text: page.viewModel.takesPart ? qsTr("Your choices are kept with your signature, sealed on this tablet. You can change your mind at any time.") : qsTr("There will be no interview.")
        }
        CopyCard {
            visible: page.viewModel.copy !== null
            viewModel: page.viewModel.copy
        }
        Body {
            text: qsTr("Please hand the tablet back to the interviewer.")
        }
    }
}
