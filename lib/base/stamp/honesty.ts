/**
 * The circumstances of a measurement, which every figure tells.
 *
 * Pure: types only. `stamp.ts` reads them, `noise.ts` judges them.
 * @module
 */

/** On what machine, how often and how undisturbed something was measured. */
export interface HonestyStamp {
  /** Cores that this process may use by its affinity mask, hyper-threads counted. */
  readonly cores: number;
  /** Cores that a cgroup quota allows; `null` if there is none or it cannot be read. */
  readonly quotaCores: number | null;
  /** Part of all cores that other programs used meanwhile, 0 to 1; `null` if unknown. */
  readonly otherCpuShare: number | null;
  /**
   * Cores that this process had on average: its time on cores divided by the time that passed,
   * child processes not counted; `null` if unknown.
   */
  readonly ownCores?: number | null;
  /** Sentences: which figure is missing, why, and how to get it. */
  readonly missing: readonly string[];
  /** Timed rounds of each model. */
  readonly samples: number;
  /** Operating system, such as `linux`. */
  readonly os: string;
  /** Processor architecture, such as `x86_64`. */
  readonly arch: string;
  /** Version of Deno; empty in Node. */
  readonly deno: string;
  /** Version of Node, if that is what ran it. */
  readonly node?: string;
  /** Version of V8. */
  readonly v8: string;
  /** What makes the figures doubtful, as parts of a sentence; others that had the cores first. */
  readonly noise?: readonly string[];
  /** Whether anything does. */
  readonly noisy: boolean;
}
