/**
 * Notebooks as tests.
 * @module
 */
export {
  type NotebookTest,
  type NotebookTestOptions,
  testNotebook,
  type TestResult,
} from "./check_notebook.ts";
export { updateOutputs } from "./update.ts";
