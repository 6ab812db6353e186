// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// An empty place: the role, how the other person is reached, and what they may be told.
Sheet {
    id: sheet

    required property NominateViewModel viewModel
    property string role: ""
    property string way: ""
    property var say: []
    readonly property bool permits: sheet.way === "permits"

    function toggleSay(what: string) {
        sheet.say = sheet.say.includes(what) ? sheet.say.filter(one => one !== what) : sheet.say.concat([what]);
    }

    title: qsTr("Name somebody")
    onOpenedChanged: {
        if (!opened)
            return;
        const places = sheet.viewModel.places;
        const ways = sheet.viewModel.ways;
        sheet.role = places.length === 1 ? places[0].value : "";
        sheet.way = ways.length === 1 ? ways[0].value : "";
        sheet.say = [];
        nameField.clear();
        reachField.clear();
    }

    Connections {
        target: sheet.viewModel

        function onKept() {
            sheet.close();
        }
    }
    Banner {
        visible: sheet.opened && sheet.viewModel.error !== ""
        kind: "warning"
        text: sheet.opened ? sheet.viewModel.error : ""
    }
    Title {
        text: qsTr("Their role")
    }
    Repeater {
        model: sheet.opened ? sheet.viewModel.places : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "place-" + modelData.value
            text: modelData.text
            selected: sheet.role === modelData.value
            onChosen: sheet.role = modelData.value
        }
    }
    Title {
        text: qsTr("How they are reached")
    }
    Repeater {
        model: sheet.opened ? sheet.viewModel.ways : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "way-" + modelData.value
            text: modelData.text
            detail: modelData.detail
            selected: sheet.way === modelData.value
            onChosen: sheet.way = modelData.value
        }
    }
    TextInputField {
        id: nameField

        objectName: "nominatedName"
        visible: sheet.permits
        label: qsTr("Their name")
        sensitive: true
    }
    TextInputField {
        id: reachField

        objectName: "nominatedReach"
        visible: sheet.permits
        label: qsTr("Number, and safe ways and hours")
        sensitive: true
    }
    Title {
        visible: sheet.permits && sheet.viewModel.maySay.length > 0
        text: qsTr("What we may tell them")
    }
    Repeater {
        model: sheet.opened && sheet.permits ? sheet.viewModel.maySay : []

        delegate: ChoiceRow {
            required property var modelData

            objectName: "say-" + modelData.value
            several: true
            text: modelData.text
            selected: sheet.say.includes(modelData.value)
            onChosen: sheet.toggleSay(modelData.value)
        }
    }
    Caption {
        text: sheet.opened ? qsTr("Without an answer it is erased after %n day(s).", "", sheet.viewModel.forgetAfterDays) : ""
    }
    footer: PrimaryButton {
        objectName: "keepNomination"
        text: qsTr("Keep")
        enabled: sheet.role !== "" && sheet.way !== "" && (!sheet.permits || (nameField.text.trim() !== "" && reachField.text.trim() !== ""))
        onClicked: sheet.viewModel.nominate(sheet.role, sheet.way, nameField.text, reachField.text, sheet.say)
    }
}
