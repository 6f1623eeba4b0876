/**
 * Opening gates: with new memory, or with memory that came from another thread.
 * @module
 */
import { type Advance, Gate, type GateFields } from "./gate.ts";
import * as at from "./layout.ts";
import { findGate, knowGate, nextName } from "./registry.ts";

/** What all that is shared can be given. */
export interface SyncOptions {
  /**
   * What snapshots, traces and errors call it.
   * @default its kind and a number, such as `mutex 1`
   */
  readonly name?: string;
  /**
   * How many may hold and wait at once; each takes 32 bytes.
   * @default 1000
   */
  readonly maxWaiters?: number;
}

/** What decides how a gate works. */
export interface GatePlan {
  /** What it is of. */
  readonly kind: at.SyncKind;
  /** What it is called by default, with a number. */
  readonly word: string;
  /** Permits, parties or places. */
  readonly capacity: number;
  /** Lets in whoever can go on after another one has left. */
  readonly advance: Advance;
}

/**
 * Opens a gate.
 *
 * @param options What the user gave, or the fields that another thread sent.
 * @throws {RangeError} If a number is outside its limits.
 */
export function openGate(
  options: SyncOptions | GateFields,
  { kind, word, capacity, advance }: GatePlan,
): Gate {
  if (hasMemory(options)) {
    return findGate(options.memory) ??
      knowGate(new Gate(kind, options, advance));
  }
  const { name = nextName(word), maxWaiters = DEFAULT_WAITERS } = options;
  checkCount(maxWaiters, `make ${word}`, "maxWaiters", MAX_WAITERS);
  const memory = at.createMemory(capacity, maxWaiters);
  return knowGate(new Gate(kind, { name, memory }, advance));
}

/** Gives the fields with which another thread opens the same gate. */
export function fieldsOf(gate: Gate): GateFields {
  // Before the other thread has it: what it does there is part of a running trace.
  gate.touch();
  const { name, words } = gate;
  return { name, memory: words.buffer };
}

/**
 * Checks a count.
 *
 * @throws {RangeError} If it is no whole number from 1 to the largest allowed.
 */
export function checkCount(
  count: number,
  verb: string,
  what: string,
  max: number,
): void {
  if (Number.isInteger(count) && count >= 1 && count <= max) return;
  throw new RangeError(
    `Cannot ${verb}: ${what} is ${count}, expected a whole number from 1 to ${max}`,
  );
}

function hasMemory(options: SyncOptions | GateFields): options is GateFields {
  return "memory" in options;
}

const DEFAULT_WAITERS = 1000;
const MAX_WAITERS = 1_000_000;
