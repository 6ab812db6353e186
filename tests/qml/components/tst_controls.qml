// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtTest
import Sotto.Components

// Names, sizes, focus, keys and fitting text of every control.
Item {
    id: root

    width: 1280
    height: 800

    Component {
        id: samplesComponent

        Samples {
        }
    }

    TestCase {
        id: test

        property var samples: null

        name: "Controls"
        when: windowShown

        function init() {
            Theme.fontScale = 1.0;
            samples = createTemporaryObject(samplesComponent, root, {
                width: 800
            });
            verify(samples !== null);
            waitForRendering(samples);
        }

        function cleanup() {
            Theme.fontScale = 1.0;
        }

        function visibleItems(item: Item): var {
            let found = [];
            for (let index = 0; index < item.children.length; ++index) {
                const child = item.children[index];
                if (child.visible && child.width > 0)
                    found = found.concat([child], visibleItems(child));
            }
            return found;
        }

        function focusable(): var {
            return visibleItems(samples).filter(item => item.activeFocusOnTab && item.enabled);
        }

        // Items that draw words: Text and what is made of it, without the boxes that only bear a "text" property.
        function texts(): var {
            return visibleItems(samples).filter(item => item.truncated !== undefined && item.text !== "");
        }

        function describe(item: Item): string {
            return `${item} '${item.text ?? item.label ?? ""}' in ${item.parent?.parent?.parent}`;
        }

        function test_everyControlHasANameAndRoleAndIsLargeEnough() {
            const items = focusable();
            verify(items.length >= 23, "only " + items.length + " controls");
            for (const item of items) {
                // Qt gives no name to a field whose text is hidden; the group around it has it.
                const named = item.Accessible.passwordEdit ? item.parent.parent.parent : item;
                verify(named.Accessible.name !== "", describe(item) + " has no name");
                verify(item.Accessible.role > 0, describe(item) + " has no role");
                verify(item.height >= Theme.target, describe(item) + " is " + item.height + " high");
                verify(item.width >= Theme.target, describe(item) + " is " + item.width + " wide");
            }
        }

        function test_theMarkKeyIsTheLargestKey() {
            const mark = findChild(samples, "mark");
            verify(mark.width >= Theme.bigTarget && mark.height >= Theme.bigTarget);
        }

        function test_tabVisitsEveryControlInTheOrderSeen() {
            const items = focusable();
            items[0].forceActiveFocus(Qt.TabFocusReason);
            for (let index = 0; index < items.length; ++index) {
                verify(items[index].activeFocus, "no focus on " + describe(items[index]));
                keyClick(Qt.Key_Tab);
            }
        }

        function test_aPressOfReturnOrSpaceIsAPress_data() {
            const kinds = ["primary", "secondary", "quiet", "danger", "icon", "captioned", "mark", "choice", "row"];
            return kinds.map(kind => ({
                        tag: kind,
                        said: kind
                    })).concat([{
                        tag: "switch",
                        said: "switch true"
                    }]);
        }

        function test_aPressOfReturnOrSpaceIsAPress(data) {
            const control = findChild(samples, data.tag);
            control.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(samples.heard, [data.said]);
            keyClick(Qt.Key_Space);
            compare(samples.heard, [data.said, data.said]);
            mouseClick(control);
            compare(samples.heard.length, 3);
            control.enabled = false;
            mouseClick(control);
            compare(samples.heard.length, 3);
        }

        function test_aControlShowsItsStateAndNeverChangesIt() {
            const toggle = findChild(samples, "switch");
            mouseClick(toggle);
            verify(!toggle.on && !toggle.Accessible.checked);
            toggle.on = true;
            verify(toggle.Accessible.checked);
            const choice = findChild(samples, "choice");
            mouseClick(choice);
            verify(!choice.selected);
        }

        function test_theFocusRingShowsForTheKeyboardOnly() {
            const control = findChild(samples, "primary");
            mouseClick(control);
            verify(!control.visualFocus);
            findChild(samples, "secondary").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Backtab);
            verify(control.visualFocus);
            const rings = visibleItems(control).filter(item => item.shown === true);
            compare(rings.length, 1);
        }

        function test_textFits_data() {
            let rows = [];
            for (const width of [328, 752, 1280])
                for (const scale of [1, 2])
                    rows.push({
                        tag: width + " wide at scale " + scale,
                        width: width,
                        scale: scale
                    });
            return rows;
        }

        function test_textFits(data) {
            Theme.fontScale = data.scale;
            samples.width = data.width;
            samples.height = Qt.binding(() => samples.implicitHeight);
            waitForRendering(samples);
            wait(30);
            const seen = texts();
            verify(seen.length >= 35, "only " + seen.length + " texts");
            for (const text of seen) {
                verify(!text.truncated, describe(text) + " is cut off");
                verify(text.contentWidth <= text.width + 1, describe(text) + " is wider than its place");
                verify(text.contentHeight <= text.height + 1, describe(text) + " is higher than its place");
                const left = text.mapToItem(samples, 0, 0).x;
                verify(left >= -1 && left + text.contentWidth <= data.width + 1, describe(text) + " leaves the page");
            }
            for (let i = 0; i < seen.length; ++i)
                for (let j = i + 1; j < seen.length; ++j)
                    verify(!overlap(seen[i], seen[j]), describe(seen[i]) + " overlaps " + describe(seen[j]));
        }

        function overlap(one: Item, other: Item): bool {
            const a = one.mapToItem(samples, 0, 0, one.width, one.height);
            const b = other.mapToItem(samples, 0, 0, other.width, other.height);
            return a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 1 < b.y + b.height && b.y + 1 < a.y + a.height;
        }

        function test_noWordOfAButtonIsBroken() {
            Theme.fontScale = 2;
            samples.width = 328;
            waitForRendering(samples);
            wait(30);
            for (const name of ["primary", "secondary", "quiet", "danger", "captioned"]) {
                const control = findChild(samples, name);
                const label = texts().find(text => text.text === control.text);
                verify(label.width >= Theme.longestWord(control.text, control.metrics), `${name}: ${label.width} in ${control.width}, ${control.availableWidth}`);
                verify(control.width <= 328, name);
            }
        }

        function test_yesAndNoAreTheSameSize() {
            const answers = visibleItems(samples).filter(item => item.modelData === "yes" || item.modelData === "no");
            compare(answers.length, 2);
            fuzzyCompare(answers[0].width, answers[1].width, 1);
            compare(answers[0].height, answers[1].height);
            mouseClick(answers[0]);
            mouseClick(answers[1]);
            compare(samples.heard, ["yes", "no"]);
        }
    }
}
