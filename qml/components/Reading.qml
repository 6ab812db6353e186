// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A long text to be read with care, such as a consent.
AppLabel {
    font.pixelSize: Theme.readingSize
    lineHeight: 1.12
}
