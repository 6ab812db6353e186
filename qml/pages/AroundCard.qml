// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Before an interview begins: which visit it is, in person or by telephone, who could overhear, who else is there. Each
// one touch, and none of it has to be touched.
Card {
    id: card

    required property InterviewViewModel viewModel
    required property bool begun
    readonly property AroundViewModel around: card.viewModel.around

    signal peopleWanted

    title: card.around.visitText !== "" ? card.around.visitText : qsTr("Around the interview")

    SegmentedChoice {
        objectName: "manner"
        visible: !card.begun && !card.viewModel.group
        options: [
            {
                value: false,
                text: qsTr("In person")
            },
            {
                value: true,
                text: qsTr("By telephone")
            }
        ]
        value: card.around.telephone
        onChosen: value => card.around.setTelephone(value)
    }
    Body {
        visible: card.around.telephone
        text: qsTr("Put the telephone on speaker, close to the tablet, where nobody else hears it. Nothing has to be handed over: you read aloud and tick for the person.")
    }
    SegmentedChoice {
        objectName: "earshot"
        label: card.around.telephone ? qsTr("Could somebody overhear, on either side?") : qsTr("Could somebody overhear?")
        options: [
            {
                value: "nobody",
                text: qsTr("Nobody")
            },
            {
                value: "possible",
                text: qsTr("Perhaps")
            }
        ]
        value: card.around.earshot
        onChosen: value => card.around.sayEarshot(value === "possible")
    }
    Body {
        objectName: "earshotAdvice"
        visible: card.around.earshot === "possible"
        text: qsTr("Close the door, move elsewhere, or turn on a radio in between. Say that questions can wait, and agree on a word that means: somebody is near.")
    }
    ListRow {
        objectName: "people"
        framed: false
        iconName: "pair"
        title: qsTr("Who else is here?")
        subtitle: card.around.mayRecord ? qsTr("%n person(s) besides you two", "", Array.from(card.around.people).filter(one => one.there).length) : qsTr("Somebody here did not agree to be recorded: notes only")
        onClicked: card.peopleWanted()
    }
}
