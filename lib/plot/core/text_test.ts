import assert from "node:assert/strict";
import {
  escapeText,
  fitText,
  textLine,
  textRuns,
  textWidth,
  wrapText,
} from "./text.ts";

Deno.test("escapeText() leaves no way out of content or attributes", () => {
  assert.equal(
    escapeText(`</text><script>alert("x") && 'y'`),
    "&lt;/text&gt;&lt;script&gt;alert(&quot;x&quot;) &amp;&amp; 'y'",
  );
});

Deno.test("escapeText() drops what XML does not allow", () => {
  assert.equal(escapeText("a\u0000b\u001bc\uD800d\uFFFFe\t"), "abcde\t");
  assert.equal(escapeText("工 🧵"), "工 🧵");
});

Deno.test("fitText() keeps both ends and stays within the room", () => {
  const room = { sizePx: 12, widthPx: 80 };
  for (
    const text of ["worker 1", "a".repeat(500), "W".repeat(40), "🧵".repeat(30)]
  ) {
    const fitted = fitText(text, room);
    assert.ok(textWidth(fitted, 12) <= 80, fitted);
    assert.equal([...fitted].at(-1), [...text].at(-1));
  }
});

Deno.test("wrapText() breaks at spaces and line ends", () => {
  const room = { sizePx: 10, widthPx: 60 };
  assert.deepEqual(wrapText("one two three\nfour", room), [
    "one two",
    "three",
    "four",
  ]);
  assert.deepEqual(wrapText("", room), []);
});

Deno.test("textLine() and textRuns() escape words", () => {
  assert.match(textLine("<i>", [0, 0], { sizePx: 9 }), />&lt;i&gt;</);
  assert.match(
    textRuns([{ text: "<i>" }], [0, 0], { sizePx: 9 }),
    />&lt;i&gt;</,
  );
});
