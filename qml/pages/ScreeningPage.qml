// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Screening, read aloud by the interviewer on the telephone or across a table. Kind words at the end, never a score.
// Unbound: a Loader of Qt 6.4 does not make bound components, so what is inside looks up its ids by name.
PageFrame {
    id: page

    required property TabletApp app
    required property ScreeningViewModel viewModel
    readonly property int step: page.viewModel.step
    readonly property bool asking: step === ScreeningViewModel.Form && page.viewModel.form !== null
    readonly property bool saying: step === ScreeningViewModel.Fits || step === ScreeningViewModel.NotNow

    title: qsTr("Does the study suit them?")
    subtitle: page.viewModel.progress !== "" ? page.viewModel.pseudonym + ". " + page.viewModel.progress : page.viewModel.pseudonym
    canGoBack: !page.viewModel.busy
    onBack: {
        if (page.asking)
            page.viewModel.form.back();
        else
            page.viewModel.leave();
    }
    actions: SupportButton {
        support: page.app.support
    }
    footer: [
        Loader {
            Layout.fillWidth: true
            active: page.asking
            visible: active
            sourceComponent: FormKeys {
                form: page.viewModel.form // qmllint disable unqualified
                finishText: qsTr("Continue")
            }
        },
        PrimaryButton {
            objectName: "agreeTelephone"
            visible: page.step === ScreeningViewModel.Ask
            enabled: !page.viewModel.busy
            iconName: "phone"
            text: qsTr("They said yes, on the telephone")
            onClicked: page.viewModel.agree("telephone")
        },
        SecondaryButton {
            objectName: "agreeInPerson"
            visible: page.step === ScreeningViewModel.Ask
            enabled: !page.viewModel.busy
            text: qsTr("They said yes, face to face")
            onClicked: page.viewModel.agree("in-person")
        },
        QuietButton {
            objectName: "ratherNot"
            visible: page.step === ScreeningViewModel.Ask
            enabled: !page.viewModel.busy
            text: qsTr("They would rather not be asked")
            onClicked: declineSheet.open()
        },
        PrimaryButton {
            objectName: "lookAgain"
            visible: page.step === ScreeningViewModel.Missing
            text: qsTr("Go through the questions again")
            onClicked: page.viewModel.lookAgain()
        },
        PrimaryButton {
            objectName: "settle"
            visible: page.saying
            enabled: page.viewModel.supported && !page.viewModel.busy
            text: page.step === ScreeningViewModel.Fits ? qsTr("I told them") : qsTr("I told them: erase their answers")
            onClicked: page.viewModel.settle()
        },
        PrimaryButton {
            objectName: "wiped"
            visible: page.step === ScreeningViewModel.Wiped
            text: qsTr("Done")
            onClicked: page.viewModel.settle()
        }
    ]

    Connections {
        target: page.viewModel.form

        // Every question begins at its top.
        function onStepChanged() {
            page.flickable.contentY = 0;
        }
    }
    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    ScreeningAlerts {
        viewModel: page.viewModel
        support: page.app.support
    }
    StepColumn {
        shown: page.step === ScreeningViewModel.Ask

        SegmentedChoice {
            visible: page.viewModel.languages.length > 1
            label: qsTr("Language")
            options: page.step === ScreeningViewModel.Ask ? page.viewModel.languages : []
            value: page.viewModel.language
            onChosen: value => page.viewModel.chooseLanguage(value)
        }
        Caption {
            text: qsTr("Read this to them first:")
        }
        Reading {
            objectName: "askFirst"
            text: page.viewModel.askFirst
        }
    }
    Loader {
        Layout.fillWidth: true
        active: page.asking
        visible: active
        sourceComponent: FormItems {
            form: page.viewModel.form // qmllint disable unqualified
        }
    }
    StepColumn {
        shown: page.step === ScreeningViewModel.Missing

        Title {
            text: qsTr("An answer that decides is missing")
        }
        Body {
            text: qsTr("Everything that was answered is kept. You can also leave and go on in another call.")
        }
    }
    StepColumn {
        shown: page.saying

        Caption {
            text: qsTr("Say this to them:")
        }
        Reading {
            objectName: "outcome"
            text: page.viewModel.words
        }
        Body {
            visible: page.viewModel.reason !== ""
            text: qsTr("For the team: %1").arg(page.viewModel.reason)
        }
        Body {
            visible: page.step === ScreeningViewModel.NotNow
            text: qsTr("Name, contacts and answers are erased then. Only the count and this reason stay.")
        }
        ListRow {
            objectName: "exception"
            visible: page.viewModel.approver !== ""
            title: qsTr("An exception was approved")
            subtitle: qsTr("By %1").arg(page.viewModel.approver)
            onClicked: exceptionSheet.open()
        }
    }
    ProgressRow {
        visible: page.viewModel.busy && page.step === ScreeningViewModel.NotNow
        text: qsTr("Erasing this person")
        progress: -1
    }
    StepColumn {
        shown: page.step === ScreeningViewModel.Wiped

        Title {
            text: qsTr("They are erased")
        }
        Body {
            text: qsTr("Nothing that they said is on this tablet any more. The count stays.")
        }
    }
    ConfirmSheet {
        id: declineSheet

        title: qsTr("They would rather not be asked")
        text: qsTr("Name and contacts are erased from this tablet. Only the count stays.")
        confirmText: qsTr("Erase")
        cancelText: qsTr("Not now")
        danger: true
        onConfirmed: page.viewModel.decline()
    }
    Sheet {
        id: exceptionSheet

        title: qsTr("An exception was approved")
        onOpenedChanged: if (opened) nameField.clear()

        TextInputField {
            id: nameField

            objectName: "approvedBy"
            sensitive: true
            label: qsTr("Name of the person who approved it")
            hint: qsTr("May approve: %1").arg(page.viewModel.approver)
        }
        footer: PrimaryButton {
            objectName: "keepException"
            text: qsTr("Keep")
            enabled: nameField.text.trim() !== ""
            onClicked: {
                exceptionSheet.close();
                page.viewModel.approve(nameField.text);
            }
        }
    }
}
