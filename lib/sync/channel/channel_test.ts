import assert from "node:assert/strict";
import { Barrier } from "../locks/barrier.ts";
import { Channel } from "./channel.ts";
import { ChannelClosedError } from "./channel_turns.ts";
import { Mutex } from "../locks/mutex.ts";
import { releaseAllOf, snapshotLocks } from "../memory/registry.ts";
import type { SharedCounter as Counter } from "../shared_counter.ts";
import { SharedCounter } from "../shared_counter.ts";
import { runThreads, startThread, turn, until } from "../test_threads.ts";

const waitersOf = (channel: Channel<unknown>) =>
  snapshotLocks().find(({ lock }) => lock === channel.name)?.waiters ?? [];

Deno.test("Channel delivers each value once between many threads", async () => {
  const channel = new Channel<number>({ capacity: 64, sizeBytes: 800 });
  const producers = runThreads(
    4,
    async (_sync, channel: Channel<number>, seats: Counter) => {
      const first = (seats.add() - 1) * 10_000;
      for (let i = 0; i < 10_000; i++) {
        if (i % 2) channel.sendSync(first + i);
        else await channel.send(first + i);
      }
    },
    [channel, new SharedCounter()],
  ).then(() => channel.close());
  const received = await runThreads(
    4,
    async (_sync, channel: Channel<number>, seats: Counter) => {
      const values: number[] = [];
      if (seats.add() % 2) {
        for await (const value of channel) values.push(value);
      } else {
        try {
          for (;;) values.push(channel.receiveSync());
        } catch (error) {
          if ((error as Error).name !== "ChannelClosedError") throw error;
        }
      }
      return values;
    },
    [channel, new SharedCounter()],
  );
  await producers;
  for (const values of received) {
    // Of one producer, values come in order.
    const last = [-1, -1, -1, -1];
    for (const value of values) {
      const producer = Math.floor(value / 10_000);
      assert.ok(value > last[producer]!);
      last[producer] = value;
    }
  }
  const all = received.flat().sort((one, other) => one - other);
  assert.equal(all.length, 40_000);
  assert.ok(all.every((value, index) => value === index));
});

Deno.test("Channel carries values from a Worker to the main thread and back", async () => {
  const there = new Channel<{ id: number }>({ capacity: 1 });
  const back = new Channel<string>({ capacity: 1 });
  using thread = startThread(
    "worker 1",
    async (_sync, there: Channel<{ id: number }>, back: Channel<string>) => {
      for await (const { id } of there) await back.send(`got ${id}`);
      back.close();
    },
    [there, back],
  );
  const answers: string[] = [];
  const reading = (async () => {
    for await (const answer of back) answers.push(answer);
  })();
  for (let id = 0; id < 50; id++) await there.send({ id });
  there.close();
  await Promise.all([reading, thread.result]);
  assert.deepEqual(answers, Array.from({ length: 50 }, (_, id) => `got ${id}`));
});

Deno.test("send() waits when the channel is full, as snapshots show", async () => {
  const channel = new Channel<number>({ capacity: 2 });
  await channel.send(1);
  await channel.send(2);
  assert.equal(channel.trySend(3), false);
  let isSent = false;
  const third = channel.send(3, { lane: "sender" }).then(() => isSent = true);
  await turn();
  assert.deepEqual([isSent, channel.length], [false, 2]);
  assert.deepEqual(waitersOf(channel), ["sender"]);
  assert.deepEqual(channel.tryReceive(), { value: 1 });
  await third;
  assert.equal(channel.length, 2);
  assert.deepEqual(waitersOf(channel), []);
});

Deno.test("tasks of one thread send and receive in the order of asking", async () => {
  const channel = new Channel<number>({ capacity: 1 });
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  const sending = numbers.map((number) => channel.send(number));
  const received = await Promise.all(numbers.map(() => channel.receive()));
  await Promise.all(sending);
  assert.deepEqual(received, numbers);

  const receiving = numbers.map(() => channel.receive());
  for (const number of numbers) await channel.send(number);
  assert.deepEqual(await Promise.all(receiving), numbers);
});

Deno.test("close() lets receivers drain, then ends them, and refuses senders", async () => {
  const channel = new Channel<number>({ capacity: 1, name: "jobs" });
  await channel.send(1);
  const late = channel.send(2);
  channel.close();
  await assert.rejects(late, ChannelClosedError);
  await assert.rejects(channel.send(3), {
    name: "ChannelClosedError",
    message: 'Cannot send to "jobs": it is closed, expected an open channel',
  });
  assert.throws(() => channel.trySend(3), ChannelClosedError);
  assert.equal(await channel.receive(), 1);
  await assert.rejects(channel.receive(), ChannelClosedError);
  assert.throws(() => channel.tryReceive(), ChannelClosedError);
  const rest: number[] = [];
  for await (const value of channel) rest.push(value);
  assert.deepEqual(rest, []);
});

Deno.test("close() ends receivers that wait, in other threads too", async () => {
  const channel = new Channel<number>();
  using thread = startThread("worker 1", (_sync, channel: Channel<number>) => {
    try {
      channel.receiveSync();
    } catch (error) {
      return (error as Error).name;
    }
  }, [channel]);
  const here = assert.rejects(channel.receive(), ChannelClosedError);
  await until(() => waitersOf(channel).length === 2);
  channel.close();
  await here;
  assert.equal(await thread.result, "ChannelClosedError");
});

Deno.test("an aborted send sends nothing, an aborted receive takes nothing", async () => {
  const channel = new Channel<number>({ capacity: 1 });
  await assert.rejects(channel.receive({ timeoutMs: 1 }), {
    name: "TimeoutError",
    message:
      /^Cannot receive from "channel \d+": still waiting after 1 ms \(timeoutMs\)$/,
  });
  await channel.send(1);
  const controller = new AbortController();
  const second = channel.send(2, { signal: controller.signal });
  const third = channel.send(3);
  controller.abort();
  await assert.rejects(second, { name: "AbortError" });
  assert.equal(await channel.receive(), 1);
  await third;
  assert.equal(await channel.receive(), 3);
  assert.equal(channel.length, 0);
});

Deno.test("Channel loses no value in a storm of aborts", async () => {
  const channel = new Channel<number>({ capacity: 3 });
  let sent = 0, failed = 0, received = 0;
  const threads = runThreads(2, async (_sync, channel: Channel<number>) => {
    let count = 0;
    for await (const _value of channel) count++;
    return count;
  }, [channel]);
  const abortSoon = (turns: number) => {
    const controller = new AbortController();
    void (async () => {
      for (let i = 0; i < turns; i++) await turn();
      controller.abort();
    })();
    return controller.signal;
  };
  await Promise.all(Array.from({ length: 500 }, async (_, index) => {
    const signal = abortSoon(index % 3);
    if (index % 3 === 0) {
      await channel.receive({ signal }).then(() => received++, () => {});
    } else {
      await channel.send(index, { signal }).then(() => sent++, () => failed++);
    }
  }));
  channel.close();
  for (const count of await threads) received += count;
  assert.equal(received, sent);
  assert.ok(sent > 0 && failed > 0, `${sent} sent, ${failed} not`);
});

Deno.test("Channel copies what structuredClone() copies", async () => {
  const channel = new Channel<unknown>();
  const twice = { a: 1 };
  const match = "abc".match(/b/);
  const circle: unknown[] = [];
  circle.push(circle);
  const values: unknown[] = [
    undefined,
    null,
    true,
    false,
    0,
    -0,
    NaN,
    Infinity,
    1e300,
    "",
    "ä€😀",
    "\ud800",
    "\ufeffx",
    10n,
    [],
    {},
    [1, "2", null],
    { a: { b: [-0] } },
    [undefined],
    new Date(5),
    /x/g,
    new Map([[1, new Set([2])]]),
    new Uint8Array([1, 2, 3]),
    new Float64Array([0.5]),
    new Uint8Array(0),
    [twice, twice],
    match,
    circle,
    { __proto__: null, a: 1 },
    JSON.parse('{"__proto__": 5}'),
    Array.from({ length: 5000 }, (_, i) => ({ i })),
  ];
  for (const value of values) {
    await channel.send(value);
    const copy = await channel.receive();
    assert.deepEqual(copy, structuredClone(value));
    assert.equal(Object.is(copy, -0), Object.is(value, -0));
  }
  await channel.send([twice, twice]);
  const [one, other] = await channel.receive() as unknown[];
  assert.equal(one, other);
  await channel.send(match);
  assert.equal((await channel.receive() as { index?: number }).index, 1);
});

Deno.test("send() refuses what can not be copied, and what is too large", async () => {
  const channel = new Channel<unknown>({ sizeBytes: 10, name: "small" });
  await assert.rejects(
    channel.send(() => 1),
    /Cannot send value: .*could not be cloned/,
  );
  await assert.rejects(
    channel.send({ lock: new Mutex() }),
    /it holds a lock, channel or counter/,
  );
  await assert.rejects(channel.send(new SharedArrayBuffer(8)), TypeError);
  await channel.send("123456789");
  await assert.rejects(channel.send("1234567890"), {
    name: "RangeError",
    message:
      /^Cannot send to "small": the value takes 11 bytes, the channel holds 10;/,
  });
  assert.throws(() => new Channel({ capacity: 0 }), RangeError);
  assert.throws(() => channel.sendSync(1), /this is the main thread/);
  assert.throws(() => channel.receiveSync(), /this is the main thread/);
});

Deno.test("a channel goes on when a thread that waited at it has ended", async () => {
  const channel = new Channel<number>({ capacity: 1 });
  const arrived = new Barrier(2);
  {
    using _thread = startThread(
      "worker 9",
      async (_sync, channel: Channel<number>, arrived: Barrier) => {
        void channel.receive();
        await arrived.wait();
        await new Promise(() => {});
      },
      [channel, arrived],
    );
    await arrived.wait();
    _thread.result.catch(() => {});
  }
  assert.deepEqual(waitersOf(channel), ["worker 9"]);
  assert.equal(releaseAllOf("worker 9"), 0);
  assert.deepEqual(waitersOf(channel), []);
  await channel.send(5);
  assert.equal(await channel.receive({ timeoutMs: 10_000 }), 5);
});
