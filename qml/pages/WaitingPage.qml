// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// People who were named by somebody and have not answered: empty places until they agree.
PageFrame {
    id: page

    required property TabletApp app
    required property WaitingViewModel viewModel
    property string chosen: ""
    property bool needsName: false

    title: qsTr("Waiting for an answer")
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

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    ProgressRow {
        visible: page.viewModel.busy && !page.viewModel.loading
        text: qsTr("One moment …")
        progress: -1
    }
    Body {
        visible: !page.viewModel.loading && page.viewModel.waiting.length === 0
        text: qsTr("Nobody is waiting for an answer.")
    }
    Repeater {
        model: page.viewModel.waiting

        delegate: Card {
            id: place

            required property var modelData

            title: place.modelData.role

            Caption {
                text: place.modelData.forgotten
            }
            Body {
                visible: !place.modelData.named
                text: qsTr("The invitation was passed on. They get in touch themselves, or do not.")
            }
            ListRow {
                objectName: "reveal"
                visible: place.modelData.named
                framed: false
                leadsOn: false
                iconName: place.modelData.name !== "" ? "cover" : "eye"
                title: place.modelData.name !== "" ? place.modelData.name : qsTr("Show name and number")
                subtitle: place.modelData.reach
                onClicked: page.viewModel.reveal(place.modelData.id)
            }
            Body {
                visible: place.modelData.maySay !== ""
                text: place.modelData.maySay
            }
            Caption {
                visible: place.modelData.tries !== ""
                text: place.modelData.tries
            }
            SecondaryButton {
                objectName: "agreed"
                text: qsTr("They agree to talk with us")
                onClicked: {
                    page.chosen = place.modelData.id;
                    if (place.modelData.named)
                        page.viewModel.accept(page.chosen, "");
                    else
                        nameSheet.open();
                }
            }
            QuietButton {
                objectName: "noAnswer"
                visible: place.modelData.named
                text: qsTr("We tried, no answer")
                onClicked: page.viewModel.addTry(place.modelData.id, "no-answer")
            }
            QuietButton {
                objectName: "declined"
                text: qsTr("They would rather not")
                onClicked: {
                    page.chosen = place.modelData.id;
                    declineSheet.open();
                }
            }
        }
    }
    ConfirmSheet {
        id: declineSheet

        title: qsTr("They would rather not")
        text: qsTr("Name and number are erased now. Whoever named them is not told.")
        confirmText: qsTr("Erase")
        cancelText: qsTr("Not now")
        danger: true
        onConfirmed: page.viewModel.decline(page.chosen)
    }
    Sheet {
        id: nameSheet

        title: qsTr("They agree to talk with us")
        onOpenedChanged: if (opened) nameField.clear()

        TextInputField {
            id: nameField

            objectName: "acceptedName"
            label: qsTr("Their name")
            sensitive: true
        }
        footer: PrimaryButton {
            objectName: "addAccepted"
            text: qsTr("Add")
            enabled: nameField.text.trim() !== ""
            onClicked: {
                nameSheet.close();
                page.viewModel.accept(page.chosen, nameField.text);
            }
        }
    }
}
