import assert from "node:assert/strict";
import {
  OWN_DARK,
  OWN_LIGHT,
  SOLID,
  TRACE_MARKS,
  TRACE_STATES,
} from "./recording_visual.ts";
import { DARK, LIGHT } from "../core/visual.ts";

for (
  const [mode, own, palette] of [
    ["light", OWN_LIGHT, LIGHT],
    ["dark", OWN_DARK, DARK],
  ] as const
) {
  Deno.test(`recording palette keeps 3:1 for marks, ${mode}`, () => {
    for (const [state, colour] of Object.entries(own)) {
      assert.ok(contrast(colour, palette.panel) >= 3, state);
    }
  });

  Deno.test(`recording palette keeps 4.5:1 for words, ${mode}`, () => {
    assert.ok(contrast(palette.onRunning, own.held) >= 4.5);
    assert.ok(contrast(own.alarm, palette.panel) >= 4.5);
  });
}

Deno.test("recording marks of the same form differ in height or pattern", () => {
  const forms = Object.entries(TRACE_MARKS).map(([state, { top, bottom }]) =>
    `${top} ${bottom} ${PATTERNED.includes(state) ? state : "solid"}`
  );
  assert.equal(new Set(forms).size, forms.length);
  assert.deepEqual(
    Object.keys(SOLID).toSorted(),
    Object.keys(TRACE_STATES).toSorted(),
  );
});

const PATTERNED = [
  "alive",
  "starting",
  "messaging",
  "blocked",
  "serialising",
  "runnable",
];

/** Source: WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [light, dark] = [one, other].map((hex) => {
    const [red, green, blue] = [1, 3, 5].map((start) => {
      const value = parseInt(hex.slice(start, start + 2), 16) / 255;
      return value <= 0.04045
        ? value / 12.92
        : ((value + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }).toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
