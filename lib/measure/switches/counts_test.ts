import assert from "node:assert/strict";
import {
  countSwitches,
  parseSchedstat,
  parseStatus,
  type ThreadReading,
} from "./counts.ts";
import { describeSwitches, findSwitches } from "./findings.ts";
import { STAMP } from "../../plot/gallery/gallery_data.ts";

Deno.test("parseStatus() finds name and counts among other lines", () => {
  const text = [
    "Name:\tV8 DefaultWorke",
    "Umask:\t0022",
    "Threads:\t7",
    "voluntary_ctxt_switches:\t150",
    "nonvoluntary_ctxt_switches:\t12",
    "",
  ].join("\n");
  assert.deepEqual(parseStatus(text), {
    name: "V8 DefaultWorke",
    voluntary: 150,
    involuntary: 12,
  });
  assert.throws(() => parseStatus("Name:\tx\n"), {
    name: "SyntaxError",
    message: /^Cannot read thread status: "Name:\tx\n" found/,
  });
});

Deno.test("parseSchedstat() knows a kernel that keeps no count", () => {
  assert.deepEqual(parseSchedstat("62999388 1320840 31\n"), {
    runNs: 62999388,
    waitNs: 1320840,
  });
  assert.deepEqual(parseSchedstat(""), { runNs: null, waitNs: null });
  assert.deepEqual(parseSchedstat("0 0 0\n"), { runNs: null, waitNs: null });
});

Deno.test("countSwitches() subtracts, and counts what is new from its start", () => {
  const threads = countSwitches({
    mainTid: 7,
    before: [
      reading(7, "deno", [10, 1, 5e6, 1e6]),
      reading(8, "tokio-runtime-w", [4, 0, 1e6, 0]),
    ],
    latest: [
      reading(8, "tokio-runtime-w", [6, 0, 2e6, 0]),
      reading(31, "worker-10", [3, 90, 200e6, 100e6]),
      reading(7, "deno", [15, 2, 9e6, 3e6]),
      reading(30, "worker-2", [2, 80, 190e6, null]),
      reading(9, "V8 DefaultWorke", [1, 1, 1e6, 2e6]),
    ],
    alive: new Set([7, 8, 9, 31]),
  });
  assert.deepEqual(
    threads.map((t) => [t.name, t.voluntary, t.involuntary, t.runMs, t.waitMs]),
    [
      ["main thread", 5, 1, 4, 2],
      ["worker-2", 2, 80, 190, null],
      ["worker-10", 3, 90, 200, 100],
      ["2 helpers", 3, 1, 2, 2],
    ],
  );
  assert.deepEqual(threads.map(({ endedEarly }) => endedEarly), [
    false,
    true,
    false,
    false,
  ]);
});

Deno.test("findSwitches() names threads without a core, and what is missing", () => {
  const report = {
    title: "t",
    durationMs: 200,
    threads: countSwitches({
      mainTid: 7,
      before: [],
      latest: [
        reading(7, "deno", [1, 0, 1e6, 0]),
        reading(8, "worker-1", [0, 40, 100e6, 100e6]),
      ],
      alive: new Set([7]),
    }),
    missing: ["M is missing."],
    stamp: STAMP,
  };
  const found = Array.from(findSwitches(report));
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ["took", "thread", "thread", "together", "waiting", "ended", "missing"],
  );
  const [, , , together, waiting] = found;
  assert.ok(together?.rule === "together" && waiting?.rule === "waiting");
  assert.equal(together.values.runMs, 101);
  assert.deepEqual(waiting.values, {
    threads: [{ name: "worker-1", share: 0.5 }],
    otherShare: null,
  });
  const words = describeSwitches(report).join("\n");
  assert.match(
    words,
    /worker-1: gave its core away 0 times, had it taken 40 times/,
  );
  assert.match(words, /0.51 cores on average/);
  assert.match(words, /without a core: worker-1 50 %/);
  assert.match(words, /worker-1 ended before the work did/);
  assert.match(words, /M is missing/);
});

function reading(
  tid: number,
  name: string,
  [voluntary, involuntary, runNs, waitNs]: readonly [
    number,
    number,
    number | null,
    number | null,
  ],
): ThreadReading {
  return { tid, name, voluntary, involuntary, runNs, waitNs };
}
