// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// The first window: says what Sotto will be and what works today.
ApplicationWindow {
    id: window

    visible: true
    width: 800
    height: 1280
    title: "Sotto"
    color: "#faf6f0"

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        spacing: 16

        Item {
            Layout.fillHeight: true
        }
        Label {
            Layout.fillWidth: true
            text: "Sotto"
            color: "#2d3a3a"
            font.pixelSize: 56
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Repeater {
            model: ["Des entrevues à voix basse, chiffrées dès le premier octet.", "Interviews in a low voice, encrypted from the first byte."]

            delegate: Label {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                color: "#2d3a3a"
                font.pixelSize: 22
                wrapMode: Text.WordWrap
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Repeater {
            model: ["Les écrans sont à venir. Ce qui fonctionne aujourd'hui est ce qui les porte : « sotto rehearse » mène une entrevue d'exercice de la tablette jusqu'au labo.", "The screens are still to come. What works today is what lies beneath them: “sotto rehearse” takes a practice interview from the tablet to the lab."]

            delegate: Label {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                color: "#4a5858"
                font.pixelSize: 18
                wrapMode: Text.WordWrap
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
