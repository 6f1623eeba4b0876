import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { pool } from "../../run/pool/pool.ts";
import { threadsFigure } from "./figure.ts";
import { STAMP } from "../../plot/gallery/gallery_data.ts";
import { type Readings, type Seen, toLiving } from "./engine.ts";
import { describeThreads, findThreads } from "./findings.ts";
import { threads } from "./threads.ts";

const LINUX = Deno.build.os === "linux";

function see(tid: number, name: string, runMs: number, waitMs = 0): Seen {
  const ns = { runNs: runMs * 1e6, waitNs: waitMs * 1e6 };
  return { tid, name, ...ns, voluntary: 0, involuntary: 0, state: "S" };
}

const READINGS: Readings = {
  before: [see(1, "deno", 500), see(4, "worker-1", 10), see(5, "worker-2", 0)],
  after: [
    see(2, "V8 DefaultWorke", 3),
    see(1, "deno", 500.4),
    see(4, "worker-1", 100, 9),
    see(5, "worker-2", 0),
    see(6, "tokio-runtime-w", 1),
    see(7, "inotify", 1),
  ],
  watchedMs: 100,
  mainId: 1,
  pools: [{ lane: "worker 1", doing: "runs job f" }],
  laneOf: (id) => id === 4 ? "worker 1" : undefined,
};

Deno.test("toLiving() tells what each thread is for, and what it did meanwhile", () => {
  const found = toLiving(READINGS).map(({ name, kind, doing, onCore }) => [
    name,
    kind,
    doing,
    onCore?.toFixed(2),
  ]);
  assert.deepEqual(found, [
    ["main", "main", "runs the program; waits", "0.00"],
    ["worker 1", "pool", "runs job f", "0.90"],
    ["worker-2", "worker", "runs a Worker's code; waits", "0.00"],
    ["V8 DefaultWorke", "V8", "compiles, collects garbage", "0.03"],
    ["tokio-runtime-w", "Deno", "files, network, timers", "0.01"],
    ["inotify", "other", "not of Deno or V8", "0.01"],
  ]);
});

Deno.test("toLiving() tells of main and pools where the system tells nothing", () => {
  const nothing = { ...READINGS, before: [], after: [], mainId: null };
  const found = toLiving(nothing);
  assert.deepEqual(found.map(({ name }) => name), ["main", "worker 1"]);
  assert.ok(found.every(({ id, onCore }) => id === null && onCore === null));
});

Deno.test("findThreads() counts, and finds who computes", () => {
  const found = {
    title: "Threads",
    stamp: STAMP,
    threads: toLiving(READINGS),
    watchedMs: 100,
    missing: [],
  };
  const [living, onCores, ...rest] = findThreads(found);
  assert.deepEqual(living?.values, {
    isPart: false,
    groups: [
      ["main", 1],
      ["pool", 1],
      ["worker", 1],
      ["V8", 1],
      ["Deno", 1],
      ["other", 1],
    ],
  });
  assert.deepEqual((onCores?.values as { busy: unknown }).busy, ["worker 1"]);
  assert.deepEqual(rest, []);
  const [count, time] = describeThreads(found);
  assert.equal(
    count,
    "6 threads live in this process: 1 main, 1 of pools, 1 Worker, 1 of V8, 1 of Deno and 1 other.",
  );
  assert.match(time!, /^In 100 ms .* nearly all the time: worker 1\.$/);
});

Deno.test("threads() agrees with what the system lists", async () => {
  await using crew = pool({ size: 2 });
  await crew.ready();
  const spin = (ms: number) => {
    const endMs = performance.now() + ms;
    while (performance.now() < endMs);
  };
  const job = crew.run(spin, [400]);
  const found = await threads({ watchMs: 150 });
  await job;
  const crewed = found.threads.filter(({ kind }) => kind === "pool");
  assert.deepEqual(crewed.map(({ doing }) => doing).sort(), [
    "has no job",
    "runs job spin",
  ]);
  assert.equal(found.threads[0]?.kind, "main");
  assert.ok("image/svg+xml" in await found[DISPLAY]());
  assert.match(threadsFigure(found).alt, /runs job spin/);
  if (!LINUX) return;
  const listed = [...Deno.readDirSync("/proc/self/task")].map(({ name }) =>
    +name
  );
  // Some may have ended since.
  const ids = found.threads.map(({ id }) => id!);
  assert.ok(ids.filter((id) => listed.includes(id)).length >= 3);
  const busy = crewed.find(({ doing }) => doing === "runs job spin")!;
  const idle = crewed.find(({ doing }) => doing === "has no job")!;
  assert.ok(busy.onCore! > idle.onCore!, JSON.stringify(crewed));
});

Deno.test("threads() refuses what is no time, with a call that is right", async () => {
  await assert.rejects(threads({ watchMs: -1 }), {
    message: /watchMs is -1, .*example: threads\(\{ watchMs: 500 \}\)/,
  });
});
