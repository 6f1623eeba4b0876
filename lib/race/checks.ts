/**
 * What is refused before a program is explored.
 *
 * Pure. The checks that all of the library has are in `lib/base/checks.ts`; what a
 * program's text must be is decided where it is read.
 * @module
 */
import {
  checkFlag,
  checkFunction,
  checkList,
  checkNumber,
  checkObject,
  checkOptions,
  checkSignal,
  checkText,
  checkWhole,
} from "../base/mod.ts";
import type { RaceOptions, ReplayOptions } from "./explore.ts";
import type { RaceProgram } from "./program.ts";

/** Checks the parts of a program. */
export function checkProgram<S extends object>(program: RaceProgram<S>): void {
  checkObject([WHAT, "program"], program);
  // The program of a litmus test is replayed as it is.
  checkOptions(WHAT, program, [...PARTS, "observe", "outcomes"]);
  const { title = "", shared, threads, copies = 2 } = program;
  checkText([WHAT, "title"], title);
  checkObject([WHAT, "shared"], shared, "cells with their values");
  checkWhole([WHAT, "copies"], copies, THREADS);
  if (typeof threads !== "function") {
    checkList([WHAT, "threads"], threads, "functions, or one function");
    checkWhole([WHAT, "threads.length"], threads.length, THREADS);
    threads.forEach((fn, i) => checkFunction([WHAT, `threads[${i}]`], fn));
  }
  for (const field of ["check", "invariant"] as const) {
    if (program[field] === undefined) continue;
    checkFunction([WHAT, field], program[field]);
  }
}

/** Checks how a program is explored. */
export function checkRaceOptions(options: RaceOptions): void {
  checkOptions(WHAT, options, OPTIONS);
  const { maxRuns = 1, maxMs = 1, maxTurns = 1, seed = 1 } = options;
  const { depth = 1, workers = true, signal } = options;
  checkWhole([WHAT, "maxRuns"], maxRuns, { least: 1, most: Infinity });
  checkNumber([WHAT, "maxMs"], maxMs, { least: 1, most: Infinity });
  checkWhole([WHAT, "maxTurns"], maxTurns, { least: 1 });
  checkNumber([WHAT, "seed"], seed, {});
  checkWhole([WHAT, "depth"], depth, { least: 1 });
  checkFlag([WHAT, "workers"], workers);
  checkSignal(WHAT, signal);
}

/** Checks what is replayed, and how. */
export function checkReplay(schedule: string, options: ReplayOptions): void {
  const what = "replay schedule";
  checkText([what, "schedule"], schedule);
  checkOptions(what, options, ["workers", "maxTurns", "signal"]);
  const { workers = true, maxTurns = 1, signal } = options;
  checkFlag([what, "workers"], workers);
  checkWhole([what, "maxTurns"], maxTurns, { least: 1 });
  checkSignal(what, signal);
}

const WHAT = "explore program";
const PARTS = ["title", "shared", "threads", "copies", "check", "invariant"];
const OPTIONS = [
  "maxRuns",
  "maxMs",
  "maxTurns",
  "seed",
  "depth",
  "workers",
  "signal",
];
/** One character of a schedule names a thread: 0 to 9, then a to z. */
const THREADS = { least: 1, most: 36 };
