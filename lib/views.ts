/**
 * The pictures that are asked for by name: of spans, and of a recording.
 *
 * What draws them is in `lib/plot/`, and loaded when a front end asks for it; see
 * `late_display.ts`.
 * @module
 */
import {
  checkOptions,
  checkText,
  type Displayable,
  showLater,
} from "./base/mod.ts";
import type { TimelineOptions } from "./plot/figures/timeline.ts";
import type { TimelineSource } from "./trace/facts/timeline_groups.ts";
import { checkTimelineSource, toRecording } from "./trace/checks.ts";
import type { Recording } from "./base/record/mod.ts";

/** A recording, or the traced run that has it. */
export type Traced = Recording | { readonly recording: Recording };

/**
 * Shows who did what when.
 *
 * Shape: a value for the end of a cell or for `display()`; it is drawn when the
 * front end asks for it. So are all others here.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * const shown = timeline([
 *   { lane: "worker 1", kind: "worker", state: "running", startMs: 0, endMs: 40 },
 * ]);
 * assert.match(String((await shown[DISPLAY]())["text/plain"]), /running 40.0 ms/);
 * ```
 *
 * @param source A comparison, groups of spans, or spans.
 * @param options Heading.
 * @returns A value shown as the figure.
 * @throws {TypeError} If there is nothing in it that can be drawn, or an option is wrong.
 * @throws {RangeError} If a state of a span is none that there is.
 */
export function timeline(
  source: TimelineSource,
  options: TimelineOptions = {},
): Displayable {
  checkTimelineSource("show timeline", source);
  checkOptions("show timeline", options, ["title"]);
  if (options.title !== undefined) {
    checkText(["show timeline", "title"], options.title);
  }
  return showLater(async () => {
    const { timelineFigure } = await import("./plot/figures/timeline.ts");
    return timelineFigure(source, options);
  });
}

/**
 * Shows a recording: the timeline, who waits for whom if they wait for ever,
 * what the shape means, and the circumstances.
 *
 * Where scripts run, it can be zoomed and filtered; where they do not, it is the
 * same image.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * import { DEADLOCK } from "./plot/gallery/recording_fixtures.ts";
 * const bundle = await showRecording(DEADLOCK)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /Deadlock of 2/);
 * ```
 *
 * @param source What was recorded, or the traced run that has it.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording.
 */
export function showRecording(source: Traced): Displayable {
  const recording = toRecording("show recording", source);
  return showLater(async () => {
    const { recordingFigure } = await import("./plot/figures/recording.ts");
    return recordingFigure(recording);
  });
}

/**
 * Shows a recording's timeline alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * import { POOL } from "./plot/gallery/recording_fixtures.ts";
 * const bundle = await traceTimeline(POOL)[DISPLAY]();
 * assert.match(String(bundle["text/html"]), /<img /);
 * ```
 *
 * @param source What was recorded, or the traced run that has it.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording.
 */
export function traceTimeline(source: Traced): Displayable {
  const recording = toRecording("show timeline", source);
  return showLater(async () => {
    const { traceTimelineFigure } = await import("./plot/figures/recording.ts");
    return traceTimelineFigure(recording);
  });
}

/**
 * Shows who sent what to whom, and when it arrived.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * import { PINGPONG } from "./plot/gallery/recording_fixtures.ts";
 * const bundle = await messageSequence(PINGPONG)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /ping to pong: ball 1, 64 B/);
 * ```
 *
 * @param source What was recorded, or the traced run that has it.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording.
 */
export function messageSequence(source: Traced): Displayable {
  const recording = toRecording("show messages", source);
  return showLater(async () => {
    const { messageSequenceFigure } = await import(
      "./plot/figures/sequence.ts"
    );
    return messageSequenceFigure(recording);
  });
}

/**
 * Shows who started whom, and who outlived whom.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * import { LEAKED } from "./plot/gallery/recording_fixtures.ts";
 * const bundle = await taskTree(LEAKED)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /write audit outlives handle request/);
 * ```
 *
 * @param source What was recorded, or the traced run that has it.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording.
 */
export function taskTree(source: Traced): Displayable {
  const recording = toRecording("show task tree", source);
  return showLater(async () => {
    const { taskTreeFigure } = await import("./plot/figures/task_tree.ts");
    return taskTreeFigure(recording);
  });
}

/**
 * Shows which thread owns which lock and waits for which.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * import { DEADLOCK } from "./plot/gallery/recording_fixtures.ts";
 * const bundle = await waitForGraph(DEADLOCK)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /worker 3 waits for lock alice/);
 * ```
 *
 * @param source What was recorded, or the traced run that has it: locks as they were found last.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording.
 */
export function waitForGraph(source: Traced): Displayable {
  const recording = toRecording("show who waits for whom", source);
  return showLater(async () => {
    const { waitForFigure } = await import("./plot/figures/wait_for.ts");
    return waitForFigure(recording);
  });
}

/**
 * Shows how hard locks were fought for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/display.ts";
 * import { CONVOY } from "./plot/gallery/recording_fixtures.ts";
 * const bundle = await lockContention(CONVOY)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /Convoy at lock results/);
 * ```
 *
 * @param source What was recorded, or the traced run that has it.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording.
 */
export function lockContention(source: Traced): Displayable {
  const recording = toRecording("show lock contention", source);
  return showLater(async () => {
    const { lockContentionFigure } = await import(
      "./plot/figures/contention.ts"
    );
    return lockContentionFigure(recording);
  });
}

/**
 * Shows what ran in each turn of the event loop: callbacks and microtasks in
 * their true order.
 *
 * @example Which is first: a timer of 0 ms, a promise, or `nextTick`?
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./base/mod.ts";
 * import { trace } from "./trace.ts";
 * const { recording } = await trace(async () => {
 *   setTimeout(function ring() {}, 0);
 *   await null;
 *   await new Promise((resolve) => setTimeout(resolve, 5));
 * }, { turns: true, cores: false });
 * const bundle = await turnStrip(recording)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /Turn 1 \(start\): script .*Turn 2 \(timer\): timer ring/s);
 * ```
 *
 * @param source What was recorded, with `trace(fn, { turns: true })`.
 * @returns A value shown as a figure, or in words.
 * @throws {TypeError} If it is no recording, or one without turns.
 */
export function turnStrip(source: Traced): Displayable {
  const recording = toRecording("show turns", source);
  if (recording.turns === undefined) {
    throw new TypeError(
      "Cannot show turns: the recording has none, " +
        "expected that of trace(fn, { turns: true })",
    );
  }
  return showLater(async () => {
    const { turnsFigure } = await import("./plot/figures/turns.ts");
    return turnsFigure(recording);
  });
}
