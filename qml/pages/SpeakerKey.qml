// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.Components

// One of a group, to be touched when they begin to speak: small enough for fifteen of them under the thumb.
BaseButton {
    id: key

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
