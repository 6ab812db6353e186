// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Live coding, where the study switches it on: every code at its fixed place, one touch saves it; for four seconds a
// strip lets one say helped or made harder, and nothing waits for it. Link: two codes in a row.
SteadyColumn {
    id: codes

    required property InterviewViewModel viewModel
    property bool linking: false
    property string first: ""

    function touch(code: string) {
        if (!linking) {
            viewModel.code(code);
            strip.restart();
        } else if (first === "") {
            first = code;
        } else {
            viewModel.link(first, code);
            linking = false;
            first = "";
        }
    }

    Caption {
        text: codes.linking ? (codes.first === "" ? qsTr("Link: touch the first code") : qsTr("Link: touch the second code")) : qsTr("Codes")
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.small

        Repeater {
            model: codes.visible ? codes.viewModel.codes : []

            delegate: SecondaryButton {
                required property var modelData

                objectName: "code-" + modelData.id
                text: modelData.name
                outline: modelData.color
                onClicked: codes.touch(modelData.id)
            }
        }
        QuietButton {
            text: codes.linking ? qsTr("No link") : qsTr("Link two")
            iconName: "link"
            onClicked: {
                codes.linking = !codes.linking;
                codes.first = "";
            }
        }
    }
    RowLayout {
        visible: strip.running
        spacing: Theme.small

        SecondaryButton {
            text: qsTr("Helped")
            onClicked: codes.viewModel.refineCode("valence", "positive")
        }
        SecondaryButton {
            text: qsTr("Made harder")
            onClicked: codes.viewModel.refineCode("valence", "negative")
        }
    }
    Timer {
        id: strip

        interval: 4000
    }
}
