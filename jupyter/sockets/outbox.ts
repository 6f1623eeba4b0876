/**
 * What waits to be written to one connection: in order, bounded, one write at
 * a time.
 *
 * Pieces are put together while a write is under way, so many small messages
 * become few writes; a single one goes out at once.
 * @module
 */
import { concat } from "../wire/multipart.ts";

/** How an outbox writes, and how much it holds. */
export interface OutboxOptions {
  /** Writes some of the bytes; resolves to how many. */
  readonly write: (bytes: Uint8Array) => Promise<number>;
  /** Is told that writing failed; nothing is written any more. */
  readonly onError: (error: unknown) => void;
  /** How much may wait, in bytes. A message alone may be longer. */
  readonly limitBytes: number;
}

/** What waits to be written to one connection. */
export class Outbox {
  readonly #options: OutboxOptions;
  #pieces: Uint8Array[] = [];
  /** Index of the first piece that waits: shifting a long array is slow. */
  #first = 0;
  #waitingBytes = 0;
  #isWriting = false;
  #written: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** @param options How it writes, and how much it holds. */
  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** How much waits, in bytes, the cost of keeping it included. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /**
   * Adds a message.
   *
   * @param pieces Its pieces; not to be changed until they are written.
   * @returns Whether there was room.
   */
  add(pieces: readonly Uint8Array[]): boolean {
    if (this.#isClosed) return true;
    let cost = 0;
    for (const piece of pieces) cost += piece.length + PIECE_COST_BYTES;
    const isTooMuch = this.#waitingBytes + cost > this.#options.limitBytes;
    if (this.#waitingBytes > 0 && isTooMuch) return false;
    this.#waitingBytes += cost;
    for (const piece of pieces) this.#pieces.push(piece);
    if (!this.#isWriting) this.#written = this.#writeAll();
    return true;
  }

  /**
   * Waits until all is written, writing failed, or the signal is aborted.
   *
   * @param signal Ends the wait.
   */
  async flush(signal: AbortSignal): Promise<void> {
    if (!this.#isWriting || signal.aborted) return;
    const aborted = Promise.withResolvers<void>();
    const abort = () => aborted.resolve();
    signal.addEventListener("abort", abort);
    await Promise.race([this.#written, aborted.promise]);
    signal.removeEventListener("abort", abort);
  }

  /** Forgets what waits and takes no more. */
  close(): void {
    this.#isClosed = true;
    this.#pieces = [];
    this.#first = 0;
    this.#waitingBytes = 0;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#first < this.#pieces.length) {
        const { bytes, cost } = this.#take();
        for (let at = 0; at < bytes.length && !this.#isClosed;) {
          at += await this.#options.write(
            at === 0 ? bytes : bytes.subarray(at),
          );
        }
        if (!this.#isClosed) this.#waitingBytes -= cost;
      }
    } catch (error) {
      this.close();
      this.#options.onError(error);
    } finally {
      this.#isWriting = false;
    }
  }

  /** Takes a long piece, or as many small ones as make a good write. */
  #take(): { readonly bytes: Uint8Array; readonly cost: number } {
    const from = this.#first;
    let total = 0;
    do total += this.#pieces[this.#first++]!.length; while (
      this.#first < this.#pieces.length &&
      total + this.#pieces[this.#first]!.length <= WRITE_BYTES
    );
    const bytes = concat(this.#pieces.slice(from, this.#first));
    const cost = total + (this.#first - from) * PIECE_COST_BYTES;
    if (this.#first === this.#pieces.length) {
      this.#pieces = [];
      this.#first = 0;
      return { bytes, cost };
    }
    // What is written must not stay in memory until all is.
    this.#pieces.fill(EMPTY, from, this.#first);
    if (this.#first > COMPACT_AT && this.#first * 2 > this.#pieces.length) {
      this.#pieces = this.#pieces.slice(this.#first);
      this.#first = 0;
    }
    return { bytes, cost };
  }
}

/** What keeping a piece costs besides its bytes, so that empty ones count. */
const PIECE_COST_BYTES = 128;
const WRITE_BYTES = 64 * 1024;
const COMPACT_AT = 1024;
const EMPTY = new Uint8Array(0);
