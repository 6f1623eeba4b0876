/**
 * Sharing work: locks, barriers, channels and counters for tasks and threads.
 *
 * All of them live in shared memory, work on the main thread (`await`) and in
 * Workers (`await`, or blocking), and travel into a Worker by `toShared()` and
 * `reviveShared()`. They need `Atomics.waitAsync()`, which Deno 2 and Node 20
 * have.
 * @module
 */
export { type Arrival, Barrier } from "./locks/barrier.ts";
export { Channel, type ChannelOptions } from "./channel/channel.ts";
export { ChannelClosedError } from "./channel/channel_turns.ts";
export { Condition } from "./locks/condition.ts";
export {
  type DeadlockStep,
  describeCircle,
  describeDeadlock,
  findDeadlock,
  findDeadlocks,
  type WaitSnapshot,
} from "./deadlock.ts";
export type { LockGuard } from "./locks/guard.ts";
export { laneName, setLaneName } from "./memory/lane_name.ts";
export type { SyncKind } from "./memory/layout.ts";
export { Mutex } from "./locks/mutex.ts";
export type { SyncOptions } from "./memory/open.ts";
export {
  releaseAllOf,
  snapshotFollowed,
  snapshotLocks,
  type SyncSnapshot,
} from "./memory/registry.ts";
export { reviveShared } from "./revive.ts";
export { RwLock } from "./locks/rw_lock.ts";
export { type PermitOptions, Semaphore } from "./locks/semaphore.ts";
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
export { drainSyncEvents, UNHEARD } from "./sync_trace.ts";
export {
  type BlockingOptions,
  type WaitOptions,
  wakeSleepers,
} from "./memory/waiting.ts";
