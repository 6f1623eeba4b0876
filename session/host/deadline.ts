/**
 * A deadline for what a cell defines.
 * @module
 */
import {
  clearTimeout,
  own,
  setTimeout,
  TheError,
  ThePromise,
} from "./intrinsics.ts";

/**
 * Runs something, and gives it up when it takes too long; its code can not be
 * ended from here.
 *
 * @param run What to run.
 * @param timeoutMs How long it may take; not above 0 for ever.
 */
export async function withTimeout(
  run: () => unknown,
  timeoutMs: number,
): Promise<void> {
  if (!(timeoutMs > 0)) {
    await run();
    return;
  }
  let timer: unknown;
  await own(
    new ThePromise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new TheError(`still running after ${timeoutMs} ms`)),
        timeoutMs,
      );
      void settle(run, resolve, reject);
    }),
  );
  clearTimeout(timer as number);
}

async function settle(
  run: () => unknown,
  resolve: () => void,
  reject: (reason: unknown) => void,
): Promise<void> {
  try {
    await run();
    resolve();
  } catch (error) {
    reject(error);
  }
}
