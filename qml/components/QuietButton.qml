// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Something off the main path: a link, a way out.
BaseButton {
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    fill: "transparent"
    pressedFill: Theme.sunken
    ink: Theme.accent
}
