// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Shapes

// One icon of Icons.qml, in any colour and size. Decoration only: the control that shows it bears the name.
Item {
    id: icon

    property string name: ""
    property color color: Theme.ink
    property real size: Theme.iconSize

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    // Drawn at twice the size and smoothed down: crisp wherever the graphics card has no multisampling.
    Shape {
        width: icon.size * 2
        height: width
        scale: 0.5
        transformOrigin: Item.TopLeft
        layer.enabled: GraphicsInfo.api !== GraphicsInfo.Software
        layer.smooth: true
        layer.samples: 4

        ShapePath {
            strokeColor: icon.color
            strokeWidth: icon.size / 6
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(icon.size / 12, icon.size / 12)

            PathSvg {
                path: Icons.line(icon.name)
            }
        }
        ShapePath {
            strokeColor: "transparent"
            strokeWidth: -1
            fillColor: icon.color
            fillRule: ShapePath.WindingFill
            scale: Qt.size(icon.size / 12, icon.size / 12)

            PathSvg {
                path: Icons.solid(icon.name)
            }
        }
    }
}
