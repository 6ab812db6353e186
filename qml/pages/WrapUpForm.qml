// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// What can still be said before the interview is sealed: what the marks mean, a memo, what to take back, compensation,
// how far each question got.
ColumnLayout {
    id: form

    required property WrapUpViewModel viewModel
    readonly property var words: ({
            "not-reached": qsTr("Not reached"),
            asked: qsTr("Asked"),
            nothing: qsTr("Nothing to report"),
            declined: qsTr("Would rather not answer"),
            volunteered: qsTr("Spoke of it unasked")
        })

    spacing: Theme.gap

    Card {
        visible: form.viewModel.marks.length > 0
        title: qsTr("What do the marks mean?")

        Repeater {
            model: form.viewModel.marks

            delegate: MarkRow {
                required property var modelData

                mark: modelData
                viewModel: form.viewModel
                onWanted: number => markSheet.ask(number)
            }
        }
    }
    Card {
        title: qsTr("Memo")

        TextAreaField {
            id: memoField

            objectName: "memo"
            label: qsTr("What stays with you from this interview")
            sensitive: true
        }
        SecondaryButton {
            objectName: "keepMemo"
            text: qsTr("Keep the memo")
            enabled: memoField.text.trim() !== ""
            onClicked: {
                form.viewModel.memo(memoField.text);
                memoField.clear();
            }
        }
    }
    TakeBackCard {
        visible: form.viewModel.hasAudio
        viewModel: form.viewModel
    }
    Card {
        title: qsTr("Compensation")

        TextInputField {
            id: compensationField

            objectName: "compensation"
            label: qsTr("What was given")
            sensitive: true
        }
        SecondaryButton {
            text: qsTr("Keep")
            enabled: compensationField.text.trim() !== ""
            onClicked: {
                form.viewModel.compensate(compensationField.text);
                compensationField.clear();
            }
        }
    }
    Card {
        title: qsTr("How far each question got")

        Repeater {
            model: form.viewModel.coverage

            delegate: ListRow {
                required property var modelData

                title: modelData.text
                status: form.words[modelData.coverage] ?? ""
                statusTone: modelData.coverage === "not-reached" ? "" : "good"
                onClicked: coverageSheet.ask(modelData.id, modelData.text, modelData.coverage)
            }
        }
    }
    MarkSheet {
        id: markSheet

        viewModel: form.viewModel
    }
    Sheet {
        id: coverageSheet

        property string question: ""
        property string coverage: ""

        function ask(id: string, text: string, known: string) {
            coverageSheet.question = id;
            coverageSheet.coverage = known;
            coverageSheet.title = text;
            coverageSheet.open();
        }

        Repeater {
            model: ["nothing", "declined", "volunteered"]

            delegate: ChoiceRow {
                required property string modelData

                text: form.words[modelData]
                selected: coverageSheet.coverage === modelData
                onChosen: {
                    coverageSheet.close();
                    form.viewModel.answer(coverageSheet.question, modelData);
                }
            }
        }
    }
}
