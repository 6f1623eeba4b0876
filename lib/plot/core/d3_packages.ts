/**
 * What is used of d3: the source of `d3_bundle.js`, and its types.
 *
 * The packages open some two hundred files; the bundle is one, and saves the first
 * figure of a session 20 ms of processor time.
 * @module
 */
// @ts-types="npm:@types/d3-array@3.2.2"
export { ticks } from "npm:d3-array@3.2.5";
// @ts-types="npm:@types/d3-scale@4.0.9"
export { scaleLinear, scaleLog } from "npm:d3-scale@4.0.3";
// @ts-types="npm:@types/d3-shape@3.2.0"
export { area, line } from "npm:d3-shape@3.2.1";
