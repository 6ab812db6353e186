// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Where the study stands: planned against actual and the counts of the flow diagram, role by role.
PageFrame {
    id: page

    required property TabletApp app
    required property FlowViewModel viewModel

    title: qsTr("Where the study stands")
    onBack: page.app.goHome()
    actions: SupportButton {
        support: page.app.support
    }

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Repeater {
        model: page.viewModel.roles

        delegate: Card {
            id: role

            required property var modelData

            title: role.modelData.name

            ProgressRow {
                visible: role.modelData.planned > 0
                text: qsTr("%1 of %2 interviewed").arg(role.modelData.interviewed).arg(role.modelData.planned)
                progress: role.modelData.planned > 0 ? Math.min(1, role.modelData.interviewed / role.modelData.planned) : 0
            }
            Repeater {
                model: role.modelData.lines

                delegate: ColumnLayout {
                    id: line

                    required property var modelData

                    Layout.fillWidth: true
                    spacing: 2

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.small

                        Body {
                            Layout.fillWidth: true
                            text: line.modelData.text
                        }
                        Title {
                            Layout.fillWidth: false
                            text: String(line.modelData.value)
                        }
                    }
                    Caption {
                        visible: line.modelData.detail !== ""
                        text: line.modelData.detail
                    }
                }
            }
        }
    }
    Caption {
        text: qsTr("Whoever was not the right fit, or would rather not, is erased. Only these counts stay of them.")
    }
}
