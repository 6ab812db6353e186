// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The participant's turn: one form, in their language, in large type, read aloud on request. The interviewer comes back
// with the session PIN; nothing else leads out of here.
// Unbound: a Loader of Qt 6.4 does not make bound components, so what is inside looks up its ids by name.
PageFrame {
    id: page

    required property TabletApp app
    required property ParticipantViewModel viewModel
    readonly property FormViewModel form: page.viewModel.task.form
    readonly property int step: page.viewModel.step
    readonly property bool filling: page.step === ParticipantViewModel.Task && page.form !== null

    title: page.viewModel.task.title
    canGoBack: page.step === ParticipantViewModel.Prepare || page.filling
    onBack: page.filling ? page.form.back() : page.viewModel.cancel()
    actions: [
        IconButton {
            objectName: "readAloud"
            visible: page.viewModel.canSpeak
            iconName: "play"
            text: qsTr("Read aloud")
            onClicked: page.viewModel.readAloud()
        },
        IconButton {
            objectName: "askBack"
            visible: page.step !== ParticipantViewModel.Prepare && page.step !== ParticipantViewModel.Return
            iconName: "lock"
            text: qsTr("Back to the interviewer")
            onClicked: page.viewModel.askBack()
        },
        SupportButton {
            support: page.app.support
        }
    ]
    footer: Loader {
        Layout.fillWidth: true
        active: page.filling
        visible: active
        sourceComponent: FormKeys {
            form: page.form // qmllint disable unqualified
        }
    }

    Connections {
        target: page.form

        function onStepChanged() {
            page.flickable.contentY = 0;
        }
    }
    Banner {
        visible: page.viewModel.task.error !== ""
        kind: "warning"
        text: page.viewModel.task.error
    }
    Banner {
        visible: page.viewModel.voiceMissing
        kind: "info"
        text: qsTr("This tablet has no voice for this language. Ask to have the question read to you.")
    }
    HandOverStart {
        shown: page.step === ParticipantViewModel.Prepare
        viewModel: page.viewModel
    }
    StepColumn {
        shown: page.step === ParticipantViewModel.Language

        Title {
            text: "Langue · Language"
        }
        Repeater {
            model: page.step === ParticipantViewModel.Language ? page.viewModel.languages : []

            delegate: SecondaryButton {
                required property var modelData

                objectName: "language-" + modelData.code
                text: modelData.name
                onClicked: page.viewModel.chooseLanguage(modelData.code) // qmllint disable unqualified
            }
        }
    }
    Loader {
        Layout.fillWidth: true
        active: page.filling
        visible: active
        sourceComponent: FormItems {
            form: page.form // qmllint disable unqualified
        }
    }
    StepColumn {
        shown: page.step === ParticipantViewModel.Thanks

        Title {
            text: qsTr("Thank you")
        }
        Reading {
            text: qsTr("Your answers are kept, sealed on this tablet.")
        }
        Body {
            text: qsTr("Please hand the tablet back to the interviewer.")
        }
        PrimaryButton {
            objectName: "handBack"
            text: qsTr("Hand it back")
            onClicked: page.viewModel.askBack()
        }
    }
    HandOverReturn {
        shown: page.step === ParticipantViewModel.Return
        app: page.app
        viewModel: page.viewModel
    }
}
