import assert from "node:assert/strict";
import { applyEdits, blank, fit, insert } from "./edits.ts";

Deno.test("applyEdits() parts body and hoisted text", () => {
  const text = "a\nfunction f\nb";
  const result = applyEdits(text, [
    insert(0, "<"),
    { ...insert(2, "("), isHoisted: true },
    { start: 11, end: 12, text: "g!" },
    { ...insert(12, ")"), isHoisted: true },
    insert(14, ">"),
  ], [{ start: 2, end: 12 }]);
  assert.deepEqual(result, {
    body: "<a\n ;           \nb>",
    hoisted: "  \n(function g!)\n  ",
    shifts: {
      1: [[2, -1]],
      2: [[2, -1], [13, -2], [14, -3]],
      3: [[3, -1]],
    },
  });
});

Deno.test("applyEdits() keeps the order of edits at one offset", () => {
  const edits = [insert(1, "1"), insert(0, "0"), insert(1, "2")];
  assert.equal(applyEdits("ab", edits, []).body, "0a12b");
});

Deno.test("blank() keeps length and lines", () => {
  assert.equal(blank("a\r\n\tb\u2028é"), " \r\n  \u2028 ");
});

Deno.test("fit() fills the room of the old text", () => {
  assert.equal(fit("ab", "12345"), "   ab");
  assert.equal(fit("abc", "1"), "abc");
  assert.equal(fit("a", "12\n34"), " a\n  ");
});
