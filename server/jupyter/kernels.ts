/**
 * The kernels that Jupyter clients can see: those of open notebooks, which our
 * own page runs as well, and those of no notebook of ours.
 * @module
 */
import { join } from "node:path";
import { Engine } from "../engine.ts";
import type { Root } from "../files.ts";
import type { Room } from "../room.ts";
import type { Admit, Rooms } from "../rooms.ts";
import { HttpError } from "./answers.ts";
import { type Behind, SharedKernel } from "./shared_kernel.ts";

/** What kernels are made of. */
export interface KernelsOptions {
  readonly root: Root;
  readonly rooms: Rooms;
  readonly admit: Admit;
  /** The name of the only kernel that there is. */
  readonly name: string;
  /** End kernels that did nothing for so long; null for never. */
  readonly idleMs: number | null;
  readonly log: (line: string) => void;
}

interface Entry {
  readonly kernel: SharedKernel;
  readonly engine: Engine;
  /** The notebook it belongs to. */
  readonly room: Room | null;
}

/** All kernels. */
export class Kernels implements AsyncDisposable {
  readonly #options: KernelsOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #activeMs = Date.now();

  /** @param options What they are made of. */
  constructor(options: KernelsOptions) {
    this.#options = options;
    const { idleMs } = options;
    if (idleMs === null) return;
    const everyMs = Math.min(Math.max(idleMs / 4, 100), CULL_MS);
    this.#timer = setInterval(() => this.#cull(idleMs), everyMs);
  }

  /** All of them; what our own page has started is among them. */
  async list(): Promise<SharedKernel[]> {
    for (const room of await this.#options.rooms.list()) {
      if (room.engine.isAlive) this.ofRoom(room);
    }
    return [...this.#entries.values()].map(({ kernel }) => kernel);
  }

  /** @throws {HttpError} If there is none. */
  get(id: string): SharedKernel {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      throw new HttpError(404, `Kernel does not exist: ${id}`);
    }
    return entry.kernel;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** When any of them last did something. */
  get activeMs(): number {
    const all = [...this.#entries.values()].map(({ kernel }) =>
      kernel.isBusy ? Date.now() : kernel.activeMs
    );
    return this.#activeMs = Math.max(this.#activeMs, ...all);
  }

  /** The notebook that a kernel belongs to. */
  roomOf(id: string): Room | null {
    return this.#entries.get(id)?.room ?? null;
  }

  /** The kernel of a notebook: there is one, whoever uses it. */
  ofRoom(room: Room): SharedKernel {
    for (const entry of this.#entries.values()) {
      if (entry.room === room) return entry.kernel;
    }
    return this.#add(room.engine, { room, id: crypto.randomUUID() });
  }

  /**
   * Starts a kernel that no notebook of ours has.
   *
   * @param options The name that was asked for, and a file or folder, below
   * the root, where its cells find themselves.
   * @throws {HttpError} If there is no such kernel, or too many of them.
   */
  async start(
    { name, path, id = crypto.randomUUID(), isProvisional = false }: {
      readonly name: string | null;
      readonly path: string;
      readonly id?: string;
      /** Whether it is likely that a notebook is named in a moment. */
      readonly isProvisional?: boolean;
    },
  ): Promise<SharedKernel> {
    this.checkName(name);
    if (this.#entries.has(id)) return this.get(id);
    const notebook = await this.#findPlace(path);
    const { startKernel } = await this.#options.admit(notebook);
    const engine = new Engine({ startKernel, send: () => {}, show: () => {} });
    const kernel = this.#add(engine, { room: null, id, isProvisional });
    if (isProvisional) return kernel;
    try {
      await kernel.wake();
    } catch (error) {
      this.#entries.delete(id);
      throw error;
    }
    return kernel;
  }

  /** Makes a kernel in which nothing has run that of a notebook. */
  bind(id: string, room: Room): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.room !== null || !entry.kernel.isFresh) {
      return;
    }
    const { engine } = room;
    entry.kernel.move(behind(engine, room));
    this.#entries.set(id, { kernel: entry.kernel, engine, room });
  }

  /** @throws {HttpError} If it is not ours. */
  checkName(name: string | null): void {
    if (name === null || name === this.#options.name) return;
    throw new HttpError(404, `No such kernel: ${name}`);
  }

  /** Ends a kernel. */
  async shutDown(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) this.get(id);
    this.#entries.delete(id);
    await entry!.kernel.shutDown();
  }

  /** Forgets the kernel of a notebook that is open no more. */
  async forget(room: Room): Promise<void> {
    for (const [id, entry] of this.#entries) {
      if (entry.room !== room) continue;
      this.#entries.delete(id);
      await entry.kernel.leave(GONE, "The notebook was closed");
    }
  }

  /** Ends all of them; clients are told to come back. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(async ({ kernel, engine, room }) => {
      await kernel.leave(RESTART, "The server is ending");
      if (room === null) await engine[Symbol.asyncDispose]();
    }));
  }

  #add(
    engine: Engine,
    { room, id, isProvisional = false }: {
      readonly room: Room | null;
      readonly id: string;
      readonly isProvisional?: boolean;
    },
  ): SharedKernel {
    if (this.#entries.size >= MOST_KERNELS) {
      throw new HttpError(
        503,
        `There are ${MOST_KERNELS} kernels, shut some down`,
      );
    }
    const kernel = new SharedKernel({
      id,
      name: this.#options.name,
      behind: behind(engine, room),
      isProvisional,
      log: this.#options.log,
    });
    this.#entries.set(id, { kernel, engine, room });
    return kernel;
  }

  /** A notebook need not be there: front ends name consoles, and files of their own. */
  async #findPlace(path: string): Promise<string> {
    const { root } = this.#options;
    const parts = path.split("/").filter((part) => part !== "");
    for (let length = parts.length; length > 0; length--) {
      const found = await root.resolve(parts.slice(0, length).join("/")).catch(
        () => null,
      );
      if (found === null) continue;
      const info = await Deno.stat(found).catch(() => null);
      if (info?.isDirectory) return join(found, UNNAMED);
    }
    return join(root.path, UNNAMED);
  }

  #cull(idleMs: number): void {
    for (const [id, { kernel }] of this.#entries) {
      if (kernel.isBusy || Date.now() - kernel.activeMs < idleMs) continue;
      this.#options.log(`A kernel was idle for long and was shut down: ${id}`);
      void this.shutDown(id).catch((error) => this.#options.log(`${error}`));
    }
  }
}

function behind(engine: Engine, room: Room | null): Behind {
  if (room === null) return { engine };
  return { engine, follow: (...run) => room.follow(...run) };
}

const UNNAMED = "notebook.ipynb";
const MOST_KERNELS = 200;
const CULL_MS = 30_000;
const GONE = 1000;
/** Of 1000 and 1001 clients believe that nobody will be there again. */
const RESTART = 1012;
