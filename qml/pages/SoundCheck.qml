// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Before recording: the microphone listens already, and nothing of it is kept.
Card {
    id: check

    required property InterviewViewModel viewModel

    title: qsTr("Before you begin")

    Body {
        text: qsTr("Say a few words: the bar should move. Nothing is recorded until you touch the key below.")
    }
    LevelMeter {
        Layout.fillWidth: true
        level: check.viewModel.level
        clipping: check.viewModel.clipping
    }
    Body {
        visible: check.viewModel.resumed
        text: qsTr("This interview was broken off. Going on begins after a marked gap; what was recorded is there.")
    }
}
