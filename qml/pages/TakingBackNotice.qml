// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.Components

// What stopping and taking back mean, for the person to read before they sign.
Card {
    title: qsTr("You can stop at any time")

    Body {
        text: qsTr("You need no reason. You can then keep what you told, have the sound erased, have everything erased, or decide later.")
    }
    Body {
        text: qsTr("What was sent already is asked back from the lab. What is part of results by then cannot be taken out.")
    }
    Body {
        text: qsTr("If somebody close to you takes part too, their interview stays, also where they speak of you. In a group, what is marked as yours is erased; what the others said stays.")
    }
}
