import assert from "node:assert/strict";
import { Queue, type Queued } from "./queue.ts";

type Item = { name: string } & Queued<Item>;

function makeItem(name: string): Item {
  return { name, previous: null, next: null };
}

function drain(queue: Queue<Item>): string {
  let text = "";
  for (let item = queue.shift(); item; item = queue.shift()) text += item.name;
  return text;
}

Deno.test("shift() gives what was pushed, in order, and undefined at the end", () => {
  const queue = new Queue<Item>();
  for (const name of "abc") queue.push(makeItem(name));
  assert.equal(queue.length, 3);
  assert.equal(drain(queue), "abc");
  assert.deepEqual([queue.length, queue.first], [0, null]);
  queue.push(makeItem("d"));
  assert.equal(drain(queue), "d");
});

Deno.test("remove() takes out the first, the last, one between, and the only one", () => {
  for (const [name, rest] of [["a", "bc"], ["b", "ac"], ["c", "ab"]] as const) {
    const queue = new Queue<Item>();
    const items = [..."abc"].map(makeItem);
    for (const item of items) queue.push(item);
    queue.remove(items.find((item) => item.name === name)!);
    assert.equal(queue.length, 2);
    queue.push(makeItem("d"));
    assert.equal(drain(queue), rest + "d");
  }
  const queue = new Queue<Item>();
  const only = makeItem("a");
  queue.push(only);
  queue.remove(only);
  assert.equal(drain(queue), "");
});

Deno.test("unshift() puts back where it stood", () => {
  const queue = new Queue<Item>();
  queue.unshift(makeItem("b"));
  queue.unshift(makeItem("a"));
  queue.push(makeItem("c"));
  assert.equal(drain(queue), "abc");
});
