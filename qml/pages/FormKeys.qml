// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// Below a form: how far one is, on to the next question, and "I would rather not say" where the study leaves it free.
ColumnLayout {
    id: keys

    required property FormViewModel form
    property string finishText: qsTr("Finish")
    readonly property bool asking: keys.form.step === FormViewModel.Item

    Layout.fillWidth: true
    spacing: Theme.small

    ProgressRow {
        visible: keys.asking
        detail: qsTr("Question %1 of %2").arg(keys.form.index + 1).arg(keys.form.count)
        progress: keys.form.count > 0 ? (keys.form.index + 1) / keys.form.count : 0
    }
    PrimaryButton {
        objectName: "next"
        text: keys.form.step === FormViewModel.End ? keys.finishText : keys.form.step === FormViewModel.Intro ? qsTr("Begin") : keys.form.answered || !keys.form.mayDecline ? qsTr("Continue") : qsTr("Continue without an answer")
        onClicked: keys.form.step === FormViewModel.End ? keys.form.finish() : keys.form.next()
    }
    QuietButton {
        objectName: "decline"
        visible: keys.asking && keys.form.mayDecline
        text: keys.form.declined ? qsTr("Answer after all") : qsTr("I would rather not say")
        onClicked: keys.form.decline()
    }
}
