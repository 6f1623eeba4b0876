/**
 * What everything in `lib/` stands on: values that show themselves, checks of
 * what is given, the clock, and numbers in words.
 *
 * `statistics/`, `stamp/` and `record/` have doors of their own.
 * @module
 */
export * from "./checks.ts";
export * from "./clock.ts";
export * from "./display.ts";
export * from "./format.ts";
export * from "./late_display.ts";
// Its name only: the other statistics load with who computes some.
export { nameInterval } from "./statistics/order_interval.ts";
