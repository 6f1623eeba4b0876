/**
 * Figures for paper: {@link figureForPrint}.
 *
 * Pure.
 * @module
 */
export { drawingForPrint, figureForPrint } from "./figure_for_print.ts";
