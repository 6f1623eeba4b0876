import assert from "node:assert/strict";
import {
  describeWorker,
  readNotes,
  type WorkerNote,
  type WorkerRecord,
} from "./worker_records.ts";

const RECORD: WorkerRecord = {
  lane: "worker 1",
  parent: "main",
  startMs: 0,
  notes: [],
  sent: [],
  came: [],
};

function note(type: WorkerNote["type"], atMs: number): WorkerNote {
  return { type, atMs };
}

function message(startMs: number, endMs = startMs) {
  return { startMs, endMs };
}

Deno.test("describeWorker() makes spans of start, script, handlers and copying", () => {
  const { spans } = describeWorker({
    ...RECORD,
    notes: [
      note("loaded", 10),
      note("posting", 11),
      note("posted", 12),
      note("ready", 13),
      note("received", 20),
      note("posting", 25),
      note("posted", 27),
      note("handled", 30),
    ],
  });
  assert.deepEqual(
    spans.map(({ state, startMs, endMs, label = "" }) =>
      `${startMs}-${endMs} ${state} ${label}`.trim()
    ),
    [
      "0-10 starting",
      "10-11 running script",
      "11-12 serialising script",
      "12-13 running script",
      "20-25 running message",
      "25-27 serialising message",
      "27-30 running message",
    ],
  );
});

Deno.test("describeWorker() joins both ends of messages, first to first", () => {
  const { links, untaken } = describeWorker({
    ...RECORD,
    notes: [
      note("loaded", 10),
      note("received", 20),
      note("posting", 21),
      note("posting", 22),
    ],
    sent: [{ ...message(1, 2), bytes: 8 }, message(3, 4)],
    came: [message(30), message(31)],
  });
  assert.deepEqual(
    links.map(({ kind, from, to, startMs, endMs, bytes }) =>
      [kind, from, to, startMs, endMs, bytes ?? ""].join(" ").trim()
    ),
    [
      "spawn main worker 1 0 10",
      "message main worker 1 1 20 8",
      "message worker 1 main 21 30",
      "message worker 1 main 22 31",
    ],
  );
  assert.equal(untaken, 1);
});

Deno.test("describeWorker() knows our ends only of a Worker it could not watch", () => {
  const { links, spans, untaken } = describeWorker({
    ...RECORD,
    sent: [message(1, 2)],
    came: [message(9)],
  });
  assert.deepEqual(
    links.map(({ startMs, endMs }) => [startMs, endMs]),
    [[1, 2], [9, 9]],
  );
  assert.deepEqual([spans, untaken], [[], 0]);
});

Deno.test("describeWorker() never lets a message arrive before it left", () => {
  const { links } = describeWorker({
    ...RECORD,
    notes: [note("received", 4.9999)],
    sent: [message(5, 6)],
  });
  assert.deepEqual(links.map(({ endMs }) => endMs), [5]);
});

Deno.test("readNotes() reads what stands in memory", () => {
  const memory = new SharedArrayBuffer(40 + 16 * 4);
  new Int32Array(memory, 0, 3).set([2, 7, 4711]);
  new Float64Array(memory, 16).set([900, 1000, 7, 0, 1000.5, 2, 1001, 9, 9]);
  assert.deepEqual(readNotes(memory), {
    notes: [note("loaded", 1000.5), note("received", 1001)],
    dropped: 7,
    threadId: 4711,
    onCore: { startMs: 900, endMs: 1000, cpuMs: 7, errorMs: 20 },
  });
});
