// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Sotto.App
import Sotto.Components

// The window: shows the page of the screen that the app is on, and above it messages and the way to support.
Window {
    id: window

    required property TabletApp app
    readonly property var pages: ({
            [TabletApp.FirstStart]: "FirstStartPage.qml",
            [TabletApp.Unlock]: "UnlockPage.qml",
            [TabletApp.Group]: "GroupPage.qml",
            [TabletApp.Home]: "HomePage.qml",
            [TabletApp.Person]: "PersonPage.qml",
            [TabletApp.Consent]: "ConsentPage.qml",
            [TabletApp.Copy]: "CopyPage.qml",
            [TabletApp.Confirm]: "ConfirmPage.qml",
            [TabletApp.Interview]: "InterviewPage.qml",
            [TabletApp.WrapUp]: "WrapUpPage.qml",
            [TabletApp.Playback]: "PlaybackPage.qml",
            [TabletApp.Outbox]: "OutboxPage.qml",
            [TabletApp.Settings]: "SettingsPage.qml",
            [TabletApp.Records]: "RecordsPage.qml",
            [TabletApp.Screening]: "ScreeningPage.qml",
            [TabletApp.Waiting]: "WaitingPage.qml",
            [TabletApp.Flow]: "FlowPage.qml",
            [TabletApp.Withdraw]: "WithdrawPage.qml",
            [TabletApp.Form]: "FormPage.qml",
            [TabletApp.HandOver]: "HandOverPage.qml"
        })

    // A page keeps the view-model that it was made with: by a binding it would see the next one for a moment.
    function showScreen() {
        const page = window.pages[window.app.screen];
        if (page === undefined)
            loader.sourceComponent = undefined;
        else
            loader.setSource(page, {
                app: window.app,
                viewModel: window.app.page
            });
        loader.forceActiveFocus();
    }

    visible: true
    width: 800
    height: 1280
    minimumWidth: 360
    title: "Sotto"
    color: Theme.paper
    onClosing: event => {
        event.accepted = window.app.mayClose();
        // While the tablet is handed over, nothing answers: to ask would be a way out.
        if (!event.accepted && !window.app.handedOver)
            closeLoader.ask();
    }
    Component.onCompleted: window.showScreen()

    Binding {
        target: Theme
        property: "mode"
        value: window.app.settings.theme
    }
    Binding {
        target: Theme
        property: "fontScale"
        value: window.app.settings.fontScale
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.app.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "leftHanded"
        value: window.app.settings.leftHanded
    }
    Connections {
        target: window.app

        function onScreenChanged() {
            window.showScreen();
        }
    }
    Loader {
        id: loader

        anchors.fill: parent
        focus: true
    }
    Banner {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap
        visible: window.app.message !== "" && !window.app.handedOver
        text: window.app.message
        actionText: qsTr("OK")
        onActed: window.app.dismissMessage()
    }
    VisitBanner {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap
        z: 1001 // above the cover
        visit: window.app.visit
        support: window.app.support
    }
    // Made when they are first needed: the unlock screen is there sooner.
    Loader {
        id: supportLoader

        function load() {
            if (window.app.support.open && !item)
                setSource("SupportSheet.qml", {
                    support: window.app.support
                });
        }
    }
    Connections {
        target: window.app.support

        function onOpenChanged() {
            supportLoader.load();
        }
    }
    Loader {
        id: closeLoader

        function ask() {
            if (!item)
                source = "CloseSheet.qml";
            (closeLoader.item as ConfirmSheet).open();
        }
    }
}
