/**
 * Subprocesses of Deno: whether there may be any, and one to talk with.
 * @module
 */
export { type Child, startChild } from "./child.ts";
export { explainNoProcesses } from "./permissions.ts";
