// SPDX-License-Identifier: Apache-2.0
import QtQuick

// The box around what is typed.
Rectangle {
    id: box

    property bool active: false
    property bool faulty: false

    radius: Theme.smallRadius + 2
    color: enabled ? Theme.surface : Theme.sunken
    border.width: active || faulty ? 2 : Theme.border
    border.color: faulty ? Theme.recording : active ? Theme.accent : Theme.line
    Accessible.ignored: true
}
