import assert from "node:assert/strict";
import {
  concat,
  encodeMessage,
  MAX_FRAMES,
  MessageAssembler,
} from "./multipart.ts";

const frame = (more: boolean) => ({
  isCommand: false,
  more,
  body: new Uint8Array([1]),
});

Deno.test("MessageAssembler gives messages when they are whole", () => {
  const assembler = new MessageAssembler();
  assert.equal(assembler.push(frame(true)), null);
  assert.equal(assembler.push(frame(false))?.length, 2);
  assert.equal(assembler.push(frame(false))?.length, 1);
});

Deno.test("MessageAssembler refuses too many frames", () => {
  const assembler = new MessageAssembler();
  for (let count = 1; count < MAX_FRAMES; count++) assembler.push(frame(true));
  assert.throws(() => assembler.push(frame(true)), RangeError);
});

Deno.test("encodeMessage() makes one piece of small frames", () => {
  const bodies = ["a", "", "bc"].map((text) => new TextEncoder().encode(text));
  const pieces = encodeMessage(bodies);
  assert.equal(pieces.length, 1);
  assert.equal(pieces[0]!.toHex(), "010161" + "0100" + "00026263");
});

Deno.test("encodeMessage() does not copy long frames", () => {
  const long = new Uint8Array(100_000).fill(3);
  const pieces = encodeMessage([new Uint8Array([1]), long, new Uint8Array(1)]);
  assert.equal(pieces[1], long);
  assert.equal(
    concat(pieces).toHex(),
    "010101" + "0300000000000186a0" + long.toHex() + "000100",
  );
});
