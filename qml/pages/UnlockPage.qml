// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// The locked tablet: a passphrase, a countdown after too many wrong ones, and support. It shows no name.
PageFrame {
    id: page

    required property TabletApp app
    required property UnlockViewModel viewModel

    function unlock() {
        const typed = passphraseField.text;
        passphraseField.clear();
        page.viewModel.unlock(personField.text, typed);
    }

    title: "Sotto"
    canGoBack: false
    actions: SupportButton {
        support: page.app.support
    }

    Title {
        text: qsTr("This tablet is locked")
    }
    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    CountdownText {
        visible: page.viewModel.delaySeconds > 0
        seconds: page.viewModel.delaySeconds
    }
    PassphraseField {
        id: passphraseField

        objectName: "passphrase"
        focus: true
        label: qsTr("Your passphrase")
        enabled: !page.viewModel.busy && page.viewModel.delaySeconds === 0
        onAccepted: page.unlock()
    }
    TextInputField {
        id: personField

        objectName: "name"
        label: qsTr("Your name on this tablet")
        hint: qsTr("Only needed if several people share it; it makes unlocking faster.")
        sensitive: true
        onAccepted: page.unlock()
    }
    PrimaryButton {
        objectName: "unlock"
        text: page.viewModel.busy ? qsTr("Unlocking …") : qsTr("Unlock")
        enabled: !page.viewModel.busy && page.viewModel.delaySeconds === 0
        onClicked: page.unlock()
    }
}
