// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// A column as wide as the room it is given and as high as it needs. A hidden layout of Qt 6.4 does not notice that its
// children go, and crashes if it is resized then: so it takes its width only while it is seen.
ColumnLayout {
    id: column

    property real room: 0
    property bool seen: visible

    height: implicitHeight
    spacing: Theme.small

    Binding {
        target: column
        property: "width"
        value: column.room
        when: column.seen
        restoreMode: Binding.RestoreNone
    }
}
