// Bad input to the whole library, as notebooks see it: each row is a call and
// the error that it gives. What measures, traces and shows is in
// `checks_api_values_test.ts`; `lib/run/pool/checks_test.ts` has more of pools.
import assert from "node:assert/strict";
import * as skein from "../../mod.ts";
import { bad, checkRefusals, startNothing } from "./test_refusals.ts";

const add = (n: number) => n + 1;
const controller = new AbortController();
const program = {
  shared: { x: 0 },
  threads: (m: { x: number }) => void m.x++,
};
const inputs = [1];
const CONTROLLER = "signal is an object (AbortController), expected an " +
  "AbortSignal";

Deno.test("locks name the argument that they cannot take", async () => {
  const mutex = new skein.Mutex({ name: "m" });
  const lock = new skein.RwLock({ name: "rw" });
  const permits = new skein.Semaphore(2, { name: "s" });
  const barrier = new skein.Barrier(1, { name: "b" });
  const condition = new skein.Condition(mutex, { name: "c" });
  await checkRefusals(TypeError, [
    [
      () => new skein.Mutex(bad("a")),
      'Cannot make a Mutex: options is "a", expected an object',
    ],
    [
      () => new skein.Mutex(bad({ nmae: "a" })),
      'Cannot make a Mutex: option "nmae" is unknown, expected name or maxWaiters',
    ],
    [
      () => new skein.Mutex({ name: bad(7) }),
      "Cannot make a Mutex: name is 7, expected a non-empty string",
    ],
    [
      () => new skein.RwLock(bad(null)),
      "Cannot make a RwLock: options is null, expected an object",
    ],
    [
      () => new skein.Semaphore(bad(undefined)),
      "Cannot make a Semaphore: permits is undefined, expected an integer from 1 to 1073741824",
    ],
    [
      () => new skein.Barrier(bad("2")),
      'Cannot make a Barrier: parties is "2", expected an integer from 1 to 1000',
    ],
    [
      () => new skein.Condition(bad({})),
      "Cannot make a Condition: mutex is an object (Object), expected a Mutex",
    ],
    [
      () => mutex.lock(bad(controller.signal)),
      'Cannot lock "m": options is an object (AbortSignal), expected an object',
    ],
    [
      () => mutex.lock({ signal: bad(controller) }),
      `Cannot lock "m": ${CONTROLLER}`,
    ],
    [
      () => mutex.lock(bad({ timeout: 5 })),
      'Cannot lock "m": option "timeout" is unknown, expected timeoutMs, lane or signal',
    ],
    [
      () => mutex.tryLock({ lane: bad(1) }),
      'Cannot lock "m": lane is 1, expected a non-empty string',
    ],
    [
      () => mutex.isHeldBy(bad(undefined)),
      'Cannot look at "m": guard is undefined, expected what lock() gave',
    ],
    [
      () => lock.read({ timeoutMs: bad("1") }),
      'Cannot read under "rw": timeoutMs is "1", expected milliseconds, 0 or more',
    ],
    [
      () => permits.acquire(bad({ permit: 1 })),
      'Cannot acquire "s": option "permit" is unknown, expected permits, timeoutMs, lane or signal',
    ],
    [
      () => barrier.wait(bad(3)),
      'Cannot wait at "b": options is 3, expected an object',
    ],
    [
      () => condition.wait(bad(mutex)),
      'Cannot wait for "c": guard is an object (Object), expected what lock() gave',
    ],
    [
      () => condition.waitUntil(bad(null), bad(true)),
      'Cannot wait for "c": isSo is true, expected a function',
    ],
  ]);
  await checkRefusals(RangeError, [
    [
      () => new skein.Mutex({ maxWaiters: 0 }),
      "Cannot make a Mutex: maxWaiters is 0, expected an integer from 1 to 1000000",
    ],
    [
      () => new skein.Barrier(1001),
      "Cannot make a Barrier: parties is 1001, expected an integer from 1 to 1000",
    ],
    [
      () => mutex.lock({ timeoutMs: NaN }),
      'Cannot lock "m": timeoutMs is NaN, expected milliseconds, 0 or more',
    ],
    [
      () => permits.tryAcquire({ permits: 3 }),
      'Cannot acquire "s": permits is 3, expected an integer from 1 to 2',
    ],
    [
      () => condition.notify(-1),
      'Cannot notify "c": count is -1, expected an integer, 0 or more',
    ],
    [
      () => skein.releaseAllOf(""),
      'Cannot release all locks: lane is "", expected a non-empty string',
    ],
  ]);
  assert.equal(mutex.isLocked, false);
  assert.equal(permits.free, 2);
});

Deno.test("what threads share names the argument that it cannot take", async () => {
  const channel = new skein.Channel<number>({ name: "ch" });
  const counter = new skein.SharedCounter();
  const numbers = skein.sharedArray("int8", 3);
  await checkRefusals(TypeError, [
    [
      () => new skein.Channel(bad({ size: 1 })),
      'Cannot make a Channel: option "size" is unknown, expected name, maxWaiters, capacity or sizeBytes',
    ],
    [
      () => channel.send(1, { signal: bad(controller) }),
      `Cannot send to "ch": ${CONTROLLER}`,
    ],
    [
      () => channel.receive(bad(5)),
      'Cannot receive from "ch": options is 5, expected an object',
    ],
    [
      () => new skein.SharedCounter(bad(5)),
      "Cannot make a SharedCounter: options is 5, expected an object",
    ],
    [
      () => counter.add(bad("1")),
      'Cannot add to counter: amount is "1", expected an integer within ±2⁵³',
    ],
    [
      () => numbers.set(0, bad("1")),
      'Cannot use shared array: value is "1", expected a number',
    ],
    [
      () => numbers.update(0, bad(1)),
      "Cannot use shared array: change is 1, expected a function",
    ],
    [
      () => skein.findDeadlock(bad({})),
      "Cannot find deadlock: snapshots is an object (Object), expected an array of snapshots",
    ],
  ]);
  await checkRefusals(RangeError, [
    [
      () => new skein.Channel({ capacity: 1.5 }),
      "Cannot make a Channel: capacity is 1.5, expected an integer from 1 to 1073741824",
    ],
    [
      () => skein.sharedArray(bad("int99"), 1),
      'Cannot make a SharedArray: type is "int99", expected "int8", "uint8", "int16", "uint16", ' +
      '"int32", "uint32", "float32" or "float64"',
    ],
    [
      () => skein.sharedArray("int8", Infinity),
      "Cannot make a SharedArray: length is Infinity, expected an integer from 1 to 1073741824",
    ],
    [
      () => numbers.get(3),
      "Cannot use shared array: index is 3, expected an integer from 0 to 2",
    ],
    [
      () => counter.value = 1.5,
      "Cannot set counter: value is 1.5, expected an integer within ±2⁵³",
    ],
  ]);
  assert.equal(counter.value, 0);
});

Deno.test("what starts work names the argument that it cannot take", async () => {
  await using threads = skein.pool({ size: 1 });
  await checkRefusals(TypeError, [
    [
      () => skein.task(bad(5)),
      "Cannot make a task: fn is 5, expected a function",
    ],
    [
      () => skein.pool(bad({ sise: 1 })),
      'Cannot make pool: option "sise" is unknown, ' +
      "expected size, maxQueue, name, memoryMb, batchMs or signal",
    ],
    [
      () => threads.run(bad(null)),
      "Cannot run: work is null, expected a function or a task",
    ],
    [
      () => threads.run(add, [1], bad({ timeout: 1 })),
      'Cannot run "add": option "timeout" is unknown, expected signal, timeoutMs or transfer',
    ],
    [
      () => threads.map(add, bad(5)),
      'Cannot map "add": inputs is 5, expected an array or another iterable',
    ],
    [
      () => skein.worker(add, bad({ size: 2 })),
      'Cannot start worker of "add": option "size" is unknown, expected signal, name or memoryMb',
    ],
    [
      () => skein.process(add, bad({ timeoutMs: 2 })),
      'Cannot start process of "add": option "timeoutMs" is unknown, expected signal',
    ],
    [
      () => skein.process(["true"], { env: bad({ A: 1 }) }),
      'Cannot run command "true": env.A is 1, expected a string',
    ],
    [
      () => skein.process(bad([5])),
      "Cannot run command: command[0] is 5, expected a non-empty string",
    ],
  ]);
  await checkRefusals(RangeError, [
    [
      () => skein.pool({ size: 0 }),
      "Cannot make pool: size is 0, expected an integer from 1 to 1024",
    ],
    [
      () => threads.run(add, [1], { timeoutMs: NaN }),
      'Cannot run "add": timeoutMs is NaN, expected milliseconds, 0 or more',
    ],
  ]);
});

Deno.test("python() and race() name the argument that they cannot take", async () => {
  const python = "no-such-python";
  await checkRefusals(TypeError, [
    [
      () => skein.python(bad(5), { python }),
      "Cannot run Python code: code is 5, expected a string",
    ],
    [
      () => skein.runPython("1", bad({ timeout: 1 })),
      'Cannot run Python code: option "timeout" is unknown, ' +
      "expected args, python, cwd, env, signal or timeoutMs",
    ],
    [
      () => skein.python("1", { args: bad([1]), python }),
      "Cannot run Python code: args is an array of 1, expected an object of variables by name",
    ],
    [
      () => skein.startPython({ signal: bad(controller), python }),
      `Cannot start Python: ${CONTROLLER}`,
    ],
    [
      () => skein.race(bad(undefined)),
      "Cannot explore program: program is undefined, expected an object",
    ],
    [
      () => skein.race(bad({ ...program, chekc: () => true })),
      'Cannot explore program: option "chekc" is unknown, ' +
      "expected title, shared, threads, copies, check, invariant, observe or outcomes",
    ],
    [
      () => skein.race({ ...program, threads: [bad("a")] }),
      'Cannot explore program: threads[0] is "a", expected a function',
    ],
    [
      () => skein.race(program, { workers: bad("no") }),
      'Cannot explore program: workers is "no", expected true or false',
    ],
    [
      () => skein.race.replay(program, bad(["0"])),
      "Cannot replay schedule: schedule is an array of 1, expected a string",
    ],
  ]);
  await checkRefusals(RangeError, [
    [
      () => skein.python("1", { timeoutMs: -1, python }),
      "Cannot run Python code: timeoutMs is -1, expected milliseconds, 0 or more",
    ],
    [
      () => skein.race({ ...program, copies: 37 }),
      "Cannot explore program: copies is 37, expected an integer from 1 to 36",
    ],
    [
      () => skein.race(program, { maxTurns: 0 }),
      "Cannot explore program: maxTurns is 0, expected an integer, 1 or more",
    ],
  ]);
});

Deno.test("all that take a signal throw its reason when it has aborted before", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  const calls: readonly (() => unknown)[] = [
    () => new skein.Mutex().lock({ signal }),
    () => new skein.RwLock().write({ signal }),
    () => new skein.Semaphore(1).acquire({ signal }),
    () => new skein.Barrier(1).wait({ signal }),
    () => new skein.Channel().send(1, { signal }),
    () => skein.pool({ signal }),
    () => skein.worker(add, { signal }),
    () => skein.process(add, { signal }),
    () => skein.process(["true"], { signal }),
    () => skein.python("1", { signal }),
    () => skein.startPython({ signal }),
    () => skein.race(program, { signal }),
    () => skein.race.replay(program, "", { signal }),
    () => skein.measure(() => 1, { signal }),
    () => skein.compare(add, { inputs, signal }),
    () => skein.scale(add, { signal }),
    () => skein.crossover(add, { sizes: [1, 2], signal }),
    () => skein.spawnCost({ signal }),
    () => skein.messageCost({ signal }),
    () => skein.memory({ signal }),
    () => skein.load(() => 1, { rate: 1, signal }),
    () => skein.trace(() => 1, { signal }),
  ];
  await startNothing(async () => {
    for (const call of calls) {
      await assert.rejects(Promise.try(call), reason, String(call));
    }
  });
});
