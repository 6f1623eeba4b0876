/**
 * What each thread of this process is for and does, from what was read of it.
 *
 * `toLiving()` is pure: readings in, values out.
 * @module
 */
import { startStamp } from "../../base/stamp/mod.ts";
import { system } from "../../platform/mod.ts";
import { listPoolThreads, type PoolThread } from "../../run/pool/mod.ts";
import { laneOfThread, readThreadId } from "../../trace/mod.ts";
import { checkCall, number } from "../options.ts";
import { finish } from "../scaffold.ts";
import {
  explainNoThreads,
  readThreads,
  type ThreadReading,
} from "../switches/counts.ts";
import { COMPUTES, describeThreads } from "./findings.ts";
import type {
  LivingKind,
  LivingThread,
  LivingThreads,
  ThreadsOptions,
} from "./threads.ts";

/** A thread as the system tells of it. */
export interface Seen extends ThreadReading {
  /** One letter: what it does at that moment. Source: proc_pid_stat(5), field 3. */
  readonly state: string;
}

/** All that was read. */
export interface Readings {
  /** At first; empty where the system does not tell. */
  readonly before: readonly Seen[];
  /** At last. */
  readonly after: readonly Seen[];
  /** Time between the two, milliseconds. */
  readonly watchedMs: number;
  /** The system's number of the thread that runs the program. */
  readonly mainId: number | null;
  /** Threads of pools. */
  readonly pools: readonly PoolThread[];
  /** Gives the lane of a thread, by the system's number. */
  readonly laneOf: (id: number) => string | undefined;
}

/** Works out who lives here. */
export function toLiving(readings: Readings): readonly LivingThread[] {
  const { before, after, watchedMs, mainId, pools, laneOf } = readings;
  const first = new Map(before.map((thread) => [thread.tid, thread]));
  const told = new Set<string>();
  const seen = after.map((thread): LivingThread => {
    const lane = laneOf(thread.tid);
    const pool = pools.find((one) => one.lane === lane);
    if (pool !== undefined) told.add(pool.lane);
    const kind = kindOf(thread, mainId, pool !== undefined);
    const earlier = first.get(thread.tid);
    const partOf = (key: "runNs" | "waitNs") =>
      watchedMs === 0 || thread[key] === null
        ? null
        : Math.min(1, (thread[key] - (earlier?.[key] ?? 0)) / 1e6 / watchedMs);
    const onCore = partOf("runNs");
    // The system counts a wait when it is over: a part of it may be from before.
    const ready = partOf("waitNs");
    return {
      id: thread.tid,
      name: kind === "main" ? "main" : lane ?? thread.name,
      kind,
      doing: pool?.doing ?? describeDoing(kind, thread.state, onCore),
      cpuMs: thread.runNs === null ? null : thread.runNs / 1e6,
      onCore,
      ready: ready === null ? null : Math.min(ready, 1 - (onCore ?? 0)),
    };
  });
  const untold = pools.filter(({ lane }) => !told.has(lane)).map((
    { lane, doing },
  ): LivingThread => ({ ...UNKNOWN, name: lane, kind: "pool", doing }));
  const main: LivingThread[] = seen.some(({ kind }) => kind === "main")
    ? []
    : [{ ...UNKNOWN, name: "main", kind: "main", doing: DOING.main }];
  return [...main, ...seen, ...untold].toSorted((one, other) =>
    KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
    NATURAL.compare(one.name, other.name) || (one.id ?? 0) - (other.id ?? 0)
  );
}

function kindOf(
  { tid, name }: Seen,
  mainId: number | null,
  isPool: boolean,
): LivingKind {
  if (tid === mainId) return "main";
  if (isPool) return "pool";
  if (/^worker-\d/.test(name)) return "worker";
  if (name.startsWith("V8 ")) return "V8";
  return /^(tokio|deno|dns|hyper|watchdog)/i.test(name) ? "Deno" : "other";
}

function describeDoing(
  kind: LivingKind,
  state: string,
  onCore: number | null,
): string {
  if (state === "D") return `${DOING[kind]}; waits for a disk`;
  if (onCore === null) return DOING[kind];
  if (onCore >= COMPUTES) return `${DOING[kind]}; computes`;
  return onCore < SLEEPS ? `${DOING[kind]}; waits` : DOING[kind];
}

export async function listThreads(
  options: ThreadsOptions,
): Promise<LivingThreads> {
  const call = {
    purpose: "list threads",
    example: "threads({ watchMs: 500 })",
  };
  checkCall(call, options, { watchMs: number({ least: 0, most: 60_000 }) });
  const { watchMs = WATCH_MS } = options;
  const stamp = await startStamp();
  const missing = await explainNoThreads(
    "Threads of Deno, V8 and new Worker() are missing",
  );
  const read = () => missing === null ? readAll() : [];
  const startMs = performance.now();
  const before = read();
  if (watchMs > 0) {
    await new Promise((resolve) => setTimeout(resolve, watchMs));
  }
  const watchedMs = watchMs > 0 ? performance.now() - startMs : 0;
  const living = toLiving({
    before,
    after: read(),
    watchedMs,
    mainId: missing === null ? readThreadId() : null,
    pools: listPoolThreads(),
    laneOf: laneOfThread,
  });
  return await finish({
    type: "threads" as const,
    title: "Threads of this process",
    threads: living,
    watchedMs,
    missing: missing === null ? [] : [missing],
  }, {
    start: stamp,
    options: { samples: 1, spread: 0, own: null },
    describe: describeThreads,
  });
}

function readAll(): readonly Seen[] {
  return readThreads().map((thread) => ({
    ...thread,
    state: readState(thread.tid),
  }));
}

/** Source: proc_pid_stat(5), the field after the name, which is in parentheses. */
function readState(tid: number): string {
  try {
    const text = system().readTextFileSync(`/proc/self/task/${tid}/stat`);
    return text.slice(text.lastIndexOf(")") + 2)[0] ?? "";
  } catch {
    // It has ended since the list was read.
    return "";
  }
}

const UNKNOWN = { id: null, cpuMs: null, onCore: null, ready: null } as const;
const KINDS: readonly LivingKind[] = [
  "main",
  "pool",
  "worker",
  "V8",
  "Deno",
  "other",
];
const DOING: Readonly<Record<LivingKind, string>> = {
  main: "runs the program",
  pool: "runs jobs",
  worker: "runs a Worker's code",
  V8: "compiles, collects garbage",
  Deno: "files, network, timers",
  other: "not of Deno or V8",
};
const SLEEPS = 0.01;
const NATURAL = new Intl.Collator("en", { numeric: true });
const WATCH_MS = 100;
