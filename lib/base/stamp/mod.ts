/**
 * The honesty stamp: on what machine and beside what else something was
 * measured, and whether that makes it doubtful.
 * @module
 */
export type * from "./honesty.ts";
export * from "./noise.ts";
export * from "./own_load.ts";
export {
  type CpuReading,
  finishStamp,
  isDisturbed,
  readOtherShare,
  type StampOptions,
  type StampStart,
  startStamp,
} from "./stamp.ts";
