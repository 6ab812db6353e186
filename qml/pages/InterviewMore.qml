// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// What is needed less often: how the question was met, off the record, somebody coming in, the end.
Sheet {
    id: sheet

    required property TabletApp app
    required property InterviewViewModel viewModel
    readonly property var answers: ({
            nothing: qsTr("Nothing to report"),
            declined: qsTr("Would rather not answer"),
            volunteered: qsTr("Spoke of it unasked")
        })
    readonly property bool recording: sheet.viewModel.state === InterviewViewModel.Recording

    signal peopleWanted

    title: qsTr("More")

    SecondaryButton {
        objectName: "offRecord"
        visible: sheet.recording
        iconName: "off-record"
        text: qsTr("Off the record")
        onClicked: {
            sheet.close();
            sheet.viewModel.goOffRecord();
        }
    }
    SecondaryButton {
        objectName: "someoneCame"
        iconName: "door"
        text: qsTr("Someone came in")
        onClicked: {
            sheet.close();
            sheet.viewModel.someoneCame();
        }
    }
    SecondaryButton {
        objectName: "whoIsHere"
        iconName: "pair"
        text: qsTr("Who else is here")
        onClicked: {
            sheet.close();
            sheet.peopleWanted();
        }
    }
    SecondaryButton {
        objectName: "lock"
        iconName: "lock"
        text: qsTr("Lock")
        onClicked: {
            sheet.close();
            sheet.app.lock();
        }
    }
    SecondaryButton {
        objectName: "undo"
        visible: sheet.viewModel.undoText !== ""
        iconName: "undo"
        text: sheet.viewModel.undoText
        onClicked: {
            sheet.close();
            sheet.viewModel.undo();
        }
    }
    SecondaryButton {
        objectName: "previousQuestion"
        visible: sheet.viewModel.hasPrevious
        iconName: "back"
        text: qsTr("Previous question")
        onClicked: {
            sheet.close();
            sheet.viewModel.previous();
        }
    }
    Title {
        text: qsTr("This question")
    }
    Repeater {
        // Without the words: a model that changes with the language would change children of a hidden layout.
        model: ["nothing", "declined", "volunteered"]

        delegate: ChoiceRow {
            required property string modelData

            objectName: "answer-" + modelData
            text: sheet.answers[modelData]
            selected: sheet.viewModel.coverage === modelData
            onChosen: {
                sheet.close();
                sheet.viewModel.answer(modelData);
            }
        }
    }
    SecondaryButton {
        objectName: "takeBack"
        visible: !sheet.viewModel.group // of one in a group it is done from their page, when the others have gone on
        iconName: "undo"
        text: qsTr("They want to stop or take back")
        onClicked: {
            sheet.close();
            sheet.app.openWithdrawal();
        }
    }
    footer: DangerButton {
        objectName: "end"
        iconName: "stop"
        text: qsTr("End the interview")
        onClicked: {
            sheet.close();
            sheet.viewModel.end();
        }
    }
}
