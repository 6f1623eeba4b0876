/**
 * Figures for paper: {@link figureForPrint}.
 *
 * Pure.
 * @module
 */
export { figureForPrint } from "./figure_for_print.ts";
