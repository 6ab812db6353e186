// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Something off the main path: a link, a way out.
BaseButton {
    leftPadding: 12
    rightPadding: 12
    fill: "transparent"
    pressedFill: Theme.sunken
    ink: Theme.accent
}
