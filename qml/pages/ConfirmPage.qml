// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// Some time has passed since the signature: one touch says that it is still fine, and stopping is as near.
PageFrame {
    id: page

    required property TabletApp app
    required property ConfirmViewModel viewModel

    title: qsTr("Before you go on")
    onBack: page.viewModel.leave()
    actions: SupportButton {
        support: page.app.support
    }
    footer: [
        PrimaryButton {
            objectName: "stillFine"
            text: qsTr("It is still fine")
            onClicked: page.viewModel.stillFine()
        },
        SecondaryButton {
            objectName: "notToday"
            text: qsTr("Stop here")
            onClicked: page.viewModel.stop()
        }
    ]

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Title {
        text: qsTr("Is it still fine to go on?")
    }
    Reading {
        text: qsTr("You agreed to this some time ago, and you may have changed your mind. You can stop now, at any time later, or leave a question out. Nobody asks why.")
    }
}
