// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts

// The frame of every page: a header with a way back, the title and what can be done from anywhere; a body that scrolls
// and keeps the focused field above the screen keyboard; a footer for the one thing to do next.
// Children go one below the other.
FocusScope {
    id: page

    property string title: ""
    property string subtitle: ""
    property bool canGoBack: true
    property bool fills: false // the body is at least as high as the room there is: for Layout.fillHeight in it
    property int maximumContentWidth: Theme.contentWidth
    property int margin: width < 600 ? Theme.gap : Theme.wide
    default property alias content: body.data
    property alias actions: actionRow.data // at the right of the header
    property alias above: aboveColumn.data // between header and body, does not scroll
    property alias footer: footerColumn.data
    property alias spacing: body.spacing
    property rect keyboard: Theme.inputMethod.visible ? Theme.inputMethod.keyboardRectangle : Qt.rect(0, 0, 0, 0)
    property int maximumFooterWidth: maximumContentWidth
    readonly property alias flickable: flick
    readonly property int titleSize: width < 600 ? Math.round(Theme.headingSize * 0.85) : Theme.headingSize
    // No word of the title is broken: where the longest does not fit beside the actions, the title stands below them.
    readonly property bool titleFits: Theme.longestWord(title, titleMetrics) <= width - 2 * margin - (canGoBack ? Theme.target - 12 : 0) - actionRow.implicitWidth
    readonly property real keyboardHeight: keyboard.height > 0 ? Math.max(0, mapToItem(null, 0, height).y - keyboard.y) : 0

    signal back

    // Keys reach the page, and what in it asks for the focus gets it, as soon as the page is there.
    focus: true

    function show(item: Item) {
        flick.show(item);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: title

    FontMetrics {
        id: titleMetrics

        font.family: Theme.family
        font.pixelSize: page.titleSize
        font.weight: Font.DemiBold
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.bottomMargin: page.keyboardHeight
        spacing: 0

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.leftMargin: page.canGoBack ? page.margin - 12 : page.margin
            Layout.rightMargin: page.margin - 12
            Layout.topMargin: Theme.small
            Layout.bottomMargin: Theme.small
            columnSpacing: Theme.tight
            rowSpacing: 0

            IconButton {
                Layout.row: 0
                Layout.column: 0
                Layout.alignment: Qt.AlignTop
                visible: page.canGoBack
                iconName: "back"
                text: qsTr("Back")
                onClicked: page.back()
            }
            Heading {
                Layout.row: 0
                Layout.column: 1
                Layout.minimumHeight: Theme.target
                verticalAlignment: Text.AlignVCenter
                text: page.titleFits ? page.title : ""
                font.pixelSize: page.titleSize
                Accessible.ignored: text === ""
            }
            RowLayout {
                id: actionRow

                Layout.row: 0
                Layout.column: 2
                Layout.alignment: Qt.AlignTop
                spacing: 0
            }
            Heading {
                Layout.row: 1
                Layout.column: 0
                Layout.columnSpan: 3
                Layout.leftMargin: page.margin - parent.Layout.leftMargin
                visible: !page.titleFits
                text: page.title
                font.pixelSize: page.titleSize
            }
            Caption {
                Layout.row: 2
                Layout.column: 0
                Layout.columnSpan: 3
                Layout.leftMargin: page.canGoBack && page.titleFits ? Theme.target + Theme.tight : page.margin - parent.Layout.leftMargin
                visible: text !== ""
                text: page.subtitle
            }
        }
        ColumnLayout {
            id: aboveColumn

            Layout.fillHeight: false
            Layout.fillWidth: true
            Layout.leftMargin: page.margin
            Layout.rightMargin: page.margin
            Layout.bottomMargin: implicitHeight > 0 ? Theme.small : 0
            Layout.maximumWidth: page.maximumContentWidth
            Layout.alignment: Qt.AlignHCenter
            spacing: Theme.small
        }
        ScrollArea {
            id: flick

            Layout.fillWidth: true
            Layout.fillHeight: true
            column: body
            Accessible.name: page.title
            contentHeight: body.height + body.y + Theme.gap
            clip: true

            ColumnLayout {
                id: body

                x: (flick.width - width) / 2
                y: Theme.small
                width: Math.min(page.maximumContentWidth, flick.width - 2 * page.margin)
                height: page.fills ? Math.max(implicitHeight, flick.height - y - Theme.gap) : implicitHeight
                spacing: Theme.gap
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.border
            visible: footerColumn.visible && flick.contentHeight > flick.height + 1
            color: Theme.lineSoft
        }
        ColumnLayout {
            id: footerColumn

            visible: children.length > 0
            Layout.fillWidth: true
            Layout.fillHeight: false
            Layout.margins: page.margin
            Layout.topMargin: 12
            Layout.maximumWidth: page.maximumFooterWidth
            Layout.alignment: Qt.AlignHCenter
            spacing: Theme.small
        }
    }
}
