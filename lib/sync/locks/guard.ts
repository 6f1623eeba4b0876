/**
 * The guard of a lock: who has it holds the lock, and gives it back with it.
 * @module
 */
import { refuse } from "../../base/mod.ts";
import type { Gate } from "../memory/gate.ts";
import { ANSWER } from "../memory/layout.ts";

/** @throws {TypeError} If it is no guard. */
export function checkGuard(what: string, guard: unknown): void {
  if (guard instanceof LockGuard) return;
  const expected = "what lock() gave";
  throw new TypeError(refuse([what, "guard"], guard, expected));
}

/** Gives what a guard holds; `null` if it holds nothing any more. */
export let slotOf: (
  guard: LockGuard,
) => { readonly gate: Gate; readonly slot: number } | null;

/** Lets a guard hold what another one holds, of the same lock. */
export let replaceHold: (guard: LockGuard, next: LockGuard) => void;

/**
 * Holds a lock until it is disposed of.
 *
 * @example The lock is free again at the end of the block
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mutex } from "./mutex.ts";
 * const mutex = new Mutex();
 * {
 *   using guard = await mutex.lock();
 *   assert.equal(guard.abandoned, false);
 * }
 * assert.equal(mutex.isLocked, false);
 * ```
 */
export class LockGuard implements Disposable {
  /**
   * Whether an earlier holder ended without giving the lock back: its thread
   * died, or the lock was broken. What the lock guards may be half changed.
   */
  get abandoned(): boolean {
    return this.#abandoned;
  }
  readonly #gate: Gate;
  #slot: number;
  #ticket: number;
  #abandoned: boolean;
  #isHeld = true;

  /** Made by locks only. */
  constructor(gate: Gate, slot: number, ticket: number) {
    this.#gate = gate;
    this.#slot = slot;
    this.#ticket = ticket;
    this.#abandoned = gate.words[slot + ANSWER] === 1;
  }

  /** Whether the lock is still held through this guard. */
  get isHeld(): boolean {
    return this.#isHeld && this.#gate.isOwn(this.#slot, this.#ticket);
  }

  /**
   * Gives the lock back, before the end of the block.
   *
   * @throws {Error} If it was given back before, or the lock was broken meanwhile.
   */
  unlock(): void {
    if (this.#release()) return;
    throw new Error(
      `Cannot unlock "${this.#gate.name}": this guard holds it no more, ` +
        `expected one unlock() a guard and no breakLock() in between`,
    );
  }

  /** Gives the lock back unless that was done. */
  [Symbol.dispose](): void {
    this.#release();
  }

  static {
    slotOf = (guard) =>
      guard.isHeld ? { gate: guard.#gate, slot: guard.#slot } : null;
    replaceHold = (guard, next) => {
      guard.#slot = next.#slot;
      guard.#ticket = next.#ticket;
      guard.#abandoned = next.#abandoned;
      guard.#isHeld = next.#isHeld;
      next.#isHeld = false;
    };
  }

  #release(): boolean {
    if (!this.#isHeld) return false;
    this.#isHeld = false;
    const gate = this.#gate;
    gate.enter();
    const isOwn = gate.isOwn(this.#slot, this.#ticket);
    if (isOwn) {
      gate.note("release", this.#slot);
      gate.remove(this.#slot);
    }
    gate.leave();
    return isOwn;
  }
}
