/**
 * The words all processes of Skein share: types and parsers, nothing else.
 * @module
 */
export * from "./output.ts";
export * from "./session.ts";
