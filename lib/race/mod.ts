/**
 * All schedules of a small program, and real threads that run it freely: the
 * engines of `lib/race.ts` and `lib/stress.ts`, which load this when first used.
 *
 * Figures and the classic litmus tests are imported by themselves: what loads
 * with `mod.ts` of the root must be little.
 * @module
 */
export {
  explore,
  type RaceOptions,
  type ReplayOptions,
  replaySchedule,
} from "./explore.ts";
export { nameKind } from "./findings.ts";
export type {
  RaceAtomics,
  RaceGuard,
  RaceMemory,
  RaceMethods,
} from "./memory.ts";
export type {
  AtomicOperation,
  BlockingOperation,
  CellValue,
  Operation,
} from "./operations.ts";
export type { RaceProgram, RaceThread } from "./program.ts";
export * from "./result.ts";
export { describeRun } from "./words.ts";
export { writeMemory, writeValue } from "./values.ts";
export type * from "./real/classics.ts";
export { describeLitmus } from "./real/findings.ts";
export type * from "./real/result.ts";
export { runLitmus, runStress } from "./real/verdicts.ts";
