/**
 * Situations of tracing itself: what it adds, and whether its numbers agree with
 * the system's own.
 * @module
 */
import { pool } from "../../lib/run/pool/pool.ts";
import { trace } from "../../lib/trace.ts";
import type { Recording } from "../../lib/base/record/mod.ts";
import { lookAt, report } from "./look.ts";
import type { Said, Situation } from "./situation.ts";

type Run = () => Promise<unknown>;

/** Takes turns at running something alone and traced, and says how the medians compare. */
async function compareTraced(run: Run, perJob?: number): Promise<Said> {
  const alone: number[] = [];
  const traced: number[] = [];
  const time = async () => {
    const startMs = performance.now();
    await run();
    return performance.now() - startMs;
  };
  for (let round = -1; round < 5; round++) {
    const aloneMs = await time();
    const { value: tracedMs } = await trace(time);
    if (round < 0) continue;
    alone.push(aloneMs);
    traced.push(tracedMs);
  }
  const [aloneMs, tracedMs] = [alone, traced].map(median) as [number, number];
  const addedUs = 1000 * (tracedMs - aloneMs) / (perJob ?? 1);
  const isFine = perJob === undefined
    ? tracedMs < 3 * aloneMs + 1
    : addedUs < 10;
  const told = `alone ${aloneMs} ms, traced ${tracedMs} ms, adds ${addedUs} µs`;
  return report({
    findings: [],
    texts: [`${isFine ? "tracing adds little" : "tracing adds much"}: ${told}`],
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1]!;
}

function large(
  name: string,
  use: (value: unknown) => unknown,
  make: () => {
    readonly args: unknown[];
    readonly transfer?: Transferable[];
  },
): Situation {
  return {
    name: `${name} goes to a traced job`,
    run: async () => {
      await using threads = pool({ size: 1 });
      await threads.ready();
      return await compareTraced(() => {
        const { args, transfer } = make();
        const options = transfer === undefined ? {} : { transfer };
        return threads.run(use as never, args as never, options);
      });
    },
    must: [/tracing adds little/],
  };
}

/** What Linux counted of the threads in which jobs ran: each tells of itself. */
interface Told {
  readonly lane: string;
  readonly cpuMs: number;
}

/** Runs jobs, which read their threads' own time on a core, and holds the recording against that. */
async function holdAgainstProc(
  work: (ms: number) => unknown,
  times: readonly number[],
): Promise<Said> {
  const before: Promise<number>[] = [];
  const readCpu = () =>
    Number(
      Deno.readTextFileSync("/proc/thread-self/schedstat").split(" ")[0],
    ) / 1e6;
  const told: Told[] = [];
  const crew = times.map(() => pool({ size: 1 }));
  for (const one of crew) {
    await one.ready();
    before.push(one.run(readCpu));
  }
  const startedMs = await Promise.all(before);
  const seen = await lookAt(async () => {
    const reports = await Promise.all(
      crew.map((one, i) => one.runReported(work as never, [times[i]] as never)),
    );
    for (const [i, { thread }] of reports.entries()) {
      const cpuMs = await crew[i]!.run(readCpu) - startedMs[i]!;
      told.push({ lane: `worker ${thread}`, cpuMs });
    }
  });
  for (const one of crew) one[Symbol.dispose]();
  return report(
    seen,
    told.map(({ lane, cpuMs }) => {
      const [leastMs, mostMs] = onCore(seen.recording, lane);
      const slackMs = 25 + 0.25 * cpuMs;
      return (cpuMs < leastMs - slackMs || cpuMs > mostMs + slackMs) &&
        `${lane} is told to have had a core for ${leastMs} to ${mostMs} ms, ` +
          `Linux counted ${cpuMs} ms`;
    }),
  );
}

/** At least and at most how long a lane was on a core, as it was told. */
function onCore({ spans }: Recording, lane: string): [number, number] {
  let [leastMs, mostMs] = [0, 0];
  for (const { state, share, startMs, endMs, ...span } of spans) {
    if (span.lane !== lane) continue;
    const lengthMs = endMs - startMs;
    if (state === "running") {
      leastMs += lengthMs;
      mostMs += lengthMs;
    } else if (state === "alive") {
      leastMs += (share ?? 0) * lengthMs;
      mostMs += (share ?? 1) * lengthMs;
    } else if (state !== "waiting" && state !== "blocked") {
      mostMs += lengthMs;
    }
  }
  return [leastMs, mostMs];
}

function compute(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

/** Naps in a call and computes by turns, 10 ms each. */
function both(ms: number): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const endMs = performance.now() + ms;
  while (performance.now() < endMs) {
    const untilMs = performance.now() + 10;
    while (performance.now() < untilMs);
    Atomics.wait(cell, 0, 0, 10);
  }
}

async function napAndCompute(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

const MEGA = 1_000_000;
const IS_LINUX = Deno.build.os === "linux";

/** Tracing. */
export const TRACING: readonly Situation[] = [
  large("an array of 8 MB", (value) => (value as Float64Array).length, () => ({
    args: [new Float64Array(MEGA)],
  })),
  large(
    "a buffer that is moved",
    (value) => (value as ArrayBuffer).byteLength,
    () => {
      const buffer = new ArrayBuffer(8 * MEGA);
      return { args: [buffer], transfer: [buffer] };
    },
  ),
  large(
    "shared memory of 8 MB",
    (value) => (value as Uint8Array).length,
    () => ({
      args: [new Uint8Array(new SharedArrayBuffer(8 * MEGA))],
    }),
  ),
  large(
    "a string of 4 million letters",
    (value) => String(value).length,
    () => ({
      args: ["ä".repeat(4 * MEGA)],
    }),
  ),
  large(
    "a tree of 50,000 objects",
    (value) => (value as unknown[]).length,
    () => ({
      args: [Array.from({ length: 50_000 }, (_, i) => ({ i, name: `n${i}` }))],
    }),
  ),
  large(
    "a number that asks for 8 MB",
    (value) => new Float64Array(value as number),
    () => ({
      args: [MEGA],
    }),
  ),
  {
    name: "ten thousand small jobs are traced",
    run: async () => {
      await using threads = pool({ size: 2 });
      await threads.ready();
      const numbers = Array.from({ length: 10_000 }, (_, n) => n);
      const add = (n: number) => n + 1;
      return await compareTraced(() => threads.map(add, numbers), 10_000);
    },
    must: [/tracing adds little/],
  },
  ...IS_LINUX
    ? [
      {
        name: "jobs compute, and Linux counts them",
        run: () => holdAgainstProc(compute, [150, 100]),
      },
      {
        name: "more jobs compute than there are cores, and Linux counts them",
        run: () => holdAgainstProc(compute, [150, 150, 150, 150]),
      },
      {
        name: "jobs nap in calls and compute by turns, and Linux counts them",
        run: () => holdAgainstProc(both, [300, 300]),
      },
      {
        name: "jobs await a nap and compute then, and Linux counts them",
        run: () => holdAgainstProc(napAndCompute, [100, 100, 100]),
      },
    ]
    : [],
];
