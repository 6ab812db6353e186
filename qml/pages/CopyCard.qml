// SPDX-License-Identifier: Apache-2.0
import QtQuick
import Sotto.App
import Sotto.Components

// The participant's copy, as they want it. It can be found where they live: that is said, and they choose.
Card {
    id: card

    required property CopyViewModel viewModel // null before anything was signed
    readonly property int copyState: card.viewModel ? card.viewModel.state : CopyViewModel.Loading
    readonly property string error: card.viewModel ? card.viewModel.error : ""
    readonly property string savedAs: card.viewModel ? card.viewModel.savedAs : ""
    readonly property string code: card.viewModel ? card.viewModel.code : ""
    readonly property bool idle: card.viewModel !== null && !card.viewModel.busy
    readonly property bool open: card.copyState === CopyViewModel.Owed || card.copyState === CopyViewModel.None
    property bool small: false

    title: qsTr("Your copy")

    Banner {
        visible: card.error !== ""
        kind: "warning"
        text: card.error
    }
    Banner {
        visible: card.copyState === CopyViewModel.Given
        kind: "good"
        text: card.savedAs !== "" ? qsTr("Saved as %1").arg(card.savedAs) : qsTr("You have your copy.")
    }
    Banner {
        visible: card.copyState === CopyViewModel.NotWanted
        text: qsTr("No copy, as you wish. You can ask for one at any time.")
    }
    Body {
        visible: card.copyState === CopyViewModel.Owed
        text: qsTr("If you choose nothing now, you get your copy later.")
    }
    Caption {
        text: qsTr("Others may find a copy where you live. You choose how you want yours.")
    }
    Body {
        visible: card.code !== ""
        text: qsTr("Your code, if you change your mind: %1. Your name is enough, too.").arg(card.code)
    }
    SecondaryButton {
        objectName: "saveCopy"
        iconName: "storage"
        text: qsTr("Save it on a stick")
        enabled: card.idle
        onClicked: {
            card.small = false;
            chooser.choose();
        }
    }
    QuietButton {
        objectName: "saveSmallCopy"
        text: qsTr("Save it with small pages")
        enabled: card.idle
        onClicked: {
            card.small = true;
            chooser.choose();
        }
    }
    QuietButton {
        objectName: "copyOnPaper"
        visible: card.open
        text: qsTr("I have it on paper")
        onClicked: card.viewModel.handedOver()
    }
    QuietButton {
        objectName: "noCopy"
        visible: card.open
        text: qsTr("I would rather have no copy")
        onClicked: card.viewModel.doWithout()
    }
    QuietButton {
        objectName: "copyLater"
        visible: !card.open
        text: qsTr("Give me a copy later")
        onClicked: card.viewModel.later()
    }
    FileChooser {
        id: chooser

        title: qsTr("Where to?")
        onChosen: path => card.viewModel.save(path, card.small)
    }
}
