/**
 * Workers started by cells: their console reaches the cell that started them.
 *
 * `new Worker(script)` is given a small module of ours that first sets the
 * Worker's console up and then imports the script; it costs under a
 * millisecond. The Worker writes frames by itself, so its output is live even
 * while the main thread computes.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import type { Children } from "./children.ts";
import type { FrameSettings } from "./frames.ts";
import {
  bare,
  findPattern,
  free,
  getOwnPropertyDescriptor,
  listenTo,
  OwnMap,
  textLastIndexOf,
  textSlice,
  textStartsWith,
  TheString,
  toJson,
} from "./intrinsics.ts";
import { resolveSpecifier } from "./modules.ts";
import { WORKER_SETUP, type WorkerSetup } from "./worker_setup.ts";

/** What the replaced `Worker` needs. */
export interface WorkerOptionsOfHost {
  /** How this thread writes frames. */
  readonly frames: FrameSettings;
  /** Numbers the threads, for their frames. */
  readonly nextWriter: () => number;
  /** URL that relative scripts start from. */
  readonly baseUrl: string;
  /** Where the Worker is registered. */
  readonly children: Children;
}

/**
 * Replaces the global `Worker`.
 *
 * @param host What the Workers need.
 */
export function installWorkers(host: WorkerOptionsOfHost): void {
  const blobs = keepBlobs();

  class SessionWorker extends Worker {
    readonly #ended: () => void;

    // deno-lint-ignore constructor-super -- It is called, in a `try`.
    constructor(script: string | URL, options: WorkerOptions = {}) {
      const url = resolveSpecifier(TheString(script), host.baseUrl);
      const name = TheString(options.name ?? "");
      const executionId = currentExecution();
      const made: { worker?: SessionWorker } = {};
      // Before it starts: it may have ended when its constructor returns.
      const { childId, ended } = host.children.add({
        what: "worker",
        name: name || shortName(url),
        raw: false,
        stop: () => made.worker?.terminate(),
      });
      const entry = entryModule(blobs.asScript(url), {
        frames: bare({ ...host.frames, writer: host.nextWriter() }),
        executionId,
        childId,
        name,
        baseUrl: url,
      });
      try {
        super(entry, { ...options, name: markedName(executionId, name) });
      } catch (error) {
        ended();
        throw error;
      }
      // The constructor has read it already.
      revoke(entry);
      made.worker = this;
      this.#ended = ended;
      // Deno has said what the Worker did not catch, and has ended it.
      listenTo(this, "error", (event: ErrorEvent) => {
        noteTold(toldErrors, event);
        ended();
      });
    }

    override terminate(): void {
      super.terminate();
      this.#ended();
    }
  }
  Object.defineProperty(SessionWorker, "name", { value: "Worker" });
  globalThis.Worker = SessionWorker;
}

/**
 * The name by which Deno knows a Worker: its own, and whose it is before it.
 * Deno prints it with the errors that the Worker does not catch, past the
 * frames; `session/worker_errors.ts` reads it.
 */
function markedName(executionId: string, name: string): string {
  return `#${executionId} ${name}`;
}

/**
 * Whether an event at the global scope is an error of a Worker: Deno has printed
 * it on stderr already.
 *
 * @param event The event.
 */
export function isToldByDeno(event: ErrorEvent): boolean {
  return wasTold(toldErrors, event);
}

const toldErrors = new WeakSet<ErrorEvent>();
const noteTold = free<WeakSet<ErrorEvent>, [ErrorEvent], void>(
  WeakSet.prototype.add,
);
const wasTold = free<WeakSet<ErrorEvent>, [ErrorEvent], boolean>(
  WeakSet.prototype.has,
);

/** Static imports are evaluated in order: setup, console, then the user's script. */
function entryModule(script: string, setup: WorkerSetup): string {
  // Without a prototype: it has no `toJSON` of a cell's.
  const assignment = `globalThis.${WORKER_SETUP}=${toJson(bare(setup))}`;
  const first = `data:${SCRIPT},${encode(assignment)}`;
  const code = `import ${toJson(first)};
import ${toJson(CONSOLE_SETUP)};
import ${toJson(script)};`;
  // A blob, since its URL is short: it appears in the Worker's stack traces.
  return create(scriptOf(code));
}

interface Blobs {
  /** Gives a URL that our module can import, and that stays. */
  asScript(url: string): string;
}

/**
 * A script may revoke its `blob:` URL right after `new Worker`, which Deno
 * allows; our module imports it a little later, so the URL has to stay. And a
 * Worker takes a script of any type, an `import` does not: there a copy stands
 * in that says what it is.
 */
function keepBlobs(): Blobs {
  const inUse = new OwnMap<string, true>();
  const untyped = new OwnMap<string, Blob>();
  // Packages bring types of the browser along, where it may be something else.
  URL.createObjectURL = (source: unknown) => {
    const url = create(source as Blob);
    if (isBlob(source) && !isScriptType(typeOf(source))) {
      untyped.set(url, source);
    }
    return url;
  };
  URL.revokeObjectURL = (url) => {
    untyped.delete(url);
    if (!inUse.has(url)) revoke(url);
  };
  return {
    asScript(url) {
      const blob = untyped.get(url);
      if (blob !== undefined) return create(scriptOf(blob));
      if (textStartsWith(url, "blob:")) inUse.set(url, true);
      const head = findPattern(DATA_TYPE, url);
      if (head === null || isScriptType(head[1]!)) return url;
      const rest = textSlice(url, head[0].length);
      return `data:${SCRIPT}${head[2] ?? ""},${rest}`;
    },
  };
}

/** Whether it is a blob, whatever a cell has made of the class. */
function isBlob(source: unknown): source is Blob {
  try {
    typeOf(source);
    return true;
  } catch {
    return false;
  }
}

function isScriptType(type: string): boolean {
  return findPattern(SCRIPT_TYPE, type) !== null;
}

/** A blob of one part; the part is not in a list, whose iterator cells may replace. */
function scriptOf(part: string | Blob): Blob {
  const parts = bare({
    [Symbol.iterator]() {
      let done = true;
      return bare({
        next: () => bare({ done: done = !done, value: part }),
      });
    },
  });
  // Deno asks for no more than that it can be iterated.
  return new TheBlob(
    parts as Iterable<BlobPart> as BlobPart[],
    bare({ type: SCRIPT }),
  );
}

const SCRIPT = "text/javascript";
const SCRIPT_TYPE = /script|[jt]sx|mp2t|mpeg-tts/;
const DATA_TYPE = /^data:([^,]*?)(;base64)?,/;
const CONSOLE_SETUP = import.meta.resolve("./worker_entry.ts");
const encode = encodeURIComponent;
const TheBlob = Blob;
const typeOf = free<unknown, [], string>(
  getOwnPropertyDescriptor(Blob.prototype, "type")!.get!,
);
const create = URL.createObjectURL.bind(URL);
const revoke = URL.revokeObjectURL.bind(URL);

function shortName(url: string): string {
  return textStartsWith(url, "data:") || textStartsWith(url, "blob:")
    ? `${textSlice(url, 0, 4)}: script`
    : textSlice(url, textLastIndexOf(url, "/") + 1);
}
