import assert from "node:assert/strict";
import { createRandom, shuffle } from "./random.ts";

Deno.test("createRandom() repeats its numbers for the same seed", () => {
  const [first, second, other] = [
    createRandom(42),
    createRandom(42),
    createRandom(43),
  ];
  const take = (random: () => number) => Array.from({ length: 50 }, random);
  const numbers = take(first);
  assert.deepEqual(numbers, take(second));
  assert.notDeepEqual(numbers, take(other));
  assert.ok(numbers.every((number) => number >= 0 && number < 1));
});

Deno.test("createRandom() fills its range evenly", () => {
  const random = createRandom(1);
  const counts = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 10_000; draw++) {
    const bin = Math.floor(random() * 10);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  // The seed is fixed, so this holds always or never; 30 is one standard deviation.
  assert.ok(
    counts.every((count) => Math.abs(count - 1000) < 150),
    counts.join(" "),
  );
});

Deno.test("shuffle() reaches every order and leaves its input alone", () => {
  const random = createRandom(1);
  const input = [1, 2, 3];
  const orders = new Set<string>();
  for (let round = 0; round < 200; round++) {
    orders.add(shuffle(input, random).join(""));
  }
  assert.equal(orders.size, 6);
  assert.deepEqual(input, [1, 2, 3]);
});
