/**
 * The cells of a notebook as one program that `deno run` runs.
 *
 * - Imports stand at the top, each module once.
 * - A name that several cells declare is declared by the first; the others assign.
 * - What must not run, or can not be read, becomes a comment.
 * - A cell that may fail stands in `try`; one with `using` in a block.
 * - The value of a cell is logged unless it is `undefined`.
 *
 * Pure.
 * @module
 */
import { findNode, ts } from "../typescript.ts";
import { Program } from "./program.ts";
import { findShared, type ReadCell, readCell } from "./read_cell.ts";
import type { Places } from "./imports.ts";
import type { Script, ScriptCell } from "./script.ts";

/**
 * Joins cells.
 *
 * @param cells The cells, top to bottom.
 * @param places Where the program finds modules.
 */
export function join(cells: readonly ScriptCell[], places: Places): Script {
  const parts = cells.map((cell) => readCell(cell, places));
  const code = parts.filter((part) => part.tree !== null) as ReadCell[];
  const problems = parts.flatMap(({ problem }) => problem ?? []);
  const shared = findShared(code);
  const show = freshName("showValue", code);
  const program = new Program(shared, show);
  const texts = parts.map((part) =>
    part.tree === null ? comment(part.text) : program.add(part as ReadCell)
  ).filter((text) => text.trim() !== "");
  return {
    text: [
      ...pragmas(code),
      program.imports(code),
      ...texts,
      ...program.helper(),
    ].filter((text) => text !== "").join("\n\n") + "\n",
    isJsx: code.some(({ tree }) => findNode(tree, isJsx) !== undefined),
    problems: [...problems, ...listForeign(code)],
  };
}

function comment(text: string): string {
  return text.trim() === "" ? "" : text.trim().split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `// ${line}`.trimEnd()).join("\n");
}

/** What a compiler reads in the first comment of a file. */
function pragmas(cells: readonly ReadCell[]): readonly string[] {
  return cells.flatMap(({ tree }) =>
    tree.text.match(/^\s*\/\*\*?\s*@jsx\w*\s[^*]*\*\//)?.[0].trim() ?? []
  ).slice(0, 1);
}

function isJsx(node: ts.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) ||
    ts.isJsxFragment(node);
}

/** A name that no cell uses. */
function freshName(name: string, cells: readonly ReadCell[]): string {
  let fresh = name;
  while (cells.some(({ words }) => words.has(fresh))) fresh += "_";
  return fresh;
}

/** What only a kernel has. */
function listForeign(cells: readonly ReadCell[]): readonly string[] {
  return cells.filter(({ tree }) => /\bDeno\s*\.\s*jupyter\b/.test(tree.text))
    .map(({ cell }) =>
      `Cell ${cell.number} uses Deno.jupyter, which only a kernel has`
    );
}
