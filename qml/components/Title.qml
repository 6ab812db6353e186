// SPDX-License-Identifier: Apache-2.0
import QtQuick

// The name of a part of a page.
AppLabel {
    font.pixelSize: Theme.titleSize
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
