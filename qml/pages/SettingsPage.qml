// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Settings: how it looks and which hand, the microphone with a test, people on this tablet, records, versions.
PageFrame {
    id: page

    required property TabletApp app
    required property TabletViewModel viewModel
    readonly property SettingsViewModel settings: page.app.settings

    title: qsTr("Settings")
    onBack: page.app.goHome()
    actions: [
        IconButton {
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: page.app.lock()
        },
        SupportButton {
            support: page.app.support
        }
    ]

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    Card {
        title: qsTr("How it looks")

        SegmentedChoice {
            objectName: "language"
            label: "Langue · Language"
            options: [
                {
                    value: "fr",
                    text: "Français"
                },
                {
                    value: "en",
                    text: "English"
                }
            ]
            value: page.settings.language
            onChosen: value => page.settings.language = value
        }
        SegmentedChoice {
            objectName: "theme"
            label: qsTr("Colours")
            options: [
                {
                    value: "light",
                    text: qsTr("Light")
                },
                {
                    value: "dark",
                    text: qsTr("Dark")
                },
                {
                    value: "contrast",
                    text: qsTr("High contrast")
                }
            ]
            value: page.settings.theme
            onChosen: value => page.settings.theme = value
        }
        StepperRow {
            objectName: "fontScale"
            text: qsTr("Size of the text")
            from: 100
            to: 200
            step: 10
            value: Math.round(page.settings.fontScale * 100)
            valueText: qsTr("%1 %").arg(value)
            onStepped: value => page.settings.fontScale = value / 100
        }
        SwitchRow {
            text: qsTr("I hold the tablet in my right hand and use the left")
            on: page.settings.leftHanded
            onSwitched: wanted => page.settings.leftHanded = wanted
        }
        SwitchRow {
            text: qsTr("Less motion")
            on: page.settings.reducedMotion
            onSwitched: wanted => page.settings.reducedMotion = wanted
        }
    }
    Card {
        title: qsTr("Microphone")

        Repeater {
            model: page.viewModel.microphones

            delegate: ChoiceRow {
                required property var modelData

                text: modelData.name
                selected: page.settings.microphone === modelData.id
                onChosen: page.viewModel.chooseMicrophone(modelData.id)
            }
        }
        SecondaryButton {
            objectName: "testMicrophone"
            iconName: page.viewModel.testing ? "stop" : "microphone"
            text: page.viewModel.testing ? qsTr("Stop the test") : qsTr("Test the microphone")
            onClicked: page.viewModel.testMicrophone(!page.viewModel.testing)
        }
        LevelMeter {
            Layout.fillWidth: true
            visible: page.viewModel.testing
            level: page.viewModel.level
            clipping: page.viewModel.clipping
        }
        Body {
            visible: text !== ""
            text: page.viewModel.testText
        }
    }
    Card {
        title: qsTr("Locking")

        StepperRow {
            text: qsTr("Locks itself without a touch after")
            from: 1
            to: 30
            value: page.settings.autoLockMinutes
            valueText: qsTr("%n minute(s)", "", page.settings.autoLockMinutes)
            onStepped: value => page.settings.autoLockMinutes = value
        }
    }
    PeopleCard {
        viewModel: page.viewModel
    }
    PassphraseCard {
        viewModel: page.viewModel.passphrase
    }
    StudyCard {
        viewModel: page.viewModel.study
    }
    Card {
        title: qsTr("Records for the board")

        Body {
            text: qsTr("What this study keeps and where, incidents, and what was done on this tablet.")
        }
        SecondaryButton {
            objectName: "records"
            text: qsTr("Open the records")
            onClicked: page.app.openRecords()
        }
    }
    Card {
        title: qsTr("About")

        Body {
            text: page.viewModel.versions
        }
        Body {
            text: qsTr("While the tablet is unlocked, what is in its memory could be read by somebody who takes it. Whoever holds the lab's content key can open the interviews alone.")
        }
    }
}
