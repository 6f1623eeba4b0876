import assert from "node:assert/strict";
import { mock } from "node:test";
import type { SessionEvent } from "../protocol/mod.ts";
import { StreamBatch } from "./stream_batch.ts";

type Name = "stdout" | "stderr";

function text(text: string, name: Name = "stdout", executionId = "1") {
  return { type: "stream", executionId, name, text } as const;
}

const DONE: SessionEvent = { type: "done", executionId: "1", outcome: "ok" };

/** Runs with timers that go only when they are told to. */
function withBatch(
  run: (batch: StreamBatch, seen: SessionEvent[]) => void,
): void {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const seen: SessionEvent[] = [];
    run(new StreamBatch({ onEvent: (event) => seen.push(event) }), seen);
  } finally {
    mock.timers.reset();
  }
}

Deno.test("StreamBatch holds text for a window and joins what follows", () =>
  withBatch((batch, seen) => {
    batch.push(text("a"));
    batch.push(text("b"));
    mock.timers.tick(19);
    assert.deepEqual(seen, []);
    mock.timers.tick(1);
    assert.deepEqual(seen, [text("ab")]);
    batch.push(text("c"));
    assert.equal(seen.length, 1);
    mock.timers.tick(20);
    assert.deepEqual(seen, [text("ab"), text("c")]);
  }));

Deno.test("StreamBatch lets what is no text pass, after the text before it", () =>
  withBatch((batch, seen) => {
    batch.push(text("a"));
    batch.push(text("b"));
    batch.push(DONE);
    assert.deepEqual(seen, [text("ab"), DONE]);
    // The window is closed: the next text opens one of its own.
    batch.push(text("c"));
    mock.timers.tick(20);
    assert.deepEqual(seen.at(-1), text("c"));
  }));

Deno.test("StreamBatch joins neither streams nor executions", () =>
  withBatch((batch, seen) => {
    const events = [
      text("a"),
      text("b", "stderr"),
      text("c", "stdout", "2"),
      text("d"),
    ];
    events.forEach((event) => batch.push(event));
    batch.flush();
    assert.deepEqual(seen, events);
  }));

Deno.test("StreamBatch holds text over the start and end of a child", () =>
  withBatch((batch, seen) => {
    const ended: SessionEvent = { type: "ended", childId: 1 };
    batch.push(text("0"));
    batch.push(text("a"));
    batch.push(ended);
    batch.push(text("b"));
    batch.flush();
    assert.deepEqual(seen, [ended, text("0ab")]);
  }));

Deno.test("StreamBatch does not hold text without bound", () =>
  withBatch((batch, seen) => {
    const long = "x".repeat(200 * 1024);
    for (let i = 0; i < 6; i++) batch.push(text(long));
    assert.deepEqual(
      seen.map((event) => event.type === "stream" && event.text.length),
      [2 * long.length, 2 * long.length],
    );
    batch.flush();
    assert.equal(
      seen.reduce(
        (sum, event) => sum + (event.type === "stream" ? event.text.length : 0),
        0,
      ),
      6 * long.length,
    );
  }));
