/**
 * Copies of a session, seen from outside: started on its behalf, with exactly
 * its rights and nothing of its choosing but where they call back.
 *
 * What a copy prints reaches the cell that asked for it, in order with what the
 * session says: a copy marks its pipes before each line that it sends, and the
 * session says when it has read that line; then its outputs wait until the marks
 * have come by. The other way round, a copy marks what it was told before it
 * prints more, and that waits until the session's outputs have come so far.
 * @module
 */
import {
  type CopyCommand,
  type CopySetup,
  parseSessionEvent,
  type SessionEvent,
} from "../protocol/mod.ts";
import { FrameSplitter, makeNonce } from "./frames.ts";
import type { Family } from "./processes/family.ts";
import { settlesWithin } from "./waiting.ts";

/** What copies need. */
export interface CopyOptions {
  /** Starts a process with the session's rights that waits for its setup. */
  readonly spawn: () => Deno.ChildProcess;
  /** Where it is registered. */
  readonly family: Family;
  /** Tells the session. */
  readonly tell: (command: CopyCommand) => void;
  /** Takes what copies print. */
  readonly show: (event: SessionEvent) => void;
  /** How many may live at a time. */
  readonly most: number;
}

type Request = Extract<SessionEvent, { type: "copy" }>;
type Told = Extract<SessionEvent, { type: "told" }>;

/** A copy that lives. */
interface Living {
  readonly executionId: string;
  readonly process: Deno.ChildProcess;
  /** The last mark in each pipe; `Infinity` at its end. */
  readonly marks: Record<"stdout" | "stderr", number>;
  /** What it was told last: how far the session's outputs are shown, and who asks. */
  told: { readonly number: number; readonly executionId: string };
  /** Who waits for one of both to change. */
  readonly waiting: Set<() => void>;
}

/** Starts and ends the copies of one session. */
export class Copies {
  readonly #options: CopyOptions;
  readonly #living = new Map<number, Living>();

  /** @param options What they need. */
  constructor(options: CopyOptions) {
    this.#options = options;
  }

  /** Notes what the session says of copies. */
  observe(event: SessionEvent): void {
    if (event.type === "copy") this.#start(event);
    else if (event.type === "told") this.#told(event);
    else if (event.type === "copy-stop") this.#stop(event.copyId);
  }

  /** Starts a copy. */
  #start(request: Request): void {
    const { copyId } = request;
    const { most, tell } = this.#options;
    if (this.#living.size >= most) {
      const reason = `${most} copies of this session run already`;
      return tell({ type: "copy-refused", copyId, reason });
    }
    let process;
    try {
      process = this.#options.spawn();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return tell({ type: "copy-refused", copyId, reason });
    }
    void this.#follow(process, request);
  }

  /** Ends a copy, and all that it has started. */
  #stop(copyId: number): void {
    const living = this.#living.get(copyId);
    if (living !== undefined) this.#options.family.endCopy(living.process);
  }

  /**
   * Ends the copies of a cell.
   *
   * @param executionId Which cell's.
   */
  stopOf(executionId: string): void {
    for (const [copyId, living] of this.#living) {
      if (living.executionId === executionId) this.#stop(copyId);
    }
  }

  /**
   * Waits until all is shown that a copy printed before it sent a line.
   *
   * @param copyId Which copy.
   * @param number Which of its lines.
   */
  async printed(copyId: number, number: number): Promise<void> {
    const living = this.#living.get(copyId);
    if (living === undefined) return;
    const { marks } = living;
    // It may have closed a pipe, and its mark will never come.
    await this.#until(
      living,
      () => marks.stdout >= number && marks.stderr >= number,
    );
  }

  /** Notes that all is shown that the session said before it told a copy so. */
  #told({ copyId, number, executionId }: Told): void {
    const living = this.#living.get(copyId);
    if (living === undefined) return;
    living.told = { number, executionId };
    wake(living);
  }

  /** Waits until a mark has come by, or something was told; but not for ever. */
  async #until(living: Living, holds: () => boolean): Promise<void> {
    const deadline = performance.now() + MARK_WAIT_MS;
    while (!holds()) {
      const marked = new Promise<void>((resolve) =>
        living.waiting.add(resolve)
      );
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || !await settlesWithin(marked, leftMs)) return;
    }
  }

  async #follow(
    process: Deno.ChildProcess,
    { copyId, executionId, port, token }: Request,
  ): Promise<void> {
    const living: Living = {
      executionId,
      process,
      marks: { stdout: 0, stderr: 0 },
      told: { number: 0, executionId },
      waiting: new Set(),
    };
    this.#living.set(copyId, living);
    this.#options.family.adopt(process);
    this.#options.tell({ type: "copy-started", copyId, pid: process.pid });
    const nonce = makeNonce();
    const setup: CopySetup = {
      port,
      token,
      nonce: nonce.toHex(),
      atomicBytes: Deno.build.os === "linux" ? 4096 : 512,
    };
    const reading = Promise.all([
      this.#read(living, "stdout", nonce),
      this.#read(living, "stderr", nonce),
      writeSetup(process, setup),
    ]);
    const { code, signal } = await process.status;
    await settlesWithin(reading, LAST_OUTPUT_MS);
    this.#living.delete(copyId);
    this.#options.family.release(process);
    this.#options.tell({ type: "copy-ended", copyId, code, signal });
  }

  async #read(
    living: Living,
    name: "stdout" | "stderr",
    nonce: Uint8Array,
  ): Promise<void> {
    const splitter = new FrameSplitter(nonce);
    const decoder = new TextDecoder();
    const { marks } = living;
    let { executionId } = living;
    const take = async (pieces: ReturnType<FrameSplitter["push"]>) => {
      for (const piece of pieces) {
        if (piece.type === "raw") {
          const text = decoder.decode(piece.bytes, { stream: true });
          this.#options.show({ type: "stream", executionId, name, text });
          continue;
        }
        if (piece.type === "too-long") continue;
        const mark = readMark(piece.json);
        if (mark?.type === "told") {
          const { number } = mark;
          await this.#until(living, () => living.told.number >= number);
          executionId = living.told.executionId;
        } else if (mark?.type === "copied") {
          marks[name] = mark.number;
          wake(living);
        }
      }
    };
    for await (const bytes of living.process[name]) {
      await take(splitter.push(bytes));
    }
    await take(splitter.end());
    marks[name] = Infinity;
    wake(living);
  }
}

function wake({ waiting }: Living): void {
  const all = [...waiting];
  waiting.clear();
  for (const resume of all) resume();
}

/** Reads a mark; the copy's program may have written anything in its place. */
function readMark(json: string): SessionEvent | null {
  try {
    return parseSessionEvent(json);
  } catch {
    return null;
  }
}

async function writeSetup(
  process: Deno.ChildProcess,
  setup: CopySetup,
): Promise<void> {
  const writer = process.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(JSON.stringify(setup)));
    await writer.close();
  } catch {
    // It has ended already; its status tells how.
  }
}

const MARK_WAIT_MS = 2000;
const LAST_OUTPUT_MS = 500;
