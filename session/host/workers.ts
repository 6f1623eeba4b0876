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
import { free, listenTo, TheString } from "./intrinsics.ts";
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
        frames: { ...host.frames, writer: host.nextWriter() },
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
  const assignment = `globalThis.${WORKER_SETUP}=${JSON.stringify(setup)}`;
  const imports = [
    `data:text/javascript,${encodeURIComponent(assignment)}`,
    import.meta.resolve("./worker_entry.ts"),
    script,
  ].map((url) => `import ${JSON.stringify(url)};`);
  // A blob, since its URL is short: it appears in the Worker's stack traces.
  return create(new Blob([imports.join("\n")], { type: SCRIPT }));
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
  const inUse = new Set<string>();
  const untyped = new Map<string, Blob>();
  // Packages bring types of the browser along, where it may be something else.
  URL.createObjectURL = (source: unknown) => {
    const url = create(source as Blob);
    if (source instanceof Blob && !SCRIPT_TYPE.test(source.type)) {
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
      if (blob !== undefined) return create(new Blob([blob], { type: SCRIPT }));
      if (url.startsWith("blob:")) inUse.add(url);
      return url.replace(
        DATA_TYPE,
        (head, type, base64 = "") =>
          SCRIPT_TYPE.test(type) ? head : `data:${SCRIPT}${base64},`,
      );
    },
  };
}

const SCRIPT = "text/javascript";
const SCRIPT_TYPE = /script|[jt]sx|mp2t|mpeg-tts/;
const DATA_TYPE = /^data:([^,]*?)(;base64)?,/;
const create = URL.createObjectURL.bind(URL);
const revoke = URL.revokeObjectURL.bind(URL);

function shortName(url: string): string {
  return /^(data|blob):/.test(url)
    ? `${url.slice(0, 4)}: script`
    : url.slice(url.lastIndexOf("/") + 1);
}
