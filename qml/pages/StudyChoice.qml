// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Which study the tablet is for: the one to practise with, or a file from the lab.
StepColumn {
    id: step

    required property FirstStartViewModel viewModel

    Title {
        text: qsTr("Which study?")
    }
    Body {
        text: qsTr("A tablet serves one study. Begin with the practice study if you want to get to know Sotto.")
    }
    PrimaryButton {
        objectName: "practice"
        text: qsTr("Take the practice study")
        enabled: !step.viewModel.busy
        onClicked: step.viewModel.takePracticeStudy()
    }
    Card {
        Layout.fillWidth: true

        Title {
            text: qsTr("A study from your lab")
        }
        Body {
            text: qsTr("The lab gives you a file that ends in .sottostudy. Copy it to the tablet or plug in the stick, then choose it.")
        }
        SecondaryButton {
            objectName: "chooseStudy"
            iconName: "search"
            text: qsTr("Choose the file")
            enabled: !step.viewModel.busy
            onClicked: chooser.choose()
        }
        TextInputField {
            id: pathField

            objectName: "path"
            label: qsTr("Or type where the file is")
            placeholder: "/media/…"
            inputHints: Qt.ImhNoAutoUppercase | Qt.ImhUrlCharactersOnly
            onAccepted: importButton.clicked()
        }
        SecondaryButton {
            id: importButton

            objectName: "import"
            text: qsTr("Open this study")
            enabled: pathField.text !== "" && !step.viewModel.busy
            onClicked: step.viewModel.importStudy(pathField.text)
        }
    }
    FileChooser {
        id: chooser

        title: qsTr("Choose the study's file")
        suffix: ".sottostudy"
        onChosen: path => step.viewModel.importStudy(path)
    }
}
