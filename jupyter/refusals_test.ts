import assert from "node:assert/strict";
import { logRefusals } from "./refusals.ts";

Deno.test("logRefusals() does not fill the log", () => {
  const lines: string[] = [];
  const refuse = logRefusals((line) => lines.push(line));
  for (let count = 0; count < 1000; count++) refuse("refused it", "no");
  assert.equal(lines.length, 16 + 5);
  assert.equal(lines[0], "refused it: no");
  assert.equal(lines.at(-1), "refused it: no (512 were refused so far)");
});
