// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// A form that the interviewer asks. What it sets off opens support at once.
// Unbound: a Loader of Qt 6.4 does not make bound components, so what is inside looks up its ids by name.
PageFrame {
    id: page

    required property TabletApp app
    required property AnsweringViewModel viewModel
    readonly property FormViewModel form: page.viewModel.form

    title: page.viewModel.title
    subtitle: page.viewModel.pseudonym
    onBack: page.form ? page.form.back() : page.app.goHome()
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
    footer: Loader {
        Layout.fillWidth: true
        active: page.form !== null
        sourceComponent: FormKeys {
            form: page.form // qmllint disable unqualified
        }
    }

    Connections {
        target: page.form

        // Every question begins at its top.
        function onStepChanged() {
            page.flickable.contentY = 0;
        }
    }
    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Loader {
        Layout.fillWidth: true
        active: page.form !== null
        sourceComponent: FormItems {
            form: page.form // qmllint disable unqualified
        }
    }
}
