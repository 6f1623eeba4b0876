/**
 * Fixed reports for the gallery of `switches.ts`.
 *
 * For tests only; nothing else imports this file. Pure.
 * @module
 */

import { describeSwitches } from "../../measure/switches/findings.ts";
import type {
  SwitchesReport,
  ThreadKind,
  ThreadSwitches,
} from "../../measure/switches/switches.ts";
import { STAMP } from "./gallery_data.ts";

/** Three Workers that compute on two cores: cores are taken. */
export const CROWDED_CORES: SwitchesReport = makeReport(
  "Three Workers on two cores",
  [
    makeThread("main thread", "main", [38, 2, 4.2, 1.1]),
    makeThread("worker-1", "worker", [3, 61, 201, 98]),
    makeThread("worker-2", "worker", [4, 55, 199, 104]),
    { ...makeThread("worker-3", "worker", [2, 58, 203, 95]), endedEarly: true },
    { ...makeThread("7 helpers", "helper", [112, 0, 2.9, 0.8]), threads: 7 },
  ],
);

/** Many messages: cores are given away. */
export const MESSAGES: SwitchesReport = makeReport("Ten thousand messages", [
  makeThread("main thread", "main", [10_412, 31, 290, 12]),
  makeThread("worker-1", "worker", [10_006, 18, 262, 9]),
  { ...makeThread("7 helpers", "helper", [0, 0, 0, 0]), threads: 7 },
]);

/** No permission to look closer. */
export const WHOLE_PROCESS: SwitchesReport = makeReport("Sum up", [
  { ...makeThread("whole process", "process", [84, 12, 310, 0]), waitMs: null },
], [
  "Counts of each thread are missing: /proc is readable only under --allow-all, run with it to get them.",
]);

function makeReport(
  title: string,
  threads: readonly ThreadSwitches[],
  missing: readonly string[] = [],
): SwitchesReport {
  const found = { title, durationMs: 305, threads, missing, stamp: STAMP };
  return { type: "switches", ...found, findings: describeSwitches(found) };
}

function makeThread(
  name: string,
  kind: ThreadKind,
  [voluntary, involuntary, runMs, waitMs]: readonly [
    number,
    number,
    number,
    number,
  ],
): ThreadSwitches {
  return {
    name,
    kind,
    threads: 1,
    voluntary,
    involuntary,
    runMs,
    waitMs,
    endedEarly: false,
  };
}
