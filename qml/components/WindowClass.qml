// SPDX-License-Identifier: Apache-2.0
import QtQml

// How much room there is, decided in this one place from the width of the window.
QtObject {
    required property real width
    readonly property bool compact: width < 600
    readonly property bool expanded: width >= 840
    readonly property bool medium: !compact && !expanded
    readonly property string name: compact ? "compact" : expanded ? "expanded" : "medium"
}
