// SPDX-License-Identifier: Apache-2.0
import QtQuick

// What cannot be taken back, or stops a recording.
BaseButton {
    fill: Theme.recording
    ink: Theme.recordingInk
}
