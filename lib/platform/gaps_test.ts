import assert from "node:assert/strict";
import process from "node:process";
import vm from "node:vm";
import { fillGaps } from "./gaps.ts";

/** Runs a script where the functions are missing, and then filled in. */
function runFilled(script: string): Promise<string> {
  const context = vm.createContext({ process });
  return vm.runInContext(
    `delete Promise.withResolvers; delete Promise.try; delete Map.groupBy;
    delete globalThis.AsyncDisposableStack; delete globalThis.navigator;
    const missing = [Promise.withResolvers, Promise.try, Map.groupBy,
      globalThis.AsyncDisposableStack, globalThis.navigator];
    (${fillGaps})();
    if (missing.some((one) => one !== undefined)) throw new Error("Not missing");
    (async () => JSON.stringify(await (async () => { ${script} })()))()`,
    context,
  );
}

async function check(script: string, expected: unknown): Promise<void> {
  assert.deepEqual(JSON.parse(await runFilled(script)), expected);
}

Deno.test("fillGaps() adds promises from outside and tries", async () => {
  await check(
    `const { promise, resolve, reject } = Promise.withResolvers();
    resolve(1); reject(2);
    const failed = await Promise.try(() => { throw 3; }).catch((error) => error);
    return [await promise, failed, await Promise.try((n) => n + 1, 3)];`,
    [1, 3, 4],
  );
});

Deno.test("fillGaps() groups in order of the first of each group", async () => {
  await check(
    "return [...Map.groupBy([3, 4, 5], (n, i) => [n % 2, i < 9].join())];",
    [["1,true", [3, 5]], ["0,true", [4]]],
  );
});

Deno.test("fillGaps() disposes of a stack from its top, all of it despite errors", async () => {
  await check(
    `const done = [];
    const stack = new AsyncDisposableStack();
    stack.defer(() => { done.push("first"); throw new Error("one"); });
    stack.use({ [Symbol.asyncDispose]: async () => { done.push("used"); } });
    stack.use({ [Symbol.dispose]() { throw new Error("two"); } });
    const moved = stack.move();
    await stack[Symbol.asyncDispose]();
    const before = done.length;
    const { message } = await moved[Symbol.asyncDispose]().catch((error) => error);
    return [before, done, message];`,
    [0, ["used", "first"], "two"],
  );
});

Deno.test("fillGaps() counts cores", async () => {
  await check("return navigator.hardwareConcurrency >= 1;", true);
});

Deno.test("fillGaps() leaves alone what is there", () => {
  const before = [Promise.withResolvers, Map.groupBy, navigator];
  fillGaps();
  assert.deepEqual([Promise.withResolvers, Map.groupBy, navigator], before);
});
