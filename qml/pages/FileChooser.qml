// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Chooses a file that ends in `suffix`, or without one a folder: first the usual places and what is plugged in, then
// folder by folder, each a touch.
Sheet {
    id: chooser

    property string suffix: ""
    readonly property bool forFolder: chooser.suffix === ""

    signal chosen(string path)

    function choose() {
        place.showPlaces();
        chooser.open();
    }

    FolderViewModel {
        id: place

        suffix: chooser.suffix
    }
    Caption {
        visible: text !== ""
        text: place.folder
    }
    SecondaryButton {
        objectName: "leaveFolder"
        visible: place.folder !== ""
        iconName: "back"
        text: qsTr("One folder up")
        onClicked: place.leave()
    }
    Body {
        visible: !place.loading && (!place.readable || place.entries.length === 0)
        text: !place.readable ? qsTr("This folder cannot be read.") : chooser.forFolder ? qsTr("There is no other folder in here.") : qsTr("Here is no folder, and no file that ends in %1.").arg(chooser.suffix)
    }
    Repeater {
        model: chooser.opened ? place.entries : []

        delegate: ListRow {
            required property var modelData

            objectName: "entry-" + modelData.name
            title: modelData.name
            iconName: modelData.folder ? "storage" : "note"
            leadsOn: modelData.folder
            onClicked: {
                if (modelData.folder) {
                    place.enter(modelData.path);
                } else {
                    chooser.close();
                    chooser.chosen(modelData.path);
                }
            }
        }
    }
    footer: PrimaryButton {
        objectName: "takeFolder"
        visible: chooser.forFolder
        enabled: place.folder !== "" && place.readable
        text: qsTr("Take this folder")
        onClicked: {
            chooser.close();
            chooser.chosen(place.folder);
        }
    }
}
