/**
 * The words all processes of Skein share: types and parsers, nothing else.
 * @module
 */
export * from "./jupyter.ts";
export * from "./output.ts";
export * from "./session.ts";
