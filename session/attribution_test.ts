import assert from "node:assert/strict";
import { RawAttribution } from "./attribution.ts";
import type { SessionEvent } from "../protocol/session.ts";

function started(
  childId: number,
  executionId: string,
  options: { what?: "worker" | "process"; raw?: boolean } = {},
): SessionEvent {
  const { what = "process", raw = true } = options;
  return { type: "started", executionId, what, childId, name: "x", raw };
}

function done(executionId: string): SessionEvent {
  return { type: "done", executionId, outcome: "ok" };
}

/** Strings begin executions, events are observed. */
function check(
  history: readonly (string | SessionEvent)[],
  expected: string,
): void {
  const attribution = new RawAttribution();
  for (const step of history) {
    if (typeof step === "string") attribution.begin(step);
    else attribution.observe(step);
  }
  assert.equal(attribution.owner(), expected);
}

Deno.test("owner() is the running execution when no child writes", () => {
  check([], "");
  check(["1"], "1");
  check(["1", done("1"), "2"], "2");
  check(["1", started(1, "1", { raw: false }), "2"], "2");
  check(["1", started(1, "1", { what: "worker", raw: false }), "2"], "2");
});

Deno.test("owner() is the execution whose child writes, also a later one's time", () => {
  check(["1", started(1, "1"), done("1"), "2"], "1");
  check(["1", started(1, "1"), started(2, "1"), "2", {
    type: "ended",
    childId: 1,
  }], "1");
});

Deno.test("owner() is the running execution again when the writer has ended", () => {
  const ended: SessionEvent = { type: "ended", childId: 1 };
  check(["1", started(1, "1"), done("1"), "2", ended], "2");
  check(["1", started(1, "1"), done("1"), "2", ended, started(2, "2")], "2");
  check(["1", { type: "ended", childId: 99 }], "1");
});

Deno.test("living() lists what has started and not ended", () => {
  const attribution = new RawAttribution();
  attribution.observe(started(1, "1"));
  attribution.observe(started(2, "1"));
  attribution.observe({ type: "ended", childId: 1 });
  assert.deepEqual(attribution.living(), [started(2, "1")]);
});
