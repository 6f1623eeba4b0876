/** The one test of colours: contrast, and what is told apart by whom. */
import assert from "node:assert/strict";
import type { TraceState } from "../../base/record/mod.ts";
import { type ColourName, COLOURS, STATES, styleSheet } from "./theme.ts";

type Rgb = readonly [red: number, green: number, blue: number];

const MODES = [["light", 0], ["dark", 1]] as const;

/** Those who lack one kind of cone, in linear RGB. Source: Machado et al., 2009, severity 1. */
const VISIONS: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  grey: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};

// In OKLab, 0.02 can just be told apart side by side.
const APART = 0.1;
// A pixel and a half in the lowest rows that are drawn.
const APART_IN_HEIGHT = 0.15 - 1e-9;

for (const [mode, index] of MODES) {
  const colourOf = (name: ColourName) => COLOURS[name][index];

  Deno.test(`colours keep 3:1 for marks and 4.5:1 for words, ${mode}`, () => {
    const panel = colourOf("panel");
    const marks = (Object.keys(COLOURS) as ColourName[]).filter((name) =>
      !["panel", "border", "grid", "onRunning"].includes(name)
    );
    for (const name of marks) {
      assert.ok(contrast(colourOf(name), panel) >= 3, name);
    }
    for (const name of ["ink", "muted", "alarm"] as const) {
      assert.ok(contrast(colourOf(name), panel) >= 4.5, name);
    }
    for (const name of ["running", "held"] as const) {
      assert.ok(contrast(colourOf("onRunning"), colourOf(name)) >= 4.5, name);
    }
  });

  for (const [vision, matrix] of Object.entries(VISIONS)) {
    Deno.test(`every two states are told apart, ${mode}, ${vision}`, () => {
      const states = Object.keys(STATES) as TraceState[];
      const seen = states.map((state) => see(drawn(state, colourOf), matrix));
      states.forEach((state, first) => {
        states.slice(first + 1).forEach((other, offset) => {
          const far = distance(seen[first]!, seen[first + 1 + offset]!);
          const isApart = far >= APART || isApartInForm(state, other);
          assert.ok(isApart, `${state} and ${other}: ${far.toFixed(3)}`);
        });
      });
    });
  }

  Deno.test(`states in a stack differ for who sees all colours, ${mode}`, () => {
    const states = Object.keys(STATES) as TraceState[];
    const seen = states.map((state) =>
      see(drawn(state, colourOf), VISIONS.normal!)
    );
    seen.forEach((one, first) => {
      for (const other of seen.slice(first + 1)) {
        assert.ok(distance(one, other) >= 0.05, `${states[first]}`);
      }
    });
  });
}

Deno.test("a theme has a rule for each class that is used, and no other", () => {
  const sheet = styleSheet(`<rect class="skein-blocked"/>`);
  assert.match(sheet, /\.skein-blocked\{fill:url\(#skein-blocked\)/);
  assert.match(sheet, /@media \(prefers-color-scheme:dark\)/);
  assert.doesNotMatch(sheet, /skein-held/);
});

/** The colour of a short span; `alive` is half transparent. */
function drawn(
  state: TraceState,
  colourOf: (name: ColourName) => string,
): Rgb {
  const own = toLinear(colourOf(state));
  if (state !== "alive") return own;
  const ground = colourOf("panel");
  const mixed = [1, 3, 5].map((start) =>
    Math.round(
      (parseInt(colourOf(state).slice(start, start + 2), 16) +
        parseInt(ground.slice(start, start + 2), 16)) / 2,
    ).toString(16).padStart(2, "0")
  );
  return toLinear(`#${mixed.join("")}`);
}

function isApartInForm(one: TraceState, other: TraceState): boolean {
  const [a, b] = [STATES[one], STATES[other]];
  return Math.abs(a.top - b.top) >= APART_IN_HEIGHT ||
    Math.abs(a.bottom - b.bottom) >= APART_IN_HEIGHT;
}

function toLinear(hex: string): Rgb {
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

/** What is seen, in OKLab. Source: Ottosson, "A perceptual color space for image processing". */
function see(colour: Rgb, matrix: readonly Rgb[]): Rgb {
  const [red, green, blue] = matrix.map((row) =>
    Math.min(1, Math.max(0, row.reduce((sum, x, i) => sum + x * colour[i]!, 0)))
  ) as [number, number, number];
  const mix = (a: number, b: number, c: number) =>
    Math.cbrt(a * red + b * green + c * blue);
  const l = mix(0.4122214708, 0.5363325363, 0.0514459929);
  const m = mix(0.2119034982, 0.6806995451, 0.1073969566);
  const s = mix(0.0883024619, 0.2817188376, 0.6299787005);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
