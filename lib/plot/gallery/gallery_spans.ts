/**
 * Fixed spans for the gallery: odd names, many lanes, tiny and huge times.
 *
 * For tests only; nothing else imports this file. Pure: no clock, no chance.
 * @module
 */

import type { Span, SpanState } from "../../base/record/mod.ts";

/** Spans with long names, and names that try to be markup. */
export const LONG_NAMES: readonly Span[] = [
  span("main thread", "main", "running", [0, 12]),
  span("resize every photograph of the holiday", "task", "waiting", [3, 60]),
  {
    ...span(`<script>alert("x")</script>`, "worker", "running", [5, 70]),
    label: `<img src=x onerror="alert(1)">`,
  },
  {
    ...span("工作者 一", "worker", "running", [8, 55]),
    label: "第三个任务 & more",
  },
];

/** Forty lanes. */
export const MANY: readonly Span[] = Array.from({ length: 40 }, (_, i) => [
  span(`worker ${i + 1}`, "worker", "starting", [i * 2, i * 2 + 12]),
  span(`worker ${i + 1}`, "worker", "waiting", [i * 2 + 12, 100 + i * 9]),
  span(`worker ${i + 1}`, "worker", "running", [100 + i * 9, 160 + i * 9]),
]).flat();

/** Microseconds: a message there and back, ten times. */
export const TINY: readonly Span[] = Array.from({ length: 10 }, (_, i) => [
  span("main thread", "main", "messaging", [i * 0.06, i * 0.06 + 0.004]),
  span("main thread", "main", "waiting", [i * 0.06 + 0.004, i * 0.06 + 0.055]),
  span("worker 1", "worker", "running", [i * 0.06 + 0.03, i * 0.06 + 0.031]),
]).flat();

/** Minutes: a build. */
export const LONG: readonly Span[] = [
  span("main thread", "main", "waiting", [5000, 1_030_000]),
  {
    ...span("compile", "process", "running", [12_000, 412_000]),
    label: "compile",
  },
  {
    ...span("test", "process", "running", [412_000, 1_020_000]),
    label: "test",
  },
  { ...span("test", "process", "running", [500_000, 800_000]), label: "retry" },
];

/** A thousand spans in twenty lanes. */
export const THOUSAND: readonly Span[] = Array.from(
  { length: 1000 },
  (_, i) =>
    span(
      `worker ${i % 20 + 1}`,
      "worker",
      i % 3 === 0 ? "waiting" : "running",
      [
        Math.floor(i / 20) * 10 + i % 7,
        Math.floor(i / 20) * 10 + i % 7 + 6,
      ],
    ),
);

/** Makes a span of a lane, kind and state between two times. */
export function span(
  lane: string,
  kind: Span["kind"],
  state: SpanState,
  [startMs, endMs]: readonly [number, number],
): Span {
  return { lane, kind, state, startMs, endMs };
}
