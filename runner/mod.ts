/**
 * Running notebooks without a front end.
 * @module
 */
export {
  type CellEnd,
  type CellStart,
  runNotebook,
  type RunOptions,
  type RunResult,
} from "./run.ts";
export { checkLanguage } from "./language.ts";
export { injectParameters } from "./parameters.ts";
