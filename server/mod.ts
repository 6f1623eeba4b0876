/**
 * The server behind `skein open`: one folder, its notebooks, our own page.
 * @module
 */
import { Root } from "./files.ts";
import { type Asked, type Gate, openGate } from "./gate.ts";
import { openLive } from "./live.ts";
import { type Admit, Rooms } from "./rooms.ts";
import { type Bundle, joinStyle, renderShell } from "./shell.ts";

export type { RightsDesk } from "./room_options.ts";
export type { Admit } from "./rooms.ts";
export type { Bundle } from "./shell.ts";
export type { DiskState } from "./disk.ts";
export type { Ran } from "./runs.ts";
export type {
  KernelState,
  PageRequest,
  ServerMessage,
  ShownCell,
  ShownRights,
  ShownRun,
} from "./protocol.ts";

/** What a server is given. */
export interface ServerOptions {
  /** The folder that is served. */
  readonly folder: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly basePath?: string;
  readonly token: string;
  /** The page. */
  readonly bundle: Bundle;
  /** Says how the cells of a notebook are run. */
  readonly admit: Admit;
  readonly log: (line: string) => void;
}

/** A server that runs. */
export interface Server extends AsyncDisposable {
  readonly gate: Gate;
}

/** Starts serving a folder. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { basePath = "/", bundle, token, log } = options;
  const root = await Root.open(options.folder);
  const rooms = new Rooms(root, options.admit);
  const assets: Readonly<Record<string, readonly [string, string]>> = {
    "/page.js": ["text/javascript; charset=utf-8", bundle.script],
    "/page.css": ["text/css; charset=utf-8", joinStyle(bundle)],
  };
  const gate = openGate({
    ...options,
    answerPublic: ({ path, request }: Asked) => {
      const asset = assets[path];
      if (asset !== undefined) {
        const [type, text] = asset;
        return new Response(text, { headers: { "content-type": type } });
      }
      if (path === "/live") {
        const openRoom = (name: string) => rooms.open(name);
        return openLive(request, { token, openRoom, log });
      }
      const isShell = path === "/" || path.startsWith("/notebook/") ||
        path.startsWith("/folder/");
      return isShell && request.method === "GET"
        ? renderShell(basePath, makeNonce())
        : null;
    },
    answer: (asked) => answer(asked, root, rooms),
  });
  return {
    gate,
    async [Symbol.asyncDispose]() {
      await rooms[Symbol.asyncDispose]();
      await gate[Symbol.asyncDispose]();
    },
  };
}

async function answer(
  { request, path, query }: Asked,
  root: Root,
  rooms: Rooms,
): Promise<Response> {
  const say = (status: number, message: string) =>
    Response.json({ message, reason: null }, { status });
  try {
    if (path === "/files" && request.method === "GET") {
      const at = query.get("at") ?? "";
      const entries = await root.list(at);
      return Response.json({
        entries: entries.map((entry) => ({
          ...entry,
          isOpen: rooms.isOpen(`${at}/${entry.name}`),
        })),
      });
    }
    if (path === "/new" && request.method === "POST") {
      return Response.json({ path: await rooms.create(query.get("at") ?? "") });
    }
    return say(404, "There is nothing here");
  } catch (error) {
    if (error instanceof RangeError) return say(404, error.message);
    if (error instanceof Deno.errors.NotFound) {
      return say(404, "There is no such file or folder");
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      return say(403, "The system does not let us read that");
    }
    throw error;
  }
}

function makeNonce(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toBase64();
}
