import assert from "node:assert/strict";
import type { SessionLook } from "../kernel/mod.ts";
import { RunRecorder } from "./recording.ts";

/** A look with the time that each lane had on a core until then. */
function look(
  atMs: number,
  lanes: Readonly<Record<string, readonly [runMs: number, readyMs: number]>>,
  holders: string[] = [],
): SessionLook {
  return {
    atMs,
    lanes: Object.entries(lanes).map(([key, [runMs, readyMs]]) => ({
      key,
      name: key,
      kind: key === "main" ? "main" : "worker",
      runMs,
      readyMs,
    })),
    living: [],
    locks: holders.length === 0
      ? []
      : [{ lock: "lock a", holders, waiters: [] }],
  };
}

const STAMP = {} as never;

Deno.test("RunRecorder draws what the system counted, step by step", () => {
  const recorder = new RunRecorder(1000);
  recorder.add(look(1100, { main: [50, 0] }));
  recorder.add(look(1200, { main: [150, 0], w: [0, 0] }, ["w"]));
  recorder.add(look(1300, { main: [150, 0], w: [40, 60] }, ["w"]));
  recorder.add(look(1400, { main: [150, 0] }));
  assert.deepEqual(recorder.strip(), [
    { name: "main", kind: "main", strip: " 900" },
    { name: "w", kind: "worker", strip: "  e " },
  ]);
  const { spans, lanes, durationMs, missing } = recorder.finish({
    title: "",
    endMs: 1450,
    stamp: STAMP,
  });
  assert.equal(durationMs, 450);
  assert.deepEqual(lanes.map(({ id }) => id), ["main", "w", "lock a"]);
  assert.deepEqual(
    spans.map(({ lane, state, startMs, endMs, share }) =>
      [lane, state, startMs, endMs, share].join(" ").trim()
    ),
    [
      "main running 100 200",
      "lock a held 100 300",
      "main waiting 200 400",
      "w alive 200 300 0.4",
    ],
  );
  assert.match(missing[0]!, /first 100 ms/);
});

Deno.test("RunRecorder tells lanes with one name apart, and bounds what it keeps", () => {
  const recorder = new RunRecorder(0);
  for (let i = 1; i < 6000; i++) {
    const run = i % 2 === 0 ? i * 10 : (i - 1) * 10 + 5;
    const lanes = look(i * 10, { main: [run, 0] }).lanes;
    recorder.add({
      ...look(i * 10, {}),
      lanes: [...lanes, { ...lanes[0]!, key: "other" }],
    });
  }
  const { lanes, spans, missing } = recorder.finish({
    title: "",
    endMs: 60_000,
    stamp: STAMP,
  });
  assert.deepEqual(lanes.map(({ id }) => id), ["main", "main (2)"]);
  assert.ok(spans.length <= 4000);
  assert.ok(missing.some((text) => text.includes("only the beginning")));
});
