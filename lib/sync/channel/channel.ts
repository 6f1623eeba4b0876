/**
 * A channel: values from tasks and threads to others, so many at a time.
 *
 * Values are in `byte_ring.ts` as bytes, written by `encode.ts`; who may go on
 * is in `channel_turns.ts`.
 * @module
 */
import { checkOptions, checkWhole } from "../../base/mod.ts";
import { LENGTH_BYTES, push, shift } from "./byte_ring.ts";
import {
  advanceChannel,
  awaitTurn,
  blockTurn,
  canReceive,
  canSend,
  type ChannelAction,
  ChannelClosedError,
  isClosed,
  tryTurn,
} from "./channel_turns.ts";
import { decode, encode } from "./encode.ts";
import type { Gate } from "../memory/gate.ts";
import * as at from "../memory/layout.ts";
import { formOf, openGate, type SyncOptions } from "../memory/open.ts";
import { SHARE, type Shareable, type SharedForm } from "../share.ts";
import {
  type BlockingOptions,
  checkMayBlock,
  type WaitOptions,
} from "../memory/waiting.ts";

/** How much a channel holds. */
export interface ChannelOptions extends SyncOptions {
  /**
   * How many values it holds; who sends one more waits.
   * @default 16
   */
  readonly capacity?: number;
  /**
   * How many bytes its values may take together; no value may be larger.
   * @default 1 MiB
   */
  readonly sizeBytes?: number;
}

/**
 * A bounded queue of values between any number of senders and receivers, in
 * any threads.
 *
 * Each value is received once, as a copy. When the channel is full, senders
 * wait (back-pressure). Values of one sender are received in the order in which
 * they were sent; tasks of one thread take turns in the order in which they
 * asked. Between threads whoever is awake goes first: waking a thread for each
 * value would cost more than the value. Between two Workers a small value takes
 * about 4 to 8 µs with a capacity of 64, 20 to 60 µs with one of 1, and a
 * megabyte 2 ms (measured on 2 cores). All wait meanwhile who use the channel,
 * the main thread too: large data belongs into a shared array.
 *
 * @example One sends, one receives
 * ```ts
 * import assert from "node:assert/strict";
 * const channel = new Channel<number>({ capacity: 2 });
 * async function produce() {
 *   for (const value of [1, 2, 3]) await channel.send(value);
 *   channel.close();
 * }
 * async function consume() {
 *   let sum = 0;
 *   for await (const value of channel) sum += value;
 *   return sum;
 * }
 * const [sum] = await Promise.all([consume(), produce()]);
 * assert.equal(sum, 6);
 * ```
 *
 * @typeParam T The values.
 */
export class Channel<T> implements Shareable, Disposable, AsyncIterable<T> {
  readonly #gate: Gate;
  readonly #ring: Uint8Array<SharedArrayBuffer>;

  /**
   * Makes an empty channel.
   *
   * @param options How much it holds, and its name.
   * @throws {TypeError} If an option has the wrong type, or there is no such option.
   * @throws {RangeError} If a number is outside its limits.
   */
  constructor(options: ChannelOptions = {}) {
    const making = "make a Channel";
    checkOptions(making, options);
    const { capacity = 16, sizeBytes = 2 ** 20 } = options;
    checkWhole([making, "capacity"], capacity, LIMITS);
    checkWhole([making, "sizeBytes"], sizeBytes, LIMITS);
    const { ring } = options as { readonly ring?: SharedArrayBuffer };
    this.#ring = new Uint8Array(
      ring ?? new SharedArrayBuffer(sizeBytes + LENGTH_BYTES),
    );
    const ringBytes = this.#ring.length;
    this.#gate = openGate(options, {
      kind: "Channel",
      capacity,
      names: ["capacity", "sizeBytes"],
      advance: (gate) => advanceChannel(gate, ringBytes),
    });
  }

  /** What it is called. */
  get name(): string {
    return this.#gate.name;
  }

  /** How many values it holds at most. */
  get capacity(): number {
    return this.#gate.words[at.CAPACITY]!;
  }

  /** How many values it holds at this moment. */
  get length(): number {
    return Atomics.load(this.#gate.words, at.COUNT);
  }

  /** Whether it takes no more values. */
  get isClosed(): boolean {
    return isClosed(this.#gate.words);
  }

  /**
   * Sends a value, awaiting that there is room.
   *
   * @param value Whatever `structuredClone()` copies, shared memory excepted.
   * @param options What ends waiting early, and as whom to wait. A send that was ended so sent nothing.
   * @throws {ChannelClosedError} If the channel is closed, or is while waiting.
   * @throws {TypeError} If the value can not be copied.
   * @throws {RangeError} If the value is larger than the channel.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  async send(value: T, options: WaitOptions = {}): Promise<void> {
    await awaitTurn(this.#gate, this.#sending(value), options);
  }

  /**
   * Receives a value, awaiting that there is one.
   *
   * @param options What ends waiting early, and as whom to wait. A receive that was ended so took nothing.
   * @returns The value.
   * @throws {ChannelClosedError} If the channel is closed and empty, or is while waiting.
   * @throws {DOMException | TypeError} As {@link WaitOptions} says.
   */
  async receive(options: WaitOptions = {}): Promise<T> {
    return decode(
      await awaitTurn(this.#gate, this.#receiving(), options),
    ) as T;
  }

  /**
   * Sends a value, blocking the thread until there is room. For Workers.
   *
   * @param value Whatever `structuredClone()` copies, shared memory excepted.
   * @param options How long to wait, and as whom.
   * @throws {TypeError} On the main thread, which must not be blocked; or if the value can not be copied.
   * @throws {Error} If a task of this thread awaits its turn to send.
   * @throws {ChannelClosedError} If the channel is closed, or is while waiting.
   */
  sendSync(value: T, options: BlockingOptions = {}): void {
    const verb = `send to "${this.name}"`;
    checkMayBlock(verb, "send()");
    blockTurn(this.#gate, this.#sending(value), options);
  }

  /**
   * Receives a value, blocking the thread until there is one. For Workers.
   *
   * @param options How long to wait, and as whom.
   * @returns The value.
   * @throws {TypeError} On the main thread, which must not be blocked.
   * @throws {Error} If a task of this thread awaits its turn to receive.
   * @throws {ChannelClosedError} If the channel is closed and empty, or is while waiting.
   */
  receiveSync(options: BlockingOptions = {}): T {
    const action = this.#receiving();
    checkMayBlock(action.verb, "receive()");
    return decode(blockTurn(this.#gate, action, options)) as T;
  }

  /**
   * Sends a value if there is room.
   *
   * @param value Whatever `structuredClone()` copies, shared memory excepted.
   * @returns Whether it was sent.
   * @throws {ChannelClosedError} If the channel is closed.
   */
  trySend(value: T): boolean {
    return tryTurn(this.#gate, this.#sending(value)) !== null;
  }

  /**
   * Receives a value if there is one.
   *
   * @returns The value in an object, or `null`.
   * @throws {ChannelClosedError} If the channel is closed and empty.
   */
  tryReceive(): { readonly value: T } | null {
    const bytes = tryTurn(this.#gate, this.#receiving());
    return bytes === null ? null : { value: decode(bytes) as T };
  }

  /** Takes no more values; those that are in it can still be received. */
  close(): void {
    const gate = this.#gate;
    gate.enter();
    gate.words[at.FLAGS]! |= at.CLOSED;
    for (const queue of [at.QUEUE, at.SENDERS]) {
      while (gate.words[queue] !== 0) gate.call(gate.words[queue]!, at.CALLED);
    }
    gate.leave();
  }

  /** Closes it. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Receives until the channel is closed and empty. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const bytes = await awaitTurn(this.#gate, this.#receiving(), {}).catch(
        (error) => {
          if (error instanceof ChannelClosedError) return null;
          throw error;
        },
      );
      if (bytes === null) return;
      yield decode(bytes) as T;
    }
  }

  /** Gives the form in which it travels to another thread. */
  [SHARE](): SharedForm {
    const { capacity } = this;
    return formOf(this.#gate, { ring: this.#ring.buffer, capacity });
  }

  #sending(value: T): ChannelAction {
    const body = encode(value);
    const verb = `send to "${this.name}"`;
    const size = body.length + LENGTH_BYTES;
    if (size > this.#ring.length) {
      throw new RangeError(
        `Cannot ${verb}: the value takes ${body.length} bytes, the channel holds ` +
          `${
            this.#ring.length - LENGTH_BYTES
          }; give a larger sizeBytes when it is made`,
      );
    }
    return {
      queue: at.SENDERS,
      size,
      verb,
      isReady: (words) => canSend(words, size, this.#ring.length),
      // Nothing is received by sending; any bytes say that it is done.
      act: (words) => (push(words, this.#ring, body), body),
    };
  }

  #receiving(): ChannelAction {
    return {
      queue: at.QUEUE,
      size: 0,
      verb: `receive from "${this.name}"`,
      isReady: canReceive,
      act: (words) => shift(words, this.#ring),
    };
  }
}

const LIMITS = { least: 1, most: 2 ** 30 };
