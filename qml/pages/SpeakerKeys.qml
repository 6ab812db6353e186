// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// In a group, under the thumb: who speaks from here on. Fixed places, in the order of the group; a digit of the keyboard
// does the same for the first nine, 0 for several. Pseudonyms only, and of these only the word.
Flow {
    id: keys

    required property InterviewViewModel viewModel

    component Key: BaseButton {
        property bool speaking: false

        implicitWidth: Math.max(Theme.target + Theme.small, implicitContentWidth + leftPadding + rightPadding)
        topPadding: 6
        bottomPadding: 6
        leftPadding: 10
        rightPadding: 10
        font.pixelSize: Theme.scaled(15, 0.6)
        fill: speaking ? Theme.accent : Theme.surface
        ink: speaking ? Theme.accentInk : Theme.ink
        outline: speaking ? Theme.accent : Theme.line
        description: speaking ? qsTr("Speaks now") : ""
        Accessible.checkable: true
        Accessible.checked: speaking
    }

    function shortName(pseudonym: string): string {
        const word = pseudonym.split("-")[0];
        const isAlone = keys.viewModel.members.filter(member => member.pseudonym.split("-")[0] === word).length === 1;
        return isAlone ? word : pseudonym;
    }

    spacing: 6
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Who speaks")

    Repeater {
        model: keys.viewModel.members

        delegate: Key {
            required property var modelData

            objectName: "speaker-" + modelData.key
            text: keys.shortName(modelData.pseudonym)
            accessibleName: qsTr("%1 speaks").arg(modelData.pseudonym)
            enabled: modelData.there
            speaking: modelData.speaking
            onClicked: keys.viewModel.speaks(modelData.participant)
        }
    }
    Key {
        objectName: "speaker-0"
        text: qsTr("Several")
        accessibleName: qsTr("Several speak, or nobody in particular")
        speaking: keys.viewModel.severalSpeak
        onClicked: keys.viewModel.speaks("")
    }
    Key {
        objectName: "whoIsHere"
        iconName: "person"
        text: "…"
        accessibleName: qsTr("Who is here, who comes and goes")
        onClicked: sheet.open()
    }
    GroupSheet {
        id: sheet

        viewModel: keys.viewModel
    }
}
