/**
 * Which gates a running trace follows.
 *
 * They are kept for as long as the trace's tap is, so that what happened at a
 * lock is not forgotten with the lock.
 * @module
 */
import type { Tap } from "../base/record/mod.ts";
import type { Gate } from "./gate.ts";

/** Notes that a trace follows a gate, and tells it of the gate's lane. */
export function startFollowing(tap: Tap, gate: Gate): void {
  let gates = followed.get(tap);
  if (gates === undefined) followed.set(tap, gates = new Set());
  gates.add(gate);
  const kind = gate.laneId.startsWith("lock ") ? "lock" : "queue";
  tap.lane({ id: gate.laneId, kind });
}

/** Lists the gates that a trace follows. */
export function followedBy(tap: Tap): Iterable<Gate> {
  return followed.get(tap) ?? [];
}

const followed = new WeakMap<Tap, Set<Gate>>();
