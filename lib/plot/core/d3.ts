/**
 * The parts of d3 that figures use: scales, ticks, lines and areas.
 *
 * They bring no document and no style; numbers in paths have two decimals. Which
 * packages they are of is in `d3_packages.ts`.
 * @module
 */
// @ts-types="./d3_packages.ts"
import { area, line, scaleLinear, scaleLog, ticks } from "./d3_bundle.js";

export { scaleLinear, scaleLog };

/** Round values between two, as many as there is room for and no more. */
export function roundValues(from: number, to: number, most: number): number[] {
  let values = ticks(from, to, most);
  for (let count = most - 1; values.length > most + 1 && count > 0; count--) {
    values = ticks(from, to, count);
  }
  return values;
}

/** A place in pixels, from the upper left corner of a block. */
export type Place = readonly [x: number, y: number];

export function linePath(places: readonly Place[]): string {
  return line<Place>().digits(2)(places as Place[]) ?? "";
}

/** The path around what lies between two lines, both from left to right. */
export function bandPath(
  upper: readonly Place[],
  lower: readonly Place[],
): string {
  const make = area<number>().digits(2)
    .x((index) => upper[index]![0])
    .y0((index) => lower[index]![1])
    .y1((index) => upper[index]![1]);
  return make(upper.map((_, index) => index)) ?? "";
}
