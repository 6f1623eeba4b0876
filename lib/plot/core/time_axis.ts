/**
 * Marks over an axis of time from zero, drawn by Observable Plot.
 *
 * What the answer picture and the timeline have in common.
 * @module
 */

import { placeTicks } from "../../base/mod.ts";
import { draw, type Drawing, loadPlot, type Plot } from "./plot.ts";
import { SPACE, TYPE } from "./visual.ts";

/** Where the marks are, pixels. */
export interface TimeFrame {
  /** Where the axis begins. */
  readonly left: number;
  /** Where it ends. */
  readonly right: number;
  /** What its end stands for, milliseconds. */
  readonly endMs: number;
  /** How high all is, the axis included. */
  readonly heightPx: number;
  /** How much of that is the axis. */
  readonly axisPx: number;
  /** How many ticks there is room for. */
  readonly mostTicks: number;
}

/** A mark of Observable Plot. */
export type PlotMark = ReturnType<Plot["ruleX"]>;

/**
 * Draws marks over an axis of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const frame = { left: 0, right: 100, endMs: 50, heightPx: 40, axisPx: 20, mostTicks: 2 };
 * const { markup, x } = await drawOverTime(frame, () => []);
 * assert.match(markup, />50 ms</);
 * assert.equal(x(25), 50);
 * ```
 *
 * @param frame Where the axis is.
 * @param makeMarks Makes the marks, given Plot and where ticks are, milliseconds.
 * @returns The drawing.
 */
export async function drawOverTime(
  frame: TimeFrame,
  makeMarks: (plot: Plot, ticksMs: readonly number[]) => readonly PlotMark[],
): Promise<Drawing> {
  const plot = await loadPlot();
  const { valuesMs, format } = placeTicks(frame.endMs, frame.mostTicks);
  return await draw({
    width: SPACE.width,
    height: frame.heightPx,
    marginBottom: frame.axisPx,
    marginTop: 0,
    x: {
      domain: [0, frame.endMs],
      range: [frame.left, frame.right],
      axis: null,
    },
    y: { type: "identity", axis: null },
    marks: [
      ...makeMarks(plot, valuesMs),
      plot.axisX(valuesMs, {
        tickFormat: format,
        fontSize: TYPE.caption,
        tickSize: 0,
        tickPadding: 8,
        label: null,
        className: "skein-muted",
      }),
    ],
  });
}
