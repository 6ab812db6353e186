// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Whose study it is: the words of the lab's key, to be compared. From here on every update must bear this key.
StepColumn {
    id: step

    required property FirstStartViewModel viewModel

    Title {
        text: step.viewModel.studyTitle
    }
    Body {
        text: step.viewModel.practice ? qsTr("This study is for practice: what you record with it is marked as practice and never mixed with real interviews. Its key was made on this tablet, so there is nobody to compare these words with.") : qsTr("Compare these words with those that the lab gave you, by telephone or on paper. If one differs, do not go on.")
    }
    Card {
        Layout.fillWidth: true

        Heading {
            text: step.viewModel.fingerprint
            font.family: Theme.fixedFamily
        }
    }
    PrimaryButton {
        objectName: "create"
        text: step.viewModel.practice ? qsTr("Set up the tablet") : qsTr("The words are the same")
        enabled: !step.viewModel.busy
        onClicked: step.viewModel.create()
    }
    Body {
        visible: step.viewModel.busy
        text: qsTr("The tablet is being set up. This takes some seconds, because your passphrase is made hard to guess.")
    }
}
