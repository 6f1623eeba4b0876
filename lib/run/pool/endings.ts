/**
 * What a job is told that did not come to its end.
 *
 * Pure: sentences.
 * @module
 */

/** Says that a thread ended below a job. */
export function endedEarly(
  name: string,
  found: string,
  options?: ErrorOptions,
): Error {
  return new Error(
    `Cannot finish "${name}": ${found}, expected a result`,
    options,
  );
}

/** Says that a job took too long; a `DOMException` as of `AbortSignal.timeout()`. */
export function tookTooLong(name: string, timeoutMs: number): DOMException {
  return new DOMException(
    `Cannot finish "${name}": still running after ${timeoutMs} ms (timeoutMs), so it was stopped`,
    "TimeoutError",
  );
}

export function wasStopped(name: string, by: string): DOMException {
  return new DOMException(
    `Cannot finish "${name}": ${by}, expected a result before`,
    "AbortError",
  );
}

export function cannotSend(name: string, cause: unknown): TypeError {
  const found = (cause instanceof Error ? cause.message : String(cause))
    .replace(/^Cannot copy value: /, "");
  const expected = found.includes(", expected ")
    ? ""
    : ", expected what structuredClone() can copy";
  return new TypeError(
    `Cannot send arguments of "${name}": ${found}${expected}`,
    { cause },
  );
}

export function queueIsFull(pool: string, maxQueue: number): RangeError {
  return new RangeError(
    `Cannot queue a job of ${pool}: queue is full (maxQueue is ${maxQueue}); ` +
      "await results or room() first, use map(), which waits by itself, or raise maxQueue",
  );
}

/** Says why a thread has ended, from the error that it ended with. */
export function explain(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code === "ERR_WORKER_OUT_OF_MEMORY" ? OUT_OF_MEMORY : message;
}

export const OUT_OF_MEMORY = "its thread ran out of memory";
