/**
 * Measures pools in this process, and prints the samples as JSON; the one who
 * starts it is `pool.ts`.
 *
 * All take turns in each round, in another order each time, so that a slow
 * moment hits all alike.
 * @module
 */
import { type Arm, ARMS, type StartedArm } from "./pool_arms.ts";
import type { PoolSamples, Series } from "./pool_samples.ts";

const ROUNDS = 40;
const TRIPS = 150;
const WARM_UP_TRIPS = 1500;
const BURSTS = 3;
const BURST = 100_000;
const WARM_UP_BURST = 5000;
/** Who takes longer for one burst is measured once: all is to be over in two minutes. */
const SLOW_MS = 2000;
/** Who takes longer for the burst that warms up does a part of the tasks only, in its favour. */
const VERY_SLOW_MS = 400;
const PARTS = 5;
const MAX_MS = 20_000;
const MAX_ANSWER_MS = 3000;
/** Some libraries lose their first task now and then. */
const ATTEMPTS = 3;

const verySlow = new Set<StartedArm>();

// Libraries that were given up may still throw, where nobody awaits it.
for (const type of ["error", "unhandledrejection"] as const) {
  globalThis.addEventListener(type, (event) => event.preventDefault());
}

const trips = await measure(1, ROUNDS, async ({ run }, round) => {
  const times: number[] = [];
  const limit = deadline(MAX_MS);
  for (let n = 0; n < (round === 0 ? WARM_UP_TRIPS : TRIPS); n++) {
    const startMs = performance.now();
    check(n, await Promise.race([run(n), limit.reached]));
    times.push(performance.now() - startMs);
  }
  limit.stop();
  return times;
});

const cores = navigator.hardwareConcurrency;
const bursts = await measure(cores, BURSTS, async (arm, round) => {
  const { run } = arm;
  const parts = verySlow.has(arm) ? PARTS : 1;
  const count = round === 0 ? WARM_UP_BURST : BURST / parts;
  const limit = deadline(MAX_MS);
  const startMs = performance.now();
  const all = Promise.all(Array.from({ length: count }, (_, n) => run(n)));
  // If it is too late, nobody waits for them any more.
  all.catch(() => {});
  const results = await Promise.race([all, limit.reached]);
  const ms = performance.now() - startMs;
  limit.stop();
  results.forEach((result, n) => check(n, result));
  if (round === 0 && ms > VERY_SLOW_MS) verySlow.add(arm);
  return [ms * parts];
});

const samples: PoolSamples = { trips, bursts };
// deno-lint-ignore no-console -- Its one output.
console.log(JSON.stringify(samples));
// Some libraries leave threads that nothing else can end.
Deno.exit(0);

/** Measures all, in rounds; the first one warms up, and does not count. */
async function measure(
  threads: number,
  rounds: number,
  measureOne: (arm: StartedArm, round: number) => Promise<number[]>,
): Promise<Series[]> {
  const series = new Map<Arm, Found>();
  const started = new Map<Arm, StartedArm>();
  for (const arm of ARMS) {
    const found = await startAnswering(arm, threads);
    const missing = typeof found === "string" ? found : null;
    if (typeof found !== "string") started.set(arm, found);
    series.set(arm, { times: [], remark: "", missing });
  }
  for (let round = 0; round <= rounds; round++) {
    for (const [arm, running] of rotate([...started], round)) {
      const own = series.get(arm)!;
      try {
        const times = await measureOne(running, round);
        if (round > 0) own.times.push(times);
        if (verySlow.has(running)) {
          own.remark = `${BURST / PARTS / 1000},000 tasks, × ${PARTS}`;
        }
        if (times[0]! < SLOW_MS) continue;
      } catch (error) {
        own.missing = error instanceof Error ? error.message : String(error);
      }
      started.delete(arm);
      end(running);
    }
  }
  for (const running of started.values()) end(running);
  return [...series].map(([{ name }, own]) => ({ name, ...own }));
}

/** Starts an arm and has it do one task; gives the reason if it does not. */
async function startAnswering(
  arm: Arm,
  threads: number,
): Promise<StartedArm | string> {
  let reason = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const limit = deadline(MAX_ANSWER_MS);
    let running: StartedArm | null = null;
    try {
      running = await Promise.race([arm.start(threads), limit.reached]);
      check(1, await Promise.race([running.run(1), limit.reached]));
      return running;
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      reason = `no first result: ${found}`;
      if (running !== null) end(running);
    } finally {
      limit.stop();
    }
  }
  return `${reason}, ${ATTEMPTS} times`;
}

/** Ends its threads, as well as it can. */
function end(running: StartedArm): void {
  void Promise.resolve(running.end()).catch(() => {});
}

interface Found {
  readonly times: number[][];
  remark: string;
  missing: string | null;
}

function deadline(ms: number) {
  const { promise: reached, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting when it is reached.
  reached.catch(() => {});
  const late = () => reject(new Error(`not finished in ${ms / 1000} s`));
  const timer = setTimeout(late, ms);
  return { reached, stop: () => clearTimeout(timer) };
}

function check(n: number, result: number): void {
  if (result !== n + 1) throw new Error(`wrong result of ${n}: ${result}`);
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const start = by % Math.max(1, items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}
