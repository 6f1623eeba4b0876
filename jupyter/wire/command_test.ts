import assert from "node:assert/strict";
import {
  type Command,
  encodeCommand,
  readCommand,
  readSubscription,
} from "./command.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => bytes(text).toHex();

/** Commands, and their bodies as the RFCs draw them. */
const CASES: readonly [Command, string][] = [
  [
    { type: "ready", socketType: "DEALER", identity: bytes("id") },
    "05" + hex("READY") + "0b" + hex("Socket-Type") + "00000006" +
    hex("DEALER") + "08" + hex("Identity") + "00000002" + hex("id"),
  ],
  [{ type: "error", reason: "No" }, "05" + hex("ERROR") + "02" + hex("No")],
  [
    { type: "ping", ttlMs: 25_600, context: bytes("c") },
    "04" + hex("PING") + "0100" + hex("c"),
  ],
  [{ type: "pong", context: bytes("c") }, "04" + hex("PONG") + hex("c")],
  [
    { type: "subscribe", topic: bytes("a") },
    "09" + hex("SUBSCRIBE") + hex("a"),
  ],
  [{ type: "cancel", topic: bytes("") }, "06" + hex("CANCEL")],
  [{ type: "unknown", name: "NEW" }, "03" + hex("NEW")],
];

Deno.test("readCommand() reads what encodeCommand() writes", () => {
  for (const [command, body] of CASES) {
    const frame = encodeCommand(command);
    assert.equal(frame.subarray(0, 2).toHex(), `04${size(body)}`);
    assert.equal(frame.subarray(2).toHex(), body);
    assert.deepEqual(readCommand(frame.subarray(2)), command);
  }
});

Deno.test("readCommand() takes metadata in any order and case", () => {
  const body = Uint8Array.fromHex(
    "05" + hex("READY") + "03" + hex("X-A") + "00000000" + "0b" +
      hex("SOCKET-type") + "00000003" + hex("SUB"),
  );
  assert.deepEqual(readCommand(body), {
    type: "ready",
    socketType: "SUB",
    identity: new Uint8Array(0),
  });
});

Deno.test("readCommand() refuses what is cut short", () => {
  const ready = Uint8Array.fromHex(CASES[0]![1]);
  for (let cut = 0; cut < ready.length; cut++) {
    const whole = cut === 6 + 1 + 11 + 4 + 6;
    const read = () => readCommand(ready.subarray(0, cut));
    if (whole) read();
    else assert.throws(read, SyntaxError);
  }
  const check = (input: string, message: string) =>
    assert.throws(() => readCommand(Uint8Array.fromHex(input)), {
      name: "SyntaxError",
      message,
    });
  check("", "Cannot read command: its name is cut short");
  check("00", "Cannot read command: its name is cut short");
  check("05" + hex("READY"), 'Cannot read READY: "Socket-Type" is missing');
  check(
    "04" + hex("PING") + "00",
    "Cannot read PING: it has 1 bytes, expected 2 to 18",
  );
  check(
    "04" + hex("PING") + "00".repeat(19),
    "Cannot read PING: it has 19 bytes, expected 2 to 18",
  );
  check(
    "05" + hex("READY") + "08" + hex("Identity") + "00000100" +
      "01".repeat(256) + "0b" + hex("Socket-Type") + "00000003" + hex("SUB"),
    'Cannot read READY: "Identity" is 256 bytes, limit is 255',
  );
});

Deno.test("readCommand() makes a peer's text fit for a log", () => {
  const body = "05" + hex("ERROR") + "04" + hex("a\n\x1b") + "ff";
  assert.deepEqual(readCommand(Uint8Array.fromHex(body)), {
    type: "error",
    reason: "a???",
  });
});

Deno.test("readSubscription() reads the form of ZMTP 3.0", () => {
  const check = (frames: readonly string[], expected: Command | null) =>
    assert.deepEqual(readSubscription(frames.map(bytes)), expected);
  check(["\x01abc"], { type: "subscribe", topic: bytes("abc") });
  check(["\x01"], { type: "subscribe", topic: bytes("") });
  check(["\x00abc"], { type: "cancel", topic: bytes("abc") });
  check(["\x02abc"], null);
  check([""], null);
  check(["\x01a", "b"], null);
});

function size(hexBody: string): string {
  return (hexBody.length / 2).toString(16).padStart(2, "0");
}
