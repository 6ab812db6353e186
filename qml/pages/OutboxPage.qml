// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// The outbox: what waits, where it goes, how sending goes on, what the lab confirmed.
PageFrame {
    id: page

    required property TabletApp app
    required property OutboxViewModel viewModel

    title: qsTr("Outbox")
    onBack: page.app.goHome()
    actions: [
        IconButton {
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: page.app.lock()
        },
        SupportButton {
            support: page.app.support
        }
    ]
    footer: PrimaryButton {
        objectName: "send"
        visible: page.viewModel.storeFolder !== "" && !page.viewModel.sending
        iconName: "outbox"
        text: page.viewModel.waiting > 0 ? qsTr("Send %n package(s) now", "", page.viewModel.waiting) : qsTr("Look for confirmations")
        onClicked: page.viewModel.send()
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Banner {
        visible: page.viewModel.result !== ""
        kind: "good"
        text: page.viewModel.result
    }
    ProgressRow {
        visible: page.viewModel.sending
        text: qsTr("Sending")
        detail: page.viewModel.progressText
        progress: page.viewModel.progress
        cancellable: true
        onCancelled: page.viewModel.cancel()
    }
    Card {
        title: qsTr("Where it goes")

        Body {
            text: page.viewModel.storeFolder !== "" ? page.viewModel.storeFolder : qsTr("No place was chosen yet. A shared folder or a stick will do: what goes there can only be opened by the lab.")
        }
        SecondaryButton {
            objectName: "chooseFolder"
            iconName: "search"
            text: qsTr("Choose a folder")
            onClicked: chooser.choose()
        }
        TextInputField {
            id: folderField

            objectName: "folder"
            label: qsTr("Folder")
            placeholder: "/media/..."
            inputHints: Qt.ImhNoAutoUppercase | Qt.ImhUrlCharactersOnly
            onAccepted: page.viewModel.chooseStoreFolder(folderField.text)
        }
        SecondaryButton {
            objectName: "keepFolder"
            text: qsTr("Send to this folder")
            enabled: folderField.text.trim() !== ""
            onClicked: page.viewModel.chooseStoreFolder(folderField.text)
        }
    }
    FileChooser {
        id: chooser

        title: qsTr("Where it goes")
        onChosen: path => page.viewModel.chooseStoreFolder(path)
    }
    Body {
        visible: !page.viewModel.loading && page.viewModel.packages.length === 0
        text: qsTr("Nothing was sealed yet.")
    }
    Repeater {
        model: page.viewModel.packages

        delegate: ListRow {
            required property var modelData

            title: modelData.what
            subtitle: modelData.size
            status: modelData.stateText
            statusTone: modelData.tone
            iconName: "outbox"
            leadsOn: false
        }
    }
}
