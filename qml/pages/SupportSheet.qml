// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Pause and support: whom to call and what to do, on every screen, locked or not. Nothing is dialled by itself.
Sheet {
    id: sheet

    required property SupportViewModel support
    readonly property var lines: sheet.opened ? sheet.support.lines : []

    title: qsTr("Pause and support")
    opened: sheet.support.open
    onClosed: sheet.support.open = false

    Body {
        text: qsTr("There is no hurry. You can stop here, go on later, or talk to somebody now.")
    }
    Banner {
        visible: sheet.support.error !== ""
        kind: "warning"
        text: sheet.support.error
    }
    Repeater {
        model: sheet.lines.filter(line => line.emergency)

        delegate: SupportLine {
            required property var modelData

            line: modelData
        }
    }
    SupportSteps {
        visible: !sheet.support.forParticipant
        seen: sheet.opened
        support: sheet.support
    }
    Repeater {
        model: sheet.lines.filter(line => !line.emergency)

        delegate: SupportLine {
            required property var modelData

            line: modelData
        }
    }
    Card {
        visible: sheet.support.onCallPhone !== "" && !sheet.support.forParticipant
        title: qsTr("On call in your team")

        Title {
            text: sheet.support.onCallName
        }
        Heading {
            text: sheet.support.onCallPhone
            color: Theme.accent
        }
    }
    SupportNote {
        visible: !sheet.support.forParticipant
        support: sheet.support
    }
    Repeater {
        model: sheet.opened && !sheet.support.forParticipant ? sheet.support.headings : []

        delegate: ListRow {
            required property var modelData

            objectName: "heading-" + modelData.id
            title: modelData.title
            iconName: "list"
            onClicked: {
                sheet.support.turnTo(modelData.id);
                sheet.flickable.contentY = 0;
            }
        }
    }
}
