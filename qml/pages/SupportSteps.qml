// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// What the study's protocol asks for, step by step; a step that is ticked keeps its time. Below, whether to stop or to
// go on, and who decided.
Card {
    id: steps

    required property SupportViewModel support
    property bool seen: true

    spacing: Theme.small

    // Not the card's own title: it moves the rows below, and a hidden layout of Qt 6.4 that lost rows must not be moved.
    Title {
        text: steps.support.headingTitle
    }
    Body {
        visible: text !== ""
        text: steps.support.headingText
        textFormat: Text.MarkdownText
    }
    Repeater {
        model: steps.seen ? steps.support.steps : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "step-" + modelData.number
            several: true
            text: modelData.text
            detail: modelData.doneAt !== "" ? qsTr("Done at %1").arg(modelData.doneAt) : ""
            selected: modelData.doneAt !== ""
            onChosen: steps.support.tick(modelData.number)
        }
    }
    Banner {
        visible: steps.support.decision !== ""
        kind: "good"
        text: steps.support.decision
    }
    SecondaryButton {
        objectName: "stopOrGo"
        text: qsTr("Stop or go on …")
        onClicked: decisionSheet.open()
    }
    Sheet {
        id: decisionSheet

        property string outcome: ""

        title: qsTr("Stop or go on")
        onOpenedChanged: decisionSheet.outcome = ""

        SegmentedChoice {
            objectName: "outcome"
            options: [
                {
                    value: "stop",
                    text: qsTr("Stop here")
                },
                {
                    value: "later",
                    text: qsTr("Another day")
                },
                {
                    value: "go",
                    text: qsTr("Go on")
                }
            ]
            value: decisionSheet.outcome
            onChosen: value => decisionSheet.outcome = value
        }
        Title {
            text: qsTr("Who decided?")
        }
        Repeater {
            model: ["participant", "both", "interviewer", "on-call"]

            delegate: SecondaryButton {
                required property string modelData

                objectName: "by-" + modelData
                enabled: decisionSheet.outcome !== ""
                text: modelData === "participant" ? qsTr("The participant") : modelData === "both" ? qsTr("Both together") : modelData === "interviewer" ? qsTr("I did") : qsTr("The person on call")
                onClicked: {
                    steps.support.decide(decisionSheet.outcome, modelData);
                    decisionSheet.close();
                }
            }
        }
    }
}
