/**
 * A million inputs from a seeded random source, through all that reads bytes of
 * peers: whatever comes, only errors that are announced, and no growth.
 * @module
 */
import assert from "node:assert/strict";
import { encodeCommand, readCommand } from "../../jupyter/wire/command.ts";
import { encodeGreeting, readGreeting } from "../../jupyter/wire/greeting.ts";
import {
  encodeJupyterMessage,
  openEnvelope,
  readMessage,
} from "../../jupyter/wire/jupyter_message.ts";
import { concat, encodeMessage } from "../../jupyter/wire/multipart.ts";
import { PeerDecoder } from "../../jupyter/wire/peer_decoder.ts";
import { createSigner } from "../../jupyter/wire/signature.ts";

const random = makeRandom(20_260_101);
const signer = createSigner({ scheme: "hmac-sha256", key: "key" });
const unsigned = createSigner({ scheme: "hmac-sha256", key: "" });
const text = (value: string) => new TextEncoder().encode(value);

const GREETING = encodeGreeting();
const READY = encodeCommand({
  type: "ready",
  socketType: "DEALER",
  identity: text("id"),
});
const MESSAGE = encodeJupyterMessage({
  header: { msg_id: "1" },
  parent_header: {},
  metadata: {},
  content: { a: [1, "ü"] },
  buffers: [new Uint8Array(3)],
}, { identities: [text("id")], signer }) as Uint8Array<ArrayBuffer>[];
const STREAM = concat([
  GREETING,
  READY,
  ...encodeMessage(MESSAGE),
  encodeCommand({ type: "ping", ttlMs: 100, context: text("c") }),
  ...encodeMessage([new Uint8Array(300)]),
]);

/** What reads bytes, how often it is tried, and with what. */
const TARGETS: Readonly<Record<string, readonly [number, () => unknown]>> = {
  greeting: [200_000, () => readGreeting(mutate(GREETING))],
  command: [200_000, () => readCommand(mutate(READY.subarray(2)))],
  "whole connection": [200_000, () => decode(mutate(STREAM))],
  "frames after the handshake": [
    200_000,
    () => decode(concat([GREETING, READY, noise()])),
  ],
  "signed message": [100_000, () => {
    const frames = mutateFrames();
    const envelope = openEnvelope(frames, { signer, partCount: 4 });
    // A signature that holds is that of the message itself.
    assert.deepEqual(envelope.parts, MESSAGE.slice(3, 7));
  }],
  "unsigned message": [
    100_000,
    () =>
      readMessage(
        openEnvelope(mutateFrames(), { signer: unsigned, partCount: 4 }),
      ),
  ],
};

Deno.test("what reads a peer's bytes survives a million inputs", () => {
  let total = 0;
  const before = Deno.memoryUsage();
  const counts: string[] = [];
  for (const [name, [count, run]] of Object.entries(TARGETS)) {
    let refused = 0;
    for (let index = 0; index < count; index++) {
      try {
        run();
      } catch (error) {
        refused++;
        const isAnnounced = error instanceof SyntaxError ||
          error instanceof RangeError;
        if (!isAnnounced || !error.message.startsWith("Cannot ")) throw error;
      }
    }
    total += count;
    counts.push(`${name}: ${count}, refused ${refused}`);
  }
  const after = Deno.memoryUsage();
  const grown = after.heapUsed + after.external -
    (before.heapUsed + before.external);
  // deno-lint-ignore no-console
  console.log(`${total} inputs; ${counts.join("; ")}`);
  assert.equal(total, 1_000_000);
  assert.ok(grown < 200 * 2 ** 20, `memory grew by ${grown} bytes`);
});

function decode(stream: Uint8Array): void {
  const decoder = new PeerDecoder({ maxMessageBytes: 64 * 1024 });
  for (let at = 0; at < stream.length;) {
    const end = at + 1 + random(stream.length);
    decoder.push(stream.subarray(at, end));
    while (decoder.next() !== null);
    at = end;
  }
}

/** Changes some bytes, cuts some off, puts some in, or leaves all as it is. */
function mutate(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  for (let count = random(4); count > 0; count--) {
    copy[random(copy.length)] = random(256);
  }
  switch (random(4)) {
    case 0:
      return copy.slice(0, random(copy.length));
    case 1: {
      const at = random(copy.length);
      return concat([copy.slice(0, at), noise(), copy.slice(at)]).slice();
    }
    default:
      return copy;
  }
}

function mutateFrames(): Uint8Array<ArrayBuffer>[] {
  const frames = [...MESSAGE];
  const at = random(frames.length);
  switch (random(4)) {
    case 0:
      frames.splice(at, 1);
      break;
    case 1:
      frames.splice(at, 0, noise());
      break;
    default:
      frames[at] = mutate(frames[at]!);
  }
  return frames;
}

function noise(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: random(40) }, () => random(256));
}

/** Random integers below a limit, the same ones each time (mulberry32). */
function makeRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * limit);
  };
}
