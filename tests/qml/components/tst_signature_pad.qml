// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Sotto.Components

Item {
    id: root

    width: 800
    height: 800

    Component {
        id: padComponent

        SignaturePad {
            width: 500
        }
    }
    SignalSpy {
        id: edits

        signalName: "edited"
    }
    TestCase {
        id: test

        property var pad: null
        property Item area: null

        name: "SignaturePad"
        when: windowShown

        function init() {
            pad = createTemporaryObject(padComponent, root);
            area = findChild(pad, "area");
            edits.target = pad;
            edits.clear();
            waitForRendering(pad);
        }

        function inkAt(x: real, y: real): bool {
            const place = area.mapToItem(root, x, y);
            return grabImage(root).red(Math.round(place.x), Math.round(place.y)) < 100;
        }

        function draw(fromX: real, fromY: real, toX: real, toY: real) {
            mousePress(area, fromX, fromY);
            mouseMove(area, (fromX + toX) / 2, (fromY + toY) / 2);
            mouseMove(area, toX, toY);
            mouseRelease(area, toX, toY);
        }

        function test_aStrokeIsKeptInThousandthsOfTheWidth() {
            verify(pad.isEmpty);
            draw(50, 40, 250, 100);
            compare(pad.strokes.length, 1);
            compare(edits.count, 1);
            const scale = 1000 / area.width;
            const stroke = pad.strokes[0];
            compare(stroke[0], Qt.point(Math.round(50 * scale), Math.round(40 * scale)));
            compare(stroke[stroke.length - 1], Qt.point(Math.round(250 * scale), Math.round(100 * scale)));
            for (const point of stroke)
                compare(point, Qt.point(Math.round(point.x), Math.round(point.y)));
        }

        function test_whatIsDrawnIsSeenWhereItWasDrawn() {
            draw(100, 100, 300, 100);
            tryVerify(() => inkAt(200, 100));
            verify(!inkAt(200, 60));
        }

        function test_strokesSurviveAChangeOfSize() {
            draw(100, 100, 300, 100);
            const before = JSON.stringify(pad.strokes);
            const width = area.width;
            pad.width = 250;
            waitForRendering(pad);
            compare(JSON.stringify(pad.strokes), before);
            compare(area.width, width / 2);
            compare(area.height, area.width * 0.4);
            tryVerify(() => inkAt(100, 50), 5000, "the stroke moved");
            pad.width = 500;
            compare(JSON.stringify(pad.strokes), before);
        }

        function test_undoTakesTheLastStrokeAndClearTakesAll() {
            draw(50, 50, 100, 50);
            draw(50, 80, 100, 80);
            draw(50, 110, 100, 110);
            const first = JSON.stringify(pad.strokes.slice(0, 2));
            pad.undo();
            compare(JSON.stringify(pad.strokes), first);
            pad.clear();
            verify(pad.isEmpty);
            pad.undo();
            verify(pad.isEmpty);
            compare(edits.count, 5);
        }

        function test_aDotIsAStrokeAndNothingLeavesThePad() {
            mouseClick(area, 60, 60);
            compare(pad.strokes.length, 1);
            compare(pad.strokes[0].length, 2);
            mousePress(area, 400, 100);
            mouseMove(area, 700, 400);
            mouseRelease(area, 700, 400);
            for (const point of pad.strokes[1])
                verify(point.x >= 0 && point.x <= 1000 && point.y >= 0 && point.y <= 400);
        }

        function test_aFingerDrawsToo() {
            const touch = touchEvent(area);
            touch.press(0, area, 50, 50).commit();
            for (const x of [80, 120, 160, 200]) {
                touch.move(0, area, x, 90).commit();
                wait(30); // moves of one frame are delivered as one
            }
            touch.release(0, area, 200, 90).commit();
            compare(pad.strokes.length, 1);
            verify(pad.strokes[0].length >= 3);
        }

        function test_thePadSaysWhatItIsToWhoCannotSeeIt() {
            verify(area.Accessible.name !== "");
            verify(area.Accessible.description.includes(pad.hint));
            const empty = area.Accessible.description;
            draw(50, 40, 250, 100);
            verify(area.Accessible.description !== empty);
        }
    }
}
