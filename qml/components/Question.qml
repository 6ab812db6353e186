// SPDX-License-Identifier: Apache-2.0
import QtQuick

// The question being asked, to be read at arm's length.
AppLabel {
    font.pixelSize: Theme.questionSize
    lineHeight: 1.05
}
