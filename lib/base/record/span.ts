/**
 * One interval of work on a lane: the shape of everything Skein traces.
 *
 * Pure: types only. Spans are collected in `recorder.ts`, laid out in rows in
 * `lanes.ts` and drawn in `lib/plot/figures/timeline.ts`.
 * @module
 */

/**
 * What a task, worker or process does during a span.
 *
 * - `starting`: the isolate or process is being made and loads its code.
 * - `running`: its code holds a core, as far as was measured.
 * - `alive`: its code was called and has not returned; it was on a core for
 *   `share` of the time, in turns with others or with sleeping calls, and when
 *   is not known. Without `share`, nothing is known of it.
 * - `waiting`: it awaits something (a timer, a socket, its turn).
 * - `messaging`: arguments or results are copied to or from it.
 */
export type SpanState =
  | "starting"
  | "running"
  | "alive"
  | "waiting"
  | "messaging";

/**
 * An interval with a start and an end.
 *
 * Units: milliseconds on the clock of `performance.now()` of the process that
 * recorded it, or since the start of the recording where a figure says so.
 */
export interface Span {
  /** The row it belongs to: a task, worker or process, by its shown name. */
  readonly lane: string;
  /** What runs the lane: decides grouping and the lane's mark. */
  readonly kind: "main" | "task" | "worker" | "process";
  /** What the lane did meanwhile. */
  readonly state: SpanState;
  /** Short text shown on the span where there is room, such as `job 3`. */
  readonly label?: string;
  /** Of `alive`: which part of it was on a core, 0 to 1; absent if not known. */
  readonly share?: number;
  /** When it began, milliseconds. */
  readonly startMs: number;
  /** When it ended, milliseconds; never before `startMs`. */
  readonly endMs: number;
}
