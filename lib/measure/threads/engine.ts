/**
 * Asks the system and the pools who lives in this process.
 *
 * What is made of the answers is decided in `living.ts`.
 * @module
 */
import { startStamp } from "../../base/stamp/mod.ts";
import { system } from "../../platform/mod.ts";
import { listPoolThreads } from "../../run/pool/mod.ts";
import { laneOfThread, readThreadId } from "../../trace/mod.ts";
import { explainNoThreads, readThreads } from "../switches/source.ts";
import { checkCall, number } from "../options.ts";
import { finish } from "../scaffold.ts";
import { describeLiving, type Seen, toLiving } from "./living.ts";
import type { LivingThreads, ThreadsOptions } from "./threads.ts";

/** Looks twice, and says what each thread did in between; see `threads()`. */
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
    describe: describeLiving,
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

const WATCH_MS = 100;
