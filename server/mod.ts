/**
 * The server behind `skein open`: one folder, its notebooks, our own page.
 * @module
 */
import { Root } from "./files.ts";
import { type Gate, openGate } from "./gate.ts";
import { openPage } from "./own_page.ts";
import { type Admit, Rooms } from "./rooms.ts";
import type { Bundle } from "./shell.ts";

export type { RightsDesk } from "./room_options.ts";
export type { JupyterServer, JupyterServerOptions } from "./jupyter/serve.ts";
export type { KernelSpec } from "./jupyter/kernel_routes.ts";
export type { Admit } from "./rooms.ts";
export type { Bundle } from "./shell.ts";
export type { DiskState } from "./disk.ts";
export type { QuestionForm } from "./question.ts";
export type { Ran } from "./runs.ts";
export type {
  KernelState,
  PageRequest,
  Problem,
  ServerMessage,
  ShownCell,
  ShownLane,
  ShownLock,
  ShownRights,
  ShownRun,
  ShownThing,
} from "./protocol.ts";

/** Loads the Jupyter face, which `skein open` does without. */
export const loadJupyter = async (): Promise<
  typeof import("./jupyter/mod.ts")
> => await import("./jupyter/mod.ts");

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
  const { basePath = "/" } = options;
  const root = await Root.open(options.folder);
  const rooms = new Rooms(root, options.admit);
  const page = openPage({ ...options, basePath, root, rooms });
  const gate = openGate({
    ...options,
    answerPublic: page.answerPublic,
    answer: async (asked) => await page.answer(asked) ?? nothing(),
  });
  return {
    gate,
    async [Symbol.asyncDispose]() {
      await rooms[Symbol.asyncDispose]();
      await gate[Symbol.asyncDispose]();
    },
  };
}

function nothing(): Response {
  const body = { message: "There is nothing here", reason: null };
  return Response.json(body, { status: 404 });
}
