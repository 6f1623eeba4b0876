import assert from "node:assert/strict";
import { DARK, LIGHT, MODELS, type Palette, STATES } from "./visual.ts";

type Colour = readonly [red: number, green: number, blue: number];

const PALETTES: readonly (readonly [string, Palette])[] = [
  ["light", LIGHT],
  ["dark", DARK],
];

/** How people see who lack one kind of cone; linear RGB. Source: Machado et al., 2009, severity 1. */
const VISION: Readonly<Record<string, readonly Colour[]>> = {
  trichromacy: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

for (const [mode, palette] of PALETTES) {
  Deno.test(`palette keeps 3:1 for marks and 4.5:1 for text, ${mode}`, () => {
    const marks = [...Object.keys(STATES), ...Object.keys(MODELS)];
    for (const name of marks as (keyof Palette)[]) {
      assert.ok(contrast(palette[name], palette.panel) >= 3, name);
    }
    assert.ok(contrast(palette.ink, palette.panel) >= 4.5);
    assert.ok(contrast(palette.muted, palette.panel) >= 4.5);
    assert.ok(contrast(palette.onRunning, palette.running) >= 4.5);
  });

  for (const [vision, matrix] of Object.entries(VISION)) {
    Deno.test(`palette keeps states apart, ${mode}, ${vision}`, () => {
      const seen = (Object.keys(STATES) as (keyof Palette)[]).map((state) =>
        toOklab(see(toLinear(palette[state]), matrix))
      );
      seen.forEach((a, index) => {
        for (const b of seen.slice(index + 1)) {
          // In OKLab, 0.02 can just be told apart.
          assert.ok(distance(a, b) >= 0.1, `${distance(a, b)}`);
        }
      });
    });
  }
}

function toLinear(hex: string): Colour {
  const channel = (start: number) => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Source: WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const [light, dark] = [a, b].map((hex) => {
    const [red, green, blue] = toLinear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }).toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function see([red, green, blue]: Colour, matrix: readonly Colour[]): Colour {
  const row = ([a, b, c]: Colour) =>
    Math.min(1, Math.max(0, a * red + b * green + c * blue));
  return [row(matrix[0]!), row(matrix[1]!), row(matrix[2]!)];
}

/** Source: Ottosson, "A perceptual color space for image processing", 2020. */
function toOklab([red, green, blue]: Colour): Colour {
  const l = Math.cbrt(
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
  );
  const m = Math.cbrt(
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
  );
  const s = Math.cbrt(
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  );
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: Colour, b: Colour): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
