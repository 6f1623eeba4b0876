import assert from "node:assert/strict";
import { FrameSplitter, makeNonce, type Piece } from "./frames.ts";
import { createEmitter } from "./host/frames.ts";
import { MAX_EVENT_BYTES } from "../protocol/limits.ts";
import type { SessionEvent } from "../protocol/session.ts";

const NONCE = Uint8Array.from({ length: 16 }, (_, i) => i * 7);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The chunks that the session would write for events. */
function framesOf(
  events: readonly SessionEvent[],
  { writer = 0, atomicBytes = 512, maxEventBytes = 2 ** 26 } = {},
): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const settings = { nonce: NONCE.toHex(), maxEventBytes, atomicBytes, writer };
  const emit = createEmitter(settings, (bytes) => chunks.push(bytes.slice()));
  events.forEach(emit);
  return chunks;
}

function streamOf(text: string, executionId = "1"): SessionEvent {
  return { type: "stream", executionId, name: "stdout", text };
}

/** Neighbouring raw pieces are one: where they are cut does not matter. */
function joined(pieces: readonly Piece[]): (SessionEvent | string)[] {
  const all: (SessionEvent | number[])[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (piece.type === "message") all.push(JSON.parse(piece.json));
    else if (piece.type === "too-long") assert.fail("a message is too long");
    else if (Array.isArray(last)) last.push(...piece.bytes);
    else all.push([...piece.bytes]);
  }
  return all.map((one) =>
    Array.isArray(one) ? decoder.decode(Uint8Array.from(one)) : one
  );
}

function check(
  chunks: readonly Uint8Array[],
  expected: readonly (SessionEvent | string)[],
): void {
  const splitter = new FrameSplitter(NONCE);
  const pieces = chunks.flatMap((chunk) => splitter.push(chunk));
  assert.deepEqual(joined([...pieces, ...splitter.end()]), expected);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

Deno.test("createEmitter() writes the bytes that the format says", () => {
  const [frame] = framesOf([{ type: "ended", childId: 1 }], { writer: 258 });
  const json = '{"type":"ended","childId":1}';
  assert.deepEqual(
    frame,
    concat(
      NONCE,
      Uint8Array.of(0x82, 0x82, 0, 0x80, 0x80 | json.length),
      encoder.encode(json),
    ),
  );
});

Deno.test("A frame has no line feed, which Deno's stdout would cut it after", () => {
  const lineFeed = 10;
  for (let round = 0; round < 500; round++) {
    const nonce = makeNonce();
    assert.ok(!nonce.includes(lineFeed));
    const chunks: Uint8Array[] = [];
    const settings = {
      nonce: nonce.toHex(),
      maxEventBytes: 2 ** 26,
      atomicBytes: 4096,
      writer: round,
    };
    const emit = createEmitter(settings, (bytes) => chunks.push(bytes.slice()));
    const event = streamOf("\n".repeat(8 * round));
    emit(event);
    assert.ok(chunks.every((chunk) => !chunk.includes(lineFeed)));
    const splitter = new FrameSplitter(nonce);
    const pieces = chunks.flatMap((chunk) => splitter.push(chunk));
    assert.deepEqual(joined(pieces), [event]);
  }
});

Deno.test("createEmitter() writes no chunk above the atomic size", () => {
  for (const atomicBytes of [64, 512, 4096]) {
    const chunks = framesOf([streamOf("é".repeat(9000))], { atomicBytes });
    assert.ok(chunks.length > 1);
    assert.ok(chunks.every(({ length }) => length <= atomicBytes));
    const flags = chunks.map((chunk) => chunk[18]);
    assert.deepEqual([flags[0], flags[1], flags.at(-1)], [1, 3, 2]);
  }
});

Deno.test("FrameSplitter gives back what the emitter wrote", () => {
  const lengths = [0, 1, 400, 418, 419, 420, 421, 422, 900, 70_000];
  for (const length of lengths) {
    const event = streamOf("x".repeat(length));
    check(framesOf([event]), [event]);
  }
  const odd = [streamOf("\0\n\u2028😀"), streamOf("é".repeat(777))];
  const [first, second] = odd as [SessionEvent, SessionEvent];
  check(framesOf(odd), [first, second]);
});

Deno.test("FrameSplitter does not mind where the stream is cut", () => {
  const events = [streamOf("one"), streamOf("two".repeat(300))];
  const bytes = concat(
    encoder.encode("before"),
    ...framesOf(events, { atomicBytes: 256 }),
    encoder.encode("after"),
  );
  for (let at = 0; at <= bytes.length; at++) {
    check([bytes.slice(0, at), bytes.slice(at)], [
      "before",
      ...events,
      "after",
    ]);
  }
  check([...bytes].map((byte) => Uint8Array.of(byte)), [
    "before",
    ...events,
    "after",
  ]);
});

Deno.test("FrameSplitter does not keep the caller's buffer", () => {
  const bytes = concat(...framesOf([streamOf("y".repeat(600))]));
  const splitter = new FrameSplitter(NONCE);
  const buffer = new Uint8Array(100);
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += 100) {
    const part = bytes.subarray(at, at + 100);
    buffer.set(part);
    pieces.push(...splitter.push(buffer.subarray(0, part.length)));
  }
  assert.deepEqual(joined(pieces), [streamOf("y".repeat(600))]);
});

Deno.test("FrameSplitter keeps the messages of two writers apart", () => {
  const [one, two] = [streamOf("1".repeat(2000)), streamOf("2".repeat(2000))];
  const first = framesOf([one], { writer: 0 });
  const second = framesOf([two], { writer: 1 });
  const mixed = first.flatMap((frame, i) => [frame, second[i]!]);
  check(mixed, [one, two]);
});

Deno.test("FrameSplitter drops a message that its writer never finished", () => {
  const [cut] = framesOf([streamOf("z".repeat(2000))]);
  const next = streamOf("next");
  const long = streamOf("long".repeat(500));
  check([cut!, ...framesOf([next])], [next]);
  check([cut!, ...framesOf([long])], [long]);
});

Deno.test("FrameSplitter leaves text alone that begins like a nonce", () => {
  const event = streamOf("e");
  for (let length = 1; length < NONCE.length; length++) {
    const start = NONCE.slice(0, length);
    const text = decoder.decode(start);
    const other = encoder.encode("|");
    check([start, other], [`${text}|`]);
    check([start, ...framesOf([event])], [text, event]);
    check([start], [text]);
  }
});

Deno.test("FrameSplitter gives a frame that is cut short as raw bytes", () => {
  const [frame] = framesOf([streamOf("cut")]);
  for (let length = 1; length < frame!.length; length++) {
    const splitter = new FrameSplitter(NONCE);
    const pieces = [
      ...splitter.push(frame!.slice(0, length)),
      ...splitter.end(),
    ];
    assert.deepEqual(pieces, [{ type: "raw", bytes: frame!.slice(0, length) }]);
    assert.deepEqual(splitter.end(), []);
  }
});

Deno.test("FrameSplitter refuses a nonce of another length", () => {
  assert.throws(() => new FrameSplitter(new Uint8Array(15)), {
    name: "RangeError",
    message: "Cannot split frames: nonce is 15 bytes, expected 16",
  });
});

Deno.test("FrameSplitter loses nothing of a random mix, however it is cut", () => {
  const random = seeded(42);
  for (let round = 0; round < 20; round++) {
    const expected: (SessionEvent | string)[] = [];
    const parts: Uint8Array[] = [];
    for (let i = 0; i < 50; i++) {
      if (random() < 0.5 && typeof expected.at(-1) !== "string") {
        // Bytes of the nonce, and others, but no whole nonce.
        const raw = Array.from(
          { length: 1 + Math.floor(random() * 30) },
          () => String.fromCharCode(7 * Math.floor(random() * 8)),
        );
        expected.push(raw.join(""));
        parts.push(encoder.encode(raw.join("")));
      } else {
        const event = streamOf("r".repeat(Math.floor(random() * 3000)));
        expected.push(event);
        parts.push(...framesOf([event]));
      }
    }
    const bytes = concat(...parts);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      const size = 1 + Math.floor(random() * random() * 800);
      chunks.push(bytes.slice(at, at + size));
      at += size;
    }
    check(chunks, expected);
  }
});

/** A frame as a cell may forge it. */
function forge(payload: Uint8Array, { writer = 0, flags = 0 } = {}) {
  const number = (value: number) => [0x80 | (value >> 7), 0x80 | value];
  const frame = new Uint8Array(NONCE.length + 5 + payload.length);
  frame.set([...NONCE, ...number(writer), flags, ...number(payload.length)]);
  frame.set(payload, NONCE.length + 5);
  return frame;
}

Deno.test("FrameSplitter does not keep a message above the limit, and goes on", () => {
  const splitter = new FrameSplitter(NONCE);
  const part = new Uint8Array(16_000).fill(0x61);
  const count = Math.ceil(MAX_EVENT_BYTES / part.length) + 10;
  const pieces = splitter.push(forge(part, { flags: 1 }));
  const middle = forge(part, { flags: 3 });
  for (let i = 2; i < count; i++) pieces.push(...splitter.push(middle));
  pieces.push(...splitter.push(forge(part, { flags: 2 })));
  assert.deepEqual(pieces, [{
    type: "too-long",
    start: "a".repeat(1024),
    sizeBytes: count * part.length,
  }]);
  const [next] = framesOf([streamOf("next")]);
  assert.deepEqual(joined(splitter.push(next!)), [streamOf("next")]);
});

Deno.test("FrameSplitter forgets the oldest of too many unfinished messages", () => {
  const splitter = new FrameSplitter(NONCE);
  const part = new Uint8Array(16_000).fill(0x62);
  for (let writer = 1; writer <= 9000; writer++) {
    splitter.push(forge(part, { writer, flags: 1 }));
  }
  // What a thread says now is whole, whatever was never finished.
  const long = streamOf("long".repeat(500));
  const pieces = framesOf([long]).flatMap((frame) => splitter.push(frame));
  assert.deepEqual(joined(pieces), [long]);
  const end = (writer: number) =>
    splitter.push(forge(part, { writer, flags: 2 }))[0] as { json: string };
  assert.equal(end(9000).json.length, 2 * part.length);
  assert.equal(end(1).json.length, part.length);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
}
