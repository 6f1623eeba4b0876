import assert from "node:assert/strict";
import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { factsOfRecording } from "./recording_facts.ts";
import { applyRules, inWords, RULES, sortFindings } from "./rules.ts";
import { CONVOY, DEADLOCK, EMPTY } from "../plot/gallery/recording_fixtures.ts";
import { record } from "./test_recording.ts";

function namesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ rule }) => rule);
}

Deno.test("applyRules() says nothing of nothing", () => {
  assert.deepEqual(applyRules(factsOfRecording(EMPTY)), []);
  const bare: Facts = { cores: 2, isNoisy: false, otherCpuShare: null };
  assert.deepEqual(applyRules(bare), []);
});

Deno.test("applyRules() says nothing of speed where there is a deadlock", () => {
  assert.deepEqual(namesOf(applyRules(factsOfRecording(DEADLOCK))), [
    "deadlock",
  ]);
});

Deno.test("applyRules() does not call one at a time both unequal and slow", () => {
  const facts = factsOfRecording(record({
    "worker 1": [["running", 0, 30]],
    "worker 2": [["running", 30, 100]],
  }));
  assert.deepEqual(namesOf(applyRules(facts)), ["one at a time"]);
  const all = RULES.flatMap((rule) => rule(facts) ?? []);
  assert.ok(all.length > 1, "other rules have something to say");
});

Deno.test("applyRules() gives at most three, and advice for the whole only once", () => {
  const findings = applyRules(factsOfRecording({
    ...CONVOY,
    holds: [{ startMs: 0, endMs: 100, lane: "main" }],
    lanes: [...CONVOY.lanes, { id: "main", kind: "main" }],
    spans: [
      ...CONVOY.spans,
      { lane: "main", state: "running", startMs: 0, endMs: 120 },
    ],
  }));
  assert.deepEqual(namesOf(findings), [
    "loop held",
    "convoy",
    "why not N times",
  ]);
  assert.equal(findings[2]!.advice, "");
  assert.equal(inWords(findings[2]!), findings[2]!.sentence);
  assert.match(inWords(findings[1]!), /of use\. Compute before/);
});

Deno.test("sortFindings() puts the most telling first, and no more than three", () => {
  const make = (rule: Finding["rule"]): Finding => ({
    rule,
    values: {},
    sentence: `${rule}.`,
    advice: "",
    lanes: [],
  });
  const sorted = sortFindings([
    make("why not N times"),
    make("stair-step ends"),
    make("one at a time"),
    make("oversubscription"),
  ]);
  assert.deepEqual(namesOf(sorted), [
    "one at a time",
    "oversubscription",
    "stair-step ends",
  ]);
});
