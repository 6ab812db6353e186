// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.Components

// Whom to call: number, hours, for whom, and when somebody last checked it.
Card {
    id: card

    required property var line


    Caption {
        visible: card.line.placeName !== ""
        text: card.line.placeName
    }
    Title {
        text: card.line.name
    }
    Heading {
        visible: text !== ""
        text: card.line.phone
        color: card.line.emergency ? Theme.recording : Theme.accent
    }
    Body {
        visible: card.line.text !== ""
        text: qsTr("Text message: %1").arg(card.line.text)
    }
    Body {
        visible: card.line.web !== ""
        text: card.line.web
    }
    Body {
        visible: card.line.hours !== ""
        text: qsTr("When: %1").arg(card.line.hours)
    }
    Body {
        visible: card.line.whom !== ""
        text: qsTr("For: %1").arg(card.line.whom)
    }
    Caption {
        color: card.line.verified === "" || card.line.old ? Theme.ink : Theme.inkSoft
        text: card.line.verified === "" ? qsTr("Number not yet checked by this team.") : card.line.old ? qsTr("Checked on %1, more than 90 days ago: it may have changed.").arg(card.line.verified) : qsTr("Checked on %1").arg(card.line.verified)
    }
}
