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
    readonly property Item focusedItem: Window.activeFocusItem
    readonly property real keyboardHeight: keyboard.height > 0 ? Math.max(0, mapToItem(null, 0, height).y - keyboard.y) : 0

    signal back

    // Keys reach the page, and what in it asks for the focus gets it, as soon as the page is there.
    focus: true

    function show(item: Item) {
        let ancestor = item;
        while (ancestor && ancestor !== body)
            ancestor = ancestor.parent;
        if (!ancestor)
            return;
        const top = item.mapToItem(body, 0, 0).y - Theme.gap;
        const bottom = Math.min(top + item.height + 2 * Theme.gap, top + flick.height);
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top);
        else if (bottom > flick.contentY + flick.height)
            flick.contentY = Math.min(bottom - flick.height, Math.max(0, flick.contentHeight - flick.height));
    }

    onFocusedItemChanged: settled.start()
    Accessible.role: Accessible.Pane
    Accessible.name: title

    FontMetrics {
        id: titleMetrics

        font.family: Theme.family
        font.pixelSize: page.titleSize
        font.weight: Font.DemiBold
    }
    Timer {
        // After the layout of this round, so that places are final.
        id: settled

        interval: 0
        onTriggered: page.show(page.focusedItem)
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
            columns: 3
            columnSpacing: Theme.tight
            rowSpacing: 0

            IconButton {
                Layout.alignment: Qt.AlignTop
                visible: page.canGoBack
                iconName: "back"
                text: qsTr("Back")
                onClicked: page.back()
            }
            Heading {
                Layout.minimumHeight: Theme.target
                verticalAlignment: Text.AlignVCenter
                text: page.titleFits ? page.title : ""
                font.pixelSize: page.titleSize
                Accessible.ignored: text === ""
            }
            RowLayout {
                id: actionRow

                Layout.alignment: Qt.AlignTop
                spacing: 0
            }
            Heading {
                Layout.columnSpan: 3
                Layout.leftMargin: page.margin - parent.Layout.leftMargin
                visible: !page.titleFits
                text: page.title
                font.pixelSize: page.titleSize
            }
            Caption {
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
        Flickable {
            id: flick

            Layout.fillWidth: true
            Layout.fillHeight: true
            contentWidth: width
            contentHeight: body.height + body.y + Theme.gap
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            // So that it can be told what of the page is scrolled out of sight.
            Accessible.role: Accessible.LayeredPane
            Accessible.name: page.title
            onHeightChanged: settled.start()

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
