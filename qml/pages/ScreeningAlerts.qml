// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// An answer asked for support: what was done is said here, with the time kept, before anything ends.
ColumnLayout {
    id: alerts

    required property ScreeningViewModel viewModel
    required property SupportViewModel support
    readonly property var actions: [["stayed", qsTr("I stayed with them and listened")], ["lines-given", qsTr("I gave the help lines")], ["on-call", qsTr("I called the person on call")], ["emergency", qsTr("I called emergency services")], ["not-wanted", qsTr("They did not want support now")]]

    function textOf(action: string): string {
        const found = alerts.actions.find(one => one[0] === action);
        return found === undefined ? "" : found[1];
    }

    Layout.fillWidth: true
    visible: alerts.viewModel.alerts.length > 0
    spacing: Theme.small

    Repeater {
        model: alerts.viewModel.alerts

        delegate: Card {
            id: alert

            required property var modelData
            required property int index

            title: qsTr("Offer support now")

            Body {
                text: alert.modelData.done ? qsTr("%1: %2").arg(alert.modelData.when).arg(alerts.textOf(alert.modelData.action)) : qsTr("Since %1. What was done?").arg(alert.modelData.when)
            }
            SecondaryButton {
                objectName: "openProtocol"
                visible: !alert.modelData.done
                iconName: "help"
                text: qsTr("Steps and help lines")
                onClicked: alerts.viewModel.openSupport(alert.index)
            }
            Repeater {
                model: alert.modelData.done ? [] : alerts.actions

                delegate: ChoiceRow {
                    required property var modelData

                    objectName: "did-" + modelData[0]
                    text: modelData[1]
                    selected: false
                    onChosen: alerts.viewModel.answerAlert(alert.index, modelData[0])
                }
            }
        }
    }
}
