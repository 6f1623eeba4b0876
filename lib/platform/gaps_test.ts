import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import process from "node:process";
import vm from "node:vm";
import { fillGaps } from "./gaps.ts";

/** Runs a script where the functions are missing, and then filled in. */
function runFilled(script: string): Promise<string> {
  const context = vm.createContext({ process, Buffer });
  return vm.runInContext(
    `delete Promise.withResolvers; delete Promise.try; delete Map.groupBy;
    delete globalThis.AsyncDisposableStack; delete Uint8Array.fromBase64;
    delete Uint8Array.prototype.toBase64; delete globalThis.navigator;
    const missing = [Promise.withResolvers, Promise.try, Map.groupBy,
      globalThis.AsyncDisposableStack, Uint8Array.fromBase64,
      Uint8Array.prototype.toBase64, globalThis.navigator];
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

Deno.test("fillGaps() writes and reads base64, of a part of memory too", async () => {
  await check(
    `const part = new Uint8Array([0, 104, 105, 0]).subarray(1, 3);
    return [part.toBase64(), [...Uint8Array.fromBase64("aGk=")]];`,
    ["aGk=", [104, 105]],
  );
});

Deno.test("fillGaps() disposes of a stack from its top, all of it despite errors", async () => {
  await check(
    `const done = [];
    const stack = new AsyncDisposableStack();
    stack.defer(() => { done.push("first"); throw new Error("one"); });
    stack.use({ [Symbol.asyncDispose]: async () => { done.push("used"); } });
    stack.adopt("adopted", (value) => { done.push(value); throw new Error("two"); });
    stack.use(null);
    const moved = stack.move();
    await stack.disposeAsync();
    const before = done.length;
    const { name, error, suppressed } = await moved.disposeAsync().catch((both) => both);
    return [before, done, name, error.message, suppressed.message, stack.disposed];`,
    [
      0,
      ["adopted", "used", "first"],
      "SuppressedError",
      "one",
      "two",
      true,
    ],
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
