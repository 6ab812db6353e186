// SPDX-License-Identifier: Apache-2.0
import QtQuick

// The name of a page or sheet.
AppLabel {
    font.pixelSize: Theme.headingSize
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
}
