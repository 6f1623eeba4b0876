/**
 * What tracing costs: the same work alone and under `trace()`, in blocks that
 * hold each once in random order, so that a slow moment hits all alike.
 *
 * Prints, never asserts: a test that asserts a time fails on a busy machine.
 * @module
 */
import { pool } from "../lib/run/pool/pool.ts";
import {
  bootstrapMedian,
  createRandom,
  median,
  shuffle,
} from "../lib/base/statistics/mod.ts";
import { trace } from "../lib/trace.ts";
import type { Tracer } from "../lib/trace/tracer.ts";

/**
 * Measures and prints what `trace()` costs.
 *
 * Time is taken inside of the traced function, so that opening and closing a
 * trace is a line of its own. Cost is computed in each block; printed are the
 * median of the blocks and the 95 % bootstrap interval of that median.
 *
 * @param blocks How often everything is measured.
 */
export async function benchTrace(blocks = 25): Promise<void> {
  const random = createRandom(1);
  const opening: number[] = [];
  print(`Tracing, ${blocks} blocks each`);
  for (const work of WORKS) {
    const taken: Record<Arm, number[]> = { alone: [], exact: [], cores: [] };
    for (let block = -WARM_UP; block < blocks; block++) {
      for (const arm of shuffle(ARMS, random)) {
        const startMs = performance.now();
        const ms = await RUNS[arm](work.measure);
        const aroundMs = performance.now() - startMs - ms;
        if (block < 0) continue;
        taken[arm].push(ms);
        if (arm === "cores") opening.push(aroundMs);
      }
    }
    printWork(work, taken);
  }
  print(`  opening and closing a trace: ${inMs(median(opening))}`);
}

type Arm = "alone" | "exact" | "cores";

const ARMS: readonly Arm[] = ["alone", "exact", "cores"];

const RUNS: Readonly<
  Record<Arm, (measure: Work["measure"]) => Promise<number>>
> = {
  alone: (measure) => measure(null),
  exact: async (measure) => (await trace(measure, { cores: false })).value,
  cores: async (measure) => (await trace(measure)).value,
};

interface Work {
  readonly name: string;
  readonly goal: string;
  /** What the cost is of, and how much of it there is; a part of the whole if left out. */
  readonly per?: readonly [count: number, unit: string, unitMs: number];
  /** Whether it is told how many times as long it takes, as for what is next to nothing alone. */
  readonly asTimes?: boolean;
  /** Does it once, and tells how many milliseconds it took. */
  readonly measure: (t: Tracer | null) => Promise<number>;
}

// Compiling is over by then.
const WARM_UP = 5;
const TASKS = 2000;
const AWAITS = 100_000;
const STEPS = 40_000_000;
const JOBS = 10_000;
const LARGE_BYTES = 8e6;

const WORKS: readonly Work[] = [
  {
    name: "computing in two Workers",
    goal: "< 3 %",
    measure: async () => {
      const workers = await startWorkers(2);
      const ms = await time(() => askAll(workers));
      for (const worker of workers) worker.terminate();
      return ms;
    },
  },
  {
    name: `${JOBS} jobs of a pool that do next to nothing`,
    goal: "< 10 µs a job",
    per: [JOBS, "µs a job", 0.001],
    measure: async () => {
      await using threads = pool({ size: 2 });
      await threads.ready();
      const numbers = Array.from({ length: JOBS }, (_, n) => n);
      const add = (n: number) => n + 1;
      await threads.map(add, numbers.slice(0, 100));
      return await time(async () => void await threads.map(add, numbers));
    },
  },
  {
    name: "a job of 8 MB there and back",
    goal: "< 3 times",
    asTimes: true,
    measure: async () => {
      await using threads = pool({ size: 1 });
      const send = (bytes: Uint8Array) => bytes;
      await threads.run(send, [new Uint8Array(1)]);
      const bytes = new Uint8Array(LARGE_BYTES);
      return await time(async () => void await threads.run(send, [bytes]));
    },
  },
  {
    name: "computing on the main thread",
    goal: "< 3 %",
    measure: () => time(async () => await Promise.resolve(compute(STEPS))),
  },
  {
    name: "starting two Workers",
    goal: "",
    per: [2, "ms a Worker", 1],
    measure: () =>
      time(async () => {
        for (const worker of await startWorkers(2)) worker.terminate();
      }),
  },
  {
    name: `${TASKS} tasks of one await`,
    goal: "< 5 µs a task",
    per: [TASKS, "µs a task", 0.001],
    measure: (t) =>
      time(async () => {
        const job = async () => await null;
        for (let i = 0; i < TASKS; i++) {
          await (t === null ? job() : t.task("task", job));
        }
      }),
  },
  {
    name: `${AWAITS} awaits, not named`,
    goal: "",
    per: [AWAITS, "µs an await", 0.001],
    measure: () =>
      time(async () => {
        for (let i = 0; i < AWAITS; i++) await null;
      }),
  },
];

function printWork(
  { name, goal, per, asTimes = false }: Work,
  taken: Readonly<Record<Arm, readonly number[]>>,
): void {
  print(`  ${name}: alone ${inMs(median(taken.alone))}`);
  for (const arm of ["exact", "cores"] as const) {
    const costs = taken[arm].map((ms, block) => {
      const aloneMs = taken.alone[block]!;
      if (asTimes) return ms / aloneMs;
      if (per === undefined) return 100 * (ms / aloneMs - 1);
      const [count, , unitMs] = per;
      return (ms - aloneMs) / count / unitMs;
    });
    const { low, high } = bootstrapMedian(costs);
    const interval = `${low.toFixed(2)} to ${high.toFixed(2)}`;
    const promise = goal === "" ? "" : `; goal ${goal}`;
    const said = asTimes
      ? `takes ${median(costs).toFixed(2)} times as long`
      : `adds ${median(costs).toFixed(2)} ${per?.[1] ?? "%"}`;
    print(
      `    ${NAMES[arm]}: ${said} ` +
        `(95 % interval ${interval})${promise}`,
    );
  }
}

const NAMES = { exact: "traced", cores: "traced with cores" } as const;

function compute(steps: number): void {
  let state = 1;
  for (let i = 0; i < steps; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
  }
  if (state === 0.5) {
    throw new Error("Cannot happen: the loop must not be removed");
  }
}

async function startWorkers(count: number): Promise<Worker[]> {
  const text = `const compute = ${compute};
onmessage = () => { compute(${STEPS}); postMessage(0); };
postMessage(0);`;
  const address = `data:text/javascript,${encodeURIComponent(text)}`;
  const workers = Array.from(
    { length: count },
    () => new Worker(address, { type: "module" }),
  );
  await Promise.all(workers.map(hear));
  return workers;
}

async function askAll(workers: readonly Worker[]): Promise<void> {
  const answers = workers.map(hear);
  for (const worker of workers) worker.postMessage(0);
  await Promise.all(answers);
}

function hear(worker: Worker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  return promise;
}

async function time(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function inMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

function print(text: string): void {
  // deno-lint-ignore no-console -- Printing is what this file is for.
  console.log(text);
}
