// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// A note with the time of the recording. Recording goes on meanwhile.
Sheet {
    id: sheet

    required property InterviewViewModel viewModel

    title: qsTr("Note at %1").arg(sheet.viewModel.elapsedText)

    TextAreaField {
        id: field

        objectName: "noteText"
        focus: true
        label: qsTr("Note")
        sensitive: true
    }
    footer: PrimaryButton {
        objectName: "saveNote"
        text: qsTr("Keep the note")
        enabled: field.text.trim() !== ""
        onClicked: {
            sheet.viewModel.note(field.text);
            field.clear();
            sheet.close();
        }
    }
}
