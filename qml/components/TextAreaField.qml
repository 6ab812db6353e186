// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Several lines to type; grows with its text. Tab leaves it.
FieldFrame {
    id: control

    property alias text: input.text
    property string placeholder: ""
    property alias readOnly: input.readOnly
    property bool sensitive: false
    property int rows: 3
    readonly property Item inputItem: input

    signal edited(string text)

    function clear() {
        input.clear();
    }

    TextArea {
        id: input

        Layout.fillWidth: true
        focus: true
        implicitHeight: Math.max(contentHeight, shownHint.visible ? shownHint.implicitHeight : 0, metrics.lineSpacing * control.rows) + topPadding + bottomPadding
        padding: 14
        leftPadding: 14
        rightPadding: 14
        activeFocusOnTab: true
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        color: enabled ? Theme.ink : Theme.inkSoft
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        selectByMouse: true
        font.family: Theme.family
        font.pixelSize: Theme.bodySize
        inputMethodHints: control.sensitive ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText : Qt.ImhNone
        Accessible.role: Accessible.EditableText
        Accessible.name: control.label
        Accessible.description: control.error !== "" ? control.error : control.hint
        Accessible.multiLine: true
        Accessible.readOnly: readOnly
        KeyNavigation.priority: KeyNavigation.BeforeItem
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        onTextChanged: if (activeFocus) control.edited(text)

        background: FieldBox {
            active: input.activeFocus
            faulty: control.error !== ""
        }

        AppLabel {
            id: shownHint

            x: input.leftPadding
            y: input.topPadding
            width: input.width - input.leftPadding - input.rightPadding
            visible: input.length === 0 && input.preeditText === ""
            text: control.placeholder
            tone: "soft"
            font: input.font
            Accessible.ignored: true
        }
        FontMetrics {
            id: metrics

            font: input.font
        }
    }
}
