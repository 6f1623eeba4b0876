/**
 * How a measurement is called, and what is said when that is wrong.
 *
 * Pure, and loads nothing: fronts that check before they load their engine use it.
 * @module
 */

/** How a measurement is called, for errors. */
export interface Call {
  /** What cannot be done, such as `measure the cost of messages`. */
  readonly purpose: string;
  /** A call that is right. */
  readonly example: string;
}

/**
 * Checks how a measurement is called; an error then shows a call that is right.
 * The reason of a signal that has aborted stays as it is.
 */
export function checkCall(
  { example }: Call,
  signal: unknown,
  check: () => void,
): void {
  try {
    check();
  } catch (error) {
    const isOurs = error instanceof TypeError || error instanceof RangeError;
    if (isOurs) error.message += `; example: ${example}`;
    throw error;
  }
  if (signal instanceof AbortSignal) signal.throwIfAborted();
}
