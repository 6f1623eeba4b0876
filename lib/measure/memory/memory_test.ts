import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { MEMORY, MEMORY_HERE } from "../../plot/gallery/memory_gallery_data.ts";
import { memory } from "./memory.ts";
import { openCrew } from "./crew.ts";
import { describeMemory, findMemory } from "./findings.ts";
import { parseSmapsRollup } from "./engine.ts";

const ROLLUP = `5581a9a00000-7ffd0f5fe000 ---p 00000000 00:00 0    [rollup]
Rss:               34816 kB
Pss:               17920 kB
Pss_Dirty:         10112 kB
Shared_Clean:      24000 kB
Shared_Dirty:          0 kB
Private_Clean:       704 kB
Private_Dirty:     10112 kB
Referenced:        34816 kB
SwapPss:               0 kB
`;

Deno.test("parseSmapsRollup() sums what is private, and refuses what is cut short", () => {
  assert.deepEqual(parseSmapsRollup(ROLLUP), {
    bytes: 17920 * 1024,
    privateBytes: 10816 * 1024,
  });
  assert.throws(() => parseSmapsRollup(ROLLUP.slice(0, 200)), SyntaxError);
  assert.throws(() => parseSmapsRollup(""), /"Pss" is missing/);
});

Deno.test("memory() weighs Workers and processes, and shows a figure", async () => {
  const measured = await memory({ k: [2, 1] });
  assert.deepEqual(
    measured.costs.map(({ model }) => model),
    ["workers", "processes"],
  );
  for (const { points, isFresh, returned } of measured.costs) {
    assert.ok(isFresh);
    assert.deepEqual(points.map(({ k }) => k), [1, 2]);
    assert.ok(points.every(({ samples }) => samples.length === 3));
    // One idle deno or isolate is megabytes: nothing less can be right.
    assert.ok(points.every(({ medianBytes }) => medianBytes > 2 ** 20));
    assert.ok(returned <= 1);
  }
  assert.equal(measured.costs[1]!.returned, 1);
  assert.deepEqual(
    JSON.parse(JSON.stringify(measured)),
    structuredClone({ ...measured }),
  );
  const bundle = await measured[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /given back/);
  assert.match(String(bundle["text/plain"]), /\| each/);
});

Deno.test({
  name: "memory() counts resident memory of Workers here without permissions",
  permissions: { run: false, read: false },
  fn: async () => {
    const { count, costs, findings } = await memory({ k: [1, 2] });
    assert.equal(count, "rss");
    assert.deepEqual(costs.map(({ model }) => model), ["workers"]);
    assert.equal(costs[0]!.isFresh, false);
    assert.equal(costs[0]!.privateEach, null);
    const words = findings.join("\n");
    assert.match(words, /Resident memory \(RSS\) was counted instead/);
    assert.match(words, /The Workers were made in this process/);
    assert.match(words, /Processes were left out/);
    await assert.rejects(
      memory({ models: ["processes"] }),
      /no model can be measured/,
    );
  },
});

Deno.test("crews grow, shrink and end as told", async () => {
  const { signal } = new AbortController();
  const pids: number[] = [];
  {
    await using processes = await openCrew("processes", true, signal);
    await processes.resize(2);
    pids.push(...processes.subjects.map(({ pid }) => pid));
    assert.equal(new Set(pids).size, 2);
    await processes.resize(1);
    assert.deepEqual(processes.subjects.map(({ pid }) => pid), [pids[0]]);
    await using workers = await openCrew("workers", true, signal);
    await workers.resize(2);
    assert.ok(await workers.subjects[0]!.rssBytes() > 2 ** 20);
    await workers.resize(0);
    pids.push(workers.subjects[0]!.pid);
  }
  for (const pid of pids) {
    assert.throws(() => Deno.kill(pid, "SIGCONT"), Deno.errors.NotFound);
  }
});

Deno.test("memory() refuses what cannot be, and ends when asked to", async () => {
  await assert.rejects(
    memory({ k: [4] }),
    /number of different k is 1, expected an integer, 2 or more/,
  );
  await assert.rejects(
    memory({ k: [1, 65] }),
    /k\[1\] is 65, expected an integer from 1 to 64/,
  );
  await assert.rejects(
    memory({ signal: AbortSignal.abort(new Error("enough")) }),
    /enough/,
  );
});

Deno.test("memory() weighs tasks that wait for promises", async () => {
  const { costs, findings } = await memory({ models: ["promises"], k: [1, 2] });
  const [{ model, unit, each }] = costs as [typeof costs[0]];
  assert.deepEqual([model, unit], ["promises", 20_000]);
  // A promise, its two functions and a suspended call: bytes, not kilobytes.
  assert.ok(each.bytes > 50 && each.bytes < 10_000, String(each.bytes));
  assert.match(findings.join("\n"), /task that waits for a promise/);
});

Deno.test("findMemory() finds what each takes, and what is kept", () => {
  const found = Array.from(findMemory(MEMORY));
  assert.deepEqual(found.map(({ rule }) => rule), [
    "each",
    "each",
    "dearer",
    "kept",
    "ended",
  ]);
  const [each, , , kept] = found;
  assert.ok(each?.rule === "each" && kept?.rule === "kept");
  assert.equal(each.values.each.bytes, 6 * 2 ** 20);
  assert.equal(kept.values.part, 0.29);
  assert.deepEqual(
    Array.from(findMemory(MEMORY_HERE)).map(({ rule }) => rule),
    [
      "each",
      "returned",
      "here",
    ],
  );
});

Deno.test("describeMemory() puts each rule into words", () => {
  const words = describeMemory(MEMORY).join("\n");
  for (
    const part of [
      /An idle Worker takes 6 MiB \(95 % interval .* of PSS, by the slope over 1, 2, 4, 8\), 5.7 MiB of it private. The first brings 9 MiB/,
      /A process takes 1.87× \(95 % interval .*\) as much as a Worker/,
      /29 % of what they took was given back to the system; the rest/,
    ]
  ) assert.match(words, part);
});
