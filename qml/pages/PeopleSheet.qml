// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Who else is there: no names, what each is here for, whether they promised to keep it to themselves and whether they
// may be heard. While somebody is there who may not, nothing is recorded.
Sheet {
    id: sheet

    required property InterviewViewModel viewModel
    readonly property AroundViewModel around: sheet.viewModel.around
    readonly property var words: ({
            interpreter: qsTr("Interpreter"),
            support: qsTr("Support person"),
            other: qsTr("Somebody else")
        })
    property string adding: ""

    title: qsTr("Who else is here?")
    onOpenedChanged: sheet.adding = ""

    Banner {
        visible: !sheet.around.mayRecord
        kind: "warning"
        text: qsTr("Nothing is recorded while somebody is here who did not agree to it. Notes can go on.")
    }
    Repeater {
        model: sheet.opened ? sheet.around.people : []

        delegate: Card {
            id: one

            required property var modelData

            title: sheet.words[modelData.as]

            Caption {
                text: one.modelData.pledged ? qsTr("Promised to keep to themselves what is said") : qsTr("Made no promise")
            }
            SwitchRow {
                objectName: "there-" + one.modelData.id
                text: qsTr("Is here now")
                on: one.modelData.there
                onSwitched: sheet.around.setThere(one.modelData.id, !one.modelData.there)
            }
            SwitchRow {
                objectName: "audio-" + one.modelData.id
                text: qsTr("Agreed to be recorded")
                on: one.modelData.audio
                onSwitched: sheet.around.setAgreedAudio(one.modelData.id, !one.modelData.audio)
            }
        }
    }
    Repeater {
        model: sheet.adding === "" ? ["interpreter", "support", "other"] : []

        delegate: SecondaryButton {
            required property string modelData

            objectName: "add-" + modelData
            iconName: "plus"
            text: sheet.words[modelData]
            onClicked: {
                pledge.answer = "";
                audio.answer = "";
                sheet.adding = modelData;
            }
        }
    }
    Card {
        visible: sheet.adding !== ""
        title: sheet.words[sheet.adding] ?? ""

        Body {
            text: qsTr("Ask: do you promise to keep to yourself what is said here? May your voice be recorded?")
        }
        YesNoRow {
            id: pledge

            objectName: "pledge"
            text: qsTr("Promises to keep it to themselves")
            onAnswered: answer => pledge.answer = answer
        }
        YesNoRow {
            id: audio

            objectName: "audio"
            text: qsTr("Agrees to be recorded")
            onAnswered: answer => audio.answer = answer
        }
        PrimaryButton {
            objectName: "addPerson"
            text: qsTr("Add")
            enabled: pledge.answer !== "" && audio.answer !== ""
            onClicked: {
                sheet.around.addPerson(sheet.adding, pledge.answer === "yes", audio.answer === "yes");
                sheet.adding = "";
            }
        }
    }
}
