import assert from "node:assert/strict";
import { createRandom } from "../base/statistics/mod.ts";
import { exploreStates } from "./graph.ts";
import { countSchedules, findShortest, groupEndings } from "./paths.ts";
import { loadThreads, readProgram } from "./program.ts";
import type { RaceProgram } from "./program.ts";
import { replayHere } from "./replay.ts";
import { makeThread, nameEnd, type Shared, tryAll } from "./test_programs.ts";

/** Explores with states recognised, and compares with every schedule run by itself. */
async function check(program: RaceProgram<Shared>): Promise<void> {
  const plan = await readProgram(program);
  const makers = await loadThreads(plan);
  const { graph, runs } = await exploreStates(plan, makers, {
    maxRuns: 100_000,
    maxTurns: 200,
    pause: () => Promise.resolve(false),
  });
  assert.ok(graph);
  const all = await tryAll(program);
  const counts = countSchedules(graph);
  const endings = groupEndings(graph, counts);
  assert.equal(counts.total[0], all.total);
  assert.equal(counts.failing[0], all.failing);
  assert.deepEqual(
    endings.map(({ outcome }) => nameEnd(outcome)).sort(),
    all.ends,
  );
  const sum = endings.reduce((count, { schedules }) => count + schedules, 0);
  assert.equal(sum, all.total);
  assert.ok(runs <= all.total);
  for (const { nodes, outcome } of endings) {
    const turns = findShortest(graph, nodes);
    assert.ok(turns);
    const run = await replayHere({ plan, makers, maxTurns: 200 }, turns);
    assert.equal(nameEnd(run), nameEnd(outcome));
  }
}

Deno.test("exploreStates() finds what running every schedule finds", async () => {
  const add = makeThread("(m) => { m.x++; }");
  await check({ shared: { x: 0 }, threads: add, check: (m) => m.x === 2 });
  await check({ shared: { x: 0 }, threads: add, copies: 3 });
  await check({
    shared: { x: 0, y: 0 },
    threads: [
      makeThread("(m) => { m.x = 1; m.y = m.x; }"),
      makeThread("(m) => { m.y = 2; m.x = m.y + 1; }"),
    ],
    invariant: (m) => m.x !== 3 || m.y !== 1,
  });
  await check({
    shared: {},
    threads: [
      makeThread(
        `(m) => { m.lock("p"); m.lock("q"); m.unlock("q"); m.unlock("p"); }`,
      ),
      makeThread(
        `(m) => { m.lock("q"); m.lock("p"); m.unlock("p"); m.unlock("q"); }`,
      ),
    ],
  });
  await check({
    shared: { ready: false, got: 0 },
    threads: [
      makeThread(
        `(m) => { m.lock("l"); if (!m.ready) m.wait("c", "l"); m.got++; m.unlock("l"); }`,
      ),
      makeThread(`(m) => { m.ready = true; m.notify("c"); }`),
    ],
  });
  await check({
    shared: { busy: 0, x: 0 },
    threads: makeThread(
      `(m) => { while (m.atomics.exchange("busy", 1) === 1) {} m.x++; m.busy = 0; }`,
    ),
    check: (m) => m.x === 2,
  });
  await check({
    shared: { x: 0 },
    threads: makeThread(
      `async (m) => { const x = m.x; await null; m.x = x + 1; await null; }`,
    ),
    check: (m) => m.x === 2,
  });
});

Deno.test("exploreStates() agrees with every schedule of programs made at random", async () => {
  const random = createRandom(5);
  const pick = <T>(values: readonly T[]) =>
    values[Math.floor(random() * values.length)]!;
  const statements = [
    "m.x = 1;",
    "m.y = m.x;",
    "m.x++;",
    "kept = m.y;",
    "m.x = kept;",
    "if (m.x > 0) m.y = 2;",
    "if (m.x === 1) { m.y += m.x; kept = m.x; }",
    "kept += m.x; m.y ||= kept;",
    "while (m.x === 1) {}",
    "while (true) { if (m.x !== 1) break; }",
    "while ((kept = m.x) === 1) {}",
    "kept = m.x; while (kept === 1) { kept = m.x; }",
    "for (let t = 0; m.x === 1 && t < 2; t++) {}",
    "do { var v = m.y; } while (v === 2 && m.x === 1); m.x = v;",
    "do { if (m.y > 8) continue; m.y = 4; } while (m.x === 1);",
    "for (; m.x === 1 && m.y < 3;) { while (m.y === 2) {} m.y; }",
    "outer: while (m.x === 1) { while (true) { if (m.y === 2) break outer; if (m.y > 2) continue outer; } }",
    "m.x > 1 && (m.y = 3);",
    `m.atomics.add("y", 1);`,
    `m.atomics.compareExchange("x", 0, 5);`,
    `m.lock("l"); m.y++; m.unlock("l");`,
    `m.acquire("slots"); m.x += 2; m.release("slots");`,
  ];
  for (let round = 0; round < 40; round++) {
    const write = () =>
      makeThread(
        `(m) => { let kept = 7; ${pick(statements)} ${pick(statements)} ${
          pick(["", "", "", pick(statements)])
        } }`,
      );
    await check({
      shared: { x: 0, y: 0, slots: 1 },
      threads: [write(), write()],
      check: (m) => m.x !== 1,
      invariant: (m) => m.y !== 7,
    });
  }
});

Deno.test("exploreStates() gives up when a limit is reached", async () => {
  const plan = await readProgram({
    shared: { x: 0 },
    threads: makeThread(
      "(m) => { let n = 0; while (true) { n++; if (m.x === 1) break; } }",
    ),
  });
  const makers = await loadThreads(plan);
  const limits = { maxRuns: 10, maxTurns: 20 };
  const { graph } = await exploreStates(plan, makers, {
    ...limits,
    pause: () => Promise.resolve(false),
  });
  assert.equal(graph, null);
});

Deno.test("exploreStates() names a program that is not the same twice", async () => {
  const plan = await readProgram({
    shared: { x: 0, y: 0 },
    threads: makeThread(
      `(m) => { globalThis.skeinRaceRuns = (globalThis.skeinRaceRuns ?? 0) + 1;
        m.x = 1; if (globalThis.skeinRaceRuns < 4) m.y++; }`,
    ),
  });
  const makers = await loadThreads(plan);
  await assert.rejects(
    exploreStates(plan, makers, {
      maxRuns: 100,
      maxTurns: 20,
      pause: () => Promise.resolve(false),
    }),
    /did something else the second time/,
  );
});

Deno.test("findShortest() takes the fewest switches", async () => {
  const plan = await readProgram({
    shared: { x: 0 },
    threads: makeThread("(m) => { m.x++; m.x++; }"),
    check: (m) => m.x === 4,
  });
  const { graph } = await exploreStates(plan, await loadThreads(plan), {
    maxRuns: 1000,
    maxTurns: 20,
    pause: () => Promise.resolve(false),
  });
  const endings = groupEndings(graph!, countSchedules(graph!));
  const failing = new Set(
    endings.filter(({ outcome }) => outcome.kind !== "passed")
      .flatMap(({ nodes }) => [...nodes]),
  );
  // One thread is interrupted once, so there are two switches.
  assert.equal(findShortest(graph!, failing)?.join(""), "01111000");
  assert.equal(findShortest(graph!, new Set()), null);
});
