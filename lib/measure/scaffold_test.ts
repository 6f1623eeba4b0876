import assert from "node:assert/strict";
import { checkCall } from "./call.ts";
import { measureInRounds } from "./scaffold.ts";

const SETTINGS = {
  ...{ purpose: "count", title: "Count", samples: 3, maxMs: 60_000, seed: 1 },
  signal: undefined,
};

Deno.test("measureInRounds() opens, measures, describes and closes, in this order", async () => {
  const log: string[] = [];
  const measured = await measureInRounds({
    type: "count",
    settings: SETTINGS,
    open: () => ({
      arms: ["a", "b"],
      notes: ["c was left out."],
      measure: (arm: string) => Promise.resolve(`${arm}!`),
      afterRound: () => Promise.resolve(void log.push("round")),
      canRepeat: false,
      [Symbol.asyncDispose]: () => Promise.resolve(void log.push("closed")),
    }),
    result: ({ rounds, arms }) => ({ rounds, arms }),
    describe: ({ title, stamp }) => [`${title}: ${stamp.samples} rounds.`],
  });
  const { type, title, rounds, findings, stamp } = measured;
  assert.deepEqual([type, title, stamp.samples], ["count", "Count", 3]);
  assert.deepEqual(rounds, Array.from({ length: 3 }, () => ["a!", "b!"]));
  assert.deepEqual(findings, ["Count: 3 rounds.", "c was left out."]);
  // One round more than counts: it loads and compiles.
  assert.deepEqual(log, [...Array(4).fill("round"), "closed"]);
});

Deno.test("measureInRounds() closes what it opened when measuring fails", async () => {
  let isClosed = false;
  await assert.rejects(
    measureInRounds({
      type: "count",
      settings: SETTINGS,
      open: () => ({
        arms: [1],
        measure: (_: number) => Promise.reject(new Error("broken")),
        [Symbol.asyncDispose]: () => Promise.resolve(void (isClosed = true)),
      }),
      result: () => ({}),
      describe: () => [],
    }),
    /broken/,
  );
  assert.ok(isClosed);
});

Deno.test("measureInRounds() knows what code alone on its thread had of a core", async () => {
  const measure = async (arm: string, isAlone: boolean) =>
    await measureInRounds({
      type: "count",
      settings: SETTINGS,
      open: () => ({
        arms: [arm],
        isAlone: () => isAlone,
        canRepeat: false,
        measure: () => new Promise((resolve) => setTimeout(resolve, 30)),
      }),
      result: ({ cpuShare }) => ({ cpuShare }),
      describe: () => [],
    });
  const { cpuShare } = await measure("nap", true);
  assert.ok(cpuShare !== null && cpuShare >= 0 && cpuShare <= 1);
  assert.equal((await measure("nap", false)).cpuShare, null);
});

Deno.test("checkCall() shows a call that is right, and leaves a signal's reason alone", () => {
  const call = { purpose: "count", example: "count({ n: 3 })" };
  const fail = () => {
    throw new RangeError("Cannot count: n is 0, expected 1 or more");
  };
  assert.throws(() => checkCall(call, undefined, fail), {
    name: "RangeError",
    message:
      "Cannot count: n is 0, expected 1 or more; example: count({ n: 3 })",
  });
  const reason = new TypeError("enough");
  const signal = AbortSignal.abort(reason);
  assert.throws(() => checkCall(call, signal, () => {}), { message: "enough" });
});
