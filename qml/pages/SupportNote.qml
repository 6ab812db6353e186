// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// What the interviewer wants to keep of it, sealed apart from the interview.
Card {
    id: card

    required property SupportViewModel support

    title: qsTr("A note, sealed apart")

    Body {
        text: card.support.canNote ? qsTr("It is kept with names and contacts, not in the interview.") : qsTr("A note waits until the tablet is unlocked.")
    }
    TextAreaField {
        id: noteField

        objectName: "supportNote"
        visible: card.support.canNote
        label: qsTr("What happened, what was done")
        sensitive: true
    }
    Caption {
        visible: card.support.noteKept
        text: qsTr("Kept, sealed apart.")
    }
    SecondaryButton {
        objectName: "keepSupportNote"
        visible: card.support.canNote
        enabled: noteField.text.trim() !== ""
        text: qsTr("Keep the note")
        onClicked: {
            card.support.keepNote(noteField.text);
            noteField.clear();
        }
    }
}
