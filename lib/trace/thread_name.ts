/**
 * Numbers of lanes, and which thread of the system is which lane, so that cores
 * can be told who ran.
 *
 * Linux numbers threads; only a thread itself can read its number. A pool's
 * thread reads it with `readThreadId()` and tells the main thread, which keeps
 * it here with `nameThread()`, whether or not a trace is running.
 * @module
 */

/**
 * Reads the number that the system gave to this thread.
 *
 * It uses nothing from outside but globals, so its text can be shipped into a
 * Worker. It never asks for a permission.
 */
export function readThreadId(): number | null {
  try {
    if (Deno.build.os !== "linux") return null;
    const permission = { name: "read", path: "/proc/thread-self" } as const;
    if (Deno.permissions.querySync(permission).state !== "granted") return null;
    const number = Number(
      Deno.readLinkSync("/proc/thread-self").split("/").at(-1),
    );
    return Number.isInteger(number) ? number : null;
  } catch {
    // Granted, and yet refused: Deno guards /proc further. Then it is unknown.
    return null;
  }
}

/** Notes which lane a thread is, for all traces from now on; this thread without a number. */
export function nameThread(
  lane: string,
  threadId: number | null = readThreadId(),
): void {
  if (threadId === null) return;
  // Numbers are used again; the newest name is the true one, and stands last.
  lanes.delete(threadId);
  lanes.set(threadId, lane);
  if (lanes.size > MAX_THREADS) lanes.delete(lanes.keys().next().value!);
}

/** Forgets which lane a thread was, as its trace is over. */
export function forgetThread(threadId: number): void {
  lanes.delete(threadId);
}

export function laneOfThread(threadId: number): string | undefined {
  return lanes.get(threadId);
}

const lanes = new Map<number, string>();
const MAX_THREADS = 4096;

/** Takes a number, from 1. */
export function takeLane(): number {
  let number = 1;
  while (taken.has(number)) number++;
  taken.add(number);
  return number;
}

export function freeLane(number: number): void {
  taken.delete(number);
}

export function toLane(number: number): string {
  return `worker ${number}`;
}

const taken = new Set<number>();
