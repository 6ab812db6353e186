// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sotto.App
import Sotto.Components

// The options of a question, one below the other, and the words that "other" asks for.
ColumnLayout {
    id: choices

    required property FormViewModel form
    readonly property bool several: choices.form.kind === FormViewModel.Multiple

    spacing: Theme.small

    Caption {
        visible: choices.several
        text: qsTr("You can choose several.")
    }
    Repeater {
        model: choices.form.options

        delegate: ChoiceRow {
            required property var modelData

            objectName: "option-" + modelData.id
            text: modelData.text
            several: choices.several
            selected: choices.form.chosen.indexOf(modelData.id) >= 0
            onChosen: choices.form.choose(modelData.id)
        }
    }
    TextInputField {
        id: other

        objectName: "otherWords"
        visible: choices.form.saysOther
        label: qsTr("In your own words")
        error: choices.form.fault
        sensitive: true
        onEdited: text => choices.form.write(text)
    }
    Caption {
        visible: text !== "" && !other.visible
        text: choices.form.fault
        tone: "recording"
    }
    Connections {
        target: choices.form

        function onFieldsChanged() {
            other.text = choices.form.words;
        }
    }
    Component.onCompleted: other.text = choices.form.words
}
