// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App

// In a group, under the thumb: who speaks from here on. Fixed places, in the order of the group; a digit of the keyboard
// does the same for the first nine, 0 for several. Pseudonyms only, and of these only the word.
Flow {
    id: keys

    required property InterviewViewModel viewModel

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

        delegate: SpeakerKey {
            required property var modelData

            objectName: "speaker-" + modelData.key
            text: keys.shortName(modelData.pseudonym)
            accessibleName: qsTr("%1 speaks").arg(modelData.pseudonym)
            enabled: modelData.there
            speaking: modelData.speaking
            onClicked: keys.viewModel.speaks(modelData.participant)
        }
    }
    SpeakerKey {
        objectName: "speaker-0"
        text: qsTr("Several")
        accessibleName: qsTr("Several speak, or nobody in particular")
        speaking: keys.viewModel.severalSpeak
        onClicked: keys.viewModel.speaks("")
    }
    SpeakerKey {
        objectName: "whoIsHere"
        iconName: "person"
        text: "…"
        accessibleName: qsTr("Who is here, who comes and goes")
        onClicked: sheetLoader.open()
    }
    // Made when it is first needed; an interview of one never needs it.
    Loader {
        id: sheetLoader

        function open() {
            if (sheetLoader.item === null)
                sheetLoader.setSource("GroupSheet.qml", {
                    viewModel: keys.viewModel
                });
            (sheetLoader.item as GroupSheet).open();
        }
    }
}
