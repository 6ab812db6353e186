// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Wrap-up: everything is optional but the last key.
PageFrame {
    id: page

    required property TabletApp app
    required property WrapUpViewModel viewModel
    readonly property bool open: page.viewModel.state === WrapUpViewModel.Open
    readonly property bool sealed: page.viewModel.state === WrapUpViewModel.Sealed
    readonly property var words: ({
            "not-reached": qsTr("Not reached"),
            asked: qsTr("Asked"),
            nothing: qsTr("Nothing to report"),
            declined: qsTr("Would rather not answer"),
            volunteered: qsTr("Spoke of it unasked")
        })

    title: page.sealed ? qsTr("Sealed") : qsTr("Wrap up")
    subtitle: page.viewModel.hasAudio ? qsTr("%1 recorded").arg(page.viewModel.durationText) : qsTr("Notes only")
    canGoBack: page.open
    onBack: page.viewModel.finish()
    actions: SupportButton {
        support: page.app.support
    }
    footer: [
        PrimaryButton {
            objectName: "seal"
            visible: page.open || page.viewModel.state === WrapUpViewModel.Failed
            iconName: "lock"
            text: qsTr("Seal the interview")
            onClicked: sealSheet.open()
        },
        PrimaryButton {
            objectName: "finish"
            visible: page.sealed
            text: qsTr("Done")
            onClicked: page.viewModel.finish()
        },
        QuietButton {
            objectName: "goOn"
            visible: page.open
            text: qsTr("Go on with the interview after all")
            onClicked: page.viewModel.goOn()
        }
    ]

    Banner {
        visible: page.viewModel.error !== ""
        kind: "warning"
        text: page.viewModel.error
    }
    ProgressRow {
        visible: page.viewModel.state === WrapUpViewModel.Sealing
        text: qsTr("Sealing the interview")
        detail: qsTr("It is encrypted for the lab. You may leave the tablet lying.")
        progress: -1
    }
    Banner {
        visible: page.sealed
        kind: "good"
        title: qsTr("The interview is sealed")
        text: qsTr("It waits in the outbox. Only the lab can open it.")
    }
    Card {
        id: marksCard

        visible: page.open && page.viewModel.marks.length > 0
        title: qsTr("What do the marks mean?")

        Repeater {
            model: marksCard.visible ? page.viewModel.marks : []

            delegate: MarkRow {
                required property var modelData

                mark: modelData
                viewModel: page.viewModel
            }
        }
    }
    Card {
        visible: page.open
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
                page.viewModel.memo(memoField.text);
                memoField.clear();
            }
        }
    }
    Card {
        visible: page.open && page.viewModel.hasAudio
        title: qsTr("Anything you would take back?")

        Body {
            text: qsTr("Ask the person. What lies between the two times is destroyed before anything leaves the tablet.")
        }
        TextInputField {
            id: fromField

            objectName: "from"
            label: qsTr("From")
            placeholder: "12:30"
        }
        TextInputField {
            id: toField

            objectName: "to"
            label: qsTr("To")
            placeholder: "13:05"
        }
        SecondaryButton {
            objectName: "takeBack"
            text: qsTr("Take this back")
            enabled: fromField.text !== "" && toField.text !== ""
            onClicked: page.viewModel.takeBack(fromField.text, toField.text)
        }
        Repeater {
            model: page.open ? page.viewModel.spans : []

            delegate: ListRow {
                required property var modelData

                title: modelData.text
                subtitle: qsTr("Will be destroyed. Touch to keep it after all.")
                iconName: "off-record"
                leadsOn: false
                onClicked: page.viewModel.giveBack(modelData.number)
            }
        }
    }
    Card {
        visible: page.open
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
                page.viewModel.compensate(compensationField.text);
                compensationField.clear();
            }
        }
    }
    Card {
        visible: page.open
        title: qsTr("How far each question got")

        Repeater {
            model: page.open ? page.viewModel.coverage : []

            delegate: ListRow {
                required property var modelData

                title: modelData.text
                status: page.words[modelData.coverage] ?? ""
                statusTone: modelData.coverage === "not-reached" ? "" : "good"
                onClicked: coverageSheet.ask(modelData.id, modelData.text, modelData.coverage)
            }
        }
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

                text: page.words[modelData]
                selected: coverageSheet.coverage === modelData
                onChosen: {
                    coverageSheet.close();
                    page.viewModel.answer(coverageSheet.question, modelData);
                }
            }
        }
    }
    ConfirmSheet {
        id: sealSheet

        title: qsTr("Seal the interview?")
        text: qsTr("Afterwards nothing can be added to the recording. Field notes can still be written.")
        confirmText: qsTr("Seal")
        cancelText: qsTr("Not yet")
        onConfirmed: page.viewModel.seal()
    }
}
