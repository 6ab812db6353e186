// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.Components

// Somebody of a group: the way to their consent, and before the interview whether they are here.
ColumnLayout {
    id: row

    required property var member
    property bool choosing: false

    signal opened
    signal hereChosen(bool here)

    spacing: Theme.tight

    ListRow {
        objectName: "member-" + row.member.pseudonym
        framed: false
        title: row.member.pseudonym
        subtitle: row.member.roleName
        iconName: "person"
        status: row.member.text
        statusTone: row.member.tone
        onClicked: row.opened()
    }
    ChoiceRow {
        objectName: "here-" + row.member.pseudonym
        visible: row.choosing && row.member.ready
        several: true
        text: qsTr("Here today")
        description: row.member.pseudonym
        selected: row.member.here
        onChosen: row.hereChosen(!row.member.here)
    }
}
