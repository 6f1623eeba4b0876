/**
 * Facts on one side, rules on the other: what is said, what is held back, and why.
 */
import assert from "node:assert/strict";
import type { SpeedUp } from "../base/record/mod.ts";
import type { ArmFacts, Facts, RunFacts } from "./facts.ts";
import type { Rule } from "./finding.ts";
import { type Grounds, listUnmet } from "./gate.ts";
import { say } from "./say.ts";
import { findNotNTimes } from "./not_n_times.ts";
import { findOneAtATime } from "./one_at_a_time.ts";
import { findOversubscription } from "./oversubscription.ts";
import { admit } from "./rules.ts";
import { findStairStep } from "./stair_step.ts";

const CALM: Grounds = { others: [], noise: [], computing: 1 };
const OTHERS = "other programs used 30 % of all cores meanwhile";
const GROUNDS = {
  "calm, computing": CALM,
  "others had the cores": { ...CALM, others: [OTHERS], noise: [OTHERS] },
  "samples scatter": { ...CALM, noise: ["the samples scatter widely"] },
  "naps": { ...CALM, computing: 0.01 },
  "not measured": { ...CALM, computing: null },
} as const satisfies Record<string, Grounds>;

type Case = keyof typeof GROUNDS;

const speedup = (ratio: number, shown = true): SpeedUp => ({
  ratio,
  low: 0.95 * ratio,
  high: 1.05 * ratio,
  shown,
});

const arm = (model: ArmFacts["model"], ratio: SpeedUp): ArmFacts => ({
  model,
  jobs: 4,
  speedup: ratio,
  waitingShare: 0,
  aloneMs: 100,
  sharedMs: 200,
});

const threads = (...endsMs: readonly number[]): RunFacts["threads"] =>
  endsMs.map((endMs, i) => ({
    id: `worker ${i + 1}`,
    kind: "worker",
    spans: [{ lane: `worker ${i + 1}`, state: "running", startMs: 0, endMs }],
  }));

const run = (...endsMs: readonly number[]): RunFacts => ({
  prefix: "",
  durationMs: Math.max(...endsMs),
  main: [],
  threads: threads(...endsMs),
  tasks: [],
  isSampled: false,
  locks: [],
  circles: [],
  stuck: [],
  counters: new Map(),
  holds: [],
  leaks: [],
});

interface Row {
  readonly rule: Rule;
  readonly facts: Partial<Facts>;
  /** What is said; `null` for nothing. */
  readonly says: Readonly<Record<Case, RegExp | null>>;
}

const WHY_NOT = {
  others: /can not be told: other programs used 30 %/,
  scatter: /can not be told: the samples scatter/,
  naps: /can not be told: the work was on a core for 1 % of its time only/,
  unknown: /can not be told: whether the work computes was not measured/,
};

const TABLE: Readonly<Record<string, Row>> = {
  "where an even split would end": {
    rule: findStairStep,
    facts: { run: run(20, 100) },
    says: {
      "calm, computing": /split evenly, all would end at about 60\.0 ms\.$/,
      "others had the cores": WHY_NOT.others,
      "samples scatter": WHY_NOT.scatter,
      "naps": null,
      "not measured": null,
    },
  },
  "that jobs take turns on cores": {
    rule: findOversubscription,
    facts: { arm: arm("workers", speedup(1.9)) },
    says: {
      "calm, computing": /4 jobs take turns on 2 cores\./,
      "others had the cores": null,
      "samples scatter": /4 jobs take turns on 2 cores\./,
      "naps": null,
      "not measured": null,
    },
  },
  "the most that jobs can gain": {
    rule: findNotNTimes,
    facts: { arm: arm("workers", speedup(1.9)) },
    says: {
      "calm, computing":
        /; with 2 cores, about 2× is the most that 4 jobs can gain\.$/,
      "others had the cores": /about 2× is the most that 4 jobs can gain\.$/,
      "samples scatter": /about 2× is the most that 4 jobs can gain\.$/,
      "naps": WHY_NOT.naps,
      "not measured": WHY_NOT.unknown,
    },
  },
  "why async gains nothing": {
    rule: findOneAtATime,
    facts: { arm: arm("async", speedup(1.0, false)) },
    says: {
      "calm, computing":
        /one piece of JavaScript at a time, and these jobs do not wait\.$/,
      "others had the cores": null,
      "samples scatter": null,
      "naps": /one piece of JavaScript at a time\.$/,
      "not measured": /one piece of JavaScript at a time\.$/,
    },
  },
  "why not twice as fast": {
    rule: findNotNTimes,
    facts: { run: run(40, 100) },
    says: {
      "calm, computing": /^Why not 2×: 2 Workers/,
      "others had the cores": null,
      "samples scatter": null,
      "naps": null,
      "not measured": null,
    },
  },
};

for (const [name, { rule, facts, says }] of Object.entries(TABLE)) {
  Deno.test(`the gate: ${name}`, () => {
    for (const [circumstances, expected] of Object.entries(says)) {
      const all: Facts = {
        cores: 2,
        isNoisy: circumstances === "others had the cores",
        otherCpuShare: null,
        grounds: GROUNDS[circumstances as Case],
        ...facts,
      };
      const sentence = admit(rule(all), all.grounds)?.sentence;
      if (expected === null) assert.equal(sentence, undefined, circumstances);
      else assert.match(sentence ?? "", expected, circumstances);
      // A speed-up never stands without its interval.
      assert.ok(
        sentence === undefined || !/\d× as/.test(sentence) ||
          /95 % interval/.test(sentence),
        sentence,
      );
    }
  });
}

Deno.test("listUnmet() explains each need that is not met, once", () => {
  const check = (needs: Parameters<typeof listUnmet>[0], expected: RegExp) =>
    assert.match(listUnmet(needs, CALM).join("; "), expected);
  check(
    [{ points: 1, least: 2 }],
    /^it takes 2 points or more, and there is 1$/,
  );
  check(
    [{ difference: speedup(1, false) }],
    /^the samples show no difference$/,
  );
  check([{ difference: null }], /^the samples show no difference$/);
  check([{ idle: 0.5 }], /^for 50 % of the time something computed meanwhile$/);
  check([{ idle: 0.05 }, "calm", "alone", "computing"], /^$/);
  const noisy = GROUNDS["others had the cores"];
  assert.deepEqual(listUnmet(["calm", "alone"], noisy), [OTHERS]);
});

Deno.test("say() says a sentence, or why not, or nothing", () => {
  const needs = ["alone"] as const;
  const noisy = {
    ...CALM,
    others: ["others had it"],
    noise: ["others had it"],
  };
  const words = {
    so: ({ n }: { n: number }) => `So ${n}.`,
    it: () => "It",
    bare: () => "Bare.",
  };
  const found = { rule: "so", values: { n: 3 }, needs } as const;
  assert.deepEqual(say(words, [{ ...found, of: "it" }], CALM), ["So 3."]);
  assert.deepEqual(say(words, [found], noisy), []);
  assert.deepEqual(say(words, [{ ...found, of: "it" }], noisy), [
    "It can not be told: others had it.",
  ]);
  assert.deepEqual(say(words, [{ rule: "bare", values: null }], noisy), [
    "Bare.",
  ]);
});
