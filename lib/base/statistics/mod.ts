/**
 * Samples and what may be said of them: middle, spread, intervals, shape.
 *
 * Pure; chance comes from a seed.
 * @module
 */
export * from "./autocorrelation.ts";
export * from "./modes.ts";
export * from "./order_interval.ts";
export * from "./outliers.ts";
export * from "./random.ts";
export * from "./shift.ts";
export * from "./stats.ts";
export * from "./student_t.ts";
