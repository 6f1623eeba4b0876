/**
 * Fixed results for the gallery of `litmus` and `stress`.
 *
 * For tests only; nothing else imports this file. Pure.
 * @module
 */
import {
  describeLitmus,
  type LitmusOutcome,
  type LitmusResult,
  type StressResult,
} from "../../race/mod.ts";
import { STAMP } from "./gallery_data.ts";

const RUN = {
  threads: ["first", "second"],
  rounds: 200_000,
  durationMs: 412,
  schedules: 20,
  racy: ["x", "y"],
  fault: null,
  stamp: { ...STAMP, samples: 200_000 },
  missing: [],
};

/** Store buffering on two quiet cores: what no order explains, and what came up rarely. */
export const STORE_BUFFERING: LitmusResult = makeLitmus([
  makeOutcome([0, 1], 97_120, { verdict: "allowed", schedule: "000111" }),
  makeOutcome([1, 0], 88_930, { verdict: "allowed", schedule: "111000" }),
  makeOutcome([0, 0], 13_902, { verdict: "interesting", isOrdered: false }),
  makeOutcome([1, 1], 48, { verdict: "allowed", schedule: "011100" }),
]);

/** A lost update that came up, of a program whose check has many ways to fail. */
export const LOST_UPDATES: StressResult = {
  type: "stress",
  ...RUN,
  title: "Two threads add a hundred",
  threads: ["add 0", "add 1"],
  rounds: 640,
  schedules: null,
  racy: ["x"],
  failures: 29,
  first: { round: 613, final: { x: 134 } },
  endings: [
    { final: { x: 200 }, count: 611, fails: false },
    ...[134, 171, 188, 197].map((x, index) => ({
      final: { x },
      count: [14, 9, 5, 1][index]!,
      fails: true,
    })),
  ],
  check: "m.x === 200",
  schedule: "0110",
  failingSchedules: 18,
  findings: [
    "Round 613 ended with x: 134, expected m.x === 200; 29 failed of 640 rounds (412 ms).",
  ],
};

function makeOutcome(
  [a, b]: readonly [number, number],
  count: number,
  known: Partial<LitmusOutcome>,
): LitmusOutcome {
  return {
    values: { a, b },
    count,
    verdict: null,
    schedule: null,
    isOrdered: true,
    ...known,
  };
}

function makeLitmus(outcomes: readonly LitmusOutcome[]): LitmusResult {
  const found = {
    type: "litmus" as const,
    ...RUN,
    title: "Store buffering, plain accesses",
    outcomes,
  };
  return { ...found, findings: describeLitmus(found, false) };
}
