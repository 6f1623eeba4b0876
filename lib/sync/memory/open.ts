/**
 * Opening gates: with new memory, or with memory that came from another thread.
 * @module
 */
import { checkName, checkOptions, checkWhole } from "../../base/mod.ts";
import { type Advance, Gate, type GateFields } from "./gate.ts";
import * as at from "./layout.ts";
import { findGate, knowGate, nextName } from "./registry.ts";
import type { SharedForm } from "../share.ts";

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
  readonly kind: at.SyncKind;
  readonly capacity: number;
  /** Options it has besides those of {@link SyncOptions}. */
  readonly names?: readonly string[];
  /** Lets in whoever can go on after another one has left. @default nobody */
  readonly advance?: Advance;
}

/** Opens a gate. */
export function openGate(
  options: SyncOptions | GateFields,
  { kind, capacity, advance = () => {}, names = [] }: GatePlan,
): Gate {
  const making = `make a ${kind}`;
  checkOptions(making, options);
  if ("memory" in options) {
    return findGate(options.memory) ??
      knowGate(new Gate(kind, options, advance));
  }
  checkOptions(making, options, ["name", "maxWaiters", ...names]);
  const { maxWaiters = DEFAULT_WAITERS } = options;
  checkWhole([making, "maxWaiters"], maxWaiters, WAITERS);
  const { name = nextName(kind.toLowerCase()) } = options;
  checkName([making, "name"], name);
  const memory = at.createMemory(capacity, maxWaiters);
  return knowGate(new Gate(kind, { name, memory }, advance));
}

/** Gives the form with which another thread opens the same gate. */
export function formOf(gate: Gate, more: object = {}): SharedForm {
  // Before the other thread has it: what it does there is part of a running trace.
  gate.touch();
  const { kind, name, words } = gate;
  return { skeinShared: kind, fields: { name, memory: words.buffer, ...more } };
}

/** How many may hold and wait at once, where nobody says. */
export const DEFAULT_WAITERS = 1000;
/** How many these may be. */
export const WAITERS = { least: 1, most: 1_000_000 };
