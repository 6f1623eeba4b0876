/**
 * Copies of this session: processes with exactly its rights, for cells that may
 * start no program.
 *
 * The kernel starts them on the session's behalf, and is told nothing but where
 * a copy is to call back: what it runs is sent to it from here, over a loopback
 * connection that only the copy knows the token of. What a copy prints goes to
 * the kernel by pipes of its own. Both ends tell the kernel how far they have
 * heard each other (`told`, `copied`), so that it can keep all in order.
 * The inside of a copy is `copy.ts`, the outside `session/copies.ts`.
 * @module
 */
import { accept, close, listen, makeToken, writeAll } from "./call_back.ts";
import { currentExecution } from "./attribution.ts";
import type { Children } from "./children.ts";
import type { EmitEvent } from "./frames.ts";
import {
  OwnMap,
  TheDataView,
  ThePromise,
  TheUint8Array,
} from "./intrinsics.ts";
import type { CopyCommand } from "../../protocol/copies.ts";

/** How a copy ended. */
export interface CopyEnd {
  /** Its exit code. */
  readonly code: number;
  /** Signal that ended it; `null` when none did. */
  readonly signal: string | null;
}

/** A copy that runs. */
export interface Copy {
  /** Its process id. */
  readonly pid: number;
  /** Gives the next bytes that it sends; `null` when there are no more. */
  read(): Promise<Uint8Array | null>;
  /** Sends bytes; in vain when it has gone. */
  send(bytes: Uint8Array): Promise<void>;
  /** To be called for each report that was read: what it printed before comes first. */
  confirm(): void;
  /** Settles when it has ended. */
  readonly ended: Promise<CopyEnd>;
  /** Ends it, and all that it has started. */
  stop(): void;
}

/** What a library asks for. */
export interface CopyRequest {
  /** Text of the module that it runs. */
  readonly program: string;
  /** Ends the attempt to start it. */
  readonly signal: AbortSignal;
}

/** The line to a copy, and what each end knows of the other. */
interface Line {
  readonly copyId: number;
  /** In whose name it was told something last. */
  executionId: string;
  /** How much was said here by then. */
  spoken: number;
  /** How often it was told. */
  told: number;
  /** How many of its lines were read. */
  read: number;
  /** Whether the kernel knows so. */
  isConfirmed: boolean;
}

interface Expected {
  readonly started: (pid: number) => void;
  readonly refused: (reason: string) => void;
  readonly ended: (end: CopyEnd) => void;
}

/** Starts copies. */
export class Copies {
  readonly #emit: EmitEvent;
  readonly #children: Children;
  readonly #expected = new OwnMap<number, Expected>();
  /** Lines of which more was read than the kernel knows. */
  readonly #unconfirmed: Line[] = [];
  /** How much was said that copies may have to be told of. */
  #spoken = 0;
  #lastId = 0;

  /**
   * @param emit Where they are asked for.
   * @param children Where they are registered: they end with their cell's interrupt.
   */
  constructor(emit: EmitEvent, children: Children) {
    this.#emit = emit;
    this.#children = children;
  }

  /**
   * Starts one.
   *
   * @param request What it runs.
   * @throws {Error} If the loopback network is not permitted, or it can not start.
   */
  async start({ program, signal }: CopyRequest): Promise<Copy> {
    signal.throwIfAborted();
    const listener = listen();
    const { port } = listener.addr as Deno.NetAddr;
    const token = makeToken();
    const copyId = ++this.#lastId;
    const started = ThePromise.withResolvers<number>();
    const ended = ThePromise.withResolvers<CopyEnd>();
    // Whoever needs it waits for it.
    started.promise.catch(() => {});
    let socket: Deno.TcpConn | undefined;
    const stop = () => {
      this.#emit({ type: "copy-stop", copyId });
      started.reject(signal.aborted ? signal.reason : new Error(STOPPED));
    };
    const registration = this.#children.add({
      what: "process",
      name: "a copy of this session",
      raw: false,
      stop,
    });
    const gone = () => {
      this.#expected.delete(copyId);
      registration.ended();
    };
    this.#expected.set(copyId, {
      started: (pid) => {
        registration.identify(pid);
        started.resolve(pid);
      },
      refused: (reason) => {
        gone();
        started.reject(new Error(`Cannot start process: ${reason}`));
      },
      ended: (end) => {
        gone();
        started.reject(new Error(`Cannot start process: it ${describe(end)}`));
        ended.resolve(end);
      },
    });
    signal.addEventListener("abort", stop, { once: true });
    const executionId = currentExecution();
    const line: Line = {
      copyId,
      executionId,
      spoken: this.#spoken,
      told: 0,
      read: 0,
      isConfirmed: true,
    };
    try {
      this.#emit({ type: "copy", copyId, executionId, port, token });
      [socket] = await ThePromise.all([
        ThePromise.race([accept(listener, token), never(started.promise)]),
        started.promise,
      ]);
      await writeAll(socket, this.#pack(encoder.encode(program), line));
    } catch (error) {
      stop();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
      listener.close();
    }
    return this.#handle(line, socket, {
      pid: await started.promise,
      ended: ended.promise,
      stop,
    });
  }

  /**
   * Takes what the kernel tells of copies.
   *
   * @param command What it tells.
   */
  take(command: CopyCommand): void {
    const expected = this.#expected.get(command.copyId);
    if (command.type === "copy-started") expected?.started(command.pid);
    else if (command.type === "copy-ended") expected?.ended(command);
    else expected?.refused(command.reason);
  }

  /** To be called before an event: it comes after what was read from copies. */
  confirm(): void {
    this.#spoken++;
    const lines = this.#unconfirmed;
    for (let i = 0; i < lines.length; i++) {
      const { copyId, read } = lines[i]!;
      lines[i]!.isConfirmed = true;
      this.#emit({ type: "copied", copyId, number: read });
    }
    lines.length = 0;
  }

  /**
   * Packs bytes for a copy. What was said until now comes before what it prints
   * once it has them, and that is output of the cell that sends them.
   */
  #pack(bytes: Uint8Array, line: Line): Uint8Array {
    const executionId = currentExecution();
    if (this.#spoken !== line.spoken || executionId !== line.executionId) {
      line.spoken = this.#spoken;
      line.executionId = executionId;
      const { copyId } = line;
      this.#emit({ type: "told", copyId, executionId, number: ++line.told });
    }
    const packed = new TheUint8Array(HEADER_BYTES + bytes.length);
    const view = new TheDataView(packed.buffer);
    view.setUint32(0, line.told);
    view.setUint32(4, bytes.length);
    packed.set(bytes, HEADER_BYTES);
    return packed;
  }

  #handle(
    line: Line,
    socket: Deno.TcpConn,
    rest: Pick<Copy, "pid" | "ended" | "stop">,
  ): Copy {
    let sending: Promise<void> = ThePromise.resolve();
    void rest.ended.then(() => close(socket));
    return {
      ...rest,
      async read() {
        const buffer = new TheUint8Array(READ_BYTES);
        const count = await socket.read(buffer).catch(() => null);
        return count === null ? null : buffer.subarray(0, count);
      },
      send: (bytes) => {
        const packed = this.#pack(bytes, line);
        return sending = sending.then(() => writeAll(socket, packed))
          // It has gone: `ended` tells how.
          .catch(() => {});
      },
      confirm: () => {
        line.read++;
        if (line.isConfirmed) {
          this.#unconfirmed[this.#unconfirmed.length] = line;
        }
        line.isConfirmed = false;
      },
    };
  }
}

/** How a copy ended, in words. */
function describe({ code, signal }: CopyEnd): string {
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}

/** Fails with a promise, but never succeeds. */
function never(promise: Promise<unknown>): Promise<never> {
  return promise.then(() => new ThePromise<never>(() => {}));
}

const encoder = new TextEncoder();
const HEADER_BYTES = 8;
const READ_BYTES = 64 * 1024;
const STOPPED = "Cannot start process: it was stopped";
