// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// One person: where they stand, the one next step, and how to reach them.
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
        visible: text !== ""
        text: page.viewModel.nextText
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
    Card {
        visible: page.viewModel.readsIdentities
        title: qsTr("Name and contact")

        ListRow {
            framed: false
            leadsOn: false
            iconName: page.viewModel.name !== "" ? "cover" : "eye"
            title: page.viewModel.name !== "" ? page.viewModel.name : qsTr("Show the name")
            onClicked: page.viewModel.showName(page.viewModel.name === "")
        }
        Body {
            visible: page.viewModel.safeWays !== ""
            text: qsTr("Safe ways: %1").arg(page.viewModel.safeWays)
        }
        Body {
            visible: page.viewModel.safeHours !== ""
            text: qsTr("Safe hours: %1").arg(page.viewModel.safeHours)
        }
        Body {
            visible: page.viewModel.appointmentText !== ""
            text: qsTr("Appointment: %1").arg(page.viewModel.appointmentText)
        }
        Repeater {
            model: page.viewModel.contacts

            delegate: Caption {
                required property var modelData
                readonly property var kinds: ({
                        call: qsTr("telephone call"),
                        message: qsTr("message"),
                        met: qsTr("met in person"),
                        "no-answer": qsTr("no answer")
                    })

                text: modelData.note !== "" ? qsTr("%1: %2. %3").arg(modelData.when).arg(kinds[modelData.kind]).arg(modelData.note) : qsTr("%1: %2").arg(modelData.when).arg(kinds[modelData.kind])
            }
        }
        SecondaryButton {
            objectName: "contact"
            iconName: "phone"
            text: qsTr("Contacts and appointment")
            onClicked: contactSheet.open()
        }
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
    SecondaryButton {
        visible: page.viewModel.canBeginAgain
        text: qsTr("Begin another interview")
        onClicked: page.viewModel.beginAgain()
    }
    QuietButton {
        visible: page.viewModel.takesPart
        text: qsTr("Take consent again")
        onClicked: page.viewModel.takeConsentAgain()
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
