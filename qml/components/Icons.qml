// SPDX-License-Identifier: Apache-2.0
pragma Singleton

import QtQml

// The outlines of our icons, as SVG path data on a grid of 24 x 24. `line` is drawn with a round pen of 2 units,
// `solid` is filled; an icon has one or both. Icon.qml draws them.
QtObject {
    id: icons

    readonly property var paths: ({
            back: { line: "M14.5 5L7.5 12L14.5 19" },
            forward: { line: "M9.5 5L16.5 12L9.5 19" },
            chevron: { line: "M9.5 6L15.5 12L9.5 18" },
            down: { line: "M6 9.5L12 15.5L18 9.5" },
            up: { line: "M6 14.5L12 8.5L18 14.5" },
            close: { line: "M6 6L18 18M18 6L6 18" },
            menu: { line: "M4 7H20M4 12H20M4 17H20" },
            more: { solid: dot(5.5, 12, 1.7) + dot(12, 12, 1.7) + dot(18.5, 12, 1.7) },
            check: { line: "M5 12.5L10 17.5L19.5 7" },
            plus: { line: "M12 5V19M5 12H19" },
            minus: { line: "M5 12H19" },
            lock: { line: box(5, 11, 14, 10, 2) + "M8 11V8A4 4 0 0 1 16 8V11", solid: dot(12, 16, 1.4) },
            cover: { line: "M3 10C5 13.5 8.3 15.5 12 15.5C15.7 15.5 19 13.5 21 10M6 13.6L4.2 16.2M12 15.5V18.5M18 13.6L19.8 16.2" },
            eye: { line: "M2.5 12C4.6 8.2 8 6 12 6C16 6 19.4 8.2 21.5 12C19.4 15.8 16 18 12 18C8 18 4.6 15.8 2.5 12Z" + dot(12, 12, 3) },
            person: { line: dot(12, 8, 4) + "M4.5 20.5C5 16.5 8 14.5 12 14.5C16 14.5 19 16.5 19.5 20.5" },
            pair: { line: dot(8.5, 8.5, 3.5) + "M2 19.5C2.3 16 5 14.5 8.5 14.5C12 14.5 14.7 16 15 19.5M15.5 5.2A3.5 3.5 0 0 1 15.5 11.8M18 15.1C20.3 15.8 21.8 17.3 22 19.5" },
            pen: { line: "M4 20L5 15.5L16 4.5A2.1 2.1 0 0 1 19 4.5L19.5 5A2.1 2.1 0 0 1 19.5 8L8.5 19L4 20ZM14 6.5L17.5 10" },
            microphone: { line: box(9, 2.5, 6, 12, 3) + "M5 11.5A7 7 0 0 0 19 11.5M12 18.5V21.5M8.5 21.5H15.5" },
            "microphone-off": { line: "M9 9V11.5A3 3 0 0 0 14 13.8M15 10.5V5.5A3 3 0 0 0 9.3 4.3M5 11.5A7 7 0 0 0 16.8 16.6M19 11.5A7 7 0 0 1 18.6 13.8M12 18.5V21.5M8.5 21.5H15.5M3 3L21 21" },
            record: { solid: dot(12, 12, 7) },
            pause: { solid: box(6.5, 5, 4, 14, 1.3) + box(13.5, 5, 4, 14, 1.3) },
            play: { solid: "M8 5.2C8 4.4 8.9 3.9 9.6 4.4L19 10.9C19.8 11.4 19.8 12.6 19 13.1L9.6 19.6C8.9 20.1 8 19.6 8 18.8Z" },
            stop: { solid: box(6, 6, 12, 12, 2) },
            mark: { line: "M6.5 4.5A1.5 1.5 0 0 1 8 3H16A1.5 1.5 0 0 1 17.5 4.5V21L12 16.8L6.5 21Z" },
            note: { line: "M6 3H14L19 8V19.5A1.5 1.5 0 0 1 17.5 21H6.5A1.5 1.5 0 0 1 5 19.5V4A1 1 0 0 1 6 3ZM14 3V8H19M8.5 12.5H15.5M8.5 16.5H13" },
            help: { line: dot(12, 12, 9) + dot(12, 12, 3.6) + "M5.7 5.7L9.4 9.4M18.3 5.7L14.6 9.4M18.3 18.3L14.6 14.6M5.7 18.3L9.4 14.6" },
            "off-record": { line: dot(12, 12, 8.5) + "M6 6L18 18", solid: "" },
            door: { line: "M6 21V4.5A1.5 1.5 0 0 1 7.5 3H16.5A1.5 1.5 0 0 1 18 4.5V21M3 21H21", solid: dot(14.5, 12.5, 1.3) },
            search: { line: dot(10.5, 10.5, 6.5) + "M15.5 15.5L20.5 20.5" },
            settings: { line: "M4 7H11M17 7H20M4 17H7M13 17H20" + dot(14, 7, 3) + dot(10, 17, 3) },
            outbox: { line: "M21 3L10.5 13.5M21 3L14.5 21L10.5 13.5L3 9.5Z" },
            storage: { line: "M4 6A8 3 0 1 1 20 6A8 3 0 1 1 4 6ZM4 6V18C4 19.7 7.6 21 12 21C16.4 21 20 19.7 20 18V6M4 12C4 13.7 7.6 15 12 15C16.4 15 20 13.7 20 12" },
            battery: { line: box(2.5, 7, 16.5, 10, 2.5) + "M22 10.5V13.5", solid: box(5.5, 10, 6.5, 4, 0.8) },
            undo: { line: "M8.5 4.5L4 9L8.5 13.5M4 9H14.5A5.5 5.5 0 0 1 14.5 20H10" },
            clear: { line: "M4.5 6.5H19.5M9.5 6.5V4.5A1 1 0 0 1 10.5 3.5H13.5A1 1 0 0 1 14.5 4.5V6.5M6.5 6.5L7.3 19A1.6 1.6 0 0 0 8.9 20.5H15.1A1.6 1.6 0 0 0 16.7 19L17.5 6.5M10 10.5V16.5M14 10.5V16.5" },
            "back-10": { line: "M4.5 4V9H9.5M4.8 9A8.5 8.5 0 1 1 3.5 13.5M8.6 11V16M13.7 11A1.6 1.6 0 0 1 15.3 12.6V14.4A1.6 1.6 0 0 1 12.1 14.4V12.6A1.6 1.6 0 0 1 13.7 11Z" },
            "forward-10": { line: "M19.5 4V9H14.5M19.2 9A8.5 8.5 0 1 0 20.5 13.5M8.6 11V16M13.7 11A1.6 1.6 0 0 1 15.3 12.6V14.4A1.6 1.6 0 0 1 12.1 14.4V12.6A1.6 1.6 0 0 1 13.7 11Z" },
            flag: { line: "M5.5 21.5V3.5M5.5 4.5H18.5L15.5 9L18.5 13.5H5.5" },
            clock: { line: dot(12, 12, 9) + "M12 7V12L15.5 14.5" },
            warning: { line: "M12 4L21.5 20H2.5ZM12 10V14.2", solid: dot(12, 17.2, 1.2) },
            info: { line: dot(12, 12, 9) + "M12 11V16.5", solid: dot(12, 7.7, 1.3) },
            sun: { line: dot(12, 12, 4) + "M12 2.5V5M12 19V21.5M2.5 12H5M19 12H21.5M5.3 5.3L7 7M17 17L18.7 18.7M18.7 5.3L17 7M7 17L5.3 18.7" },
            moon: { line: "M20 14.5A8.5 8.5 0 1 1 9.5 4A6.8 6.8 0 0 0 20 14.5Z" },
            globe: { line: dot(12, 12, 9) + "M3 12H21M12 3C9 5.5 8 8.5 8 12C8 15.5 9 18.5 12 21C15 18.5 16 15.5 16 12C16 8.5 15 5.5 12 3" },
            link: { line: "M10 14A4.3 4.3 0 0 0 16.2 14.2L19.6 10.8A4.3 4.3 0 0 0 13.5 4.7L12.3 5.9M14 10A4.3 4.3 0 0 0 7.8 9.8L4.4 13.2A4.3 4.3 0 0 0 10.5 19.3L11.7 18.1" },
            tag: { line: "M3.5 4.5A1 1 0 0 1 4.5 3.5H12L20.5 12A1.5 1.5 0 0 1 20.5 14L14 20.5A1.5 1.5 0 0 1 12 20.5L3.5 12Z", solid: dot(8, 8, 1.5) },
            phone: { line: "M5 3.5H8.5L10.3 8L8 9.8C9 12 11.5 14.8 14.2 16L16 13.7L20.5 15.5V19A1.7 1.7 0 0 1 18.8 20.7C10.5 20.2 3.8 13.5 3.3 5.2A1.7 1.7 0 0 1 5 3.5Z" },
            calendar: { line: box(3.5, 5, 17, 15.5, 2) + "M3.5 10H20.5M8 2.5V6.5M16 2.5V6.5" },
            home: { line: "M3.5 11L12 3.5L20.5 11M5.5 9.5V20.5H18.5V9.5M10 20.5V14.5H14V20.5" },
            key: { line: dot(8, 15.5, 4.5) + "M11.2 12.3L20 3.5M16 7.5L19 10.5" },
            "import": { line: "M12 3V14.5M7.5 10L12 14.5L16.5 10M4 15.5V19.5A1.5 1.5 0 0 0 5.5 21H18.5A1.5 1.5 0 0 0 20 19.5V15.5" },
            list: { line: "M9 6H20M9 12H20M9 18H20", solid: dot(4.7, 6, 1.4) + dot(4.7, 12, 1.4) + dot(4.7, 18, 1.4) }
        })

    function has(name: string): bool {
        return paths[name] !== undefined;
    }

    function line(name: string): string {
        return paths[name]?.line ?? "";
    }

    function solid(name: string): string {
        return paths[name]?.solid ?? "";
    }

    // A circle about (x, y).
    function dot(x: real, y: real, r: real): string {
        return `M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`;
    }

    // A rectangle with round corners.
    function box(x: real, y: real, w: real, h: real, r: real): string {
        const a = `a${r} ${r} 0 0 1 `;
        return `M${x + r} ${y}h${w - 2 * r}${a}${r} ${r}v${h - 2 * r}${a}${-r} ${r}h${2 * r - w}${a}${-r} ${-r}v${2 * r - h}${a}${r} ${-r}Z`;
    }
}
