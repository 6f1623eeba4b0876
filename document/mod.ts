/**
 * The live document behind `skein open`: pure values, operations and merging.
 *
 * Who sends, saves and shows is in `server/` and `page/`.
 * @module
 */
export {
  type BinnedCell,
  type Change,
  type DocumentState,
  type LiveCell,
  openDocument,
  type Operation,
  type Sent,
  toNotebook,
} from "./document.ts";
export {
  type Applied,
  applyOperation,
  changesSince,
  passOver,
  setOutputs,
} from "./apply.ts";
export { parseSent } from "./schema.ts";
export {
  isSame,
  type Merged,
  mergeNotebooks,
  type MergeSides,
} from "./merge.ts";
export { adoptRest, binCopy, listAdoption } from "./adopt.ts";
