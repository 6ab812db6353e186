// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.Components

// One incident as it was written down.
ColumnLayout {
    id: incident

    required property var modelData

    Layout.fillWidth: true
    spacing: Theme.gap / 2

    Title {
        text: incident.modelData.title
    }
    Body {
        text: incident.modelData.happened
    }
    Body {
        text: qsTr("Which information: %1").arg(incident.modelData.data)
    }
    Body {
        visible: incident.modelData.told !== ""
        text: qsTr("Who was told: %1").arg(incident.modelData.told)
    }
    Body {
        visible: incident.modelData.done !== ""
        text: qsTr("What was done: %1").arg(incident.modelData.done)
    }
}
