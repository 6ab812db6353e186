// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.Components

// Every control, for looking at. gallery.cpp renders it in all modes, widths and scales.
Window {
    id: window

    readonly property QtObject theme: Theme

    property alias sheetShown: sheet.opened

    width: 360
    height: sheetShown ? 800 : page.flickable.contentHeight + 260
    visible: true
    color: Theme.paper

    ConfirmSheet {
        id: sheet

        title: "Take this answer back?"
        text: "The last two minutes are erased before anything leaves this tablet. This cannot be undone."
        confirmText: "Erase two minutes"
        danger: true
    }
    PageFrame {
        id: page

        anchors.fill: parent
        title: "All the controls"
        subtitle: "As a stranger sees them"
        footer: PrimaryButton {
            text: "Start recording"
            iconName: "record"
        }
        actions: [
            IconButton {
                iconName: "help"
                text: "Pause and support"
            },
            IconButton {
                iconName: "lock"
                text: "Lock"
            }
        ]

        Flow {
            Layout.fillWidth: true
            spacing: 10

            Repeater {
                model: Object.keys(Icons.paths)

                delegate: Icon {
                    required property string modelData

                    name: modelData
                    size: 28
                }
            }
        }
        Heading {
            text: "Heading: Enregistrement"
        }
        Question {
            text: "Can you tell me about a moment when somebody made things easier for you?"
        }
        Title {
            text: "Title of a part"
        }
        Body {
            text: "Body: text that people read in passing, long enough to wrap on a narrow screen."
        }
        Reading {
            text: "Reading: your voice is encrypted as you speak. Nobody but the research team can listen to it."
        }
        Caption {
            text: "Caption: 12 minutes ago"
        }
        PrimaryButton {
            text: "Start the interview"
            iconName: "microphone"
        }
        PrimaryButton {
            text: "Not yet"
            enabled: false
        }
        SecondaryButton {
            text: "Read the consent once more together"
        }
        DangerButton {
            text: "Stop and seal"
            iconName: "stop"
        }
        QuietButton {
            text: "Not now"
        }
        RowLayout {
            IconButton {
                iconName: "pause"
                text: "Pause"
                captioned: true
            }
            IconButton {
                iconName: "off-record"
                text: "Off the record"
                captioned: true
                selected: true
            }
            IconButton {
                iconName: "note"
                text: "Note"
            }
            Item {
                Layout.fillWidth: true
            }
            MarkKey {
                count: 3
            }
        }
        TextInputField {
            label: "Pseudonym"
            placeholder: "A name that is not theirs"
            hint: "Shown on this tablet and in the transcript."
        }
        TextInputField {
            label: "Phone"
            text: "418 555 12"
            error: "Seven or more digits, please."
        }
        PassphraseField {
            label: "Passphrase"
            text: "five words"
        }
        TextAreaField {
            label: "Note"
            text: "She laughed, then looked at the door."
        }
        ChoiceRow {
            text: "Face to face"
            detail: "At their home or at the clinic"
            selected: true
        }
        ChoiceRow {
            text: "By telephone"
        }
        ChoiceRow {
            text: "Loneliness"
            several: true
            selected: true
        }
        YesNoRow {
            text: "May we record your voice?"
            detail: "Without it the interview is notes only."
        }
        YesNoRow {
            text: "May we quote you?"
            answer: "no"
        }
        SwitchRow {
            text: "Keep the screen on"
            detail: "While recording"
            on: true
        }
        SwitchRow {
            text: "Reduced motion"
        }
        StepperRow {
            text: "Planned minutes"
            value: 60
        }
        SegmentedChoice {
            label: "Theme"
            options: [
                {
                    value: "light",
                    text: "Light"
                },
                {
                    value: "dark",
                    text: "Dark"
                },
                {
                    value: "contrast",
                    text: "High contrast"
                }
            ]
            value: "light"
        }
        ProgressRow {
            text: "Sending"
            progress: 0.4
            detail: "12.1 of 30.4 MB, about 2 minutes left"
            cancellable: true
        }
        ProgressRow {
            text: "Sealing"
            progress: -1
        }
        LevelMeter {
            level: 0.55
        }
        LevelMeter {
            level: 0.97
            clipping: true
        }
        SignaturePad {
            strokes: [[Qt.point(120, 300), Qt.point(180, 120), Qt.point(220, 290), Qt.point(260, 180), Qt.point(330, 300)], [Qt.point(380, 260), Qt.point(460, 220), Qt.point(540, 290), Qt.point(700, 240)]]
        }
        SignaturePad {
            hint: ""
        }
        CountdownText {
            seconds: 75
        }
        Flow {
            Layout.fillWidth: true
            spacing: 8

            Chip {
                text: "Waiting"
                iconName: "clock"
            }
            Chip {
                text: "Sent"
                tone: "good"
                iconName: "check"
            }
            Chip {
                text: "Recording"
                tone: "recording"
                iconName: "record"
            }
            Chip {
                text: "Not signed"
                tone: "warning"
            }
        }
        ListRow {
            title: "Maple"
            subtitle: "Person in recovery · consent signed on 3 March"
            iconName: "person"
            status: "Ready"
            statusTone: "good"
            statusIcon: "check"
        }
        ListRow {
            title: "Maple and Birch"
            subtitle: "Pair"
            iconName: "pair"
        }
        Card {
            title: "Today"

            Body {
                text: "One interview is planned at 14:00."
            }
            SecondaryButton {
                text: "Open"
            }
        }
        Banner {
            text: "A practice study: nothing leaves this tablet."
        }
        Banner {
            kind: "good"
            text: "Sealed."
        }
        Banner {
            kind: "warning"
            title: "Storage is short"
            text: "Enough for about 40 minutes."
            actionText: "Make room"
        }
        Banner {
            kind: "alarm"
            title: "The microphone is gone"
            text: "Nothing is being recorded."
        }
    }
}
