/**
 * Which locks, barriers and channels this thread knows, and who is at them.
 *
 * Entries are weak: what nobody refers to any more is gone. Who holds and who
 * waits is read from shared memory, whichever threads they are.
 * @module
 */
import { checkName } from "../../base/mod.ts";
import type { LockSnapshot, Tap } from "../../base/record/mod.ts";
import { followedBy, type Gate } from "./gate.ts";
import { isLaneOf, laneOf, shorten } from "./lane_table.ts";
import { threadTag } from "./lane_name.ts";
import * as at from "./layout.ts";
import { listSlots } from "./slots.ts";

/** Who is at a lock, barrier or channel, at one moment. */
export interface SyncSnapshot extends LockSnapshot {
  /** What it is of. */
  readonly kind: at.SyncKind;
}

/**
 * Tells who holds and who waits, for all that this thread has made or was given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mutex } from "../locks/mutex.ts";
 * const results = new Mutex({ name: "results" });
 * using guard = await results.lock({ lane: "reader" });
 * const found = snapshotLocks().find(({ lock }) => lock === "lock results");
 * assert.deepEqual(found, {
 *   lock: "lock results", kind: "Mutex", capacity: 1, holders: ["reader"], waiters: [],
 * });
 * assert.ok(guard.isHeld);
 * ```
 *
 * @returns One snapshot each, oldest first. They are taken one after the other:
 * what changes meanwhile may be in one and not yet in the next.
 */
export function snapshotLocks(): SyncSnapshot[] {
  return knownGates().map(snapshot);
}

/** As {@link snapshotLocks}, for those that a trace follows, and no others of their names. */
export function snapshotFollowed(tap: Tap): SyncSnapshot[] {
  return [...followedBy(tap)].map(snapshot);
}

/**
 * Frees what a thread that has ended still holds, and takes it out of queues.
 *
 * Who gets such a lock next finds `guard.abandoned` set. Call it only after the
 * thread has really ended: one that lives on would believe that it holds the
 * lock. Pools call it for threads that they end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mutex } from "../locks/mutex.ts";
 * const mutex = new Mutex();
 * await mutex.lock({ lane: "gone" });
 * assert.equal(releaseAllOf("gone"), 1);
 * using guard = await mutex.lock();
 * assert.ok(guard.abandoned);
 * ```
 *
 * @param lane What the thread was called, see `setLaneName()`.
 * @returns How many locks were held and are free now.
 * @throws {TypeError} If the lane is not a string.
 * @throws {RangeError} If it is empty.
 */
export function releaseAllOf(lane: string): number {
  checkName(["release all locks", "lane"], lane);
  let freed = 0;
  for (const gate of knownGates()) freed += releaseAt(gate, lane);
  return freed;
}

/** Takes a gate into the registry. */
export function knowGate(gate: Gate): Gate {
  if (gates.size === 0) tellHost();
  gates.add(new WeakRef(gate));
  pruneSometimes();
  gate.touch();
  return gate;
}

/** Finds this thread's gate to a memory: one memory, one gate. */
export function findGate(memory: SharedArrayBuffer): Gate | undefined {
  const [first, second] = new Int32Array(memory, at.UID * 4, 2);
  return knownGates().find(({ words }) =>
    words[at.UID] === first && words[at.UID + 1] === second
  );
}

/** Lists what this thread knows and somebody still refers to. */
export function knownGates(): Gate[] {
  const alive: Gate[] = [];
  for (const reference of gates) {
    const gate = reference.deref();
    if (gate === undefined) gates.delete(reference);
    else alive.push(gate);
  }
  return alive;
}

/** Counts on for the name of what is given none, such as `mutex 2`. */
export function nextName(word: string): string {
  const count = (counts.get(word) ?? 0) + 1;
  counts.set(word, count);
  return `${word} ${count}`;
}

/** A notebook shows who holds what; asking is up to it. */
function tellHost(): void {
  const host = (globalThis as Record<symbol, unknown>)[TRACK] as
    | { readonly locks?: (list: () => readonly SyncSnapshot[]) => void }
    | undefined;
  host?.locks?.(snapshotLocks);
}

function snapshot(gate: Gate): SyncSnapshot {
  const { words, kind, laneId: lock } = gate;
  gate.look();
  const [holders, waiters] = [at.HELD, at.WAITING].map((state) =>
    listSlots(words, state).map((slot) => laneOf(words, slot))
  );
  gate.leave();
  const capacity = words[at.CAPACITY]!;
  return { lock, kind, capacity, holders: holders!, waiters: waiters! };
}

function releaseAt(gate: Gate, lane: string): number {
  const { words } = gate;
  // A thread may have died inside; only its own number tells.
  const owner = Atomics.load(words, at.INSIDE);
  if (owner !== 0 && isLaneOf(words, lane, Math.abs(owner))) {
    Atomics.compareExchange(words, at.INSIDE, owner, -threadTag());
    gate.repair();
  } else gate.enter();
  let freed = 0;
  // Waiters first, so that nothing is handed to the dead.
  for (const state of [at.WAITING, at.CALLED, at.HELD]) {
    for (const slot of listSlots(words, state)) {
      if (laneOf(words, slot) !== shorten(lane)) continue;
      if (state === at.HELD) freed++;
      gate.abandon(slot);
    }
  }
  gate.leave();
  return freed;
}

/** Looks for what is gone each time the registry has doubled. */
function pruneSometimes(): void {
  if (gates.size < pruneAt) return;
  pruneAt = 2 * Math.max(MIN_PRUNE, knownGates().length);
}

/** Where a notebook's host is; see `lib/platform/host.ts`. */
const TRACK = Symbol.for("Skein.track");
const MIN_PRUNE = 50;
let pruneAt = MIN_PRUNE;
const gates = new Set<WeakRef<Gate>>();
const counts = new Map<string, number>();
