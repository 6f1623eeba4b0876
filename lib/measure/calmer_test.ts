import assert from "node:assert/strict";
import { takeCalmest } from "./calmer.ts";
import { describeRepeat } from "./rounds.ts";

Deno.test("takeCalmest() measures once where nobody disturbs, or nobody can tell", async () => {
  for (const share of [0, 0.05, null]) {
    const taken = await takeCalmest(count(), WITH_TIME, read([share]));
    assert.deepEqual([taken.value, describeRepeat(taken)], [1, []]);
  }
});

Deno.test("takeCalmest() measures once more where others are busy, and keeps the calmer", async () => {
  const second = await takeCalmest(count(), WITH_TIME, read([0.6, 0.1]));
  assert.equal(second.value, 2);
  assert.match(
    describeRepeat(second)[0]!,
    /60 % of all cores the first time and 10 % the second; the second is shown/,
  );
  assert.deepEqual(second.stampStart, { cpu: "2", endCpu: "2" });
  const first = await takeCalmest(count(), WITH_TIME, read([0.3, 0.4]));
  assert.equal(first.value, 1);
  assert.deepEqual(first.stampStart, { cpu: "1", endCpu: "1" });
  const unknown = await takeCalmest(count(), WITH_TIME, read([0.3, null]));
  assert.match(
    describeRepeat(unknown)[0]!,
    /an unknown part the second; the first is shown/,
  );
  assert.equal(unknown.value, 1);
});

Deno.test("takeCalmest() does not begin what it can not finish", async () => {
  const late = { leftMs: () => 0, isOver: () => true };
  assert.equal((await takeCalmest(count(), late, read([0.6]))).value, 1);
});

Deno.test("takeCalmest() keeps the first time when the second was late, and hides no other error", async () => {
  const fail = (error: Error) => {
    let times = 0;
    return () => ++times === 1 ? Promise.resolve(1) : Promise.reject(error);
  };
  const error = new Error("over");
  const late = { ...WITH_TIME, isOver: () => true };
  const kept = await takeCalmest(fail(error), late, read([0.6, 0]));
  assert.deepEqual([kept.value, describeRepeat(kept)], [1, []]);
  await assert.rejects(
    takeCalmest(fail(error), WITH_TIME, read([0.6, 0])),
    error,
  );
});

const WITH_TIME = { leftMs: () => Infinity, isOver: () => false };

function count(): () => Promise<number> {
  let times = 0;
  return () => Promise.resolve(++times);
}

/** A machine on which others use this much, one time after the other. */
function read(shares: readonly (number | null)[]) {
  let starts = 0;
  return {
    startStamp: () => Promise.resolve({ cpu: String(++starts) }),
    readOtherShare: (start: { readonly cpu: unknown }) =>
      Promise.resolve({
        otherShare: shares[starts - 1] ?? null,
        ended: { cpu: String(start.cpu), endCpu: String(starts) },
      }),
  };
}
