/**
 * What tracing costs: the same work alone and under `trace()`, by turns.
 *
 * Prints, never asserts: a test that asserts a time fails on a busy machine.
 * @module
 */
import { trace } from "../lib/trace/trace.ts";
import type { Tracer } from "../lib/trace/tracer.ts";
import { printRows, type Row, summarize, type Times } from "./report.ts";

/**
 * Measures and prints what `trace()` costs.
 *
 * Each pair of rows does the same work, timed inside of the traced function, so
 * that opening and closing a trace is a row of its own.
 *
 * @param rounds How often everything is measured.
 */
export async function benchTrace(rounds = 9): Promise<void> {
  const samples = new Map<string, number[]>();
  const add = (name: string, ms: number) =>
    samples.set(name, [...samples.get(name) ?? [], ms]);
  // The first round compiles.
  for (let round = -1; round < rounds; round++) {
    for (const { name, work } of WORKS) {
      const alone = await time(() => work(null));
      const startMs = performance.now();
      const exact = await trace((t) => time(() => work(t)), { cores: false });
      const sampled = await trace((t) => time(() => work(t)));
      const tracedMs = performance.now() - startMs;
      if (round < 0) continue;
      add(`${name}, alone`, alone);
      add(`${name}, traced`, exact.value);
      add(`${name}, traced with cores`, sampled.value);
      add(OPENING, (tracedMs - exact.value - sampled.value) / 2);
    }
  }
  printRows([...samples].map(([name, times]) => toRow(name, times, samples)));
}

function toRow(
  name: string,
  times: readonly number[],
  samples: ReadonlyMap<string, readonly number[]>,
): Row {
  const goal = GOALS.find(([start]) => name.startsWith(start))?.[1];
  const isTraced = name.includes(", traced");
  const base = samples.get(name.replace(/, traced.*/, ", alone"));
  const than: Times | null = isTraced && base ? summarize(base) : null;
  return {
    name,
    summary: summarize(times),
    ...(isTraced && goal ? { goal } : {}),
    ...(than ? { than } : {}),
  };
}

interface Work {
  readonly name: string;
  readonly work: (t: Tracer | null) => Promise<void>;
}

const WORKS: readonly Work[] = [
  {
    name: "computing here",
    work: async () => await Promise.resolve(compute(COMPUTE_STEPS)),
  },
  { name: "two Workers that compute", work: () => computeInWorkers(2) },
  {
    name: "1000 tasks of one await",
    work: async (t) => {
      const job = async () => await null;
      for (let i = 0; i < 1000; i++) {
        await (t === null ? job() : t.task("task", job));
      }
    },
  },
  {
    name: "100 000 awaits",
    work: async () => {
      for (let i = 0; i < 100_000; i++) await null;
    },
  },
];

function compute(steps: number): void {
  let state = 1;
  for (let i = 0; i < steps; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
  }
  if (state === 0.5) {
    throw new Error("Cannot happen: the loop must not be removed");
  }
}

async function computeInWorkers(count: number): Promise<void> {
  const text = `const compute = ${compute};
onmessage = () => { compute(${COMPUTE_STEPS}); postMessage(0); };`;
  const address = `data:text/javascript,${encodeURIComponent(text)}`;
  await Promise.all(Array.from({ length: count }, async () => {
    const worker = new Worker(address, { type: "module" });
    const { promise, resolve } = Promise.withResolvers<void>();
    worker.onmessage = () => resolve();
    worker.postMessage(0);
    await promise;
    worker.terminate();
  }));
}

async function time(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

const OPENING = "opening and closing a trace";
const COMPUTE_STEPS = 100_000_000;
const GOALS: readonly (readonly [name: string, goal: string])[] = [
  ["computing here", "1.03×"],
  ["two Workers", "1.03×"],
  ["1000 tasks", "alone + 5 ms"],
];
