// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Text that wraps and never elides. Plain text unless a page says otherwise: names and notes are not markup.
// Pages use the small types: Heading, Title, Body, Reading, Question, Caption.
Label {
    id: label

    property string tone: "ink" // "ink", "soft", "accent", "recording", "warning", "good"

    Layout.fillWidth: true
    color: Theme.toneColor(tone)
    font.family: Theme.family
    font.pixelSize: Theme.bodySize
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
