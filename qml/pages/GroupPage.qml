// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// One group: who is in it, who has still to sign, who is here today, and the one next step.
PageFrame {
    id: page

    required property TabletApp app
    required property GroupViewModel viewModel
    readonly property int next: page.viewModel.next
    readonly property bool begins: next === GroupViewModel.Begin

    title: page.viewModel.name
    subtitle: qsTr("Group")
    onBack: page.app.goHome()
    actions: [
        IconButton {
            objectName: "lock"
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: page.app.lock()
        },
        SupportButton {
            support: page.app.support
        }
    ]
    footer: PrimaryButton {
        objectName: "next"
        visible: page.next !== GroupViewModel.Nothing
        enabled: page.viewModel.canTakeNext
        text: page.begins ? qsTr("Begin the interview") : page.next === GroupViewModel.GoOn ? qsTr("Go on with the interview") : page.next === GroupViewModel.WrapUp ? qsTr("Wrap up") : qsTr("Send")
        onClicked: page.viewModel.takeNextStep()
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Chip {
        text: page.viewModel.stateText
        tone: page.viewModel.tone
    }
    Body {
        visible: text !== ""
        text: page.viewModel.missingText
    }
    Card {
        objectName: "refusal"
        visible: page.begins && page.viewModel.refusalText !== ""
        title: page.viewModel.refusalText

        ChoiceRow {
            objectName: "notesOnly"
            visible: page.viewModel.mayBeNotesOnly
            text: qsTr("Notes only, for everybody")
            detail: qsTr("Nobody is recorded today.")
            selected: page.viewModel.notesOnly
            onChosen: page.viewModel.setNotesOnly(!page.viewModel.notesOnly)
        }
        SecondaryButton {
            objectName: "apart"
            visible: page.viewModel.mayHearApart
            text: qsTr("Hear them apart, another time")
            onClicked: page.viewModel.hearApart()
        }
    }
    Card {
        title: qsTr("Who is in it")

        Repeater {
            model: page.viewModel.members

            delegate: GroupMemberRow {
                required property var modelData

                member: modelData
                choosing: page.begins
                onOpened: page.viewModel.openMember(modelData.participant)
                onHereChosen: here => page.viewModel.setHere(modelData.participant, here)
            }
        }
        SecondaryButton {
            objectName: "changeMembers"
            visible: page.begins
            text: qsTr("Who else is in it")
            onClicked: membersSheet.open()
        }
    }
    Caption {
        text: qsTr("Touch who speaks during the interview. If one of them takes it back later, what was touched as theirs goes; what several said at once can't be told apart and stays.")
    }
    SecondaryButton {
        objectName: "listen"
        visible: page.viewModel.canListen
        iconName: "play"
        text: qsTr("Listen to the recording")
        onClicked: page.viewModel.listen()
    }
    SecondaryButton {
        visible: page.viewModel.canBeginAgain
        text: qsTr("Begin another interview")
        onClicked: page.viewModel.beginAgain()
    }
    Sheet {
        id: membersSheet

        title: qsTr("Who is in it")

        Repeater {
            model: membersSheet.opened ? page.viewModel.members : []

            delegate: ChoiceRow {
                required property var modelData

                several: true
                selected: true
                text: modelData.pseudonym
                detail: modelData.roleName
                onChosen: page.viewModel.remove(modelData.participant)
            }
        }
        Repeater {
            model: membersSheet.opened ? page.viewModel.candidates : []

            delegate: ChoiceRow {
                required property var modelData

                several: true
                text: modelData.pseudonym
                detail: modelData.text
                onChosen: page.viewModel.add(modelData.participant)
            }
        }
    }
}
