/**
 * Samples which thread is on which core, from a Worker of its own, and tells which
 * thread is which lane.
 *
 * Linux, and with all permissions, only; elsewhere a sentence says what is missing.
 * What runs inside is in `core_guest.ts`, what is made of it in `core_samples.ts`.
 * @module
 */
import { explainNode } from "../platform/mod.ts";
import { toOwnClockMs } from "../base/mod.ts";
import { type Samples, sampleThreads, type SeenThread } from "./core_guest.ts";
import {
  describeSamples,
  type NamingOptions,
  type SampledThreads,
} from "./core_samples.ts";
import { laneOfThread, readThreadId } from "./thread_name.ts";
import { describeThrown } from "./tracer.ts";
import type { StartedProcess } from "./watched_process.ts";

export interface CoreSampler {
  lookAgain(): void;
  stop(laneOf: NamingOptions["laneOf"]): Promise<SampledThreads>;
}

/** Starts sampling, for `maxMs` at most; if it can not, gives the sentence that says why. */
export async function startCoreSampler(
  sampleMs: number,
  maxMs: number,
): Promise<CoreSampler | string> {
  const inNode = explainNode("Cores are missing");
  if (inNode !== null) return inNode;
  if (Deno.build.os !== "linux") {
    return `Cores are missing: which thread ran where is told by Linux only, this is ${Deno.build.os}`;
  }
  if (readThreadId() === null) {
    return "Cores are missing: /proc is readable only with all permissions, " +
      "run with `skein run --allow-all` to see which thread ran on which core";
  }
  const orders = new SharedArrayBuffer(8);
  const flags = new Int32Array(orders);
  const text = `const sampleThreads = ${sampleThreads};
onmessage = ({ data }) => {
  postMessage("ready");
  try {
    const samples = sampleThreads(data);
    postMessage(samples, [samples.ticksMs.buffer, samples.records.buffer]);
  } catch (error) {
    postMessage(String(error));
  }
  close();
};`;
  const worker = new Worker(
    `data:text/javascript,${encodeURIComponent(text)}`,
    { type: "module", name: "sampler" },
  );
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Samples | string>();
  worker.addEventListener("message", ({ data }) => {
    if (data === "ready") ready.resolve();
    else ended.resolve(data);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    ready.resolve();
    ended.resolve(event.message);
  });
  worker.postMessage({ pid: Deno.pid, sampleMs, maxMs, orders });
  await ready.promise;
  return {
    lookAgain: () => void Atomics.store(flags, 1, 1),
    async stop(laneOf) {
      Atomics.store(flags, 0, 1);
      Atomics.notify(flags, 0);
      const samples = await ended.promise;
      worker.terminate();
      if (typeof samples === "string") {
        throw new Error(`Cannot sample cores: ${samples}, expected readings`);
      }
      return describeSamples({
        ...samples,
        ticksMs: samples.ticksMs.map((ms) => toOwnClockMs(ms, 0)),
      }, { laneOf, cores: navigator.hardwareConcurrency });
    },
  };
}

/** Ends a sampler and gives what it saw; `null` if nothing, and then `missing` says why. */
export async function stopSampler(
  sampler: CoreSampler,
  processes: readonly StartedProcess[],
  missing: string[],
): Promise<SampledThreads | null> {
  const laneByPid = numberLanes(processes);
  const unnumbered = processes.filter(({ pid }) => pid === null);
  // Not always the process's first thread: `deno test` runs on another one.
  const ownTid = readThreadId();
  const laneOf = (thread: SeenThread): string | undefined => {
    if (thread.tid === ownTid) return MAIN;
    if (thread.pid === Deno.pid) return laneOfThread(thread.tid);
    // Deno hides the number of some processes: they are met in the order of starting.
    if (!laneByPid.has(thread.pid)) {
      const next = unnumbered.shift();
      if (next !== undefined) laneByPid.set(thread.pid, next.lane);
    }
    return laneByPid.get(thread.pid);
  };
  try {
    return await sampler.stop(laneOf);
  } catch (error) {
    missing.push(`Cores are missing: ${describeThrown(error)}`);
    return null;
  }
}

/** Lanes of processes whose number is known. */
export function numberLanes(
  processes: readonly StartedProcess[],
): Map<number, string> {
  return new Map(
    processes.flatMap(({ pid, lane }) => pid === null ? [] : [[pid, lane]]),
  );
}

const MAIN = "main";

export function describePrice(
  { ownShare }: SampledThreads,
  sampleMs: number,
): string {
  return `Sampling every ${sampleMs} ms took ${
    (100 * ownShare).toFixed(1)
  } % ` +
    `of one core; it is not drawn.`;
}

export const MAX_SAMPLED_MS = 60_000;
export const SAMPLING_ENDED = `Cores are missing after ${
  MAX_SAMPLED_MS / 1000
} s: sampling ends then`;
