/**
 * Calls that have to be refused, for tests: each gives its error, and none
 * starts a thread or a process.
 * @module
 */
import assert from "node:assert/strict";

/** A call, and the error that it gives. */
export type Refusal = readonly [call: () => unknown, message: string];

/** Hands in what the types forbid. */
export function bad(value: unknown): never {
  return value as never;
}

/** Makes every call and compares its error; none may start a thread or a process. */
export async function checkRefusals(
  Class: typeof TypeError | typeof RangeError,
  rows: readonly Refusal[],
): Promise<void> {
  await startNothing(async () => {
    for (const [call, message] of rows) {
      const error: unknown = await Promise.try(call).then(
        () => assert.fail(`Nothing was thrown, expected: ${message}`),
        (error) => error,
      );
      assert.ok(error instanceof Class, `${error}`);
      // What measures shows a call that is right besides; `scaffold_test.ts` has it.
      assert.equal(error.message.replace(/; example: .*$/s, ""), message);
      assert.equal(error.name, Class.name);
    }
  });
}

/** Runs calls while nobody can start a thread or a process. */
export async function startNothing(run: () => Promise<void>): Promise<void> {
  const started: string[] = [];
  const { Worker } = globalThis;
  const { Command } = Deno;
  const forbid = (name: string) =>
    function () {
      started.push(name);
      throw new Error(`A ${name} was started, expected none`);
    };
  Object.assign(globalThis, { Worker: forbid("Worker") });
  Object.assign(Deno, { Command: forbid("process") });
  try {
    await run();
  } finally {
    Object.assign(globalThis, { Worker });
    Object.assign(Deno, { Command });
  }
  assert.deepEqual(started, []);
}
