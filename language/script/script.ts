/**
 * What a program is made of, and the way to make one without TypeScript until
 * then.
 * @module
 */

import type { Places } from "./imports.ts";

/** A cell of a program. */
export interface ScriptCell {
  /** Which cell of the notebook, 1-based. */
  readonly number: number;
  /** Its source, without option lines. */
  readonly source: string;
  /** Whether it is code that runs; otherwise it becomes a comment. */
  readonly runs: boolean;
  /** Whether the program goes on if it fails. */
  readonly mayFail: boolean;
}

/** A program. */
export interface Script {
  /** Its text. */
  readonly text: string;
  /** Whether it has JSX, so that its file has to end in `.tsx`. */
  readonly isJsx: boolean;
  /** What is not as it was meant: sentences. */
  readonly problems: readonly string[];
}

/**
 * Joins the cells of a notebook to a program that `deno run` runs.
 *
 * Loads TypeScript, and parses in this process.
 *
 * @param cells The cells, top to bottom.
 * @param places Where the program finds modules.
 */
export async function joinCells(
  cells: readonly ScriptCell[],
  places: Places,
): Promise<Script> {
  const { join } = await import("./join.ts");
  return join(cells, places);
}
