import assert from "node:assert/strict";
import { MAX_EVENT_BYTES, type SessionEvent } from "../protocol/mod.ts";
import { Credibility } from "./credibility.ts";
import { createEmitter } from "./host/frames.ts";
import { OutputReader } from "./output_reader.ts";

const NONCE = Uint8Array.from({ length: 16 }, (_, i) => (i * 37) % 251);

/** What a reader tells of chunks on stdout; stderr has ended. */
async function read(
  chunks: Iterable<Uint8Array>,
  begun: readonly string[] = ["1"],
): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  const credibility = new Credibility(true);
  const reader = new OutputReader({
    nonce: NONCE,
    credibility,
    onEvents: (some) => some.forEach((event) => events.push(event)),
    printed: () => Promise.resolve(),
    onInspector: () => {},
  });
  for (const id of begun) {
    credibility.begin(id);
    reader.begin(id);
  }
  await reader.readStderr(ReadableStream.from([] as Uint8Array[]));
  await reader.readStdout(ReadableStream.from(chunks));
  return events;
}

function frames(event: unknown, atomicBytes = 4096): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const settings = {
    nonce: NONCE.toHex(),
    atomicBytes,
    maxEventBytes: MAX_EVENT_BYTES,
    writer: 0,
  };
  const emit = createEmitter(settings, (bytes) => chunks.push(bytes.slice()));
  emit(event as SessionEvent);
  return chunks;
}

/** The frames of an event that is too long, whatever the writing side does. */
function* tooLong(start: string): Iterable<Uint8Array> {
  const text = new TextEncoder().encode(start.padEnd(16_000, "x"));
  const frame = new Uint8Array(21 + text.length);
  frame.set(NONCE);
  frame.set([0x80, 0x80, 1, 0x80 | (text.length >> 7), 0x80 | text.length], 16);
  frame.set(text, 21);
  for (let bytes = 0; bytes <= MAX_EVENT_BYTES; bytes += text.length) {
    yield frame.slice();
    frame[18] = 3;
  }
  frame[18] = 2;
  yield frame;
}

Deno.test("OutputReader tells of an output above the limit in its place", async () => {
  const events = await read([
    ...tooLong('{"type":"stream","executionId":"1","name":"stdout","text":"'),
    ...frames({ type: "done", executionId: "1", outcome: "ok" }),
  ]);
  assert.deepEqual(events, [{
    type: "stream",
    executionId: "1",
    name: "stderr",
    text: "[… an output of 64.0 MiB is not shown: the limit is 64 MiB …]\n",
  }, { type: "done", executionId: "1", outcome: "ok" }]);
});

Deno.test("OutputReader keeps an error above the limit an error", async () => {
  const [event] = await read(
    tooLong('{"type":"error","executionId":"1","background":false,"report":{'),
  );
  assert.equal(event?.type, "error");
});

Deno.test("OutputReader shows comms whose bytes are no base64 as text", async () => {
  const [event] = await read(frames({
    type: "comm",
    executionId: "1",
    kind: "msg",
    commId: "c",
    data: {},
    buffers: ["!!!"],
  }));
  assert.equal(event?.type, "stream");
});

Deno.test("OutputReader outlives garbage of every kind in frames (seed 5)", async () => {
  let seed = 5;
  const random = (below: number) =>
    (seed = (seed * 48271) % 0x7fffffff) % below;
  const base = [
    { type: "stream", executionId: "1", name: "stdout", text: "x" },
    { type: "error", executionId: "1", background: false, report: {} },
    { type: "started", executionId: "1", what: "process", childId: 1 },
    { type: "done", executionId: "none", outcome: "ok" },
    { type: "comm", executionId: "1", kind: "open", commId: 5 },
  ].flatMap((event) => frames(event, 128));
  const chunks: Uint8Array[] = [];
  for (let round = 0; round < 5000; round++) {
    const frame = base[random(base.length)]!.slice();
    // Half of them keep the secret, so that they count as frames.
    const from = random(2) === 0 ? 0 : 16;
    for (let i = random(4); i > 0; i--) {
      frame[from + random(frame.length - from)] = random(256);
    }
    chunks.push(frame.slice(0, random(8) === 0 ? random(frame.length) : 9999));
  }
  // A frame that was cut waits for as many bytes as it claims.
  chunks.push(new Uint8Array(20_000));
  const last = { type: "stream", executionId: "1", name: "stdout", text: "ok" };
  const events = await read([...chunks, ...frames(last)]);
  assert.deepEqual(events.at(-1), last);
});
