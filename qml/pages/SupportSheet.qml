// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Pause and support: whom to call, on every screen, locked or not. Nothing is dialled by itself.
Sheet {
    id: sheet

    required property SupportViewModel support

    title: qsTr("Pause and support")
    opened: sheet.support.open
    onClosed: sheet.support.open = false

    Body {
        text: qsTr("There is no hurry. You can stop here, go on later, or talk to somebody now.")
    }
    Repeater {
        model: sheet.opened ? sheet.support.lines : []

        delegate: Card {
            id: line

            required property var modelData

            Layout.fillWidth: true

            Title {
                text: line.modelData.name
            }
            Heading {
                visible: text !== ""
                text: line.modelData.phone
                color: line.modelData.emergency ? Theme.recording : Theme.accent
            }
            Body {
                visible: line.modelData.text !== ""
                text: qsTr("Text message: %1").arg(line.modelData.text)
            }
            Body {
                visible: line.modelData.web !== ""
                text: line.modelData.web
            }
            Caption {
                text: line.modelData.old ? qsTr("Checked on %1, more than 90 days ago: it may have changed.").arg(line.modelData.verified) : qsTr("Checked on %1").arg(line.modelData.verified)
            }
        }
    }
}
