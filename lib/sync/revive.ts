/**
 * Making locks, channels and counters of what came from another thread.
 * @module
 */
import { Barrier } from "./locks/barrier.ts";
import { Channel } from "./channel/channel.ts";
import { Condition } from "./locks/condition.ts";
import { Mutex } from "./locks/mutex.ts";
import { RwLock } from "./locks/rw_lock.ts";
import { Semaphore } from "./locks/semaphore.ts";
import { fromShared, type SharedForm } from "./share.ts";
import { SharedArray, type SharedArrayType } from "./shared_array.ts";
import { SharedCounter } from "./shared_counter.ts";

/**
 * Makes objects of the forms that `toShared()` made of them, on the other side.
 *
 * Pools do it to the arguments of a task. By hand it is
 * `worker.postMessage(toShared([mutex, 5]))` here, and in the Worker
 * `const [mutex, n] = reviveShared(event.data)`.
 *
 * @example There and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mutex } from "./locks/mutex.ts";
 * import { toShared } from "./share.ts";
 * const mutex = new Mutex();
 * const sent = structuredClone(toShared({ mutex, limit: 5 }));
 * const { mutex: same, limit } = reviveShared(sent) as { mutex: Mutex; limit: number };
 * using _guard = await same.lock();
 * assert.ok(mutex.isLocked && limit === 5);
 * ```
 *
 * @param value What came: a form, or a plain array or object that holds some.
 * @returns The same with objects in place of forms.
 * @throws {TypeError} If a form is of a class that is not known here.
 */
export function reviveShared(value: unknown): unknown {
  return fromShared(value, revive);
}

function revive({ skeinShared, fields }: SharedForm): unknown {
  const make = MAKERS[skeinShared];
  if (make !== undefined) return make(fields);
  throw new TypeError(
    `Cannot revive "${skeinShared}": expected one of ${
      Object.keys(MAKERS).join(", ")
    }`,
  );
}

/** Fields are what the class itself gave; constructors take them as options. */
const MAKERS: Readonly<Record<string, (fields: unknown) => unknown>> = {
  Mutex: (fields) => new Mutex(fields as object),
  RwLock: (fields) => new RwLock(fields as object),
  Semaphore: (fields) =>
    new Semaphore((fields as Semaphore).permits, fields as object),
  Barrier: (fields) =>
    new Barrier((fields as Barrier).parties, fields as object),
  Condition: (fields) =>
    new Condition(
      revive((fields as { mutex: SharedForm }).mutex) as Mutex,
      fields as object,
    ),
  Channel: (fields) => new Channel(fields as object),
  SharedCounter: (fields) => new SharedCounter(fields as object),
  SharedArray: (fields) => {
    const { type, length, memory } = fields as {
      type: SharedArrayType;
      length: number;
      memory: SharedArrayBuffer;
    };
    return new SharedArray(type, length, memory);
  },
};
