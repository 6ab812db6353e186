// SPDX-License-Identifier: Apache-2.0
import QtQuick

// The one thing to do next on a page.
BaseButton {
    implicitHeight: Math.max(56, implicitContentHeight + topPadding + bottomPadding)
    fill: Theme.accent
    ink: Theme.accentInk
}
