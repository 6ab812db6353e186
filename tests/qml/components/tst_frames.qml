// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtTest
import Sotto.Components

// The frame of a page, sheets, fields and the window class.
Item {
    id: root

    width: 360
    height: 640

    Component {
        id: pageComponent

        PageFrame {
            anchors.fill: parent
            title: "Person"
            keyboard: Qt.rect(0, 0, 0, 0)
            footer: PrimaryButton {
                objectName: "next"
                text: "Next"
            }

            Repeater {
                model: 12

                TextInputField {
                    required property int index

                    objectName: "field" + index
                    label: "Field " + index
                    sensitive: index === 3
                }
            }
        }
    }
    Component {
        id: sheetComponent

        ConfirmSheet {
            title: "Erase?"
            text: "This cannot be undone."
            confirmText: "Erase"
            danger: true
        }
    }
    Component {
        id: longSheetComponent

        Sheet {
            title: "Long"

            Repeater {
                model: 12

                delegate: TextInputField {
                    required property int index

                    objectName: "sheetField" + index
                    label: "Field " + index
                }
            }
        }
    }
    Component {
        id: passphraseComponent

        PassphraseField {
            width: 300
            label: "Passphrase"
        }
    }
    Component {
        id: longComponent

        TextAreaField {
            width: 300
            label: "Note"
        }
    }
    Component {
        id: windowClassComponent

        WindowClass {
        }
    }
    Component {
        id: spyComponent

        SignalSpy {
        }
    }

    TestCase {
        name: "Frames"
        when: windowShown

        function spyOn(target: QtObject, signalName: string): var {
            return createTemporaryObject(spyComponent, root, {
                target: target,
                signalName: signalName
            });
        }

        function isSeen(page: Item, item: Item): bool {
            const top = item.mapToItem(page, 0, 0).y;
            const frame = page.flickable.mapToItem(page, 0, 0).y;
            return top >= frame - 1 && top + item.height <= frame + page.flickable.height + 1;
        }

        function test_theFocusedFieldIsScrolledIntoSight() {
            const page = createTemporaryObject(pageComponent, root);
            waitForRendering(page);
            const last = findChild(page, "field11");
            verify(!isSeen(page, last));
            last.forceActiveFocus(Qt.TabFocusReason);
            tryVerify(() => isSeen(page, last.inputItem));
            const first = findChild(page, "field0");
            first.forceActiveFocus(Qt.TabFocusReason);
            tryVerify(() => isSeen(page, first.inputItem));
        }

        function test_theFocusedFieldOfASheetIsScrolledIntoSight() {
            const sheet = createTemporaryObject(longSheetComponent, root);
            sheet.open();
            tryVerify(() => sheet.opened);
            const last = findChild(sheet.flickable.contentItem, "sheetField11");
            waitForRendering(sheet.flickable);
            verify(!isSeen(sheet, last));
            last.forceActiveFocus(Qt.TabFocusReason);
            tryVerify(() => isSeen(sheet, last.inputItem));
        }

        function test_theFocusedFieldStaysAboveTheScreenKeyboard() {
            const page = createTemporaryObject(pageComponent, root);
            waitForRendering(page);
            const field = findChild(page, "field4");
            field.forceActiveFocus(Qt.TabFocusReason);
            page.keyboard = Qt.rect(0, 380, 360, 260);
            waitForRendering(page);
            tryVerify(() => isSeen(page, field.inputItem));
            verify(field.inputItem.mapToItem(root, 0, field.inputItem.height).y <= 380);
            const next = findChild(page, "next");
            verify(next.mapToItem(root, 0, next.height).y <= 380);
            page.keyboard = Qt.rect(0, 0, 0, 0);
            compare(page.keyboardHeight, 0);
        }

        function test_aWidePageKeepsItsLinesShort() {
            const page = createTemporaryObject(pageComponent, root);
            page.anchors.fill = undefined;
            page.width = 1280;
            page.height = 640;
            waitForRendering(page);
            const field = findChild(page, "field0");
            compare(field.width, Theme.contentWidth);
            fuzzyCompare(field.mapToItem(page, 0, 0).x, (1280 - Theme.contentWidth) / 2, 1);
        }

        function test_theArrowAtTheTopGoesBack() {
            const page = createTemporaryObject(pageComponent, root);
            const back = spyOn(page, "back");
            waitForRendering(page);
            mouseClick(page, 28, 32);
            compare(back.count, 1);
        }

        function test_sensitiveFieldsForbidLearningAndPrediction() {
            const page = createTemporaryObject(pageComponent, root);
            const wanted = Qt.ImhSensitiveData | Qt.ImhNoPredictiveText;
            compare(findChild(page, "field3").inputItem.inputMethodHints & wanted, wanted);
            compare(findChild(page, "field4").inputItem.inputMethodHints & wanted, 0);
            const passphrase = createTemporaryObject(passphraseComponent, root);
            compare(passphrase.inputItem.inputMethodHints & wanted, wanted);
            verify(passphrase.inputItem.inputMethodHints & Qt.ImhHiddenText);
        }

        function test_aPassphraseIsHiddenUntilShown() {
            const field = createTemporaryObject(passphraseComponent, root);
            compare(field.inputItem.echoMode, TextInput.Password);
            verify(field.inputItem.Accessible.passwordEdit);
            field.shown = true;
            compare(field.inputItem.echoMode, TextInput.Normal);
            field.forceActiveFocus();
            keyClick("a");
            compare(field.text, "a");
            field.clear();
            compare(field.text, "");
        }

        function test_aNoteGrowsWithItsTextAndTabLeavesIt() {
            const field = createTemporaryObject(longComponent, root);
            waitForRendering(field);
            const height = field.height;
            field.forceActiveFocus();
            keyClick(Qt.Key_Return);
            compare(field.text, "\n");
            keyClick(Qt.Key_Tab);
            compare(field.text, "\n");
            field.text = "one\ntwo\nthree\nfour\nfive\nsix";
            waitForRendering(field);
            verify(field.implicitHeight > height);
        }

        function test_escapeMeansNo() {
            const sheet = createTemporaryObject(sheetComponent, root);
            const confirmed = spyOn(sheet, "confirmed");
            const cancelled = spyOn(sheet, "cancelled");
            sheet.open();
            tryVerify(() => sheet.popup.opened);
            keyClick(Qt.Key_Escape);
            tryCompare(cancelled, "count", 1);
            compare(confirmed.count, 0);
            verify(!sheet.opened);
            sheet.open();
            tryVerify(() => sheet.popup.opened);
            sheet.agree();
            tryCompare(confirmed, "count", 1);
            compare(cancelled.count, 1);
            verify(!sheet.opened);
        }

        function test_aSheetStaysInsideTheWindowAndTakesTheFocus() {
            const sheet = createTemporaryObject(sheetComponent, root);
            sheet.open();
            tryVerify(() => sheet.popup.opened);
            verify(sheet.popup.activeFocus);
            verify(sheet.popup.y >= 0);
            verify(sheet.popup.y + sheet.popup.height <= sheet.popup.parent.height);
            sheet.close();
            tryVerify(() => !sheet.popup.visible);
        }

        function test_theWindowClassIsDecidedByWidth_data() {
            return [[359, "compact"], [599, "compact"], [600, "medium"], [839, "medium"], [840, "expanded"]].map(row => ({
                        tag: String(row[0]),
                        width: row[0],
                        expected: row[1]
                    }));
        }

        function test_theWindowClassIsDecidedByWidth(data) {
            const windowClass = createTemporaryObject(windowClassComponent, root, {
                width: data.width
            });
            compare(windowClass.name, data.expected);
            compare(windowClass.compact, data.expected === "compact");
            compare(windowClass.expanded, data.expected === "expanded");
        }
    }
}
