// Bad input to all that users call: each error names the argument and what is expected.
import assert from "node:assert/strict";
import { pool } from "./pool.ts";
import { process } from "./process.ts";
import { worker } from "./worker.ts";

const add = (a: number, b: number) => a + b;
const bad = (value: unknown) => value as never;
const controller = new AbortController();

Deno.test("pool() names the option that it cannot take, and the range", () => {
  const cases: [unknown, RegExp][] = [
    [
      null,
      /^Cannot make pool: size is null, expected how many threads, or options such as \{ size: 2 \}$/,
    ],
    ["4", /^Cannot make pool: size is "4", expected how many threads, or/],
    [0, /^Cannot make pool: size is 0, expected an integer from 1/],
    [2.5, /^Cannot make pool: size is 2.5, expected an integer from 1/],
    [
      { name: 7 },
      /^Cannot make pool: name is 7, expected a non-empty string$/,
    ],
    [
      { size: 0, name: "mine" },
      /^Cannot make mine: size is 0, expected an integer from 1 to 1024$/,
    ],
    [{ size: 1.5 }, /size is 1.5, expected an integer from 1 to 1024$/],
    [{ size: Infinity }, /size is Infinity, expected an integer from 1/],
    [{ size: "2" }, /size is "2", expected an integer/],
    [{ size: [2] }, /size is an array of 1, expected an integer/],
    [{ maxQueue: -1 }, /maxQueue is -1, expected an integer, 0 or more$/],
    [{ memoryMb: 1 }, /memoryMb is 1, expected an integer from 8 to/],
    [{ memoryMb: 10n }, /memoryMb is 10n, expected an integer from 8 to/],
    [{ batchMs: NaN }, /batchMs is NaN, expected milliseconds, 0 or more$/],
    [{ batchMs: "1" }, /batchMs is "1", expected milliseconds, 0 or more$/],
    [
      { signal: controller },
      /signal is an object \(AbortController\), expected an AbortSignal$/,
    ],
  ];
  for (const [options, message] of cases) {
    assert.throws(() => pool(bad(options)), { message });
  }
});

Deno.test("run() names the argument that it cannot take, and goes on", async () => {
  await using threads = pool({ size: 1 });
  const cases: [unknown[], RegExp][] = [
    [
      [add, 1],
      /^Cannot run "add": args is 1, expected an array of the function's arguments$/,
    ],
    [[add, "12"], /args is "12", expected an array/],
    [[add, null], /args is null, expected an array/],
    [
      [add, { timeoutMs: 1 }],
      /args is an object \(Object\), expected an array/,
    ],
    [[add, [1, 2], 5], /^Cannot run "add": options is 5, expected an object$/],
    [[add, [1, 2], { timeoutMs: -1 }], /timeoutMs is -1, expected millisec/],
    [[add, [1, 2], { timeoutMs: "9" }], /timeoutMs is "9", expected millisec/],
    [[add, [1, 2], { signal: controller }], /signal is .* an AbortSignal$/],
    [
      [add, [1, 2], { transfer: new ArrayBuffer(1) }],
      /transfer is an object \(ArrayBuffer\), expected an array of buffers/,
    ],
    [["add", [1]], /^Cannot run: work is "add", expected a function or/],
    [[null], /^Cannot run: work is null, expected a function or a task$/],
  ];
  await using other = worker(add);
  for (const [args, message] of cases) {
    const [work, ...rest] = args;
    const run = bad(threads.run) as (...args: unknown[]) => Promise<unknown>;
    await assert.rejects(run(work, ...rest), { message });
    const report = bad(threads.runReported) as typeof run;
    await assert.rejects(report(work, ...rest), { message });
    if (work !== add) continue;
    const call = bad(other.run) as typeof run;
    await assert.rejects(call(...rest), { message });
  }
  assert.equal(await threads.run(add, [1, 2]), 3);
  assert.equal(await other(1, 2), 3);
});

Deno.test("run() takes a timeout that is longer than timers are", async () => {
  await using threads = pool({ size: 1 });
  for (const timeoutMs of [Infinity, 2 ** 40]) {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 20, 7));
    assert.equal(await threads.run(slow, [], { timeoutMs }), 7);
  }
});

Deno.test("map() names the argument that it cannot take", async () => {
  await using threads = pool({ size: 1 });
  const twice = (n: number) => 2 * n;
  const cases: [unknown, unknown, RegExp][] = [
    [
      5,
      {},
      /^Cannot map "twice": inputs is 5, expected an array or another iterable$/,
    ],
    [null, {}, /inputs is null, expected an array or another iterable$/],
    [[1], null, /^Cannot map "twice": options is null, expected an object$/],
    [[1], { timeoutMs: -3 }, /timeoutMs is -3, expected milliseconds, 0 or/],
    [[1], { signal: controller }, /signal is .* expected an AbortSignal$/],
  ];
  for (const [inputs, options, message] of cases) {
    await assert.rejects(threads.map(twice, bad(inputs), bad(options)), {
      message,
    });
  }
  assert.deepEqual(await threads.map(twice, [1, 2]), [2, 4]);
});

Deno.test("worker() and process() name the argument that they cannot take", async () => {
  assert.throws(() => worker(add, bad(5)), {
    message: 'Cannot start worker of "add": options is 5, expected an object',
  });
  assert.throws(() => worker(add, { memoryMb: 2 }), {
    message: /^Cannot make worker of add: memoryMb is 2, expected an integer/,
  });
  assert.throws(() => process(add, bad(5)), {
    message: 'Cannot start process of "add": options is 5, expected an object',
  });
  assert.throws(() => process(add, { signal: bad(controller) }), {
    message: /^Cannot start process of "add": signal is .* an AbortSignal$/,
  });
  assert.throws(() => process(bad("ls -l")), {
    message:
      'Cannot start process: command is "ls -l", expected an array of the program and its arguments',
  });
  await using sum = process(add);
  await assert.rejects(sum.run(bad(1)), {
    message:
      'Cannot run "add": args is 1, expected an array of the function\'s arguments',
  });
  await assert.rejects(sum.run([1, 2], { timeoutMs: -1 }), {
    message: /^Cannot run "add": timeoutMs is -1, expected milliseconds/,
  });
});

Deno.test("process() names the part of a command that it cannot take", async () => {
  const cases: [unknown[], unknown, RegExp][] = [
    [[], {}, /^Cannot run command: it is empty, expected a program and its/],
    [
      ["a", 1],
      {},
      /^Cannot run command "a": command\[1\] is 1, expected a string$/,
    ],
    [["a"], 7, /^Cannot run command "a": options is 7, expected an object$/],
    [["a"], { timeoutMs: -1 }, /timeoutMs is -1, expected milliseconds, 0/],
    [["a"], { signal: controller }, /signal is .* expected an AbortSignal$/],
    [["a"], { input: 3 }, /input is 3, expected a string or a Uint8Array$/],
    [["a"], { cwd: 3 }, /cwd is 3, expected a path or a file URL$/],
    [["a"], { env: "A=1" }, /env is "A=1", expected an object of strings$/],
  ];
  for (const [command, options, message] of cases) {
    await assert.rejects(process(bad(command), bad(options)), { message });
  }
});
