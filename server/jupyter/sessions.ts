/**
 * Sessions: which file a client has open with which kernel.
 *
 * In Jupyter a session is what binds a path to a kernel; what this project calls
 * a session is the process of the kernel.
 * @module
 */
import { basename } from "node:path";
import type { Root } from "../files.ts";
import type { Room } from "../room.ts";
import type { Rooms } from "../rooms.ts";
import {
  answerNothing,
  type Call,
  HttpError,
  readObject,
  type Routes,
} from "./answers.ts";
import type { Kernels } from "./kernels.ts";
import type { SharedKernel } from "./shared_kernel.ts";

/** A file that is open with a kernel. */
export interface Session {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** `notebook`, `console` or `file`. */
  readonly type: string;
  readonly kernelId: string;
}

/** What sessions are made of. */
export interface SessionsOptions {
  readonly root: Root;
  readonly rooms: Rooms;
  readonly kernels: Kernels;
  readonly basePath: string;
}

/** All sessions. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #sessions = new Map<string, Session>();

  /** @param options What they are made of. */
  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** All whose kernel is there; a notebook that our page runs has one as well. */
  async list(): Promise<Session[]> {
    const { kernels } = this.#options;
    const bound = new Set<string>();
    for (const [id, { kernelId }] of this.#sessions) {
      if (kernels.has(kernelId)) bound.add(kernelId);
      else this.#sessions.delete(id);
    }
    for (const kernel of await kernels.list()) {
      const room = kernels.roomOf(kernel.id);
      if (room === null || bound.has(kernel.id)) continue;
      const path = this.#options.root.relative(room.file.path);
      this.#add({ path, type: "notebook", kernelId: kernel.id });
    }
    return [...this.#sessions.values()];
  }

  /** The routes of `/api/sessions`. */
  routes(): Routes {
    return {
      "GET /api/sessions": async () => {
        const all = await this.list();
        return Response.json(all.map((one) => this.#describe(one)));
      },
      "POST /api/sessions": (call) => this.#create(call),
      "GET /api/sessions/:id": ({ params }) =>
        Response.json(this.#describe(this.#get(params.id!))),
      "PATCH /api/sessions/:id": (call) => this.#change(call),
      "DELETE /api/sessions/:id": async ({ params }) => {
        const { id, kernelId } = this.#get(params.id!);
        this.#sessions.delete(id);
        const isShared = [...this.#sessions.values()].some((one) =>
          one.kernelId === kernelId
        );
        if (!isShared) await this.#options.kernels.shutDown(kernelId);
        return answerNothing();
      },
    };
  }

  async #create(call: Call): Promise<Response> {
    const { path, type, name, kernel, notebook } = await readObject(call);
    // Old clients put the path where only notebooks have one.
    const told = path ?? (notebook as { path?: unknown } | undefined)?.path;
    if (typeof told !== "string") {
      throw new HttpError(400, "Missing field in JSON data: path");
    }
    const kind = type ?? (notebook === undefined ? undefined : "notebook");
    if (typeof kind !== "string") {
      throw new HttpError(400, "Missing field in JSON data: type");
    }
    const known = (await this.list()).find((one) => one.path === told);
    const session = known ?? this.#add({
      path: told,
      type: kind,
      ...typeof name === "string" ? { name } : {},
      kernelId: (await this.#start(told, kind, kernel)).id,
    });
    return Response.json(this.#describe(session), {
      status: 201,
      headers: {
        location: `${this.#options.basePath}api/sessions/${session.id}`,
      },
    });
  }

  /** The kernel that is asked for: one that runs, or that of the path. */
  async #start(
    path: string,
    type: string,
    wanted: unknown,
  ): Promise<SharedKernel> {
    const { kernels } = this.#options;
    const { id, name } = (wanted ?? {}) as { id?: unknown; name?: unknown };
    if (typeof id === "string" && kernels.has(id)) return kernels.get(id);
    const asked = typeof name === "string" && name !== "" ? name : null;
    try {
      kernels.checkName(asked);
    } catch (error) {
      const { message } = error as Error;
      throw new HttpError(501, message, { short_message: message });
    }
    const isProvisional = type === "notebook";
    const room = isProvisional ? await this.#findRoom(path) : null;
    if (room === null) {
      return await kernels.start({ name: asked, path, isProvisional });
    }
    const kernel = kernels.ofRoom(room);
    await kernel.wake();
    return kernel;
  }

  /** The room of a notebook, if there is such a file. */
  async #findRoom(path: string): Promise<Room | null> {
    const { root, rooms } = this.#options;
    const file = await root.resolve(path).catch(() => null);
    const info = file === null ? null : await Deno.stat(file).catch(() => null);
    return info?.isFile ? await rooms.open(path) : null;
  }

  async #change(call: Call): Promise<Response> {
    const { kernels } = this.#options;
    const session = this.#get(call.params.id!);
    const { path, name, type, kernel } = await readObject(call);
    const text = (value: unknown, old: string) =>
      typeof value === "string" && value !== "" ? value : old;
    const moved = {
      ...session,
      path: text(path, session.path),
      name: text(name, session.name),
      type: text(type, session.type),
    };
    const { id } = (kernel ?? {}) as { id?: unknown };
    const isOther = kernel !== undefined && kernel !== null &&
      id !== session.kernelId;
    if (isOther) {
      const isShared = [...this.#sessions.values()].some((one) =>
        one.id !== session.id && one.kernelId === session.kernelId
      );
      // The one kernel of a notebook begins anew under another id.
      if (!isShared) await kernels.shutDown(session.kernelId);
    }
    const kernelId = isOther
      ? (await this.#start(moved.path, moved.type, kernel)).id
      : session.kernelId;
    if (moved.type === "notebook" && moved.path !== session.path) {
      const room = await this.#findRoom(moved.path);
      if (room !== null) kernels.bind(kernelId, room);
    }
    const next = { ...moved, kernelId };
    this.#sessions.set(next.id, next);
    return Response.json(this.#describe(next));
  }

  #add(
    session: Omit<Session, "id" | "name"> & Partial<Pick<Session, "name">>,
  ): Session {
    const id = crypto.randomUUID();
    const added = { name: basename(session.path), ...session, id };
    this.#sessions.set(id, added);
    return added;
  }

  #get(id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) {
      throw new HttpError(404, `Session not found: session_id='${id}'`);
    }
    if (!this.#options.kernels.has(session.kernelId)) {
      this.#sessions.delete(id);
      throw new HttpError(410, "The kernel of this session has ended");
    }
    return session;
  }

  #describe({ id, path, name, type, kernelId }: Session) {
    const kernel = this.#options.kernels.get(kernelId).describe();
    const notebook = { path, name };
    return {
      ...{ id, path, name, type, kernel },
      ...type === "notebook" ? { notebook } : {},
    };
  }
}
