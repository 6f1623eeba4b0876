import assert from "node:assert/strict";
import { startDeadline, takeRounds } from "./rounds.ts";

const PLAN = { purpose: "count", arms: ["a", "b", "c"], seed: 1 };

Deno.test("takeRounds() gives every arm its turn in each round, in changing order", async () => {
  using deadline = startDeadline({ purpose: "count", maxMs: 60_000 });
  const order: string[] = [];
  const { rounds, notes } = await takeRounds({
    ...PLAN,
    deadline,
    samples: 6,
    measure: (arm) => Promise.resolve(order.push(arm)),
  });
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
  const taken = await takeRounds({ ...PLAN, deadline, samples: 9, measure });
  assert.equal(taken.rounds.length, 3);
  assert.match(taken.notes[0]!, /^Stopped after 3 of 9 rounds/);
});

Deno.test("takeRounds() fails when time is over before three rounds", async () => {
  using deadline = startDeadline({ purpose: "count", maxMs: 1 });
  const measure = (_: string, signal: AbortSignal) =>
    new Promise<void>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  await assert.rejects(
    takeRounds({ ...PLAN, deadline, samples: 3, measure }),
    /^RangeError: Cannot count: fewer than 3 rounds were done after 1 ms/,
  );
});

Deno.test("takeRounds() fails with the caller's reason when the caller ends it", async () => {
  const caller = new AbortController();
  using deadline = startDeadline({
    purpose: "count",
    maxMs: 60_000,
    signal: caller.signal,
  });
  let turns = 0;
  const measure = (arm: string) => {
    if (++turns === 30) caller.abort(new Error("enough"));
    return Promise.resolve(arm);
  };
  await assert.rejects(
    takeRounds({ ...PLAN, deadline, samples: 99, measure }),
    /enough/,
  );
});

Deno.test("takeRounds() and startDeadline() refuse what cannot be", async () => {
  using deadline = startDeadline({ purpose: "count", maxMs: 60_000 });
  const measure = (arm: string) => Promise.resolve(arm);
  await assert.rejects(
    takeRounds({ ...PLAN, deadline, samples: 2, measure }),
    /samples is 2, expected an integer, 3 or more/,
  );
  for (const maxMs of [0, -1, NaN, Infinity]) {
    assert.throws(() => startDeadline({ purpose: "count", maxMs }), RangeError);
  }
});
