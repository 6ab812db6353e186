// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.Components

// One part of the page for the board: a heading and its sentences.
ColumnLayout {
    id: part

    required property var modelData

    Layout.fillWidth: true
    spacing: Theme.gap / 2

    Title {
        text: part.modelData.title
    }
    Repeater {
        model: part.modelData.lines

        delegate: Body {
            required property string modelData

            text: modelData
        }
    }
}
