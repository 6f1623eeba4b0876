/**
 * What a recording and a comparison are, and the wire on which parts of the
 * library report to whoever records.
 * @module
 */
export * from "./carve.ts";
export * from "./comparison.ts";
export * from "./core_share.ts";
export type * from "./recording.ts";
export type * from "./span.ts";
export * from "./tap.ts";
