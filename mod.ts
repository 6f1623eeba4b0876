/**
 * Skein's helper library: what a notebook imports to run the same work in
 * several ways, and to see what happened.
 *
 * Works in cells of Skein and of `deno jupyter`, and in plain Deno scripts.
 * Loading it needs no permission.
 *
 * @example Four jobs, four ways
 * ```ts
 * import { compare, task } from "./mod.ts";
 *
 * const work = task(function countTo(limit: number) {
 *   let sum = 0;
 *   for (let i = 0; i < limit; i++) sum += i;
 *   return sum;
 * });
 * await compare(work, { inputs: [1e5, 1e5, 1e5, 1e5], samples: 3 });
 * ```
 * @module
 */
export { compare, type ShownComparison } from "./lib/compare.ts";
export { type Comm, type CommMessage, type Comms, comms } from "./lib/comms.ts";
export {
  DISPLAY,
  display,
  type Displayable,
  type DisplayOptions,
  figure,
  html,
  isDisplayable,
  makeDisplayable,
  type Markup,
  md,
  type MimeBundle,
  svg,
} from "./lib/display.ts";
export { type Task, task } from "./lib/parallel/task.ts";
export type { CompareOptions } from "./lib/parallel/compare.ts";
export type {
  Comparison,
  HonestyStamp,
  Model,
  ModelResult,
  SpeedUp,
  Summary,
} from "./lib/parallel/comparison.ts";
export { timeline, type TimelineOptions } from "./lib/plot/timeline.ts";
export type {
  TimelineGroup,
  TimelineSource,
} from "./lib/plot/timeline_groups.ts";
export { comparisonTable } from "./lib/plot/comparison_words.ts";
export type { Span, SpanState } from "./lib/trace/span.ts";
