/**
 * What several runs at a time show on a terminal. Pure: facts in, lines out.
 * @module
 */
import { bar } from "./bar.ts";

/** A notebook that runs now. */
export interface RunningNotebook {
  /** Its path. */
  readonly path: string;
  /** The cell that runs, 1-based; 0 before the first. */
  readonly number: number;
  /** How many cells there are; 0 before that is known. */
  readonly total: number;
  /** When it began. Units: milliseconds of one clock. */
  readonly startMs: number;
  /** The first line of the cell that runs. */
  readonly source: string;
}

/** How far all of them are. */
export interface Overall {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/**
 * Draws one line a notebook that runs, and one for all.
 *
 * @param running What runs.
 * @param overall How far all are.
 * @param options The time, and how wide the terminal is.
 */
export function liveLines(
  running: readonly RunningNotebook[],
  { done, failed, total }: Overall,
  { nowMs, columns }: { readonly nowMs: number; readonly columns: number },
): string[] {
  const width = Math.max(0, ...running.map(({ path }) => path.length));
  const lines = running.map((one) => {
    const seconds = ((nowMs - one.startMs) / 1000).toFixed(1).padStart(6);
    // The cell that runs is not done.
    const drawn = bar(Math.max(0, one.number - 1), one.total);
    return `${one.path.padEnd(width)} ${seconds}s ${drawn}  ${one.source}`;
  });
  const all = `${bar(done, total)} notebooks${
    failed === 0 ? "" : `, ${failed} failed`
  }`;
  // A line that wraps would be two, and nobody could go back over it.
  return [...lines, all].map((line) =>
    [...line].slice(0, columns - 1).join("")
  );
}
