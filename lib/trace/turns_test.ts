import assert from "node:assert/strict";
import process from "node:process";
import type { LoopTurn } from "../base/record/mod.ts";
import { trace } from "../trace.ts";
import {
  describeTurns,
  isMicrotask,
  lengthOfTurn,
} from "./facts/turn_facts.ts";
import { nameCallback, readReaction } from "./turn_origin.ts";

Deno.test("a trace tells what runs in turns in the order in which it does", async () => {
  const log: string[] = [];
  const note = (name: string) => () => void log.push(name);
  const named = (name: string, fn: () => void) =>
    Object.defineProperty(fn, "name", { value: name });
  const before = { setTimeout, setInterval, setImmediate, queueMicrotask };
  const { recording } = await trace(async () => {
    setTimeout(
      named("ring", () => {
        log.push("ring");
        queueMicrotask(named("micro of ring", note("micro of ring")));
        process.nextTick(named("tick of ring", note("tick of ring")));
      }),
      0,
    );
    const rang = new Promise<void>((resolve) => {
      setTimeout(
        named("ring again", () => {
          log.push("ring again");
          resolve();
        }),
        0,
      );
    });
    const immediate = new Promise<void>((resolve) => {
      setImmediate(named("immediate", () => {
        log.push("immediate");
        resolve();
      }));
    });
    queueMicrotask(named("micro", note("micro")));
    process.nextTick(named("tick", note("tick")));
    // On a busy machine, none of several timers is known to be the last.
    await rang;
    await immediate;
  }, { cores: false, turns: true });
  const turns = recording.turns!;
  const runs = turns.flatMap(({ runs }) => runs);
  const seen = runs.map(({ label }) => label).filter((label) =>
    log.includes(label)
  );
  assert.deepEqual(seen, log);
  assert.equal(log.length, 7);
  const turnOf = (name: string) =>
    turns.findIndex(({ runs }) => runs.some(({ label }) => label === name));
  assert.equal(turns[0]?.cause, "start");
  assert.equal(turnOf("micro"), 0);
  assert.equal(turnOf("micro of ring"), turnOf("ring"));
  assert.equal(turnOf("tick of ring"), turnOf("ring"));
  assert.notEqual(turnOf("ring again"), turnOf("ring"));
  assert.equal(turns[turnOf("immediate")]!.cause, "immediate");
  // One thing at a time.
  runs.reduce((lastMs, { startMs, endMs }) => {
    assert.ok(startMs >= lastMs && endMs >= startMs);
    return endMs;
  }, 0);
  assert.match(
    runs.find(({ label }) => label === "ring")!.site!,
    /^turns_test/,
  );
  const after = { setTimeout, setInterval, setImmediate, queueMicrotask };
  assert.deepEqual(after, before);
});

Deno.test("a trace tells of files that were read in turns of their own, and of Workers' messages", async () => {
  const url = "data:text/javascript,onmessage = () => postMessage(1)";
  const { recording } = await trace(async () => {
    const worker = new Worker(url, { type: "module", name: "echo" });
    const answer = new Promise((resolve) => worker.onmessage = resolve);
    worker.postMessage(0);
    await answer;
    worker.terminate();
    await Deno.stat(".");
  }, { cores: false, turns: true });
  const causes = recording.turns!.map(({ cause }) => cause);
  assert.ok(causes.includes("message"), causes.join());
  const message = recording.turns!.find(({ cause }) => cause === "message")!;
  assert.equal(message.runs[0]?.label, "from echo");
  assert.ok(message.runs.some(({ label }) => label.includes("after await")));
});

Deno.test("what throws in a timer does so in a trace of turns", async () => {
  const { recording } = await trace(async () => {
    await assert.rejects(
      new Promise((_, reject) =>
        setTimeout(() => reject(new RangeError("late")), 1)
      ),
      RangeError,
    );
  }, { cores: false, turns: true });
  assert.ok(recording.turns!.length >= 2);
});

Deno.test("a trace has no turns that were not asked for", async () => {
  const { recording } = await trace(() => 1, { cores: false });
  assert.equal(recording.turns, undefined);
});

Deno.test("readReaction() names who awaits, and where", () => {
  const own = import.meta.resolve("./turn_watch.ts");
  const frames = [
    "Error",
    `    at TurnWatch.#readStack (${own}:9:9)`,
    `    at Array.init (${own}:9:9)`,
    "    at e.setPromiseHooks.Q (ext:deno_node/v8.ts:1:9415)",
  ];
  const check = (more: readonly string[], expected: unknown) =>
    assert.deepEqual(readReaction([...frames, ...more].join("\n")), expected);
  check(["    at work (file:///home/ann/cell.ts:7:2)"], {
    label: "work, after await",
    site: "cell.ts:7",
  });
  check(["    at async work (Cell [3]:4:1)"], {
    label: "work, after await",
    site: "Cell [3]:4",
  });
  // What V8 calls functions of cells, which stand in an object of ours.
  for (
    const [name, label] of [
      ["__k.work", "work"],
      ["__k.run.trace.turns", "the traced function"],
      ["__k1.all.map", "a function"],
    ]
  ) {
    check([`    at async ${name} (Cell [3]:4:1)`], {
      label: `${label}, after await`,
      site: "Cell [3]:4",
    });
  }
  check([
    "    at Promise.then (<anonymous>)",
    "    at file:///home/ann/cell.ts:8:1",
  ], { label: "the script, a reaction", site: "cell.ts:8" });
  check([
    "    at Object.readTextFile (ext:deno_fs/30_fs.js:1:10048)",
    "    at work (file:///home/ann/cell.ts:9:15)",
  ], { label: "work, inside the runtime", site: "cell.ts:9" });
  check(["    at Object.readTextFile (ext:deno_fs/30_fs.js:1:10048)"], null);
});

Deno.test("nameCallback() names a function, or says that it has no name", () => {
  assert.equal(nameCallback(function ring() {}, "").label, "ring");
  assert.equal(nameCallback(() => {}, "").label, "a function");
});

Deno.test("describeTurns() counts callbacks and microtasks", () => {
  const run = { label: "x", lane: "main", startMs: 0, endMs: 1 } as const;
  const turns: LoopTurn[] = [
    {
      cause: "start",
      runs: [{ ...run, kind: "script" }, { ...run, kind: "promise", endMs: 3 }],
    },
    { cause: "timer", runs: [{ ...run, kind: "timer" }] },
  ];
  assert.equal(lengthOfTurn(turns[0]!), 3);
  assert.equal(isMicrotask(turns[0]!.runs[1]!), true);
  const [first, second] = describeTurns(turns);
  assert.equal(
    first,
    "The event loop had 2 turns, in which 2 callbacks and 1 microtask ran.",
  );
  assert.match(second!, /^The longest was turn 1, with 3.00 ms/);
  assert.deepEqual(describeTurns([]), [
    "Nothing of this run was seen to run.",
  ]);
});
