/**
 * The words all processes of Skein share: types and parsers, nothing else.
 * @module
 */
export * from "./copies.ts";
export * from "./jupyter.ts";
export * from "./limits.ts";
export * from "./output.ts";
export * from "./session.ts";
export * from "./session_exit.ts";
