/**
 * Recordings for tests of rules: as little as a rule looks at.
 * @module
 */
import assert from "node:assert/strict";
import type {
  Lane,
  Recording,
  TraceSpan,
  TraceState,
} from "../base/record/mod.ts";
import type { Finding, Rule } from "./finding.ts";
import { factsOfRecording } from "./recording_facts.ts";
import { admit } from "./rules.ts";

/** What a lane did: state, from when, until when. Units: milliseconds. */
export type Part = readonly [
  state: TraceState,
  startMs: number,
  endMs: number,
  more?: Partial<TraceSpan>,
];

/**
 * Makes a recording on two cores.
 *
 * @param lanes What each lane did; its id says what it is, and `parent>id` whose.
 * @param more All else.
 */
export function record(
  lanes: Readonly<Record<string, readonly Part[]>>,
  more: Partial<Recording> = {},
): Recording {
  const spans = Object.entries(lanes).flatMap(([key, parts]) =>
    parts.map(([state, startMs, endMs, rest]): TraceSpan => ({
      lane: key.split(">").at(-1)!,
      state,
      startMs,
      endMs,
      ...rest,
    }))
  ).sort((one, other) => one.startMs - other.startMs);
  return {
    title: "a run",
    durationMs: Math.max(0, ...spans.map(({ endMs }) => endMs)),
    lanes: Object.keys(lanes).map(toLane),
    spans,
    links: [],
    counters: [],
    marks: [],
    locks: [],
    missing: [],
    stamp: STAMP,
    ...more,
  };
}

/**
 * Checks that a rule finds some values, among others, and gives the finding; or,
 * once a rule, that its words match.
 */
export function checkFound(
  rule: Rule,
  recording: Recording,
  expected: RegExp | object,
): Finding {
  const facts = factsOfRecording(recording);
  const found = admit(rule(facts), facts.grounds);
  assert.ok(found, "the rule says something");
  assert.match(found.sentence, /\.$/);
  if (expected instanceof RegExp) assert.match(found.sentence, expected);
  else checkWithin(found.values, expected, found.rule);
  return found;
}

/** Checks that a value has all that is expected, to a billionth, and maybe more. */
function checkWithin(found: unknown, expected: unknown, place: string): void {
  if (typeof expected === "number") {
    const isNear = Math.abs(Number(found) - expected) < 1e-9;
    return assert.ok(isNear, `${place} is ${found}, not ${expected}`);
  }
  if (typeof expected !== "object" || expected === null) {
    return assert.equal(found, expected, place);
  }
  for (const [key, value] of Object.entries(expected)) {
    const own = (Object(found) as Record<string, unknown>)[key];
    checkWithin(own, value, `${place}.${key}`);
  }
}

/** Checks that a rule finds nothing. */
export function checkQuiet(rule: Rule, recording: Recording): void {
  const facts = factsOfRecording(recording);
  assert.equal(admit(rule(facts), facts.grounds)?.sentence, undefined);
}

function toLane(key: string): Lane {
  const [id, parent] = key.split(">").reverse();
  const kind = (["main", "worker", "process", "lock", "core"] as const)
    .find((kind) => id!.startsWith(kind)) ?? "task";
  return { id: id!, kind, ...(parent === undefined ? {} : { parent }) };
}

/** Two cores, and nobody else. */
export const STAMP: Recording["stamp"] = {
  cores: 2,
  quotaCores: null,
  otherCpuShare: 0.01,
  missing: [],
  samples: 1,
  os: "linux",
  arch: "x86_64",
  deno: "2.9.6",
  v8: "15.0",
  noisy: false,
};

/** The same, with others that were busy. */
export const NOISY: Recording["stamp"] = {
  ...STAMP,
  otherCpuShare: 0.3,
  noisy: true,
};
