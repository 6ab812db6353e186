// SPDX-License-Identifier: Apache-2.0
import Sotto.Components

// One end of a stretch, moved five seconds at a time.
StepperRow {
    id: end

    property string time: ""

    signal moved(int seconds)

    valueText: time
    from: -1
    to: 1
    onStepped: value => end.moved(5 * value)
}
