import assert from "node:assert/strict";
import { Outbox } from "./outbox.ts";

const never = () => assert.fail("writing does not fail");

Deno.test("Outbox writes at once, then puts together what has waited", async () => {
  const { outbox, written, step } = openOutbox();
  outbox.add([bytes(1)]);
  assert.deepEqual(written, [[1]]);
  for (const value of [2, 3, 4]) outbox.add([bytes(value)]);
  await step(1);
  assert.deepEqual(written, [[1], [2, 3, 4]]);
  await step(2);
  // A write may take a part only.
  assert.deepEqual(written, [[1], [2, 3, 4], [4]]);
  await step(1);
  assert.equal(outbox.waitingBytes, 0);
  outbox.add([bytes(5)]);
  assert.deepEqual(written.at(-1), [5]);
  await step(1);
});

Deno.test("Outbox has a bound, but takes one message of any length", async () => {
  const { outbox, step } = openOutbox({ limitBytes: 1000 });
  assert.equal(outbox.add([new Uint8Array(5000)]), true);
  assert.equal(outbox.add([bytes(1)]), false);
  await step(5000);
  assert.equal(outbox.add([bytes(1)]), true);
  assert.equal(outbox.add([bytes(1)]), true);
  assert.equal(outbox.add([new Uint8Array(900)]), false);
  await step(1);
  await step(1);
});

Deno.test("Outbox bounds empty pieces, too", async () => {
  const { outbox, step } = openOutbox({ limitBytes: 1000 });
  outbox.add([bytes(1)]);
  let count = 0;
  while (outbox.add([new Uint8Array(0)])) count++;
  assert.ok(count < 10);
  outbox.close();
  await step(1);
});

Deno.test("Outbox.flush() ends when all is written, or with its signal", async () => {
  const { outbox, step } = openOutbox();
  const { signal } = new AbortController();
  await outbox.flush(signal);
  outbox.add([bytes(1)]);
  const aborted = new AbortController();
  const given = outbox.flush(aborted.signal);
  aborted.abort();
  await given;
  const flushed = outbox.flush(signal);
  await step(1);
  await flushed;
});

Deno.test("Outbox tells once that writing failed, and takes no more", async () => {
  const errors: unknown[] = [];
  let writes = 0;
  const outbox = new Outbox({
    write: () => {
      writes++;
      return Promise.reject(new Error("broken"));
    },
    onError: (error) => errors.push(error),
    limitBytes: 1000,
  });
  outbox.add([bytes(1)]);
  outbox.add([bytes(2)]);
  await outbox.flush(new AbortController().signal);
  outbox.add([bytes(3)]);
  assert.deepEqual([errors.length, writes, outbox.waitingBytes], [1, 1, 0]);
});

/** An outbox whose writes end when the test says so. */
function openOutbox({ limitBytes = 1e6 } = {}) {
  const written: number[][] = [];
  let done = Promise.withResolvers<number>();
  const outbox = new Outbox({
    write: (chunk) => {
      written.push([...chunk]);
      return done.promise;
    },
    onError: never,
    limitBytes,
  });
  const step = async (count: number) => {
    const { resolve } = done;
    done = Promise.withResolvers<number>();
    resolve(count);
    for (let turn = 0; turn < 5; turn++) await null;
  };
  return { outbox, written, step };
}

function bytes(...values: number[]): Uint8Array {
  return new Uint8Array(values);
}
