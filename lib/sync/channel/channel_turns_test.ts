import assert from "node:assert/strict";
import {
  advanceChannel,
  awaitTurn,
  type ChannelAction,
  tryTurn,
} from "./channel_turns.ts";
import { Gate } from "../memory/gate.ts";
import * as at from "../memory/layout.ts";
import { turn } from "../test_threads.ts";

const NOTHING = new Uint8Array(0);

/** Two views of one memory: two threads, whose turns a test can order. */
function makeGates(): [here: Gate, there: Gate] {
  const fields = { name: "turns", memory: at.createMemory(1, 10) };
  const make = () =>
    new Gate("Channel", fields, (gate) => advanceChannel(gate, 100));
  return [make(), make()];
}

function makeAction(
  queue: number,
  change: 1 | -1,
  done: () => void = () => {},
): ChannelAction {
  return {
    queue,
    size: 0,
    verb: "act",
    isReady: (words) => words[at.COUNT] === (change === 1 ? 0 : 1),
    act(words) {
      words[at.COUNT]! += change;
      done();
      return NOTHING;
    },
  };
}

const send = makeAction(at.SENDERS, 1);
const receive = makeAction(at.QUEUE, -1);

Deno.test("awaitTurn() notices an abort between being called and going on", async () => {
  const [here, there] = makeGates();
  assert.ok(tryTurn(here, send));
  const controller = new AbortController();
  const waiting = awaitTurn(here, send, { signal: controller.signal });
  assert.ok(tryTurn(here, receive), "calls who waits");
  assert.ok(tryTurn(there, send), "another thread is faster");
  controller.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  assert.equal(here.words[at.SENDERS], 0);
});

Deno.test("awaitTurn() keeps the order of tasks of one thread when others are faster", async () => {
  const [here, there] = makeGates();
  assert.ok(tryTurn(here, send));
  const order: number[] = [];
  const waiting = [1, 2].map((number) =>
    awaitTurn(here, makeAction(at.SENDERS, 1, () => order.push(number)), {})
  );
  assert.ok(tryTurn(here, receive), "calls the first");
  assert.ok(tryTurn(there, send));
  // The first has tried in vain when there is room again; the second is called.
  queueMicrotask(() => assert.ok(tryTurn(there, receive)));
  assert.ok(tryTurn(here, receive), "calls the second");
  assert.ok(tryTurn(there, send));
  for (let i = 0; i < 3; i++) await turn();
  tryTurn(there, receive);
  await Promise.all(waiting);
  assert.deepEqual(order, [1, 2]);
});

Deno.test("awaitTurn() asks again in its old place", async () => {
  const [here, there] = makeGates();
  assert.ok(tryTurn(here, send));
  const first = awaitTurn(here, send, { lane: "first" });
  const second = awaitTurn(there, send, { lane: "second" });
  const firstSlot = here.words[at.SENDERS];
  assert.ok(tryTurn(here, receive));
  assert.ok(tryTurn(makeThird(here), send));
  await turn();
  assert.equal(here.words[at.SENDERS], firstSlot);
  assert.ok(tryTurn(here, receive));
  await first;
  assert.ok(tryTurn(here, receive));
  await second;
});

function makeThird({ words, name }: Gate): Gate {
  const fields = { name, memory: words.buffer };
  return new Gate("Channel", fields, (gate) => advanceChannel(gate, 100));
}
