/**
 * Reads what a session process writes, and keeps it in order.
 *
 * Frames and raw text on stdout arrive in one stream. Raw text on stderr has a
 * pipe of its own; the session marks there too who begins and ends to write,
 * and when an execution ends: `done` is held back until that mark has come by,
 * so that nothing a cell's subprocess wrote before its end can be missed.
 * @module
 */
import {
  parseSessionEvent,
  type SessionEvent,
  tooLongText,
} from "../protocol/mod.ts";
import { type LivingChild, RawAttribution } from "./attribution.ts";
import type { Credibility } from "./credibility.ts";
import { splitWorkerErrors } from "./worker_errors.ts";
import { FrameSplitter, type Piece } from "./frames.ts";

/** What is read, and who is told. */
export interface ReaderOptions {
  /** The secret that marks frames. */
  readonly nonce: Uint8Array;
  /** What of it can be true; the rest is left out. */
  readonly credibility: Credibility;
  /** Takes events in order; several at once when several have arrived. */
  readonly onEvents: (events: readonly SessionEvent[]) => void;
  /** Waits until all is shown that a copy printed before one of its lines. */
  readonly printed: (copyId: number, number: number) => Promise<void>;
  /** Takes the inspector's URL, once. */
  readonly onInspector: (url: string) => void;
}

/** Reads a session's output until it ends. */
export class OutputReader {
  readonly #attribution = {
    stdout: new RawAttribution(),
    stderr: new RawAttribution(),
  };
  /** The last raw text on stderr: it says why a process died. */
  lastStderr = "";
  readonly #options: ReaderOptions;
  readonly #labels = new Map<string, string>();
  readonly #marks = new Set<string>();
  #markArrived: (() => void) | null = null;
  #stderrEnded = false;

  /** @param options What is read, and who is told. */
  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /**
   * Notes that an execution begins.
   *
   * @param executionId The execution.
   * @param label What the user knows its cell as, if it has one.
   */
  begin(executionId: string, label?: string): void {
    if (label !== undefined) this.#labels.set(executionId, label);
    this.#attribution.stdout.begin(executionId);
    this.#attribution.stderr.begin(executionId);
  }

  /** The children that live now. */
  living(): LivingChild[] {
    return this.#attribution.stdout.living();
  }

  /**
   * Reads stdout until its end.
   *
   * @param stdout The process's stdout.
   */
  async readStdout(stdout: ReadableStream<Uint8Array>): Promise<void> {
    const splitter = new FrameSplitter(this.#options.nonce);
    const decoder = new TextDecoder();
    for await (const bytes of stdout) {
      await this.#deliver(splitter.push(bytes), decoder);
    }
    await this.#deliver(splitter.end(), decoder);
  }

  /**
   * Reads stderr until its end.
   *
   * @param stderr The process's stderr.
   */
  async readStderr(stderr: ReadableStream<Uint8Array>): Promise<void> {
    const splitter = new FrameSplitter(this.#options.nonce);
    const decoder = new TextDecoder();
    for await (const bytes of stderr) {
      for (const piece of splitter.push(bytes)) {
        if (piece.type === "raw") {
          this.#takeStderr(decoder.decode(piece.bytes, { stream: true }));
        } else {
          const event = this.#read(piece);
          if (!this.#options.credibility.admitsMark(event)) continue;
          this.#attribution.stderr.observe(event);
          if (event.type === "done") this.#marks.add(event.executionId);
          this.#markArrived?.();
        }
      }
    }
    this.#stderrEnded = true;
    this.#markArrived?.();
  }

  async #deliver(
    pieces: readonly Piece[],
    decoder: TextDecoder,
  ): Promise<void> {
    let batch: SessionEvent[] = [];
    for (const piece of pieces) {
      if (piece.type === "raw") {
        const text = decoder.decode(piece.bytes, { stream: true });
        batch.push(this.#raw("stdout", text));
        continue;
      }
      const event = this.#read(piece);
      if (!this.#options.credibility.admits(event)) continue;
      if (event.type === "done" || event.type === "copied") {
        if (batch.length > 0) this.#options.onEvents(batch);
        batch = [];
        if (event.type === "done") await this.#mark(event.executionId);
        else await this.#options.printed(event.copyId, event.number);
      }
      this.#attribution.stdout.observe(event);
      batch.push(event);
    }
    if (batch.length > 0) this.#options.onEvents(batch);
  }

  /** A cell can reach what writes events; what it spoils must not stop us. */
  #read(piece: Exclude<Piece, { type: "raw" }>): SessionEvent {
    if (piece.type === "too-long") return this.#readTooLong(piece);
    try {
      return parseSessionEvent(piece.json);
    } catch {
      const start = piece.json.slice(0, KEPT_OF_UNREADABLE);
      return this.#raw("stderr", `Cannot show this output: ${start}\n`);
    }
  }

  /** An error stays one, since its cell has failed; all else becomes a note. */
  #readTooLong(
    { start, sizeBytes }: Extract<Piece, { type: "too-long" }>,
  ): SessionEvent {
    const text = tooLongText(sizeBytes);
    const [, type, executionId] = EVENT_START.exec(start) ?? [];
    if (executionId === undefined) return this.#raw("stderr", text);
    if (type !== "error") {
      return { type: "stream", executionId, name: "stderr", text };
    }
    const background = start.includes('"background":true');
    const report = { name: "Error", message: text.trim(), stack: "" };
    return { type: "error", executionId, background, report };
  }

  async #mark(executionId: string): Promise<void> {
    // A cell may have closed the descriptor, and its mark will never come.
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#markArrived?.();
    }, MARK_WAIT_MS);
    while (!this.#marks.delete(executionId) && !this.#stderrEnded && !late) {
      await new Promise<void>((resolve) => this.#markArrived = resolve);
    }
    clearTimeout(timer);
    this.#markArrived = null;
  }

  #takeStderr(text: string): void {
    const url = INSPECTOR_URL.exec(text)?.[1];
    if (url !== undefined) this.#options.onInspector(url);
    const own = text.replace(RUNTIME_TALK, "");
    if (own === "") return;
    this.lastStderr = (this.lastStderr + own).slice(-KEPT_STDERR);
    // Deno itself prints the errors that a Worker does not catch.
    const nameOf = (executionId: string) => this.#labels.get(executionId);
    const events = splitWorkerErrors(own, nameOf).map(({ executionId, text }) =>
      executionId !== null && this.#attribution.stderr.knows(executionId)
        ? {
          type: "stream" as const,
          executionId,
          name: "stderr" as const,
          text,
        }
        : this.#raw("stderr", text)
    );
    this.#options.onEvents(events);
  }

  #raw(name: "stdout" | "stderr", text: string): SessionEvent {
    const executionId = this.#attribution[name].owner();
    return { type: "stream", executionId, name, text };
  }
}

const INSPECTOR_URL = /^Debugger listening on (ws:\/\/127\.0\.0\.1:\S+)$/m;
/** What the inspector, and the loading of packages, say to people at a terminal. */
const RUNTIME_TALK =
  // deno-lint-ignore no-control-regex -- Colours are control characters.
  /^(Debugger listening on ws:\S+|Visit chrome:\/\/inspect to connect to the debugger\.|Debugger session (started\.|ended)|Waiting for the debugger to disconnect\.\.\.|(\x1b\[[\d;]*m)*Download(\x1b\[[\d;]*m)* https?:\S+)\n/gm;
const MARK_WAIT_MS = 2000;
const KEPT_STDERR = 4096;
const KEPT_OF_UNREADABLE = 200;
/** How all events of an execution begin. */
const EVENT_START = /^\{"type":"(\w+)","executionId":"(\w{1,20})"/;
