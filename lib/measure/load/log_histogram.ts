/**
 * A histogram of durations whose buckets grow with the duration.
 *
 * Each bucket is about 1.1 % wide, whatever its place, so a quantile is off by
 * half of that at most, and a million durations need no more room than a
 * thousand. Pure, but for what it has counted.
 * @module
 */

/** One bucket that holds something. Units: those of what was added. */
export interface Bucket {
  /** Its lower edge. */
  readonly from: number;
  /** Its upper edge. */
  readonly to: number;
  /** How many values it holds. */
  readonly count: number;
}

/** Counts values in buckets that grow with the value. */
export class LogHistogram {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** How many values were added. */
  get count(): number {
    return this.#count;
  }

  /** Their mean, exact; 0 if there are none. */
  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  /** The largest, exact; 0 if there are none. */
  get max(): number {
    return this.#count === 0 ? 0 : this.#max;
  }

  /**
   * Adds a value.
   *
   * @param value A finite number; what is below a millionth counts as that.
   * @throws {RangeError} If it is not finite.
   */
  add(value: number): void {
    if (!Number.isFinite(value)) {
      throw new RangeError(
        `Cannot count value: ${value} found, expected a finite number`,
      );
    }
    const index = Math.floor(
      Math.log2(Math.max(value, SMALLEST)) * BUCKETS_PER_DOUBLING,
    );
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + 1);
    this.#count++;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /**
   * Finds the value that a given part of the values does not exceed.
   *
   * @param part From 0 to 1.
   * @returns The middle of its bucket, within the smallest and largest value; 0 if there are none.
   */
  quantile(part: number): number {
    let left = Math.max(1, Math.ceil(part * this.#count));
    if (left >= this.#count) return this.max;
    for (const { from, to, count } of this.buckets()) {
      left -= count;
      if (left > 0) continue;
      const middle = Math.sqrt(from * to);
      return Math.min(this.#max, Math.max(this.#min, middle));
    }
    return this.max;
  }

  /** Lists the buckets that hold something, smallest first. */
  buckets(): readonly Bucket[] {
    return [...this.#counts].sort(([one], [other]) => one - other)
      .map(([index, count]) => ({
        from: 2 ** (index / BUCKETS_PER_DOUBLING),
        to: 2 ** ((index + 1) / BUCKETS_PER_DOUBLING),
        count,
      }));
  }
}

const BUCKETS_PER_DOUBLING = 64;
// A nanosecond, where values are milliseconds.
const SMALLEST = 1e-6;
