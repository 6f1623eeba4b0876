/**
 * Fixed threads and turns for the gallery of `threads()` and `turnStrip()`.
 *
 * For tests only; nothing else imports this file. Pure.
 * @module
 */
import type { LoopRun, LoopTurn, Recording } from "../../base/record/mod.ts";
import { describeThreads } from "../../measure/threads/findings.ts";
import type {
  LivingKind,
  LivingThread,
  LivingThreads,
} from "../../measure/threads/threads.ts";
import { STAMP } from "./gallery_data.ts";
import { EMPTY } from "./recording_fixtures.ts";

/** A pool at work, and all that lives beside it. */
export const LIVING: LivingThreads = makeLiving([
  live("main", "main", "runs the program", [412, 0.04, 0]),
  live("worker 1", "pool", "runs job countPrimes, 3 more wait for it", [
    1830,
    0.97,
    0.02,
  ]),
  live("worker 2", "pool", "runs job countPrimes", [1790, 0.55, 0.43]),
  live("worker 3", "pool", "has no job", [61, 0, 0]),
  live("worker-4", "worker", "runs a Worker's code; waits", [14, 0, 0]),
  live("V8 DefaultWorke", "V8", "compiles, collects garbage", [35, 0.03, 0]),
  live("tokio-runtime-w", "Deno", "files, network, timers; waits", [3, 0, 0]),
], []);

/** What is known without a permission. */
export const LIVING_UNSEEN: LivingThreads = makeLiving([
  { ...live("main", "main", "runs the program", [0, 0, 0]), ...unseen() },
  { ...live("worker 1", "pool", "has no job", [0, 0, 0]), ...unseen() },
], [
  "Threads of Deno, V8 and new Worker() are missing: /proc is readable only under --allow-all, run with it to get them.",
]);

/** A timer of 0 ms beside promises, microtasks and `nextTick`. */
export const TURNS: Recording = {
  ...EMPTY,
  title: "Which is first?",
  turns: [
    turn("start", 0.1, [
      ["script", "the traced function", 1.9],
      ["promise", "morning, a reaction", 0.02, "cell_3.ts:8"],
      ["microtask", "tidy", 0.01, "cell_3.ts:9"],
      ["promise", "morning, after await", 0.18, "cell_3.ts:12"],
      ["nextTick", "report", 0.05, "cell_3.ts:10"],
    ]),
    turn("timer", 3.4, [
      ["timer", "ring", 0.44, "cell_3.ts:4"],
      ["nextTick", "report again", 0.02, "cell_3.ts:5"],
      ["promise", "ring, a reaction", 0.01, "cell_3.ts:6"],
    ]),
    turn("timer", 3.9, [["timer", "ring again", 0.01, "cell_3.ts:7"]]),
    turn("I/O", 5.2, [
      ["promise", "morning, inside the runtime", 0.01, "cell_3.ts:14"],
      ["promise", "morning, after await", 0.2, "cell_3.ts:14"],
    ]),
  ],
};

function turn(
  cause: LoopTurn["cause"],
  startMs: number,
  runs: readonly (readonly [
    kind: LoopRun["kind"],
    label: string,
    lengthMs: number,
    site?: string,
  ])[],
): LoopTurn {
  let atMs = startMs;
  return {
    cause,
    runs: runs.map(([kind, label, lengthMs, site]) => {
      const fromMs = atMs;
      atMs += lengthMs;
      const place = site === undefined ? {} : { site };
      const times = { startMs: fromMs, endMs: atMs };
      return { kind, label, ...place, lane: "main", ...times };
    }),
  };
}

function live(
  name: string,
  kind: LivingKind,
  doing: string,
  [cpuMs, onCore, ready]: readonly [number, number, number],
): LivingThread {
  return { id: null, name, kind, doing, cpuMs, onCore, ready };
}

function unseen() {
  return { cpuMs: null, onCore: null, ready: null };
}

function makeLiving(
  threads: readonly LivingThread[],
  missing: readonly string[],
): LivingThreads {
  const title = "Threads of this process";
  const found = { title, threads, watchedMs: 100, missing, stamp: STAMP };
  const result = { type: "threads", ...found } as const;
  return { ...result, findings: describeThreads(result) };
}
