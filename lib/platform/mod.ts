/**
 * What we run on: Deno or Node, and the notebook around us, asked here only.
 *
 * Node's stand-in is put in place by `node.ts`, the entry of the npm package.
 * @module
 */
export * from "./host.ts";
export * from "./system.ts";
export * from "./worker.ts";
