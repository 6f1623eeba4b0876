import assert from "node:assert/strict";
import { encodeCommand } from "./command.ts";
import { encodeGreeting } from "./greeting.ts";
import { concat, encodeMessage } from "./multipart.ts";
import { PeerDecoder, type PeerEvent } from "./peer_decoder.ts";

const text = (value: string) => new TextEncoder().encode(value);
const READY = encodeCommand({
  type: "ready",
  socketType: "DEALER",
  identity: text("id"),
});
const PING = encodeCommand({
  type: "ping",
  ttlMs: 100,
  context: text("c"),
});

/** All a peer says; libzmq puts a PING between the frames of a message. */
const STREAM = concat([
  encodeGreeting(),
  READY,
  text("\x01\x01a"),
  PING,
  text("\x00\x01b"),
  ...encodeMessage([text("c".repeat(300))]),
]);
const EVENTS = [
  { type: "greeting" },
  { type: "ready", socketType: "DEALER", identity: text("id") },
  {
    type: "command",
    command: { type: "ping", ttlMs: 100, context: text("c") },
  },
  { type: "message", frames: [text("a"), text("b")] },
  { type: "message", frames: [text("c".repeat(300))] },
];

Deno.test("PeerDecoder gives the same events wherever the stream is cut", () => {
  for (let cut = 0; cut <= STREAM.length; cut++) {
    const chunks = [STREAM.subarray(0, cut), STREAM.subarray(cut)];
    assert.deepEqual(decode(chunks), EVENTS);
  }
  assert.deepEqual(
    decode([...STREAM].map((byte) => new Uint8Array([byte]))),
    EVENTS,
  );
});

Deno.test("PeerDecoder takes nothing but READY before the handshake", () => {
  const check = (after: Uint8Array, message: string) =>
    assert.throws(() => decode([concat([encodeGreeting(), after])]), {
      message,
    });
  check(
    text("\x00\x00"),
    "Cannot read handshake: found a message, expected READY",
  );
  check(
    text("\x00\x01"),
    "Cannot read message: it is at least 1 bytes, limit is 0",
  );
  check(PING, 'Cannot read handshake: found command "ping", expected READY');
});

Deno.test("PeerDecoder passes on why a peer refuses us", () => {
  const error = { type: "error", reason: "Invalid socket type" } as const;
  assert.deepEqual(
    decode([encodeGreeting(), encodeCommand(error)]).at(-1),
    { type: "command", command: error },
  );
});

function decode(chunks: readonly Uint8Array[]): PeerEvent[] {
  const decoder = new PeerDecoder({ maxMessageBytes: 1024 });
  const events: PeerEvent[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let event; (event = decoder.next()) !== null;) events.push(event);
  }
  return events;
}
