/**
 * The Jupyter face: the folder, its notebooks and their kernels as Jupyter's
 * front ends know them.
 *
 * It stands behind the one gate, beside our own page, on the same documents.
 * @module
 */
import type { Asked } from "../gate.ts";
import type { Root } from "../files.ts";
import type { Admit, Rooms } from "../rooms.ts";
import { answerError, carryOut, makeRouter, type Routes } from "./answers.ts";
import { checkpointRoutes } from "./checkpoints.ts";
import { contentsRoutes } from "./contents.ts";
import { eventRoutes } from "./events.ts";
import {
  kernelRoutes,
  type KernelSpec,
  kernelSpecRoutes,
} from "./kernel_routes.ts";
import { Kernels } from "./kernels.ts";
import { NotebookStore } from "./notebook_store.ts";
import { OutputTrust } from "./output_trust.ts";
import { rawFileRoutes } from "./raw_files.ts";
import { Sessions } from "./sessions.ts";
import { type Identity, smallRoutes } from "./small_routes.ts";

/** What a face is made of. */
export interface FaceOptions {
  readonly root: Root;
  readonly rooms: Rooms;
  readonly admit: Admit;
  readonly basePath: string;
  readonly version: string;
  readonly kernelspec: KernelSpec;
  readonly identity: Identity;
  /** Where it is remembered which outputs the user made; null for nowhere. */
  readonly trustFile: string | null;
  /** End kernels that did nothing for so long; null for never. */
  readonly idleMs: number | null;
  /** Routes of a front end that is served as well. */
  readonly more?: readonly Routes[];
  readonly log: (line: string) => void;
}

/** A face. */
export interface Face extends AsyncDisposable {
  readonly kernels: Kernels;
  /** Answers what says nothing about anybody; null for the rest. */
  readonly answerPublic: (asked: Asked) => Promise<Response> | null;
  readonly answer: (asked: Asked) => Promise<Response>;
}

/** Makes the face. */
export async function openFace(options: FaceOptions): Promise<Face> {
  const { basePath, version, kernelspec, more = [] } = options;
  const kernels = new Kernels({ ...options, name: kernelspec.name });
  const trust = await OutputTrust.open(options.trustFile);
  const store = new NotebookStore({ ...options, kernels, trust });
  const sessions = new Sessions({ ...options, kernels });
  let connections = 0;
  const takePlace = () => {
    if (connections >= MOST_CONNECTIONS) return null;
    connections++;
    let isTaken = true;
    return () => {
      if (isTaken) connections--;
      isTaken = false;
    };
  };
  const find = makeRouter(
    kernelRoutes({ kernels, basePath, takePlace }),
    kernelSpecRoutes(kernelspec, basePath),
    sessions.routes(),
    checkpointRoutes(options),
    contentsRoutes({ ...options, store, kernels }),
    rawFileRoutes(options),
    eventRoutes(takePlace),
    smallRoutes({ ...options, kernels, connections: () => connections }),
    ...more,
  );
  const findPublic = makeRouter({
    "GET /api": () => Response.json({ version }),
  });
  const carry = (found: ReturnType<typeof find>, { request, query }: Asked) =>
    found === null
      ? Promise.resolve(answerError(404, "There is nothing here"))
      : carryOut(found.handler, { request, query, params: found.params });
  return {
    kernels,
    answerPublic(asked) {
      const found = findPublic(asked.request.method, asked.path);
      return found === null ? null : carry(found, asked);
    },
    answer: (asked) => carry(find(asked.request.method, asked.path), asked),
    [Symbol.asyncDispose]: () => kernels[Symbol.asyncDispose](),
  };
}

const MOST_CONNECTIONS = 500;
