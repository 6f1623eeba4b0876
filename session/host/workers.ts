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
import { resolveSpecifier } from "./modules.ts";
import { WORKER_SETUP, type WorkerSetup } from "./worker_setup.ts";

/** What the replaced `Worker` needs. */
export interface WorkerOptionsOfHost {
  /** How the main thread writes frames. */
  readonly frames: FrameSettings;
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
  let writers = 0;
  const scriptsInUse = keepBlobScripts();

  class SessionWorker extends Worker {
    #ended: () => void;

    constructor(script: string | URL, options?: WorkerOptions) {
      const url = resolveSpecifier(String(script), host.baseUrl);
      if (url.startsWith("blob:")) scriptsInUse.add(url);
      const entry = entryModule(url, {
        frames: { ...host.frames, writer: ++writers },
        executionId: currentExecution(),
      });
      super(entry, options);
      // The constructor has read it already.
      revoke(entry);
      this.#ended = host.children.add({
        what: "worker",
        name: options?.name || shortName(url),
        raw: false,
        stop: () => this.terminate(),
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

/** Static imports are evaluated in order: setup, console, then the user's script. */
function entryModule(script: string, setup: WorkerSetup): string {
  const assignment = `globalThis.${WORKER_SETUP}=${JSON.stringify(setup)}`;
  const imports = [
    `data:text/javascript,${encodeURIComponent(assignment)}`,
    import.meta.resolve("./worker_entry.ts"),
    script,
  ].map((url) => `import ${JSON.stringify(url)};`);
  // A blob, since its URL is short: it appears in the Worker's stack traces.
  return URL.createObjectURL(
    new Blob([imports.join("\n")], { type: "text/javascript" }),
  );
}

/**
 * A script may revoke its `blob:` URL right after `new Worker`, which Deno
 * allows; our module imports it a little later, so the URL has to stay.
 */
function keepBlobScripts(): Set<string> {
  const inUse = new Set<string>();
  URL.revokeObjectURL = (url) => {
    if (!inUse.has(url)) revoke(url);
  };
  return inUse;
}

const revoke = URL.revokeObjectURL.bind(URL);

function shortName(url: string): string {
  return /^(data|blob):/.test(url)
    ? `${url.slice(0, 4)}: script`
    : url.slice(url.lastIndexOf("/") + 1);
}
