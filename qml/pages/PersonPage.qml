// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// One person: where they stand, the one next step below, how to reach them, and everything else in quiet rows.
PageFrame {
    id: page

    required property TabletApp app
    required property PersonViewModel viewModel

    title: page.viewModel.pseudonym
    subtitle: page.viewModel.pairText !== "" ? page.viewModel.roleName + ". " + page.viewModel.pairText : page.viewModel.roleName
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
        visible: text !== "" && !page.viewModel.wiping
        text: page.viewModel.nextText
        onClicked: page.viewModel.takeNextStep()
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    ProgressRow {
        visible: page.viewModel.wiping
        text: qsTr("Erasing this person")
        progress: -1
    }
    Chip {
        text: page.viewModel.stateText
        tone: page.viewModel.tone
    }
    Body {
        visible: page.viewModel.nextHint !== ""
        text: page.viewModel.nextHint
    }
    ContactCard {
        visible: page.viewModel.readsIdentities
        viewModel: page.viewModel
        onWanted: contactSheet.open()
    }
    NominateCard {
        viewModel: page.viewModel.nominate
    }
    Card {
        visible: page.viewModel.canListen
        title: qsTr("After the interview")

        SecondaryButton {
            objectName: "lateNote"
            iconName: "note"
            text: qsTr("Add a field note")
            onClicked: noteSheet.open()
        }
        Repeater {
            model: page.viewModel.lateNotes

            delegate: Body {
                required property var modelData

                text: modelData.leaves ? qsTr("%1: %2").arg(modelData.when).arg(modelData.text) : qsTr("%1: %2 (stays on this tablet: the interview was sealed before)").arg(modelData.when).arg(modelData.text)
            }
        }
        SecondaryButton {
            objectName: "listen"
            iconName: "play"
            text: qsTr("Listen to the recording")
            onClicked: page.viewModel.listen()
        }
    }
    HomeVisitCard {
        visit: page.app.visit
        support: page.app.support
    }
    FormsCard {
        viewModel: page.viewModel.forms
    }
    ListRow {
        objectName: "beginAgain"
        visible: page.viewModel.canBeginAgain
        iconName: "microphone"
        title: qsTr("Begin another interview")
        onClicked: page.viewModel.beginAgain()
    }
    ListRow {
        objectName: "consentAgain"
        visible: page.viewModel.takesPart
        iconName: "pen"
        title: qsTr("Take consent again")
        onClicked: page.viewModel.takeConsentAgain()
    }
    ListRow {
        objectName: "openCopy"
        visible: page.viewModel.takesPart
        iconName: "note"
        title: qsTr("Copy of the consent")
        onClicked: page.viewModel.openCopy()
    }
    ListRow {
        objectName: "declines"
        visible: page.viewModel.mayDecline && !page.viewModel.wiping
        iconName: "close"
        title: qsTr("They would rather not take part")
        onClicked: declineSheet.open()
    }
    ConfirmSheet {
        id: declineSheet

        title: qsTr("They would rather not take part")
        text: qsTr("Name, contacts and answers are erased from this tablet. Only the count stays. This may take a moment.")
        confirmText: qsTr("Erase")
        cancelText: qsTr("Not now")
        danger: true
        onConfirmed: page.viewModel.decline()
    }
    ListRow {
        objectName: "takeBack"
        iconName: "undo"
        title: qsTr("They want to take back")
        onClicked: page.app.openWithdrawal()
    }
    ContactSheet {
        id: contactSheet

        viewModel: page.viewModel
    }
    Sheet {
        id: noteSheet

        title: qsTr("Field note")

        TextAreaField {
            id: noteField

            objectName: "noteText"
            label: qsTr("What you noticed")
            sensitive: true
        }
        footer: PrimaryButton {
            objectName: "saveNote"
            text: qsTr("Keep the note")
            enabled: noteField.text.trim() !== ""
            onClicked: {
                page.viewModel.addLateNote(noteField.text);
                noteField.clear();
                noteSheet.close();
            }
        }
    }
}
