// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Another thing to do.
BaseButton {
    fill: Theme.surface
    pressedFill: Theme.sunken
    ink: Theme.accent
    outline: Theme.accent
}
