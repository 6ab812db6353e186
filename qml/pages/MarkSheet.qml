// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// What a mark means: words, codes, and which code has to do with which. Codes and links are kept at once, the words
// with "Done".
Sheet {
    id: sheet

    required property WrapUpViewModel viewModel
    property int number: 0
    property var codes: []
    property string first: "" // of two codes to link; "?": none was touched yet
    readonly property var marks: sheet.viewModel.marks
    readonly property var mark: sheet.marks.find(mark => mark.number === sheet.number)
    readonly property var coded: sheet.mark?.codes.map(code => code.id) ?? []

    function ask(number: int) {
        sheet.number = number;
        sheet.codes = sheet.viewModel.codes;
        sheet.first = "";
        field.text = sheet.mark.text;
        sheet.open();
    }

    function touched(code: string) {
        if (sheet.first === "") {
            sheet.viewModel.code(sheet.number, code);
        } else if (sheet.first === "?") {
            sheet.first = code;
        } else if (sheet.first !== code) {
            sheet.viewModel.link(sheet.number, sheet.first, code);
            sheet.first = "";
        }
    }

    title: qsTr("Mark at %1").arg(sheet.mark?.at ?? "")

    TextInputField {
        id: field

        objectName: "meaningText"
        label: qsTr("In a few words")
        sensitive: true
    }
    Title {
        visible: sheet.codes.length > 0
        text: sheet.first === "" ? qsTr("Codes") : sheet.first === "?" ? qsTr("Link: touch the first code") : qsTr("Link: touch the second code")
    }
    Repeater {
        model: sheet.codes

        delegate: ChoiceRow {
            required property var modelData

            objectName: "code-" + modelData.id
            several: sheet.first === ""
            text: modelData.name
            selected: sheet.first === "" ? sheet.coded.includes(modelData.id) : sheet.first === modelData.id
            onChosen: sheet.touched(modelData.id)
        }
    }
    SecondaryButton {
        objectName: "linkTwo"
        visible: sheet.codes.length > 1
        iconName: "link"
        text: sheet.first === "" ? qsTr("Link two codes") : qsTr("No link")
        onClicked: sheet.first = sheet.first === "" ? "?" : ""
    }
    Repeater {
        model: sheet.opened ? sheet.mark?.links ?? [] : []

        delegate: ListRow {
            required property var modelData

            title: modelData.text
            subtitle: qsTr("Touch to take the link away")
            iconName: "link"
            leadsOn: false
            onClicked: sheet.viewModel.unlink(modelData.number)
        }
    }
    footer: PrimaryButton {
        objectName: "keepMeaning"
        text: qsTr("Done")
        onClicked: {
            sheet.close();
            if (field.text.trim() !== sheet.mark.text)
                sheet.viewModel.describe(sheet.number, field.text);
        }
    }
}
