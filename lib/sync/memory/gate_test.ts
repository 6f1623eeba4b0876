import assert from "node:assert/strict";
import { Gate } from "./gate.ts";
import { addLane } from "./lane_table.ts";
import * as at from "./layout.ts";
import { letIn, tryAcquire } from "../locks/permits.ts";
import { knowGate, releaseAllOf, snapshotLocks } from "./registry.ts";
import { enqueue, freeSlot, listSlots, takeSlot } from "./slots.ts";

function makeGate(name: string): Gate {
  const fields = { name, memory: at.createMemory(1, 10) };
  return knowGate(new Gate("Mutex", fields, letIn));
}

Deno.test("releaseAllOf() puts right what a thread left that died inside", () => {
  const gate = makeGate("torn");
  const { words } = gate;
  const dead = addLane(words, "worker 77", 12345).index;
  const alive = gate.placeOf("alive");
  const held = takeSlot(words, dead, 1, at.HELD);
  words[at.AVAILABLE] = 0;
  const waiting = [1, 2, 3].map(() => takeSlot(words, alive, 1, at.FREE));
  for (const slot of waiting) enqueue(words, slot, at.QUEUE);
  // Dies while it is inside, with half of the queue written.
  words[at.INSIDE] = 12345;
  words[at.QUEUE] = waiting[2]!;
  words[at.FREE_SLOT] = held;
  assert.equal(releaseAllOf("worker 77"), 1);
  assert.equal(words[at.INSIDE], 0);
  const found = snapshotLocks().find(({ lock }) => lock === "lock torn");
  assert.deepEqual(found?.holders, ["alive"]);
  assert.deepEqual(found.waiters, ["alive", "alive"]);
  assert.equal(words[waiting[0]! + at.STATE], at.HELD);
  assert.equal(words[waiting[0]! + at.ANSWER], 1, "abandoned");
});

Deno.test("slots are used again, and run out", () => {
  const gate = makeGate("slots");
  const take = () => takeSlot(gate.words, 0, 1, at.HELD);
  const slots = Array.from({ length: 10 }, take);
  assert.equal(new Set(slots).size, 10);
  assert.equal(take(), 0);
  freeSlot(gate.words, slots[3]!);
  assert.equal(listSlots(gate.words).length, 9);
  assert.equal(take(), slots[3]);
});

Deno.test("cancel() takes waiters out from anywhere in the queue", () => {
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]]) {
    const gate = makeGate("queue");
    const { words } = gate;
    const guard = tryAcquire({ gate, weight: 1, verb: "lock" });
    const slots = [1, 2, 3].map(() => takeSlot(words, 0, 1, at.FREE));
    for (const slot of slots) enqueue(words, slot, at.QUEUE);
    for (const index of order) {
      const slot = slots[index]!;
      const ticket = words[slot + at.TICKET]!;
      assert.equal(gate.cancel(slot, ticket), true);
      assert.equal(gate.cancel(slot, ticket), false);
    }
    assert.deepEqual([
      words[at.QUEUE],
      words[at.QUEUE + 1],
      words[at.QUEUE + 2],
    ], [0, 0, 0]);
    guard?.unlock();
    assert.equal(words[at.AVAILABLE], 1);
  }
});
