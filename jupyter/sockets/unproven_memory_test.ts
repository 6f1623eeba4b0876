import assert from "node:assert/strict";
import { UnprovenMemory } from "./unproven_memory.ts";

Deno.test("UnprovenMemory drops who has most when all have too much", () => {
  const memory = new UnprovenMemory(100);
  const dropped: string[] = [];
  const peer = (name: string) => ({ drop: () => dropped.push(name) });
  const [a, b, c] = [peer("a"), peer("b"), peer("c")];
  memory.set(a, 50);
  memory.set(b, 40);
  memory.set(c, 10);
  assert.deepEqual(dropped, []);
  memory.set(c, 11);
  assert.deepEqual(dropped, ["a"]);
  memory.set(b, 80);
  assert.deepEqual(dropped, ["a"]);
  memory.set(b, 0);
  memory.set(c, 100);
  assert.deepEqual(dropped, ["a"]);
  memory.set(c, 101);
  assert.deepEqual(dropped, ["a", "c"]);
});
