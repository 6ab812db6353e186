// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// A visit at this person's home, for the interviewer's own safety: one quiet row, and while it lasts when it is to end.
Card {
    id: card

    required property HomeVisitViewModel visit
    required property SupportViewModel support

    visible: card.visit.available
    title: card.visit.here ? qsTr("Home visit under way") : ""

    Banner {
        visible: card.visit.error !== ""
        kind: "warning"
        text: card.visit.error
    }
    ListRow {
        objectName: "homeVisit"
        visible: !card.visit.here
        framed: false
        iconName: "door"
        title: qsTr("Home visit")
        subtitle: card.visit.lastText !== "" ? card.visit.lastText : qsTr("Go or no-go, and when you will be out again")
        onClicked: sheet.open()
    }
    Body {
        visible: card.visit.here
        text: qsTr("You will be out by %1.").arg(card.visit.endText)
    }
    PrimaryButton {
        objectName: "visitEnd"
        visible: card.visit.here
        text: qsTr("I am out and safe")
        onClicked: card.visit.end()
    }
    SecondaryButton {
        objectName: "visitMore"
        visible: card.visit.here
        text: qsTr("30 more minutes")
        onClicked: card.visit.prolong(30)
    }
    TextAreaField {
        id: debriefField

        objectName: "debrief"
        visible: card.visit.wantsDebrief
        label: qsTr("How was it? For the team, kept with the contacts")
        sensitive: true
    }
    SecondaryButton {
        objectName: "keepDebrief"
        visible: card.visit.wantsDebrief
        enabled: debriefField.text.trim() !== ""
        text: qsTr("Keep")
        onClicked: {
            card.visit.debrief(debriefField.text);
            debriefField.clear();
        }
    }
    HomeVisitSheet {
        id: sheet

        visit: card.visit
        support: card.support
    }
}
