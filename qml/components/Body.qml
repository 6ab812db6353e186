// SPDX-License-Identifier: Apache-2.0
import QtQuick

// Running text.
AppLabel {
    font.pixelSize: Theme.bodySize
}
