import assert from "node:assert/strict";
import { pack, PacketReader } from "./packets.ts";

Deno.test("PacketReader gives what was packed, however it is cut", () => {
  const values = [null, "é😀", { a: [1, 2] }, "x".repeat(1000), []];
  const bytes = Uint8Array.from(values.flatMap((value) => [...pack(value)]));
  for (let step = 1; step < 40; step++) {
    const reader = new PacketReader();
    const found: unknown[] = [];
    for (let at = 0; at < bytes.length; at += step) {
      found.push(...reader.push(bytes.subarray(at, at + step)));
    }
    assert.deepEqual(found, values);
  }
});
