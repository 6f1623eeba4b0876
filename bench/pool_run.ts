/**
 * Measures pools in this process, and prints the samples as JSON; the one who
 * starts it is `pool.ts`.
 * @module
 */
import { type Arm, RAW, startArms } from "./pool_arms.ts";

const ROUNDS = 15;
const TRIPS = 400;
const WARM_UP_TRIPS = 1500;
const BURSTS = 5;
const BURST = 100_000;

const trips: Record<string, number[]> = {};
const bursts: Record<string, number[]> = {};

const alone = await startArms(1);
for (const arm of alone) await measureTrips(arm, WARM_UP_TRIPS);
for (let round = 0; round < ROUNDS; round++) {
  for (const arm of rotate(alone, round)) {
    (trips[arm.name] ??= []).push(...await measureTrips(arm, TRIPS));
  }
}
for (const { end } of alone) end();

const several = await startArms(navigator.hardwareConcurrency);
for (const arm of several) await measureBurst(arm, BURST / 10);
for (let round = 0; round < BURSTS; round++) {
  for (const arm of rotate(several, round)) {
    (bursts[arm.name] ??= []).push(await measureBurst(arm, BURST));
  }
}

// deno-lint-ignore no-console -- Its one output.
console.log(JSON.stringify({ trips, bursts, raw: RAW }));
// Some libraries leave threads that nothing else can end.
Deno.exit(0);

/** Milliseconds of each task, asked for when the one before is done. */
async function measureTrips(arm: Arm, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const startMs = performance.now();
    check(n, await arm.run(n));
    times.push(performance.now() - startMs);
  }
  return times;
}

/** Milliseconds until all tasks are done that were asked for at once. */
async function measureBurst(arm: Arm, count: number): Promise<number> {
  const startMs = performance.now();
  const results = await Promise.all(
    Array.from({ length: count }, (_, n) => arm.run(n)),
  );
  results.forEach((result, n) => check(n, result));
  return performance.now() - startMs;
}

function check(n: number, result: number): void {
  if (result !== n + 1) throw new Error(`Wrong result of ${n}: ${result}`);
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
