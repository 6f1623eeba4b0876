/**
 * `show`: a figure in another size, or with what was predicted.
 * @module
 */
import {
  checkChoice,
  checkOptions,
  type Displayable,
  makeDisplayable,
} from "./base/mod.ts";
import type { FigureSize } from "./plot/core/mod.ts";
import type { Prediction } from "./predict/prediction.ts";

/** How a figure is shown. */
export interface ShowOptions {
  /** `projector` draws it large, for those in the last row. @default "page" */
  readonly size?: FigureSize;
  /** What was predicted, laid over the figure. @default none */
  readonly prediction?: Prediction<unknown>;
}

/**
 * Shows what is shown as a figure in another way.
 *
 * @example For the last row
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/mod.ts";
 * import { timeline } from "./views.ts";
 * const spans = timeline([
 *   { lane: "worker 1", kind: "worker", state: "running", startMs: 0, endMs: 40 },
 * ]);
 * const bundle = await show(spans, { size: "projector" })[DISPLAY]();
 * assert.match(String(bundle["text/html"]), /width:100%/);
 * ```
 *
 * @param value What a figure shows: a result of `compare`, `trace`, `lag` and so on, or a view.
 * @param options Size, prediction.
 * @returns A value for the end of a cell, or for `display()`.
 * @throws {TypeError} If an option is wrong; when it is shown, if there is no figure.
 */
export function show(value: unknown, options: ShowOptions = {}): Displayable {
  checkOptions("show figure", options, ["size", "prediction"]);
  const { size = "page", prediction } = options;
  checkChoice(["show figure", "size"], size, ["page", "projector"]);
  return makeDisplayable(async () => {
    const { figureWith } = await import("./predict/over.ts");
    const { writeBundle } = await import("./plot/core/mod.ts");
    return writeBundle(await figureWith(value, prediction), { size });
  });
}
