import assert from "node:assert/strict";
import type { Context } from "./own_lanes.ts";
import { describeHolds, findSite, nameHold } from "./loop_holds.ts";

const MAIN: Context = { lane: "main", parent: null, startMs: 0, endMs: 900 };
const TEA: Context = { ...MAIN, lane: "tea", parent: MAIN };
const STEEP: Context = { ...TEA, label: "steep" };

Deno.test("describeHolds() names the task that had the thread longest", () => {
  const segments = [
    { context: MAIN, startMs: 0, endMs: 120 },
    { context: TEA, startMs: 120, endMs: 150 },
    { context: STEEP, startMs: 150, endMs: 200 },
    { context: MAIN, startMs: 200, endMs: 900 },
  ];
  const hold = { startMs: 100, endMs: 200 };
  assert.deepEqual(describeHolds([hold], segments, null), [
    { ...hold, lane: "tea", label: "steep" },
  ]);
  // Nobody of the run's had it.
  assert.deepEqual(describeHolds([hold], [], null), [
    { ...hold, lane: "main" },
  ]);
});

Deno.test("nameHold() says how long, and by whom if that is known", () => {
  const hold = { startMs: 100, endMs: 345.4, lane: "main" };
  assert.equal(nameHold(hold), "event loop held 245 ms");
  assert.equal(
    nameHold({ ...hold, code: "spin" }),
    "event loop held 245 ms by spin",
  );
  assert.equal(
    nameHold({ ...hold, code: "spin", source: "cell_1.ts:2" }),
    "event loop held 245 ms by spin (cell_1.ts:2)",
  );
});

Deno.test("findSite() finds the first place outside of the library", () => {
  const own = import.meta.resolve("./tracer.ts");
  const check = (lines: readonly string[], expected: string | null) =>
    assert.equal(
      findSite(["Error: Called here", ...lines].join("\n")),
      expected,
    );
  check(
    [`    at open (${own}:10:5)`, "    at task (cell_3.ts:9:15)"],
    "cell_3.ts:9",
  );
  check(["    at file:///home/me/work.ts?v=1:4:7"], "work.ts:4");
  check(["    at async Promise.all (index 0)"], null);
  check(["    at ext:core/01_core.js:1:1", `    at ${own}:1:1`], null);
  check([], null);
});
