/**
 * What the threads of a session and its processes do, as Linux counts it; where
 * nothing is counted, there are none.
 *
 * Source: proc(5), `/proc/pid/task/tid/schedstat`, `comm`, `/proc/pid/stat`.
 * Deno calls the threads of Workers `worker-1`, `worker-2`, in the order in
 * which they were made.
 * @module
 */

/** How long something was on a core and ready for one. Units: milliseconds, sums. */
export interface CoreTime {
  readonly runMs: number;
  /** Ready while others had the cores; 0 where it is not counted. */
  readonly readyMs: number;
}

/** A thread of a session that runs code of cells. */
export interface CodeThread extends CoreTime {
  /** Number among the Workers of the process; 0 for the main thread. */
  readonly worker: number;
}

/** Reads the main thread and the Workers of a process. */
export function readCodeThreads(pid: number): CodeThread[] {
  const main = readSchedstat(`/proc/${pid}/task/${pid}/schedstat`);
  if (main === null) return [];
  const threads: CodeThread[] = [{ worker: 0, ...main }];
  for (const tid of listTasks(pid)) {
    if (tid === String(pid)) continue;
    const path = `/proc/${pid}/task/${tid}`;
    const worker = Number(/^worker-(\d+)\n$/.exec(read(`${path}/comm`))?.[1]);
    const time = worker > 0 ? readSchedstat(`${path}/schedstat`) : null;
    if (time !== null) threads.push({ worker, ...time });
  }
  return threads.sort((a, b) => a.worker - b.worker);
}

/** Reads a whole process, with those of its children that have ended. */
export function readProcessTime(pid: number): CoreTime | null {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields.length < CHILD_SYSTEM || fields[0] === "Z") return null;
  const ticks = fields.slice(USER, CHILD_SYSTEM + 1)
    .reduce((sum, text) => sum + Number(text), 0);
  return { runMs: ticks * TICK_MS, readyMs: 0 };
}

function readSchedstat(path: string): CoreTime | null {
  const [run, ready] = read(path).split(" ").map(Number);
  if (run === undefined || ready === undefined) return null;
  return { runMs: run / 1e6, readyMs: ready / 1e6 };
}

function listTasks(pid: number): string[] {
  try {
    return [...Deno.readDirSync(`/proc/${pid}/task`)].map(({ name }) => name);
  } catch {
    // It has gone.
    return [];
  }
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // Not there, or gone meanwhile.
    return "";
  }
}

// Counted from the field behind the name, which is the third.
const USER = 14 - 3;
const CHILD_SYSTEM = 17 - 3;
// The kernel tells in hundredths of a second, whatever its own clock.
const TICK_MS = 10;
