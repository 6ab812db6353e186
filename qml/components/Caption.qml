// SPDX-License-Identifier: Apache-2.0
import QtQuick

// A remark, a time, a label of a field.
AppLabel {
    tone: "soft"
    font.pixelSize: Theme.captionSize
}
