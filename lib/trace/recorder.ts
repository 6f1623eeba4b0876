/**
 * Collects the spans of one run, counted from the moment it began.
 *
 * The clock is passed in. What a span is stands in `span.ts`; spans are laid
 * out in rows in `lanes.ts`.
 * @module
 */

import { type Clock, systemClock } from "../base/mod.ts";
import type { Span } from "../base/record/mod.ts";

/**
 * Collects spans; it starts when it is made.
 *
 * Units: milliseconds; on the recorder's clock where spans are added, since
 * the recorder's start where they are read.
 */
export class Recorder {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #spans: Span[] = [];

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
    this.#startMs = clock.now();
  }

  nowMs(): number {
    return this.#clock.now();
  }

  add(span: Span): void {
    const { startMs, endMs } = span;
    if (
      !(Number.isFinite(startMs) && Number.isFinite(endMs) && endMs >= startMs)
    ) {
      throw new RangeError(
        `Cannot record span of "${span.lane}": it lasts from ${startMs} to ${endMs} ms, ` +
          `expected an end after the start`,
      );
    }
    this.#spans.push({
      ...span,
      startMs: startMs - this.#startMs,
      endMs: endMs - this.#startMs,
    });
  }

  /** The spans so far, in the order of their starts, counted from the recorder's start. */
  get spans(): readonly Span[] {
    return this.#spans.toSorted((one, other) => one.startMs - other.startMs);
  }
}
