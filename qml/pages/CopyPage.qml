// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// The copy that was owed, or one more.
PageFrame {
    id: page

    required property TabletApp app
    required property CopyViewModel viewModel

    title: qsTr("Copy of the consent")
    onBack: page.viewModel.finish()
    actions: SupportButton {
        support: page.app.support
    }
    footer: PrimaryButton {
        objectName: "finish"
        text: qsTr("Done")
        onClicked: page.viewModel.finish()
    }

    Body {
        visible: page.viewModel.state === CopyViewModel.None
        text: qsTr("Nothing was signed yet.")
    }
    CopyCard {
        visible: page.viewModel.state !== CopyViewModel.Loading && page.viewModel.state !== CopyViewModel.None
        viewModel: page.viewModel
    }
}
