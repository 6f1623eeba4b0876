import assert from "node:assert/strict";
import {
  encodeFrameHeader,
  headerBytes,
  headerBytesFor,
  readFrameHeader,
} from "./frame.ts";

const CASES = [
  { hex: "0000", isCommand: false, more: false, sizeBytes: 0 },
  { hex: "01ff", isCommand: false, more: true, sizeBytes: 255 },
  { hex: "0405", isCommand: true, more: false, sizeBytes: 5 },
  {
    hex: "020000000000000100",
    isCommand: false,
    more: false,
    sizeBytes: 256,
  },
  {
    hex: "030000000100000000",
    isCommand: false,
    more: true,
    sizeBytes: 2 ** 32,
  },
  {
    hex: "060000000000000101",
    isCommand: true,
    more: false,
    sizeBytes: 257,
  },
];

Deno.test("readFrameHeader() reads what encodeFrameHeader() writes", () => {
  for (const { hex, ...header } of CASES) {
    assert.equal(encodeFrameHeader(header).toHex(), hex);
    assert.deepEqual(readFrameHeader(Uint8Array.fromHex(hex)), header);
    assert.equal(headerBytes(parseInt(hex.slice(0, 2), 16)), hex.length / 2);
    assert.equal(headerBytesFor(header.sizeBytes), hex.length / 2);
  }
});

Deno.test("headerBytes() refuses flags that are reserved", () => {
  const allowed = [0, 1, 2, 3, 4, 6];
  for (let flags = 0; flags < 256; flags++) {
    if (allowed.includes(flags)) headerBytes(flags);
    else assert.throws(() => headerBytes(flags), SyntaxError);
  }
});
