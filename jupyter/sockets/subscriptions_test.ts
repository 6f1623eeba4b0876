import assert from "node:assert/strict";
import { Subscriptions } from "./subscriptions.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("match() takes topics that begin as subscribed", () => {
  const check = (
    topics: readonly string[],
    topic: string,
    expected: boolean,
  ) => {
    const subscriptions = new Subscriptions();
    for (const each of topics) subscriptions.add(bytes(each));
    assert.equal(subscriptions.match(bytes(topic)), expected);
  };
  check([], "a", false);
  check([""], "a", true);
  check([""], "", true);
  check(["a"], "ab", true);
  check(["ab"], "a", false);
  check(["b", "ü"], "übung", true);
});

Deno.test("add() tells what is new, and one remove() ends it", () => {
  const subscriptions = new Subscriptions();
  assert.equal(subscriptions.add(bytes("a")), true);
  assert.equal(subscriptions.add(bytes("a")), false);
  subscriptions.remove(bytes("b"));
  subscriptions.remove(bytes("a"));
  assert.equal(subscriptions.match(bytes("a")), false);
  assert.equal(subscriptions.add(bytes("a")), true);
});

Deno.test("add() has a bound, and remove() makes room", () => {
  const subscriptions = new Subscriptions();
  const topic = (index: number) => bytes(String(index));
  let count = 0;
  assert.throws(() => {
    for (; count < 1e6; count++) subscriptions.add(topic(count));
  }, RangeError);
  const other = new Subscriptions();
  for (let index = 0; index < 1e5; index++) {
    other.add(topic(index));
    other.remove(topic(index));
  }
});
