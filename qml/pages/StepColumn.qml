// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.Components

// One step of a page that goes step by step: there while it is its turn. `entered` says when that begins.
ColumnLayout {
    id: column

    required property bool shown

    signal entered

    Layout.fillWidth: true
    visible: column.shown
    spacing: Theme.gap
    onShownChanged: if (column.shown) column.entered()
}
