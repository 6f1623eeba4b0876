/**
 * Cells that are modules: not run, but kept for cells that import them. Pure.
 * @module
 */
import { chooseNames, closeFunction, openBody } from "./cell_function.ts";
import type { CellTags } from "./cell_tags.ts";
import { toJavaScript } from "./lower.ts";
import { prepareCell } from "./prepare.ts";
import {
  type CellScript,
  type CellSyntaxError,
  toSyntaxError,
  type TransformOptions,
} from "./transform.ts";

/**
 * Makes the script of a cell that is not run as such: it hands the session the
 * module that the cell is, or, of code for a web page, does nothing.
 *
 * @param source The cell.
 * @param tags What it is for.
 * @param options The cell's name and folder.
 */
export function transformModule(
  source: string,
  { module }: CellTags,
  options: TransformOptions,
): CellScript | CellSyntaxError {
  const prepared = prepareCell(source, options.cells);
  if (prepared.type === "problem") {
    return toSyntaxError(prepared.problem, { text: source, shifts: {} });
  }
  const { text } = toJavaScript(prepared.tree, options.emit ?? {});
  const names = chooseNames("");
  const register = module === null
    ? ""
    : `${names.bindings}.module(${JSON.stringify(module)},${
      // A module even if it says nothing of the kind.
      JSON.stringify(`${text}\nexport {};`)});`;
  return {
    type: "script",
    hoisted: null,
    body: openBody(names) + register + closeFunction(options.name),
    shifts: {},
    declares: [],
    imports: [],
  };
}
