// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Home: who is next, everybody and where each stands, what waits to be sent, how the tablet is doing.
PageFrame {
    id: page

    required property TabletApp app
    required property HomeViewModel viewModel

    title: "Sotto"
    canGoBack: false
    actions: [
        IconButton {
            objectName: "lock"
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: page.app.lock()
        },
        IconButton {
            objectName: "settings"
            iconName: "settings"
            text: qsTr("Settings")
            onClicked: page.app.openSettings()
        },
        SupportButton {
            support: page.app.support
        }
    ]
    footer: PrimaryButton {
        objectName: "add"
        visible: page.viewModel.readsSessions
        iconName: "plus"
        text: qsTr("New person")
        onClicked: newPerson.open()
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Body {
        text: page.viewModel.studyTitle
    }
    Chip {
        visible: page.viewModel.practice
        text: qsTr("Practice: nothing here is a real interview")
    }
    DeviceBanner {
        device: page.app.device
    }
    CopiesOwedCard {
        viewModel: page.app.copiesOwed
    }
    TextInputField {
        id: searchField

        objectName: "search"
        visible: page.viewModel.readsSessions && !page.viewModel.empty
        label: qsTr("Search people and notes")
        sensitive: true
        onEdited: text => page.viewModel.search(text)
    }
    Body {
        visible: page.viewModel.loading
        text: qsTr("One moment …")
    }
    Card {
        visible: !page.viewModel.loading && page.viewModel.empty && page.viewModel.readsSessions

        Title {
            text: qsTr("Nobody is here yet")
        }
        Body {
            text: qsTr("Add the first person. You then take their consent on the glass and begin the interview.")
        }
    }
    Card {
        visible: !page.viewModel.readsSessions && !page.viewModel.loading

        Title {
            text: qsTr("You deliver for this tablet")
        }
        Body {
            text: qsTr("What people said is not open to you. The outbox shows what waits to be sent.")
        }
    }
    Repeater {
        model: page.viewModel.people

        delegate: ListRow {
            required property string participant
            required property string pseudonym
            required property string roleName
            required property string stateText
            required property string tone
            required property string nextText
            required property bool isPaired

            title: pseudonym
            subtitle: roleName
            iconName: isPaired ? "pair" : "person"
            status: stateText
            statusTone: tone
            onClicked: page.viewModel.open(participant)
        }
    }
    QuietButton {
        objectName: "morePeople"
        visible: page.viewModel.morePeople > 0
        text: qsTr("Show more (%n not shown)", "", page.viewModel.morePeople)
        onClicked: page.viewModel.showMorePeople()
    }
    Repeater {
        model: page.viewModel.foundNotes

        delegate: ListRow {
            required property var modelData

            title: modelData.pseudonym
            subtitle: modelData.snippet
            iconName: "note"
            onClicked: page.viewModel.open(modelData.participant)
        }
    }
    GroupsCard {
        viewModel: page.app.groups
    }
    ListRow {
        objectName: "outbox"
        title: qsTr("Outbox")
        subtitle: page.viewModel.waitingToBeSent > 0 ? qsTr("%n interview(s) to be sent", "", page.viewModel.waitingToBeSent) : qsTr("Nothing waits to be sent")
        iconName: "outbox"
        onClicked: page.app.openOutbox()
    }
    ListRow {
        objectName: "waiting"
        visible: page.viewModel.waitingForAnswer > 0
        title: qsTr("Waiting for an answer")
        subtitle: qsTr("%n person(s) named by somebody", "", page.viewModel.waitingForAnswer)
        iconName: "clock"
        onClicked: page.app.openWaiting()
    }
    ListRow {
        objectName: "flow"
        visible: page.viewModel.readsSessions
        title: qsTr("Where the study stands")
        subtitle: page.viewModel.soFar
        iconName: "list"
        onClicked: page.app.openFlow()
    }
    ListRow {
        objectName: "withdrawals"
        visible: page.viewModel.readsSessions
        title: qsTr("Taking back")
        subtitle: qsTr("Somebody no longer wants to take part, or wants it erased")
        iconName: "undo"
        onClicked: page.app.openWithdrawal()
    }
    NewPersonSheet {
        id: newPerson

        viewModel: page.viewModel
    }
}
