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
    readonly property bool signing: step === ConsentViewModel.Participant || step === ConsentViewModel.Interviewer

    title: qsTr("Consent")
    subtitle: reading ? qsTr("Part %1 of %2").arg(page.viewModel.index + 1).arg(page.viewModel.count) : asking ? qsTr("Question %1 of %2").arg(page.viewModel.index + 1).arg(page.viewModel.count) : ""
    canGoBack: !page.done
    onBack: page.viewModel.back()
    actions: SupportButton {
        support: page.app.support
    }
    footer: [
        PrimaryButton {
            objectName: "next"
            visible: page.reading || page.asking || page.step === ConsentViewModel.Summary || page.step === ConsentViewModel.Participant
            enabled: page.asking ? page.viewModel.answer !== "" : page.step === ConsentViewModel.Participant ? page.viewModel.participantStrokes.length > 0 : true
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

    StepColumn {
        shown: page.step === ConsentViewModel.Language

        Title {
            text: "Langue · Language"
        }
        Repeater {
            model: page.step === ConsentViewModel.Language ? page.viewModel.languages : []

            delegate: SecondaryButton {
                required property var modelData

                objectName: "language-" + modelData.code
                text: modelData.name
                onClicked: page.viewModel.chooseLanguage(modelData.code)
            }
        }
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
    SignaturePad {
        visible: page.step === ConsentViewModel.Participant
        objectName: "pad"
        label: qsTr("Your signature")
        strokes: page.viewModel.participantStrokes
        onEdited: page.viewModel.keepParticipantStrokes(strokes)
    }
    StepColumn {
        shown: page.step === ConsentViewModel.Interviewer

        Reading {
            text: qsTr("Now the interviewer signs: I explained the study, answered the questions, and saw the signature.")
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
        Body {
            text: qsTr("Please hand the tablet back to the interviewer.")
        }
    }
}
