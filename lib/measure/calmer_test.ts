import assert from "node:assert/strict";
import { takeCalmer } from "./calmer.ts";

Deno.test("takeCalmer() measures once where nobody disturbs, or nobody can tell", async () => {
  for (const share of [0, 0.05, null]) {
    const { value, note } = await takeCalmer(count(), WITH_TIME, read([share]));
    assert.deepEqual([value, note], [1, null]);
  }
});

Deno.test("takeCalmer() measures once more where others are busy, and keeps the calmer", async () => {
  const second = await takeCalmer(count(), WITH_TIME, read([0.6, 0.1]));
  assert.equal(second.value, 2);
  assert.match(
    second.note!,
    /60 % of all cores the first time and 10 % the second; the second is shown/,
  );
  assert.deepEqual(second.stampStart, { cpu: "2", endCpu: "2" });
  const first = await takeCalmer(count(), WITH_TIME, read([0.3, 0.4]));
  assert.equal(first.value, 1);
  assert.deepEqual(first.stampStart, { cpu: "1", endCpu: "1" });
  const unknown = await takeCalmer(count(), WITH_TIME, read([0.3, null]));
  assert.match(unknown.note!, /an unknown part the second; the first is shown/);
  assert.equal(unknown.value, 1);
});

Deno.test("takeCalmer() does not begin what it can not finish", async () => {
  const late = { leftMs: () => 0, isOver: () => true };
  assert.equal((await takeCalmer(count(), late, read([0.6]))).value, 1);
});

Deno.test("takeCalmer() keeps the first time when the second was late, and hides no other error", async () => {
  const fail = (error: Error) => {
    let times = 0;
    return () => ++times === 1 ? Promise.resolve(1) : Promise.reject(error);
  };
  const error = new Error("over");
  const late = { ...WITH_TIME, isOver: () => true };
  const kept = await takeCalmer(fail(error), late, read([0.6, 0]));
  assert.deepEqual([kept.value, kept.note], [1, null]);
  await assert.rejects(
    takeCalmer(fail(error), WITH_TIME, read([0.6, 0])),
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
