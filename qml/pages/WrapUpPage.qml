// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Wrap-up: everything is optional but the last key.
PageFrame {
    id: page

    required property TabletApp app
    required property WrapUpViewModel viewModel
    readonly property bool open: page.viewModel.state === WrapUpViewModel.Open
    readonly property bool sealed: page.viewModel.state === WrapUpViewModel.Sealed

    // The form goes when sealing begins: a layout that is only hidden must not lose its rows (Qt 6.4).
    function showForm() {
        if (page.open)
            form.setSource("WrapUpForm.qml", {
                viewModel: page.viewModel
            });
        else
            form.source = "";
    }

    onOpenChanged: page.showForm()
    Component.onCompleted: page.showForm()
    title: page.sealed ? qsTr("Sealed") : qsTr("Wrap up")
    subtitle: page.viewModel.hasAudio ? qsTr("%1 recorded").arg(page.viewModel.durationText) : qsTr("Notes only")
    canGoBack: page.open
    onBack: page.viewModel.finish()
    actions: SupportButton {
        support: page.app.support
    }
    footer: [
        PrimaryButton {
            objectName: "seal"
            visible: page.open || page.viewModel.state === WrapUpViewModel.Failed
            iconName: "lock"
            text: qsTr("Seal the interview")
            onClicked: sealSheet.open()
        },
        PrimaryButton {
            objectName: "finish"
            visible: page.sealed
            text: qsTr("Done")
            onClicked: page.viewModel.finish()
        },
        QuietButton {
            objectName: "goOn"
            visible: page.open
            text: qsTr("Go on with the interview after all")
            onClicked: page.viewModel.goOn()
        }
    ]

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    ProgressRow {
        visible: page.viewModel.state === WrapUpViewModel.Sealing
        text: qsTr("Sealing the interview")
        detail: qsTr("It is encrypted for the lab. You may leave the tablet lying.")
        progress: -1
    }
    Banner {
        visible: page.sealed
        kind: "good"
        title: qsTr("The interview is sealed")
        text: qsTr("It waits in the outbox. Only the lab can open it.")
    }
    SupportReminder {
        visible: page.open && done.length > 0
        support: page.app.support
        done: page.viewModel.support
    }
    FormsCard {
        visible: page.open && page.viewModel.forms.rows.length > 0
        viewModel: page.viewModel.forms
    }
    Loader {
        id: form

        Layout.fillWidth: true
        visible: page.open
    }
    ConfirmSheet {
        id: sealSheet

        title: qsTr("Seal the interview?")
        text: qsTr("Afterwards nothing can be added to the recording. Field notes can still be written.")
        confirmText: qsTr("Seal")
        cancelText: qsTr("Not yet")
        onConfirmed: page.viewModel.seal()
    }
}
