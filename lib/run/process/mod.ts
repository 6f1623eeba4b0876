/**
 * Subprocesses of Deno: whether there may be any, one for a job, one to talk with.
 * @module
 */
export { type Child, startChild } from "./child.ts";
export { explainNoProcesses } from "./permissions.ts";
export { runInProcess } from "./process.ts";
