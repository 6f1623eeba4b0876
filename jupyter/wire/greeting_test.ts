import assert from "node:assert/strict";
import { encodeGreeting, GREETING_BYTES, readGreeting } from "./greeting.ts";

const OURS = encodeGreeting();
/** What libzmq 4.3.5 sends: a length of 1 in the padding, for ZMTP 1 peers. */
const LIBZMQ = change({ 8: 1 });

Deno.test("encodeGreeting() writes ZMTP 3.1 with NULL", () => {
  assert.deepEqual(
    OURS.toHex(),
    "ff00000000000000007f" + "0301" + "4e554c4c" + "00".repeat(16) + "00" +
      "00".repeat(31),
  );
});

Deno.test("readGreeting() takes every ZMTP 3", () => {
  const check = (input: Uint8Array, expected: unknown) =>
    assert.deepEqual(readGreeting(input), expected);
  check(OURS, { minor: 1 });
  check(LIBZMQ, { minor: 1 });
  check(change({ 11: 0 }), { minor: 0 });
  check(change({ 10: 4, 11: 0 }), { minor: 1 });
  for (let cut = 0; cut < GREETING_BYTES; cut++) {
    check(OURS.subarray(0, cut), null);
  }
});

Deno.test("readGreeting() refuses others as soon as it can tell", () => {
  const check = (input: Uint8Array, expected: string) =>
    assert.throws(() => readGreeting(input), {
      message: `Cannot read greeting: ${expected}`,
    });
  const text = (value: string) => new TextEncoder().encode(value);
  check(text("G"), "first byte is 0x47, expected 0xff (ZMTP 3)");
  check(text("\x05"), "first byte is 0x05, expected 0xff (ZMTP 3)");
  check(
    change({ 9: 0 }).subarray(0, 10),
    "byte 10 is 0x00, expected 0x7f (ZMTP 3)",
  );
  check(
    change({ 10: 1 }).subarray(0, 11),
    "peer speaks ZMTP 2, expected 3.0 or newer",
  );
  check(
    change({ 10: 0 }).subarray(0, 11),
    "peer speaks ZMTP 1, expected 3.0 or newer",
  );
  const curve = OURS.slice();
  curve.set(text("CURVE"), 12);
  check(curve, 'mechanism is "CURVE", expected "NULL"');
  check(change({ 12: 10 }), 'mechanism is "?ULL", expected "NULL"');
});

function change(bytes: Readonly<Record<number, number>>): Uint8Array {
  const greeting = OURS.slice();
  for (const [at, byte] of Object.entries(bytes)) greeting[Number(at)] = byte;
  return greeting;
}
