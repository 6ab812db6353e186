// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// Before the door: whom to call, what the study asks for, and the decision to go or not.
Sheet {
    id: sheet

    required property HomeVisitViewModel visit
    required property SupportViewModel support
    property int minutes: 120

    title: qsTr("Home visit")

    Body {
        text: qsTr("Somebody in your team knows where you are and when you will be out. Sit near the door. If anything feels wrong, leave: the interview can wait.")
    }
    Body {
        visible: sheet.support.onCallPhone !== ""
        text: qsTr("On call: %1, %2").arg(sheet.support.onCallName).arg(sheet.support.onCallPhone)
    }
    QuietButton {
        objectName: "visitSteps"
        iconName: "list"
        text: qsTr("Steps of the study")
        onClicked: {
            sheet.close();
            sheet.support.openAt("home-visit");
        }
    }
    SegmentedChoice {
        objectName: "visitMinutes"
        label: qsTr("Out again in")
        options: [
            {
                value: 60,
                text: qsTr("1 hour")
            },
            {
                value: 120,
                text: qsTr("2 hours")
            },
            {
                value: 180,
                text: qsTr("3 hours")
            },
            {
                value: 240,
                text: qsTr("4 hours")
            }
        ]
        value: sheet.minutes
        onChosen: value => sheet.minutes = value
    }
    Caption {
        visible: sheet.visit.underWay
        text: qsTr("Another visit is still under way. End it first, on that person's page.")
    }
    footer: [
        PrimaryButton {
            objectName: "visitGo"
            enabled: !sheet.visit.underWay
            text: qsTr("I am going")
            onClicked: {
                sheet.visit.go(sheet.minutes);
                sheet.close();
            }
        },
        QuietButton {
            objectName: "visitNoGo"
            text: qsTr("I am not going")
            onClicked: {
                sheet.visit.noGo();
                sheet.close();
            }
        }
    ]
}
