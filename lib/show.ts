/**
 * `show`: a figure in another size, or with what was predicted; or a view of a
 * traced run by its name.
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
import {
  lockContention,
  messageSequence,
  showRecording,
  taskTree,
  type Traced,
  traceTimeline,
  turnStrip,
  waitForGraph,
} from "./views.ts";

/**
 * A view of a traced run.
 *
 * - `all`: what a traced run shows by itself.
 * - `timeline`: who did what when.
 * - `messages`: who sent what to whom.
 * - `tasks`: who started whom.
 * - `waits`: who waits for whose lock.
 * - `locks`: how much each lock was waited for.
 * - `turns`: what ran in each turn of the event loop.
 */
export type ViewName =
  | "all"
  | "timeline"
  | "messages"
  | "tasks"
  | "waits"
  | "locks"
  | "turns";

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
export function show(value: unknown, options?: ShowOptions): Displayable;
/**
 * Shows one view of a traced run.
 *
 * @example How much locks were waited for
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/mod.ts";
 * import { Mutex } from "./sync/mod.ts";
 * import { trace } from "./trace.ts";
 * const run = await trace(async () => {
 *   using _ = await new Mutex({ name: "shared" }).lock();
 * });
 * const bundle = await show(run, "locks")[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /shared/);
 * ```
 *
 * @param run What `trace` gave, or its recording.
 * @param view Which view.
 * @param options Size.
 * @returns A value for the end of a cell, or for `display()`.
 * @throws {TypeError} If it is no traced run, or there is no such view.
 */
export function show(
  run: Traced,
  view: ViewName,
  options?: ShowOptions,
): Displayable;
export function show(
  value: unknown,
  how: ShowOptions | ViewName = {},
  more: ShowOptions = {},
): Displayable {
  if (typeof how === "string") {
    checkChoice(["show figure", "view"], how, Object.keys(VIEWS));
    return show(VIEWS[how](value as Traced), more);
  }
  checkOptions("show figure", how, ["size", "prediction"]);
  const { size = "page", prediction } = how;
  checkChoice(["show figure", "size"], size, ["page", "projector"]);
  return makeDisplayable(async () => {
    const { figureWith } = await import("./predict/over.ts");
    const { writeBundle } = await import("./plot/core/mod.ts");
    return writeBundle(await figureWith(value, prediction), { size });
  });
}

const VIEWS: Readonly<Record<ViewName, (run: Traced) => Displayable>> = {
  all: showRecording,
  timeline: traceTimeline,
  messages: messageSequence,
  tasks: taskTree,
  waits: waitForGraph,
  locks: lockContention,
  turns: turnStrip,
};
