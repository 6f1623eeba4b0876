import assert from "node:assert/strict";
import { toCodePoints, toUtf16 } from "./offsets.ts";

Deno.test("offsets count a character outside the basic plane once on the wire", () => {
  const check = (text: string, codePoints: number, units: number) => {
    assert.equal(toUtf16(text, codePoints), units, text);
    assert.equal(toCodePoints(text, units), codePoints, text);
  };
  check("abc", 2, 2);
  check("한국어.", 4, 4);
  check("😀;inv.", 6, 7);
  check("a😀b😀", 4, 6);
  check("", 0, 0);
});

Deno.test("offsets past the end stop at the end", () => {
  assert.equal(toUtf16("😀a", 99), 3);
  assert.equal(toCodePoints("😀a", 99), 2);
});
