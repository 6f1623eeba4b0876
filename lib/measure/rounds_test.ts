import assert from "node:assert/strict";
import { startDeadline, takeRounds } from "./rounds.ts";

const PLAN = { arms: ["a", "b", "c"] };
const start = (maxMs: number, signal?: AbortSignal) =>
  startDeadline(maxMs, "too late", signal);

Deno.test("takeRounds() gives every arm its turn in each round, in changing order", async () => {
  using deadline = start(60_000);
  const order: string[] = [];
  const { rounds, notes } = await takeRounds(
    { ...PLAN, measure: (arm) => Promise.resolve(order.push(arm)) },
    { samples: 6, seed: 1 },
    deadline,
  );
  assert.deepEqual(notes, []);
  assert.equal(rounds.length, 6);
  assert.equal(order.length, 7 * 3);
  const inRounds = Array.from(
    { length: 7 },
    (_, round) => order.slice(3 * round, 3 * round + 3).join(""),
  );
  assert.ok(inRounds.every((row) => [...row].sort().join("") === "abc"));
  assert.ok(new Set(inRounds).size > 1);
});

Deno.test("takeRounds() keeps what was done when time is over", async () => {
  const over = new AbortController();
  let isOver = false;
  const deadline = {
    signal: over.signal,
    isOver: () => isOver,
    leftMs: () => 0,
    [Symbol.dispose]: () => {},
  };
  let turns = 0;
  const measure = (arm: string) => {
    // In the fifth round: one does not count, three are done.
    if (++turns === 4 * 3 + 2) {
      isOver = true;
      over.abort(new RangeError("over"));
    }
    return Promise.resolve(arm);
  };
  const taken = await takeRounds(
    { ...PLAN, measure },
    { samples: 9, seed: 1 },
    deadline,
  );
  assert.equal(taken.rounds.length, 3);
  assert.match(taken.notes[0]!, /^Stopped after 3 of 9 rounds/);
});

Deno.test("takeRounds() fails when time is over before three rounds", async () => {
  using deadline = start(1);
  const measure = (_: string, signal: AbortSignal) =>
    new Promise<void>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  await assert.rejects(
    takeRounds(
      { ...PLAN, measure },
      { samples: 3, seed: 1 },
      deadline,
    ),
    /^RangeError: too late/,
  );
});

Deno.test("takeRounds() fails with the caller's reason when the caller ends it", async () => {
  const caller = new AbortController();
  using deadline = start(60_000, caller.signal);
  let turns = 0;
  const measure = (arm: string) => {
    if (++turns === 30) caller.abort(new Error("enough"));
    return Promise.resolve(arm);
  };
  await assert.rejects(
    takeRounds(
      { ...PLAN, measure },
      { samples: 99, seed: 1 },
      deadline,
    ),
    /enough/,
  );
});
