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
export {
  type Directives,
  type DocumentWishes,
  readDirectives,
  shownOutputs,
  type Visibility,
} from "./directives.ts";
export type { SlideType } from "./slide_types.ts";
export { type CellKey, OutputCollector } from "./output_collector.ts";
export {
  FORMAT_OF,
  TEXT_FORMATS,
  type TextFormatName,
  textFormatOf,
} from "./text/formats.ts";

/** Loads how text notebooks are read and written, which few verbs need. */
export const loadTextNotebooks = async (): Promise<
  typeof import("./text/text.ts")
> => await import("./text/text.ts");

export { stripNotebook } from "./strip.ts";

/** Loads how notebooks are compared. */
export const loadDiff = async (): Promise<
  typeof import("./diff/diff.ts")
> => await import("./diff/diff.ts");
