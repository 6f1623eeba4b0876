/**
 * What stands in a student's notebook where the solution was, by language. Pure.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";

/**
 * Gives the lines that take the place of a solution.
 *
 * @param cell The cell.
 * @param language What its notebook is written in.
 */
export function stubFor(
  { cell_type }: Pick<Cell, "cell_type">,
  language: string,
): readonly string[] {
  if (cell_type !== "code") return ["YOUR ANSWER HERE"];
  return CODE[language.toLowerCase()] ?? CODE.typescript!;
}

/**
 * Tells what a notebook is written in.
 *
 * @param notebook The notebook.
 */
export function languageOf({ metadata }: Pick<Notebook, "metadata">): string {
  const { kernelspec, language_info } = metadata as {
    readonly kernelspec?: { readonly language?: unknown };
    readonly language_info?: { readonly name?: unknown };
  };
  const found = kernelspec?.language ?? language_info?.name;
  return typeof found === "string" ? found : "typescript";
}

const SCRIPT = ["// YOUR CODE HERE", 'throw new Error("not implemented");'];
/** What throws, so that nothing that was not written gives a point. */
const CODE: Readonly<Record<string, readonly string[]>> = {
  typescript: SCRIPT,
  javascript: SCRIPT,
  tsx: SCRIPT,
  jsx: SCRIPT,
  python: ["# YOUR CODE HERE", "raise NotImplementedError()"],
  r: ["# YOUR CODE HERE", "fail()"],
};
