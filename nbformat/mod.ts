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
