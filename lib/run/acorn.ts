/**
 * What is used of acorn: the source of `acorn_bundle.js`, and its types.
 *
 * The bundle is one file and asks for no package: who imports `mod.ts` waits for it.
 * @module
 */
export { parseExpressionAt } from "npm:acorn@8.19.0";
