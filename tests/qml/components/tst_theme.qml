// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Shapes
import QtTest
import Sotto.Components

// Contrast of every pair of colours that the controls put upon each other (WCAG 2.1), sizes, and the icons.
Item {
    id: root

    width: 400
    height: 400

    Icon {
        id: icon

        size: 96
        color: "#000000"
    }
    TestCase {
        name: "Theme"
        when: windowShown

        function cleanup() {
            Theme.mode = "light";
            Theme.fontScale = 1;
            Theme.reducedMotion = false;
        }

        function luminance(text: string): real {
            const color = Qt.color(text);
            const linear = part => part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
            return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
        }

        function contrast(one: string, other: string): real {
            const a = luminance(one);
            const b = luminance(other);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }

        function test_contrastIsMeasuredRightly() {
            fuzzyCompare(contrast("#000000", "#ffffff"), 21, 0.01);
            fuzzyCompare(contrast("#777777", "#ffffff"), 4.48, 0.01);
        }

        function test_contrastOfEveryPair_data() {
            return Object.keys(Theme.palettes).map(name => ({
                        tag: name
                    }));
        }

        function test_contrastOfEveryPair(data) {
            const palette = Theme.palettes[data.tag];
            const grounds = ["paper", "surface", "sunken"];
            const inks = Object.keys(palette).filter(name => name.endsWith("Ink"));
            compare(inks.length, 8);
            let pairs = inks.map(name => [name, name.slice(0, -3)]);
            for (const ground of grounds)
                pairs = pairs.concat([["ink", ground], ["inkSoft", ground], ["accent", ground]]);
            for (const tone of ["recording", "warning", "good"])
                pairs = pairs.concat([[tone, "paper"], [tone, "surface"]]);
            for (const [text, ground] of pairs) {
                const measured = contrast(palette[text], palette[ground]);
                verify(measured >= 4.5, `${text} on ${ground}: ${measured.toFixed(2)}`);
            }
            for (const border of ["line", "focus"])
                for (const ground of grounds) {
                    const measured = contrast(palette[border], palette[ground]);
                    verify(measured >= 3, `${border} on ${ground}: ${measured.toFixed(2)}`);
                }
        }

        function test_everyPaletteHasEveryColour() {
            const names = Object.keys(Theme.palettes.light);
            for (const mode of ["dark", "contrast"])
                compare(Object.keys(Theme.palettes[mode]), names);
        }

        function test_theModeChangesEveryColourAtOnce() {
            compare(Theme.paper, Theme.palettes.light.paper);
            Theme.mode = "dark";
            compare(Theme.paper, Theme.palettes.dark.paper);
            compare(Theme.accentInk, Theme.palettes.dark.accentInk);
            compare(Theme.softInk("good"), Theme.palettes.dark.goodSoftInk);
            Theme.mode = "no such mode";
            compare(Theme.paper, Theme.palettes.light.paper);
        }

        function test_typeGrowsWithTheScaleAndStaysInOrder() {
            compare(Theme.bodySize, 17);
            for (const scale of [1, 1.5, 2]) {
                Theme.fontScale = scale;
                const sizes = [Theme.captionSize, Theme.bodySize, Theme.titleSize, Theme.questionSize];
                for (let index = 1; index < sizes.length; ++index)
                    verify(sizes[index] > sizes[index - 1], "at scale " + scale);
            }
            compare(Theme.bodySize, 34);
            Theme.fontScale = 9;
            compare(Theme.bodySize, 34);
        }

        function test_reducedMotionStandsStill() {
            verify(Theme.calm > 0);
            Theme.reducedMotion = true;
            compare(Theme.calm, 0);
            compare(Theme.fast, 0);
        }

        function test_everyIconDrawsSomethingInsideItsBox_data() {
            return Object.keys(Icons.paths).map(name => ({
                        tag: name
                    }));
        }

        function test_everyIconDrawsSomethingInsideItsBox(data) {
            icon.name = data.tag;
            verify(Icons.has(data.tag));
            waitForRendering(icon);
            const image = grabImage(icon);
            let inked = 0;
            for (let y = 0; y < 96; y += 3)
                for (let x = 0; x < 96; x += 3)
                    if (Qt.colorEqual(image.pixel(x, y), "#000000"))
                        ++inked;
            verify(inked >= 8, data.tag + ": " + inked);
        }
    }
}
