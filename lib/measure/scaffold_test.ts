import assert from "node:assert/strict";
import { checkCall, type RoundOptions, settle, whole } from "./options.ts";
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

Deno.test("checkCall() shows a call that is right, and lets options be left out", () => {
  const call = { purpose: "count", example: "count({ n: 3 })" };
  const check = (options: { readonly n?: number }) =>
    checkCall(call, options, { n: whole({ least: 1 }) });
  check({});
  check({ n: 1 });
  assert.throws(() => check({ n: 0 }), {
    name: "RangeError",
    message:
      "Cannot count: n is 0, expected an integer, 1 or more; example: count({ n: 3 })",
  });
  assert.throws(() => check({ m: 1 } as { n?: number }), {
    message: /option "m" is unknown, expected n; example/,
  });
});

Deno.test("settle() refuses rounds and times that cannot be", () => {
  const call = { purpose: "count", example: "count()", title: "T", samples: 5 };
  const check = (options: RoundOptions, expected: RegExp) =>
    assert.throws(() => settle(call, options, {}), expected);
  assert.equal(settle(call, {}, {}).samples, 5);
  check({ samples: 2 }, /samples is 2, expected an integer from 3 to/);
  for (const maxMs of [0, -1, NaN, Infinity]) check({ maxMs }, /maxMs is/);
  const reason = new TypeError("enough");
  check({ signal: AbortSignal.abort(reason) }, /^TypeError: enough$/);
});
