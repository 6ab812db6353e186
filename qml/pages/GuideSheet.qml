// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The whole guide: sections with minutes planned and spent, questions with how far they got. Touching one asks it.
Sheet {
    id: sheet

    required property InterviewViewModel viewModel

    title: qsTr("The whole guide")

    Repeater {
        model: sheet.opened ? sheet.viewModel.sections : []

        delegate: ColumnLayout {
            id: section

            required property var modelData

            spacing: Theme.small

            Title {
                text: section.modelData.title
            }
            Caption {
                text: qsTr("%1 of %2 questions, %3 of %4 min").arg(section.modelData.reached).arg(section.modelData.total).arg(section.modelData.spent).arg(section.modelData.planned)
            }
            Repeater {
                model: section.modelData.questions

                delegate: ListRow {
                    required property var modelData
                    readonly property bool reached: modelData.coverage !== "not-reached"

                    title: modelData.text
                    selected: modelData.current
                    iconName: reached ? "check" : ""
                    leadsOn: false
                    description: reached ? qsTr("Asked") : qsTr("Not asked yet")
                    onClicked: {
                        sheet.close();
                        sheet.viewModel.ask(modelData.id);
                    }
                }
            }
        }
    }
}
