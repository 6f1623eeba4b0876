/**
 * Deadlines for tests that wait on another process.
 * @module
 */

/**
 * Waits for a promise, but not for ever.
 *
 * @param promise What is waited for.
 * @param ms The deadline; generous, since it is only met by a defect.
 * @param what Named in the error.
 */
export async function within<T>(
  promise: Promise<T>,
  ms: number,
  what: string,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`Waited ${ms} ms in vain: ${what}`)),
    ms,
  );
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits until processes are gone.
 *
 * Nobody tells us of the end of a process that is not our child, so this asks
 * again and again.
 *
 * @param pids Process ids.
 */
export async function untilGone(...pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    while (isAlive(pid)) {
      if (deadline.aborted) throw new Error(`Process ${pid} is still there`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/**
 * Tells whether a process runs; one that only waits to be buried does not.
 *
 * @param pid Its id.
 */
export function isAlive(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", {
    args: ["-o", "stat=", "-p", String(pid)],
  }).outputSync();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

/** Units: milliseconds. */
export const DEADLINE_MS = 30_000;
