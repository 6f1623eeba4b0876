/**
 * Notebook files: text in, {@link Notebook} values out, and back.
 *
 * Pure: reading and writing files is the caller's.
 * @module
 */
export * from "./notebook.ts";
export { isTooDeep, MAX_DEPTH } from "./depth.ts";
export { parseNotebook, type ParseNotebookOptions } from "./parse.ts";
export { type OpenedNotebook, openNotebook } from "./open.ts";
export { serializeNotebook } from "./serialize.ts";
export type { CellIdMaker, CellWithoutId } from "./cell_ids.ts";
export { type CellKey, OutputCollector } from "./output_collector.ts";
export {
  FORMAT_OF,
  TEXT_FORMATS,
  type TextFormatName,
  textFormatOf,
} from "./text/formats.ts";

/** Loads how text notebooks are read and written, which few verbs need. */
export const loadTextNotebooks = (): Promise<
  typeof import("./text/text.ts")
> => load("./text/text.ts");

export { stripNotebook } from "./strip.ts";

/** Loads how notebooks are compared. */
export const loadDiff = (): Promise<
  typeof import("./diff/diff.ts")
> => load("./diff/diff.ts");

/** Loads a module by a name that Deno does not read, and open, beforehand. */
function load<Module>(name: string): Promise<Module> {
  return import(name);
}
