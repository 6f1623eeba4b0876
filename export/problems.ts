/**
 * What cells ask for and nobody understands. Pure.
 * @module
 */
import { readDirectives } from "../nbformat/directives/mod.ts";
import type { Document } from "./format.ts";

/**
 * Lists what is wrong with tags, slide types and option lines.
 *
 * @param document The notebook.
 * @returns One sentence each, with the number of the cell.
 */
export function listProblems(document: Document): readonly string[] {
  const found: string[] = [];
  let number = 0;
  for (const cell of document.cells) {
    number += 1;
    for (const problem of readDirectives(cell).problems) {
      found.push(`Cell ${number}: ${problem}`);
    }
  }
  return found;
}
