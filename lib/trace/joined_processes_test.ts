import assert from "node:assert/strict";
import { joinProcesses, type Told } from "./joined_processes.ts";

const TOLD: Told = {
  lanes: [
    { id: "main", kind: "main" },
    { id: "process 1 deno", kind: "process" },
    { id: "process 2 sleep", kind: "process" },
    { id: "process 70", kind: "process" },
    { id: "process 71", kind: "process" },
  ],
  spans: [
    { lane: "process 1 deno", state: "starting", startMs: 0, endMs: 2 },
    { lane: "process 70", state: "running", startMs: 9, endMs: 20 },
    { lane: "process 71", state: "running", startMs: 2, endMs: 30 },
  ],
  links: [
    {
      kind: "spawn",
      from: "main",
      to: "process 1 deno",
      startMs: 0,
      endMs: 2,
    },
    { kind: "spawn", from: "main", to: "process 70", startMs: 0, endMs: 8 },
    { kind: "message", from: "main", to: "process 70", startMs: 8, endMs: 9 },
    { kind: "message", from: "process 70", to: "main", startMs: 20, endMs: 21 },
  ],
};
const LANES = new Map([[70, "process 1 deno"], [71, "process 2 sleep"]]);

Deno.test("joinProcesses() puts the calls of a process onto its one lane", () => {
  const { lanes, spans, links } = joinProcesses(TOLD, LANES);
  assert.deepEqual(lanes.map(({ id }) => id), [
    "main",
    "process 1 deno",
    "process 2 sleep",
  ]);
  assert.deepEqual(
    spans.map(({ lane, state }) => `${lane}: ${state}`),
    ["process 1 deno: starting", "process 1 deno: running"],
  );
  assert.deepEqual(links.map(({ kind, from, to }) => [kind, from, to]), [
    ["spawn", "main", "process 1 deno"],
    ["message", "main", "process 1 deno"],
    ["message", "process 1 deno", "main"],
  ]);
});

Deno.test("joinProcesses() leaves what only one source told of", () => {
  assert.equal(joinProcesses(TOLD, new Map()), TOLD);
  assert.equal(joinProcesses(TOLD, new Map([[72, "process 3 ls"]])), TOLD);
});
