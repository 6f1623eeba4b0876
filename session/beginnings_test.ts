import assert from "node:assert/strict";
import type { SessionEvent } from "../protocol/mod.ts";
import { Beginnings, LONG_MS } from "./beginnings.ts";

type Step = { readonly send: string } | SessionEvent;

const interrupted = (executionId: string): SessionEvent => ({
  type: "done",
  executionId,
  outcome: "interrupted",
});

/** Each step comes `stepMs` after the one before. */
function check(steps: readonly Step[], expected: boolean, stepMs = LONG_MS) {
  const beginnings = new Beginnings();
  for (const [i, step] of steps.entries()) {
    if ("send" in step) beginnings.send(step.send, i * stepMs);
    else beginnings.observe(step, i * stepMs);
  }
  assert.equal(beginnings.hasGivenUp, expected);
}

Deno.test("hasGivenUp is true after two cells that waited long and never began", () => {
  const once: Step[] = [{ send: "1" }, interrupted("1")];
  const twice: Step[] = [...once, { send: "2" }, interrupted("2")];
  check(once, false);
  check(twice, true);
  // Interrupted in the same breath.
  check(twice, false, 10);
});

Deno.test("hasGivenUp is false once a cell has begun, or ended by itself", () => {
  const first: Step[] = [{ send: "1" }, interrupted("1")];
  check([
    ...first,
    { send: "2" },
    { type: "begun", executionId: "2" },
    interrupted("2"),
  ], false);
  check([
    ...first,
    { send: "2" },
    { type: "done", executionId: "2", outcome: "error" },
    { send: "3" },
    interrupted("3"),
  ], false);
});

Deno.test("send() gives a promise that settles when the cell begins or ends", async () => {
  const beginnings = new Beginnings();
  const sent = [beginnings.send("1", 0), beginnings.send("2", 0)];
  beginnings.observe({ type: "begun", executionId: "1" }, 1);
  beginnings.observe(interrupted("2"), 1);
  await Promise.all(sent);
});
