// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// A form, one question at a time: for the body of a page. FormKeys goes into its footer. Whoever fills it in reads this
// at arm's length.
// Unbound: a Loader of Qt 6.4 does not make bound components, so what is inside looks up its ids by name.
ColumnLayout {
    id: items

    required property FormViewModel form
    readonly property bool asking: items.form.step === FormViewModel.Item
    readonly property int kind: items.form.kind

    Layout.fillWidth: true
    spacing: Theme.gap

    StepColumn {
        shown: items.form.step === FormViewModel.Intro

        Heading {
            text: items.form.title
        }
        Reading {
            visible: text !== ""
            text: items.form.intro
        }
        Repeater {
            model: items.form.step === FormViewModel.Intro ? items.form.tells : []

            delegate: Banner {
                required property string modelData

                kind: "info"
                text: modelData
            }
        }
        Caption {
            visible: text !== ""
            text: items.form.credit
        }
    }
    StepColumn {
        shown: items.asking
        spacing: Theme.wide

        Caption {
            visible: text !== ""
            text: items.form.heading
        }
        Question {
            objectName: "question"
            text: items.form.text
        }
        Body {
            visible: items.form.keptHidden
            text: qsTr("You answered this before. Your answer is kept and not shown again; answer anew if you want to change it.")
        }
        Loader {
            Layout.fillWidth: true
            active: items.kind === FormViewModel.Single || items.kind === FormViewModel.Multiple || items.kind === FormViewModel.Scale
            visible: active
            sourceComponent: FormChoices {
                form: items.form // qmllint disable unqualified
            }
        }
        Loader {
            Layout.fillWidth: true
            active: items.kind === FormViewModel.Number || items.kind === FormViewModel.Date || items.kind === FormViewModel.Text || items.kind === FormViewModel.Parts
            visible: active
            sourceComponent: FormFields {
                form: items.form // qmllint disable unqualified
            }
        }
        Banner {
            visible: items.form.unexpected
            kind: "info"
            text: qsTr("The study means it differently. That is quite usual: ask to have it explained once more. Nothing depends on your answer.")
        }
        Caption {
            visible: items.form.declined
            text: qsTr("You would rather not say. That is fine.")
        }
    }
    StepColumn {
        shown: items.form.step === FormViewModel.End

        Heading {
            text: qsTr("That was everything")
        }
        Reading {
            text: items.form.unanswered > 0 ? qsTr("You left %n question(s) without an answer. You can look at them again, or leave it so.", "", items.form.unanswered) : qsTr("Everything is answered and kept.")
        }
        SecondaryButton {
            objectName: "lookAgain"
            visible: items.form.unanswered > 0
            text: qsTr("Look at them again")
            onClicked: items.form.lookAgain()
        }
    }
    Banner {
        visible: items.form.error !== ""
        kind: "warning"
        text: items.form.error
    }
}
