// SPDX-License-Identifier: Apache-2.0
pragma Singleton

import QtQuick

// Every colour, size and duration of the app. Only Main.qml writes the four settings at the top.
// Lengths are device-independent pixels. Type sizes follow fontScale; large type grows less than running text, so that
// a long word of a heading still fits a narrow screen at scale 2.
QtObject {
    id: theme

    property string mode: "light" // "light", "dark" or "contrast"
    property real fontScale: 1.0 // 1.0 to 2.0
    property bool reducedMotion: false
    property bool leftHanded: false

    // xInk is the colour of text upon x; tests/qml/components measures every pair. (A name like onX would be taken for a
    // signal handler.)
    readonly property var palettes: ({
            light: {
                paper: "#faf6f0",
                surface: "#fffdfa",
                sunken: "#f1eae0",
                ink: "#2b2a27",
                inkSoft: "#5d574e",
                line: "#877f73",
                lineSoft: "#e3dacd",
                focus: "#1f4f9e",
                accent: "#2f6258",
                accentInk: "#ffffff",
                accentSoft: "#deebe6",
                accentSoftInk: "#1d443b",
                recording: "#b1302a",
                recordingInk: "#ffffff",
                recordingSoft: "#f9e2de",
                recordingSoftInk: "#7c1d18",
                warning: "#825400",
                warningInk: "#ffffff",
                warningSoft: "#faecc9",
                warningSoftInk: "#5a3b00",
                good: "#3b6a30",
                goodInk: "#ffffff",
                goodSoft: "#e3efdc",
                goodSoftInk: "#284a1f",
                scrim: "#8014120f"
            },
            dark: {
                paper: "#1b1a18",
                surface: "#262421",
                sunken: "#131211",
                ink: "#f1ebe2",
                inkSoft: "#beb5a8",
                line: "#8d8477",
                lineSoft: "#3b3833",
                focus: "#a9c7ff",
                accent: "#8ec8b9",
                accentInk: "#0f2f28",
                accentSoft: "#25413a",
                accentSoftInk: "#cde8df",
                recording: "#ff8d81",
                recordingInk: "#3a0906",
                recordingSoft: "#4b211d",
                recordingSoftInk: "#ffdad5",
                warning: "#f0be5e",
                warningInk: "#382600",
                warningSoft: "#42320f",
                warningSoftInk: "#fbe4b3",
                good: "#a6ce94",
                goodInk: "#16300c",
                goodSoft: "#273a20",
                goodSoftInk: "#d6ebcc",
                scrim: "#b0000000"
            },
            contrast: {
                paper: "#000000",
                surface: "#000000",
                sunken: "#101010",
                ink: "#ffffff",
                inkSoft: "#f0f0f0",
                line: "#ffffff",
                lineSoft: "#c8c8c8",
                focus: "#7fd4ff",
                accent: "#ffe066",
                accentInk: "#000000",
                accentSoft: "#332c00",
                accentSoftInk: "#fff0a8",
                recording: "#ff9d93",
                recordingInk: "#000000",
                recordingSoft: "#3a0000",
                recordingSoftInk: "#ffe3e0",
                warning: "#ffc24d",
                warningInk: "#000000",
                warningSoft: "#332200",
                warningSoftInk: "#ffe9bf",
                good: "#9fe887",
                goodInk: "#000000",
                goodSoft: "#0b2b00",
                goodSoftInk: "#dcffd1",
                scrim: "#d0000000"
            }
        })
    readonly property var current: palettes[mode] ?? palettes.light
    readonly property bool contrast: mode === "contrast"

    readonly property color paper: current.paper // behind everything
    readonly property color surface: current.surface // cards, rows, sheets, fields
    readonly property color sunken: current.sunken // pressed, disabled, tracks
    readonly property color ink: current.ink
    readonly property color inkSoft: current.inkSoft
    readonly property color line: current.line // borders that say "this can be used"
    readonly property color lineSoft: current.lineSoft // borders that only part things
    readonly property color focus: current.focus
    readonly property color accent: current.accent
    readonly property color accentInk: current.accentInk
    readonly property color accentSoft: current.accentSoft
    readonly property color accentSoftInk: current.accentSoftInk
    readonly property color recording: current.recording // recording, danger, faults
    readonly property color recordingInk: current.recordingInk
    readonly property color recordingSoft: current.recordingSoft
    readonly property color recordingSoftInk: current.recordingSoftInk
    readonly property color warning: current.warning
    readonly property color warningInk: current.warningInk
    readonly property color warningSoft: current.warningSoft
    readonly property color warningSoftInk: current.warningSoftInk
    readonly property color good: current.good
    readonly property color goodInk: current.goodInk
    readonly property color goodSoft: current.goodSoft
    readonly property color goodSoftInk: current.goodSoftInk
    readonly property color scrim: current.scrim // over what a sheet covers

    // Open Sans is wide open and even at small sizes; where it is missing the system's own sans serif stands in.
    readonly property string family: "Open Sans"
    readonly property string fixedFamily: "Noto Sans Mono" // codes and passphrases: 0 and O, 1 and l differ
    readonly property int captionSize: scaled(14, 1.0)
    readonly property int bodySize: scaled(17, 1.0)
    readonly property int buttonSize: scaled(17, 0.8)
    readonly property int readingSize: scaled(19, 0.9)
    readonly property int titleSize: scaled(20, 0.8)
    readonly property int questionSize: scaled(25, 0.65)
    readonly property int headingSize: scaled(27, 0.5)
    readonly property int displaySize: scaled(44, 0.4)
    readonly property int iconSize: scaled(24, 0.6)

    readonly property int tight: 4
    readonly property int small: 8
    readonly property int gap: 16
    readonly property int wide: 24
    readonly property int huge: 40
    readonly property int target: 48
    readonly property int bigTarget: 72
    readonly property int contentWidth: 720

    readonly property int smallRadius: 8
    readonly property int radius: 14
    readonly property int largeRadius: 22
    readonly property int border: contrast ? 2 : 1

    readonly property int fast: reducedMotion ? 0 : 120
    readonly property int calm: reducedMotion ? 0 : 240

    readonly property var inputMethod: Qt.inputMethod // the screen keyboard, as far as the system tells

    // A size at scale 1 and how much of the scaling it takes part in.
    function scaled(size: real, share: real): int {
        const scale = Math.min(2.0, Math.max(1.0, theme.fontScale));
        return Math.round(size * (1 + (scale - 1) * share));
    }

    // The width of the longest word of a text: a button is never narrower, so that no word is broken. Reads the font,
    // for a binding would not notice otherwise that it changed.
    function longestWord(text: string, metrics: FontMetrics): real {
        return metrics.font.pixelSize > 0 ? Math.max(...text.split(" ").map(word => metrics.advanceWidth(word))) : 0;
    }

    // tone: "ink", "soft", "accent", "recording", "warning", "good"; the colour of text of that tone on paper.
    function toneColor(tone: string): color {
        return tone === "soft" ? inkSoft : current[tone] ?? ink;
    }

    // The quiet fill of a tone, and the text upon it.
    function softFill(tone: string): color {
        return current[tone + "Soft"] ?? sunken;
    }

    function softInk(tone: string): color {
        return current[tone + "SoftInk"] ?? ink;
    }
}
