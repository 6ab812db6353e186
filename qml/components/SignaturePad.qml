// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes

// A place to sign with finger, pen or mouse. `strokes` is a list of strokes, each a list of points in whole thousandths
// of the pad's width (y too, so that the writing keeps its shape). The writing area is always 1000 x 400 and is fitted
// into the pad: turning the tablet changes its size and never the signature. No time and no pressure are kept.
FocusScope {
    id: pad

    property var strokes: []
    property string label: qsTr("Signature")
    property string hint: qsTr("Whoever cannot or would rather not sign on the glass signs on paper; the interviewer attests it.")
    readonly property bool isEmpty: strokes.length === 0
    readonly property real unit: area.width / 1000

    signal edited

    function undo() {
        if (!isEmpty)
            change(strokes.slice(0, -1));
    }

    function clear() {
        if (!isEmpty)
            change([]);
    }

    function change(next: var) {
        strokes = next;
        edited();
    }

    // A stroke as SVG path data, in the pad's present size.
    function outline(stroke: var): string {
        return stroke.length < 2 ? "" : "M" + stroke.map(point => (point.x * unit).toFixed(1) + " " + (point.y * unit).toFixed(1)).join("L");
    }

    Layout.fillWidth: true
    implicitWidth: 280
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column

        width: parent.width
        spacing: Theme.small

        AppLabel {
            text: pad.label
            font.pixelSize: Theme.captionSize
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Rectangle {
            id: area

            objectName: "area"
            Layout.fillWidth: true
            Layout.maximumWidth: 640
            Layout.alignment: Qt.AlignHCenter
            implicitHeight: width * 0.4
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.border
            border.color: Theme.line
            Accessible.role: Accessible.Canvas
            Accessible.name: pad.label
            Accessible.description: (pad.isEmpty ? qsTr("Empty.") : qsTr("Signed.")) + " " + pad.hint

            Rectangle {
                x: parent.width * 0.07
                y: parent.height * 0.76
                width: parent.width * 0.86
                height: 1
                color: Theme.line
            }
            AppLabel {
                x: parent.width * 0.07
                y: parent.height * 0.76 - height - Theme.tight
                width: parent.width * 0.86
                visible: pad.isEmpty && input.points.length === 0
                text: qsTr("Sign here")
                color: Theme.inkSoft
                font.pixelSize: Math.min(Theme.captionSize, parent.height / 6)
                Accessible.ignored: true
            }
            Shape {
                anchors.fill: parent
                layer.enabled: GraphicsInfo.api !== GraphicsInfo.Software
                layer.samples: 4

                ShapePath {
                    strokeColor: Theme.ink
                    strokeWidth: Math.max(2, pad.unit * 5)
                    fillColor: "transparent"
                    capStyle: ShapePath.RoundCap
                    joinStyle: ShapePath.RoundJoin

                    PathSvg {
                        path: pad.strokes.map(pad.outline).join("")
                    }
                }
                ShapePath {
                    strokeColor: Theme.ink
                    strokeWidth: Math.max(2, pad.unit * 5)
                    fillColor: "transparent"
                    capStyle: ShapePath.RoundCap
                    joinStyle: ShapePath.RoundJoin

                    PathSvg {
                        path: pad.outline(input.points)
                    }
                }
            }
            MouseArea {
                id: input

                property var points: []

                function take(mouse: MouseEvent) {
                    const x = Math.round(Math.min(1000, Math.max(0, mouse.x / pad.unit)));
                    const y = Math.round(Math.min(400, Math.max(0, mouse.y / pad.unit)));
                    const last = points[points.length - 1];
                    if (!last || last.x !== x || last.y !== y)
                        points = points.concat([Qt.point(x, y)]);
                }

                function finish() {
                    // A dot is a stroke too, of two points, so that it shows.
                    if (points.length === 1)
                        points = [points[0], Qt.point(points[0].x + 2, points[0].y)];
                    if (points.length > 0)
                        pad.change(pad.strokes.concat([points]));
                    points = [];
                }

                anchors.fill: parent
                enabled: pad.enabled
                preventStealing: true
                onPressed: mouse => take(mouse)
                onPositionChanged: mouse => take(mouse)
                onReleased: finish()
                onCanceled: finish()
            }
        }
        GridLayout {
            columns: undoButton.implicitWidth + clearButton.implicitWidth + columnSpacing <= pad.width ? 2 : 1
            columnSpacing: Theme.small
            rowSpacing: 0

            QuietButton {
                id: undoButton

                text: qsTr("Undo")
                iconName: "undo"
                accessibleName: qsTr("Undo the last stroke")
                enabled: !pad.isEmpty
                onClicked: pad.undo()
            }
            QuietButton {
                id: clearButton

                text: qsTr("Clear")
                iconName: "clear"
                accessibleName: qsTr("Clear the signature")
                enabled: !pad.isEmpty
                onClicked: pad.clear()
            }
        }
        Caption {
            visible: text !== ""
            text: pad.hint
            Accessible.ignored: true
        }
    }
}
