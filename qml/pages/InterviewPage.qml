// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The interview: the question in large type, its probes, and at the foot, under the thumb, whether it records, the Mark
// key and the way on. Nothing moves but the level; nobody's name is on it.
PageFrame {
    id: page

    required property TabletApp app
    required property InterviewViewModel viewModel
    readonly property int state: page.viewModel.state
    readonly property bool recording: state === InterviewViewModel.Recording
    readonly property bool walking: page.viewModel.hasBegun && state !== InterviewViewModel.Ready

    readonly property bool twoHands: page.width >= 840
    readonly property string byTelephone: page.viewModel.around.telephone ? qsTr("By telephone") : ""
    readonly property string notesOnly: page.viewModel.hasAudio ? "" : qsTr("Notes only: nothing is recorded")

    maximumContentWidth: page.twoHands ? 1160 : Theme.contentWidth
    maximumFooterWidth: page.twoHands ? page.width : Theme.contentWidth
    title: page.viewModel.sectionTitle
    subtitle: page.byTelephone + (page.byTelephone !== "" && page.notesOnly !== "" ? ". " : "") + page.notesOnly
    enabled: !page.viewModel.covered // nor by the keyboard, nor for a screen reader
    onEnabledChanged: if (enabled)
        page.forceActiveFocus()
    canGoBack: page.state === InterviewViewModel.Ready || (page.state === InterviewViewModel.Failed && !page.viewModel.hasBegun)
    onBack: page.viewModel.leave()
    actions: [
        IconButton {
            objectName: "cover"
            iconName: "cover"
            text: qsTr("Cover the screen")
            onClicked: page.viewModel.cover()
        },
        IconButton {
            objectName: "guide"
            iconName: "list"
            text: qsTr("The whole guide")
            onClicked: guideSheet.open()
        },
        SupportButton {
            support: page.app.support
        }
    ]
    above: [
        InterviewAlarm {
            viewModel: page.viewModel
        },
        DeviceBanner {
            visible: page.app.device.lowStorage || page.app.device.lowBattery
            device: page.app.device
        }
    ]
    footer: InterviewKeys {
        app: page.app
        viewModel: page.viewModel
        onMore: moreSheet.open()
        onNoteWanted: noteSheet.open()
    }
    Keys.onPressed: event => {
        if (event.key === Qt.Key_M)
            page.viewModel.mark();
        else if (page.viewModel.group && event.key === Qt.Key_0)
            page.viewModel.speaks("");
        else if (page.viewModel.group && event.key >= Qt.Key_1 && event.key <= Qt.Key_9)
            page.viewModel.speaksAt(event.key - Qt.Key_0);
        else if (event.key >= Qt.Key_1 && event.key <= Qt.Key_7 && event.key - Qt.Key_1 < page.viewModel.codes.length)
            page.viewModel.code(page.viewModel.codes[event.key - Qt.Key_1].id);
        else
            return;
        event.accepted = true;
    }

    Item {
        // The conversation, and below it the codes; with two hands beside it, under the thumb. Placed by hand: layouts in
        // layouts do not come to rest in Qt 6.4 where texts wrap.
        id: panes

        readonly property bool split: page.twoHands && codes.visible
        readonly property real codesWidth: split ? 400 : width

        Layout.fillWidth: true
        implicitHeight: split ? Math.max(talk.height, codes.height) : talk.height + (codes.visible ? codes.height + Theme.gap : 0)

        SteadyColumn {
            id: talk

            x: panes.split && Theme.leftHanded ? panes.codesWidth + Theme.huge : 0
            room: panes.split ? panes.width - panes.codesWidth - Theme.huge : panes.width
            spacing: Theme.gap

            Question {
                objectName: "question"
                text: page.viewModel.question
            }
            Caption {
                visible: text !== "" && page.viewModel.state === InterviewViewModel.Ready
                text: page.viewModel.sectionInstructions
            }
            SoundCheck {
                visible: page.viewModel.state === InterviewViewModel.Ready && page.viewModel.hasAudio
                viewModel: page.viewModel
            }
            AroundCard {
                visible: page.viewModel.state === InterviewViewModel.Ready
                viewModel: page.viewModel
                begun: page.viewModel.hasBegun
                onPeopleWanted: peopleSheet.open()
            }
            Repeater {
                model: page.walking ? page.viewModel.probes : []

                delegate: ListRow {
                    required property var modelData

                    title: modelData.text
                    iconName: modelData.asked ? "check" : "chevron"
                    leadsOn: false
                    description: modelData.asked ? qsTr("Asked") : qsTr("Not asked yet")
                    onClicked: page.viewModel.askProbe(modelData.id)
                }
            }
        }
        LiveCodes {
            id: codes

            x: panes.split && !Theme.leftHanded ? panes.width - panes.codesWidth : 0
            y: panes.split ? 0 : talk.height + Theme.gap
            room: panes.codesWidth
            visible: page.walking && page.viewModel.codes.length > 0
            viewModel: page.viewModel
        }
    }
    GuideSheet {
        id: guideSheet

        viewModel: page.viewModel
    }
    NoteSheet {
        id: noteSheet

        viewModel: page.viewModel
    }
    InterviewMore {
        id: moreSheet

        app: page.app
        viewModel: page.viewModel
        onPeopleWanted: peopleSheet.open()
    }
    PeopleSheet {
        id: peopleSheet

        viewModel: page.viewModel
    }
    CameInSheet {
        viewModel: page.viewModel
    }
    Cover {
        app: page.app
        viewModel: page.viewModel
    }
}
