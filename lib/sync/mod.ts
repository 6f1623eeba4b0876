/**
 * Sharing work: locks, barriers, channels and counters for tasks and threads.
 *
 * All of them live in shared memory, work on the main thread (`await`) and in
 * Workers (`await`, or blocking), and travel into a Worker by `toShared()` and
 * `reviveShared()`. They need `Atomics.waitAsync()`, which Deno 2 and Node 20
 * have.
 * @module
 */
export { type Arrival, Barrier } from "./barrier.ts";
export { Channel, type ChannelOptions } from "./channel.ts";
export { ChannelClosedError } from "./channel_turns.ts";
export { Condition } from "./condition.ts";
export { findDeadlock, type WaitSnapshot } from "./deadlock.ts";
export type { LockGuard } from "./guard.ts";
export { laneName, setLaneName } from "./lane_name.ts";
export type { SyncKind } from "./layout.ts";
export { Mutex } from "./mutex.ts";
export type { SyncOptions } from "./open.ts";
export {
  releaseAllOf,
  snapshotFollowed,
  snapshotLocks,
  type SyncSnapshot,
} from "./registry.ts";
export { reviveShared } from "./revive.ts";
export { RwLock } from "./rw_lock.ts";
export { type PermitOptions, Semaphore } from "./semaphore.ts";
export {
  fromShared,
  holdsShared,
  SHARE,
  type Shareable,
  type SharedForm,
  toShared,
} from "./share.ts";
export {
  SharedArray,
  sharedArray,
  type SharedArrayType,
  type SharedView,
} from "./shared_array.ts";
export { type CounterOptions, SharedCounter } from "./shared_counter.ts";
export { drainSyncEvents } from "./sync_trace.ts";
export type { BlockingOptions, WaitOptions } from "./waiting.ts";
