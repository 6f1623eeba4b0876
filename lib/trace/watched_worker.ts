/**
 * Watches the Workers that a program makes with `new Worker()` during a trace.
 *
 * The global constructor is replaced and put back. A Worker's script is
 * imported by a small module of ours, which first notes when messages come and
 * go (`worker_guest.ts`). What is made of the notes is in `worker_records.ts`.
 * Not watched: `node:worker_threads`, `MessagePort`s and `BroadcastChannel`s.
 * @module
 */
import { explainNode } from "../platform/mod.ts";
import {
  forgetThread,
  freeLane,
  nameThread,
  readThreadId,
  takeLane,
} from "./thread_name.ts";
import { toOwnClockMs } from "../base/mod.ts";
import type { Life } from "./assemble.ts";
import { type Tap, UNWATCHED } from "../base/record/mod.ts";
import { readCpuTimes, watchCpu } from "./cpu_guest.ts";
import { watchInside } from "./worker_guest.ts";
import {
  describeWorker,
  type OwnMessage,
  readNotes,
} from "./worker_records.ts";

export interface WorkerHost {
  readonly tap: Tap;
  freeId(wanted: string): string;
  /** Whose code this is: the lane that makes the Worker. */
  laneHere(): string;
  beforeWorker(): void;
  /** Notes that the main thread handles an event from now on. */
  enterCallback(from: string): void;
}

export interface WorkerWatch {
  /** Puts the constructor back, and reports what the Workers did. */
  stop(): {
    readonly lives: readonly Life[];
    readonly missing: readonly string[];
  };
}

export async function watchWorkers(host: WorkerHost): Promise<WorkerWatch> {
  const inNode = explainNode(
    "What Workers and programs did that the run started by itself is missing",
  );
  if (inNode !== null) {
    return { stop: () => ({ lives: [], missing: [inNode] }) };
  }
  const { resolveObjectURL } = await import("node:buffer");
  // What an earlier run has left is no lane of this one.
  leftThreads.splice(0).forEach(forgetThread);
  const TrueWorker = globalThis.Worker;
  const copies: string[] = [];
  const made: MadeWorker[] = [];
  const numbers: number[] = [];

  class WatchedWorker extends TrueWorker {
    readonly #made: MadeWorker;

    constructor(script: string | URL, options?: WorkerOptions) {
      const startMs = performance.now();
      if (options !== undefined && UNWATCHED in options) {
        super(script, options);
        this.#made = newRecord("", "", startMs);
        return;
      }
      // A number that no thread of a pool has: both are `worker 1`, `worker 2`.
      const number = options?.name ? 0 : takeLane();
      host.beforeWorker();
      const lane = host.freeId(options?.name || `worker ${number}`);
      const entry = writeEntry(String(script), resolveObjectURL);
      // Locks call a thread by the Worker's name: so lanes are the same.
      super(entry?.url ?? script, { ...options, name: lane } as WorkerOptions);
      this.#made = newRecord(lane, host.laneHere(), startMs);
      made.push(this.#made);
      if (number > 0) numbers.push(number);
      host.tap.lane({ id: lane, kind: "worker" });
      if (entry !== null) {
        if (entry.copy !== null) copies.push(entry.copy);
        this.#made.memory = new SharedArrayBuffer(40 + 16 * MAX_NOTES);
        super.postMessage({ skeinNotes: this.#made.memory });
      }
      super.addEventListener("message", (event) => {
        const nowMs = performance.now();
        host.enterCallback(lane);
        const bytes = sizeOf(event.data);
        this.#made.came.push({ startMs: nowMs, endMs: nowMs, ...bytes });
      });
      super.addEventListener("error", (event) => {
        const label = `${lane} threw: ${event.message}`;
        host.tap.mark({ atMs: performance.now(), label, lane });
      });
    }

    override postMessage(
      message: unknown,
      transfer?: Transferable[] | StructuredSerializeOptions,
    ): void {
      const startMs = performance.now();
      // Before: what is transferred has no size afterwards.
      const bytes = sizeOf(message);
      if (transfer === undefined) super.postMessage(message);
      else super.postMessage(message, transfer as StructuredSerializeOptions);
      const endMs = performance.now();
      this.#made.sent.push({ startMs, endMs, ...bytes });
    }

    override terminate(): void {
      super.terminate();
      this.#made.endMs = Math.min(this.#made.endMs, performance.now());
    }
  }
  Object.defineProperty(WatchedWorker, "name", { value: "Worker" });
  globalThis.Worker = WatchedWorker;

  return {
    stop() {
      // Somebody may have put a constructor of their own over ours: theirs stays.
      if (globalThis.Worker === WatchedWorker) globalThis.Worker = TrueWorker;
      for (const url of copies) URL.revokeObjectURL(url);
      numbers.forEach(freeLane);
      const missing: string[] = [];
      const lives = made.map((worker) => finish(worker, host.tap, missing));
      return { lives, missing };
    },
  };
}

interface MadeWorker {
  readonly lane: string;
  readonly parent: string;
  readonly startMs: number;
  endMs: number;
  memory: SharedArrayBuffer | null;
  readonly sent: OwnMessage[];
  readonly came: OwnMessage[];
}

function newRecord(lane: string, parent: string, startMs: number): MadeWorker {
  const endMs = Infinity;
  return { lane, parent, startMs, endMs, memory: null, sent: [], came: [] };
}

function finish(worker: MadeWorker, tap: Tap, missing: string[]): Life {
  const { lane, memory, startMs, endMs } = worker;
  const read = memory && readNotes(memory, (ms) => toOwnClockMs(ms, 0));
  const notes = read?.notes ?? [];
  if (read === null) {
    missing.push(
      `What ${lane} did inside is missing: its script has no absolute address; ` +
        `give new Worker() a whole URL to see it`,
    );
  } else if (notes.length === 0) {
    missing.push(
      `What ${lane} did inside is missing: its script did not wait for a message before it ended`,
    );
  } else if (read.dropped > 0) {
    missing.push(`${read.dropped} messages of ${lane} are missing: too many`);
  }
  if (read !== null && read.threadId > 0) {
    nameThread(lane, read.threadId);
    leftThreads.push(read.threadId);
  }
  const { spans, links, untaken } = describeWorker({ ...worker, notes });
  for (const { startMs, endMs } of worker.sent) {
    if (endMs - startMs < NOTABLE_MS) continue;
    const span = { lane: worker.parent, startMs, endMs, label: `for ${lane}` };
    tap.span({ ...span, state: "serialising" });
  }
  for (const span of spans) tap.span(span);
  for (const link of links) tap.link(link);
  if (read?.onCore) tap.cpu?.({ lane, ...read.onCore });
  if (untaken > 0) {
    missing.push(
      `${untaken} messages to ${lane} had not been taken at the end`,
    );
  }
  // It may have ended by itself.
  const closedMs = notes.find(({ type }) => type === "closed")?.atMs;
  const lastMs = Math.min(endMs, closedMs ?? endMs);
  return { lane, state: "waiting", startMs, endMs: lastMs };
}

/** Static imports are evaluated in order, and what follows them last: watching, the script, the note that it is done. */
function writeEntry(
  script: string,
  resolveObjectURL: (url: string) => unknown,
): { readonly url: string; readonly copy: string | null } | null {
  if (!URL.canParse(script)) return null;
  let address = script;
  let copy: string | null = null;
  if (script.startsWith("blob:")) {
    // A script may revoke its address at once, and Workers take blobs of any type.
    const blob = resolveObjectURL(script);
    if (!(blob instanceof Blob)) return null;
    const type = SCRIPT_TYPE.test(blob.type) ? blob.type : SCRIPT;
    address = copy = URL.createObjectURL(new Blob([blob], { type }));
  }
  const before =
    `(${watchInside})(${readThreadId}, () => (${watchCpu})(${readCpuTimes}, false));`;
  const lines = [
    ...[toModule(before), address].map((url) =>
      `import ${JSON.stringify(url)};`
    ),
    "globalThis.skeinNote(); delete globalThis.skeinNote;",
  ];
  return { url: toModule(lines.join("\n")), copy };
}

function toModule(text: string): string {
  return `data:${SCRIPT},${encodeURIComponent(text)}`;
}

function sizeOf(message: unknown): { readonly bytes?: number } {
  if (message instanceof ArrayBuffer || ArrayBuffer.isView(message)) {
    return { bytes: message.byteLength };
  }
  return {};
}

const leftThreads: number[] = [];
const SCRIPT = "text/javascript";
const SCRIPT_TYPE = /script|[jt]sx|mp2t|mpeg-tts/;
const MAX_NOTES = 16_384;
const NOTABLE_MS = 0.05;
