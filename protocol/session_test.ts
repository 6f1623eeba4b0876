import assert from "node:assert/strict";
import { parseSessionEvent, type SessionEvent } from "./session.ts";

const EVENTS: readonly SessionEvent[] = [
  { type: "ready", pid: 1, deno: "2", v8: "3" },
  { type: "stream", executionId: "1", name: "stderr", text: "" },
  {
    type: "display",
    executionId: "1",
    data: { "text/plain": "a", "application/json": { b: [1, null] } },
    metadata: {},
    displayId: "d",
    update: true,
  },
  { type: "clear", executionId: "1", wait: false },
  { type: "result", executionId: "1", data: {}, metadata: {} },
  {
    type: "error",
    executionId: "1",
    background: true,
    report: {
      name: "E",
      message: "m",
      stack: "",
      cause: { name: "C", message: "", stack: "" },
      errors: [{ name: "D", message: "", stack: "" }],
    },
  },
  { type: "done", executionId: "1", outcome: "interrupted" },
  { type: "interrupted", interruptId: 4 },
  { type: "upkeep", isOver: false },
  {
    type: "started",
    executionId: "1",
    what: "process",
    childId: 1,
    name: "sh",
    pid: 7,
    raw: true,
  },
  { type: "ended", childId: 1 },
  { type: "exiting", code: 3 },
];

Deno.test("parseSessionEvent() reads every event as it was written", () => {
  for (const event of EVENTS) {
    assert.deepEqual(parseSessionEvent(JSON.stringify(event)), event);
  }
});

Deno.test("parseSessionEvent() refuses events with a field that is wrong", () => {
  for (const event of EVENTS) {
    for (const key of Object.keys(event)) {
      const broken = JSON.stringify({ ...event, [key]: Number.NaN });
      assert.throws(
        () => parseSessionEvent(broken),
        Error,
        `${key} of ${broken}`,
      );
    }
  }
});

Deno.test("parseSessionEvent() refuses what is no event", () => {
  assert.throws(() => parseSessionEvent("{"), SyntaxError);
  for (const json of ["5", "null", "[]", "{}", '{"type":"unheard of"}']) {
    assert.throws(() => parseSessionEvent(json), Error, json);
  }
});
