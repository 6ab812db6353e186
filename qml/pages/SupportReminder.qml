// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// At wrap-up, where pause and support was opened: what was done, and the way to the last steps of the protocol.
Card {
    id: card

    required property SupportViewModel support
    required property var done // of WrapUpViewModel

    visible: card.done.length > 0

    // Not the card's own title: see SupportSteps.
    Title {
        text: qsTr("Pause and support was opened")
    }
    Body {
        text: qsTr("Before you part: how is the person now, and whom can they call tonight?")
    }
    Repeater {
        model: card.done

        delegate: Caption {
            required property var modelData

            text: qsTr("%1: %2").arg(modelData.when).arg(modelData.text)
        }
    }
    SecondaryButton {
        objectName: "wrapUpSupport"
        iconName: "help"
        text: qsTr("Last steps")
        onClicked: card.support.openAt("wrap-up")
    }
}
