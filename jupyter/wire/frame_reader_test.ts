import assert from "node:assert/strict";
import { encodeFrameHeader, type Frame } from "./frame.ts";
import { FrameReader, MAX_COMMAND_BYTES } from "./frame_reader.ts";

/** Short, long, empty and command frames, one after another. */
const STREAM = Uint8Array.fromHex(
  "0103616263" + "0000" + "04025041" + "020000000000000100" + "07".repeat(256),
);
const FRAMES = [
  { isCommand: false, more: true, body: Uint8Array.fromHex("616263") },
  { isCommand: false, more: false, body: new Uint8Array(0) },
  { isCommand: true, more: false, body: Uint8Array.fromHex("5041") },
  { isCommand: false, more: false, body: new Uint8Array(256).fill(7) },
];

Deno.test("FrameReader gives the same frames wherever the stream is cut", () => {
  for (let cut = 0; cut <= STREAM.length; cut++) {
    assert.deepEqual(
      read([STREAM.subarray(0, cut), STREAM.subarray(cut)]),
      FRAMES,
    );
  }
  assert.deepEqual(
    read([...STREAM].map((byte) => new Uint8Array([byte]))),
    FRAMES,
  );
});

Deno.test("FrameReader keeps nothing of a chunk that is filled anew", () => {
  const reader = new FrameReader({ maxMessageBytes: 1024 });
  const chunk = new Uint8Array([0, 2, 1, 2]);
  reader.push(chunk.subarray(0, 3));
  assert.equal(reader.next(), null);
  chunk.fill(9);
  chunk[0] = 2;
  reader.push(chunk.subarray(0, 1));
  const frame = reader.next();
  chunk.fill(9);
  assert.deepEqual(frame?.body, new Uint8Array([1, 2]));
});

Deno.test("FrameReader refuses what is too long before it arrives", () => {
  const check = (chunks: readonly string[], expected: string) =>
    assert.throws(
      () => read(chunks.map((hex) => Uint8Array.fromHex(hex))),
      { name: "RangeError", message: expected },
    );
  check(
    ["020000000000000401"],
    "Cannot read message: it is at least 1025 bytes, limit is 1024",
  );
  check(
    ["03000000000000030000" + "00".repeat(767), "020000000000000101"],
    "Cannot read message: it is at least 1025 bytes, limit is 1024",
  );
  check(
    ["02ffffffffffffffff"],
    "Cannot read message: it is at least 18446744073709552000 bytes, limit is 1024",
  );
  check(
    ["060000000000010001"],
    `Cannot read command: it is 65537 bytes, limit is ${MAX_COMMAND_BYTES}`,
  );
});

Deno.test("FrameReader counts each message anew, commands not at all", () => {
  const header = encodeFrameHeader({
    isCommand: false,
    more: false,
    sizeBytes: 1024,
  });
  const message = new Uint8Array(header.length + 1024);
  message.set(header);
  const command = Uint8Array.fromHex("04025041");
  assert.equal(read([message, command, message, message]).length, 4);
});

Deno.test("FrameReader allocates no more than twice what has arrived", () => {
  const reader = new FrameReader({ maxMessageBytes: 2 ** 30 });
  reader.push(encodeFrameHeader({
    isCommand: false,
    more: false,
    sizeBytes: 2 ** 30,
  }));
  assert.equal(reader.next(), null);
  const before = Deno.memoryUsage().external;
  const chunk = new Uint8Array(64 * 1024);
  for (let count = 0; count < 16; count++) {
    reader.push(chunk);
    assert.equal(reader.next(), null);
  }
  const grown = Deno.memoryUsage().external - before;
  assert.ok(grown < 8 * 2 ** 20, `${grown} bytes`);
});

Deno.test("FrameReader copies a long frame a few times only", () => {
  const sizeBytes = 50 * 2 ** 20;
  const reader = new FrameReader({ maxMessageBytes: 2 ** 30 });
  const chunk = new Uint8Array(1000).fill(5);
  reader.push(encodeFrameHeader({ isCommand: false, more: false, sizeBytes }));
  let frame: Frame | null = null;
  // 52,429 chunks: copying all at each one would move 1.3 TB.
  for (let left = sizeBytes; left > 0; left -= chunk.length) {
    assert.equal(reader.next(), null);
    reader.push(chunk.subarray(0, left));
    frame = reader.next();
  }
  assert.equal(frame?.body.length, sizeBytes);
  assert.equal(frame.body.buffer.byteLength, sizeBytes);
});

function read(chunks: readonly Uint8Array[]): Frame[] {
  const reader = new FrameReader({ maxMessageBytes: 1024 });
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let frame; (frame = reader.next()) !== null;) frames.push(frame);
  }
  return frames;
}
