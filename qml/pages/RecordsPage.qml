// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// What an ethics board asks for: the page on what is kept and where, the approval of a community, incidents, and what
// was done on this tablet.
PageFrame {
    id: page

    required property TabletApp app
    required property RecordsViewModel viewModel
    property bool sheetShown: false

    title: qsTr("Records for the board")
    onBack: page.app.openSettings()
    actions: [
        IconButton {
            iconName: "lock"
            text: qsTr("Lock")
            onClicked: page.app.lock()
        },
        SupportButton {
            support: page.app.support
        }
    ]

    Banner {
        objectName: "recordsError"
        visible: page.viewModel.error !== "" && !incidentSheet.opened
        kind: "warning"
        text: page.viewModel.error
    }
    Card {
        title: qsTr("What this study keeps, and where")
        visible: !page.viewModel.loading

        Body {
            text: page.viewModel.sheetAbout
        }
        SecondaryButton {
            objectName: "showSheet"
            text: page.sheetShown ? qsTr("Close the page") : qsTr("Read the page")
            onClicked: page.sheetShown = !page.sheetShown
        }
        Repeater {
            model: page.sheetShown ? page.viewModel.sheet : []

            delegate: SheetPart {}
        }
    }
    ApprovalCard {
        visible: page.viewModel.custodian !== ""
        viewModel: page.viewModel
    }
    Card {
        title: qsTr("Confidentiality incidents")
        visible: !page.viewModel.loading

        Body {
            text: page.viewModel.mayRecord ? qsTr("If information about somebody was lost, seen or used by somebody who should not have, write it down here, and tell your board.") : qsTr("Somebody who may see names can read and write incidents.")
        }
        SecondaryButton {
            objectName: "newIncident"
            visible: page.viewModel.mayRecord
            text: qsTr("Write an incident down")
            onClicked: incidentSheet.begin()
        }
        Repeater {
            model: page.viewModel.incidents

            delegate: IncidentText {}
        }
    }
    Card {
        title: qsTr("What was done on this tablet")
        visible: !page.viewModel.loading

        Banner {
            visible: page.viewModel.trailDamaged
            kind: "warning"
            text: qsTr("The lines below do not fit together: something was changed or damaged. Tell the lab.")
        }
        Repeater {
            model: page.viewModel.entries

            delegate: Caption {
                required property var modelData

                objectName: "auditLine"
                text: [modelData.when, modelData.text, modelData.who].filter(part => part !== "").join(" · ")
            }
        }
        SecondaryButton {
            objectName: "moreAudit"
            visible: page.viewModel.hasMore
            text: qsTr("Show earlier lines")
            onClicked: page.viewModel.showMore()
        }
    }
    IncidentSheet {
        id: incidentSheet

        viewModel: page.viewModel
    }
}
