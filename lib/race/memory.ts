/**
 * What a thread of a race sees: its cells, and the few methods beside them.
 *
 * Pure: types only. What each method does is in `machine.ts`.
 * @module
 */
import type { CellValue } from "./operations.ts";

/** Atomic accesses, each one step; a cell of an array is named as in `"list[0]"`. */
export interface RaceAtomics {
  /** Reads a cell. */
  load(cell: string): CellValue;
  /** Writes a cell, and gives the value. */
  store<V extends CellValue>(cell: string, value: V): V;
  /** Adds to a cell, and gives what it was before. */
  add(cell: string, value: number): number;
  /** Subtracts from a cell, and gives what it was before. */
  sub(cell: string, value: number): number;
  /** Keeps the bits that are set in both, and gives what it was before. */
  and(cell: string, value: number): number;
  /** Sets bits, and gives what it was before. */
  or(cell: string, value: number): number;
  /** Flips bits, and gives what it was before. */
  xor(cell: string, value: number): number;
  /** Writes a cell, and gives what it was before. */
  exchange<V extends CellValue>(cell: string, value: V): V;
  /** Writes a cell if it is as expected, and gives what it was before either way. */
  compareExchange<V extends CellValue>(
    cell: string,
    expected: V,
    replacement: V,
  ): V;
}

/** Holds a lock or a permit to the end of the block: `using guard = m.lock("x")`. */
export interface RaceGuard extends Disposable {
  /** Whether it is still held. */
  readonly isHeld: boolean;
  /** Gives it back before the end of the block. */
  unlock(): void;
}

/** What comes with the cells; in async functions, `await` those that may wait. */
export interface RaceMethods {
  /** Atomic accesses. */
  readonly atomics: RaceAtomics;
  /**
   * Takes a lock by its name; waits while another thread holds it, and for ever
   * if this one does. A `Mutex` among the cells is used as in a cell instead:
   * `using guard = await m.gate.lock()`, or `m.gate.lockSync()` in a thread.
   */
  lock(name: string): RaceGuard;
  /** Gives a lock back. */
  unlock(name: string): void;
  /** Takes one off a cell that holds a number; waits while it is 0: a semaphore. */
  acquire(cell: string): RaceGuard;
  /** Adds one to a cell that holds a number: the other half of the semaphore. */
  release(cell: string): void;
  /** Gives a lock back, sleeps until notified, takes the lock again: a condition variable. */
  wait(condition: string, lock: string): void;
  /** Wakes the thread that has waited longest, if there is one. */
  notify(condition: string): void;
  /** Wakes all threads that wait. */
  notifyAll(condition: string): void;
}

/**
 * The memory that the threads of a race share.
 *
 * Each use of a cell, such as `m.x` or `m.list[0]`, is a step; `m.x++` is two.
 *
 * @typeParam S The cells with their values.
 */
export type RaceMemory<S> = S & RaceMethods;
