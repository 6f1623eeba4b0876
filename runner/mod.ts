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
export { type CellTest, readTest, TEST_MESSAGE } from "./cell_tests.ts";
export { inParallel } from "./jobs.ts";
export { type JunitCase, type JunitSuite, writeJunit } from "./junit.ts";
export { checkLanguage } from "./language.ts";
export { injectParameters } from "./parameters.ts";
export { fitParameters, type Typed } from "./parameter_types.ts";
export {
  type CellTimes,
  type ParameterRun,
  withPapermill,
} from "./papermill.ts";
