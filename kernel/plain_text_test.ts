import assert from "node:assert/strict";
import type { MimeBundle } from "../protocol/mod.ts";
import { withText } from "./plain_text.ts";

Deno.test("withText() adds text where there is none", () => {
  const table: readonly (readonly [MimeBundle, string])[] = [
    [{ "text/plain": "5", "text/html": "<b>" }, "5"],
    [{ "text/plain": "" }, ""],
    [{ "text/html": "<b>" }, "<text/html>"],
    [{ "image/png": "AA==", "text/html": "" }, "<image/png, text/html>"],
    [{ "text/markdown": "# a" }, "# a"],
    [{ "text/html": "<b>", "text/latex": "$a$" }, "$a$"],
    [
      { "text/plain": 5, "application/json": {} },
      "<text/plain, application/json>",
    ],
  ];
  for (const [bundle, text] of table) {
    assert.deepEqual(withText(bundle), { ...bundle, "text/plain": text });
  }
  assert.deepEqual(withText({}), {});
});
