// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// One line to type. `sensitive` keeps the screen keyboard from learning and predicting what is typed.
FieldFrame {
    id: control

    property alias text: input.text
    property string placeholder: "" // goes below the field where it does not fit into it
    property alias maximumLength: input.maximumLength
    property alias readOnly: input.readOnly
    property alias echoMode: input.echoMode
    property alias validator: input.validator
    property alias acceptableInput: input.acceptableInput
    property int inputHints: Qt.ImhNone
    property bool sensitive: false
    property bool fixedWidth: false // for codes, where 0 and O must differ
    readonly property Item inputItem: input
    readonly property bool placeholderFits: metrics.font.pixelSize > 0 && metrics.advanceWidth(placeholder) <= input.width - input.leftPadding - input.rightPadding

    help: placeholderFits ? hint : placeholder + (hint !== "" ? "\n" + hint : "")

    signal accepted
    signal edited(string text)

    function clear() {
        input.clear();
    }

    FontMetrics {
        id: metrics

        font: input.font
    }
    TextField {
        id: input

        Layout.fillWidth: true
        focus: true
        implicitHeight: Math.max(52, contentHeight + topPadding + bottomPadding)
        leftPadding: 14
        rightPadding: 14
        activeFocusOnTab: true
        color: enabled ? Theme.ink : Theme.inkSoft
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        selectByMouse: true
        font.family: control.fixedWidth ? Theme.fixedFamily : Theme.family
        font.pixelSize: Theme.bodySize
        inputMethodHints: control.inputHints | (control.sensitive ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNone)
        Accessible.role: Accessible.EditableText
        Accessible.name: control.label
        Accessible.description: control.error !== "" ? control.error : control.hint
        Accessible.passwordEdit: echoMode !== TextInput.Normal
        Accessible.readOnly: readOnly
        onAccepted: control.accepted()
        onTextEdited: control.edited(text)

        background: FieldBox {
            active: input.activeFocus
            faulty: control.error !== ""
        }

        AppLabel {
            x: input.leftPadding
            anchors.verticalCenter: parent.verticalCenter
            width: input.width - input.leftPadding - input.rightPadding
            visible: control.placeholderFits && input.length === 0 && input.preeditText === ""
            text: control.placeholder
            tone: "soft"
            font: input.font
            Accessible.ignored: true
        }
    }
}
