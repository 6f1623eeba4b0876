import assert from "node:assert/strict";
import { bar } from "./bar.ts";
import { liveLines } from "./live.ts";

Deno.test("bar() is full only when all is done", () => {
  assert.equal(bar(0, 3), `${"░".repeat(20)} 0/3`);
  assert.equal(bar(99, 100), `${"█".repeat(19)}░  99/100`);
  assert.equal(bar(3, 3), `${"█".repeat(20)} 3/3`);
  assert.equal(bar(0, 0), `${"█".repeat(20)} 0/0`);
});

Deno.test("liveLines() draws a line a notebook, none wider than the terminal", () => {
  const running = [
    {
      path: "a.ipynb",
      number: 3,
      total: 4,
      startMs: 1000,
      source: "await slow()",
    },
    {
      path: "long/b.ipynb",
      number: 1,
      total: 10,
      startMs: 3000,
      source: "x".repeat(90),
    },
  ];
  const overall = { done: 2, failed: 1, total: 5 };
  assert.deepEqual(liveLines(running, overall, { nowMs: 3500, columns: 70 }), [
    "a.ipynb         2.5s ██████████░░░░░░░░░░ 2/4  await slow()",
    `long/b.ipynb    0.5s ░░░░░░░░░░░░░░░░░░░░  0/10  ${"x".repeat(22)}`.slice(
      0,
      69,
    ),
    "████████░░░░░░░░░░░░ 2/5 notebooks, 1 failed",
  ]);
});
