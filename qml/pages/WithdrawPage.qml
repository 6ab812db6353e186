// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Somebody takes taking part back: who it is, what they want, and what was done. No reason is asked, nothing is hurried.
PageFrame {
    id: page

    required property TabletApp app
    required property WithdrawViewModel viewModel
    readonly property bool choosing: page.viewModel.state === WithdrawViewModel.Choosing

    title: qsTr("Taking back")
    subtitle: page.viewModel.pseudonym
    onBack: page.viewModel.leave()
    actions: SupportButton {
        support: page.app.support
    }
    footer: PrimaryButton {
        objectName: "withdrawn"
        visible: page.viewModel.state === WithdrawViewModel.Done
        text: qsTr("Done")
        onClicked: page.viewModel.leave()
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Body {
        visible: page.viewModel.state === WithdrawViewModel.Opening || page.viewModel.state === WithdrawViewModel.Working
        text: page.viewModel.state === WithdrawViewModel.Working ? qsTr("One moment. Keys are being changed; please leave the tablet on.") : qsTr("One moment …")
    }
    WithdrawSearch {
        visible: page.viewModel.state === WithdrawViewModel.Finding
        app: page.app
        viewModel: page.viewModel
    }
    Card {
        visible: page.choosing
        title: page.viewModel.fromInterview ? qsTr("The recording has stopped") : qsTr("What it means")

        Body {
            visible: page.viewModel.fromInterview
            text: qsTr("Nothing is decided yet, and nobody has to decide now.")
        }
        Body {
            visible: page.viewModel.currentText !== ""
            text: page.viewModel.currentText
        }
        Repeater {
            model: page.viewModel.meanings

            delegate: Body {
                required property string modelData

                text: modelData
            }
        }
    }
    Heading {
        visible: page.choosing
        text: qsTr("What do they want?")
    }
    ListRow {
        objectName: "wishStop"
        visible: page.choosing
        iconName: "stop"
        title: qsTr("Stop, and keep what was told")
        subtitle: qsTr("Nothing more is asked. What was told up to here is used as they agreed.")
        onClicked: stopSheet.open()
    }
    ListRow {
        objectName: "wishLater"
        visible: page.choosing
        iconName: "lock"
        title: qsTr("Decide later")
        subtitle: qsTr("Everything is locked. Nothing is sent, heard or erased before they decide.")
        onClicked: laterSheet.open()
    }
    ListRow {
        objectName: "wishSound"
        visible: page.choosing && page.viewModel.canErase
        iconName: "microphone-off"
        title: qsTr("Stop, and erase the sound")
        subtitle: qsTr("What was noted stays.")
        onClicked: soundSheet.open()
    }
    ListRow {
        objectName: "wishErase"
        visible: page.choosing && page.viewModel.canErase
        iconName: "clear"
        title: qsTr("Stop, and erase everything")
        subtitle: qsTr("Interviews, answers, name and consent.")
        onClicked: eraseSheet.open()
    }
    Body {
        visible: page.choosing && !page.viewModel.canErase
        text: qsTr("To erase, somebody unlocks who has been let into everything. Choose “Decide later” until then: nothing leaves.")
    }
    QuietButton {
        objectName: "goOn"
        visible: page.choosing && page.viewModel.canGoOn
        text: page.viewModel.fromInterview ? qsTr("Go on with the interview after all") : qsTr("They take part again")
        onClicked: page.viewModel.goOn()
    }
    Card {
        visible: page.viewModel.state === WithdrawViewModel.Done
        title: qsTr("It is done as they wished")

        Body {
            objectName: "doneText"
            text: page.viewModel.doneText
        }
    }
    ConfirmSheet {
        id: stopSheet

        title: qsTr("Stop, and keep what was told?")
        text: qsTr("They can still have it erased later, as long as it is on this tablet or at the lab.")
        confirmText: qsTr("Stop")
        onConfirmed: page.viewModel.stop()
    }
    ConfirmSheet {
        id: soundSheet

        title: qsTr("Erase the sound?")
        text: qsTr("The sound of all their interviews is destroyed. It cannot be brought back.")
        confirmText: qsTr("Erase the sound")
        danger: true
        onConfirmed: page.viewModel.eraseSound()
    }
    ConfirmSheet {
        id: eraseSheet

        title: qsTr("Erase everything?")
        text: qsTr("Interviews, answers, name and consent are destroyed. It cannot be brought back.")
        confirmText: qsTr("Erase everything")
        danger: true
        onConfirmed: page.viewModel.erase()
    }
    Sheet {
        id: laterSheet

        title: qsTr("When shall they be asked?")

        Body {
            text: qsTr("Nobody asks before. If no answer comes, everything stays locked: nothing is erased or sent without a decision.")
        }
        Repeater {
            model: [7, 14, 30]

            delegate: SecondaryButton {
                required property int modelData

                objectName: "later-" + modelData
                text: modelData === 7 ? qsTr("In a week") : modelData === 14 ? qsTr("In two weeks") : qsTr("In a month")
                onClicked: {
                    laterSheet.close();
                    page.viewModel.decideLater(modelData);
                }
            }
        }
    }
}
