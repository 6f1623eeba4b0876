/**
 * The server behind `skein serve`: our own page and the Jupyter face, one folder,
 * one gate.
 * @module
 */
import { type Asked, type Gate, knowsToken, openGate } from "../gate.ts";
import { Root } from "../files.ts";
import { openPage, type PageOptions } from "../own_page.ts";
import { type Admit, Rooms } from "../rooms.ts";
import type { Access } from "./access.ts";
import { isNavigation } from "./access.ts";
import { carryOut, type Routes } from "./answers.ts";
import { type Face, type FaceOptions, openFace } from "./face.ts";
import { makeHostTest } from "./hosts.ts";
import { redirect } from "./login.ts";

/** What a server is given. */
export interface JupyterServerOptions
  extends
    Omit<PageOptions, "root" | "rooms" | "basePath">,
    Pick<
      FaceOptions,
      "version" | "kernelspec" | "identity" | "trustFile" | "idleMs"
    > {
  readonly folder: string;
  readonly hostname: string;
  readonly port: number;
  readonly basePath: string;
  readonly admit: Admit;
  /** Names under which it may be asked; null for all, where a hub stands before it. */
  readonly hosts: readonly string[] | null;
  /** Makes the way in besides the token. */
  readonly makeAccess: (port: number) => Access;
  /** A front end that is served as well. */
  readonly lab?: Lab | undefined;
}

/** A front end of Jupyter's own. */
export interface Lab {
  /** Files that are the same for everybody. */
  readonly answerPublic: (asked: Asked) => Promise<Response> | null;
  /** Its pages and its own API. */
  readonly routes: Routes;
}

/** A server that runs. */
export interface JupyterServer extends AsyncDisposable {
  readonly gate: Gate;
  readonly face: Face;
  /** When it was last used by somebody. Units: milliseconds since 1970. */
  readonly findActivity: () => Promise<number>;
}

/** Starts serving. */
export async function startJupyterServer(
  options: JupyterServerOptions,
): Promise<JupyterServer> {
  const { token, lab, log } = options;
  const root = await Root.open(options.folder);
  const rooms = new Rooms(root, options.admit);
  let usedMs = Date.now();
  const onUse = () => usedMs = Date.now();
  const page = openPage({ ...options, root, rooms, onUse });
  const face = await openFace({
    ...options,
    root,
    rooms,
    ...lab === undefined ? {} : { more: [lab.routes] },
  });
  const gate = openGate({
    ...options,
    isOwnHost: options.hosts === null
      ? () => true
      : makeHostTest(options.hosts),
    takesAnyBody: true,
    takesTokenInPath: true,
    log,
    async answerPublic(asked) {
      const coming = await carryOut(
        async () => await access.answer(asked) ?? NOTHING,
        { ...asked, params: {} },
      );
      if (coming !== NOTHING) return coming;
      if (page.isShell(asked)) {
        return await enterPage(asked, access, options) ??
          page.answerPublic(asked);
      }
      return page.answerPublic(asked) ??
        await (lab?.answerPublic(asked) ?? face.answerPublic(asked));
    },
    admits: (asked) => access.admits(asked),
    answerStranger: (asked) => access.refuse(asked),
    async answer(asked) {
      // A browser that came with the token in its address loses it at the next
      // step. Asked first: of a request that became a WebSocket nothing is left.
      const isNew = asked.query.has("token") && isNavigation(asked) &&
        knowsToken(asked, token);
      // Front ends ask all the time how things are, which is no use of it.
      if (asked.request.method !== "GET") onUse();
      const response = await page.answer(asked) ?? await face.answer(asked);
      if (isNew && response.status < 400) access.remember(response);
      return response;
    },
  });
  // No request is looked at before this is there.
  const access = options.makeAccess(gate.port);
  return {
    gate,
    face,
    async findActivity() {
      await face.kernels.list();
      return Math.max(usedMs, face.kernels.activeMs);
    },
    async [Symbol.asyncDispose]() {
      await face[Symbol.asyncDispose]();
      await rooms[Symbol.asyncDispose]();
      await gate[Symbol.asyncDispose]();
    },
  };
}

/**
 * Our own page takes no cookies: who has one, or the token in the address, is
 * sent on with the token in the fragment, which stays in the browser.
 */
async function enterPage(
  asked: Asked,
  access: Access,
  { token }: { readonly token: string },
): Promise<Response | null> {
  if (asked.query.has("entered")) return null;
  if (!isNavigation(asked) && !access.guardsPage) return null;
  const { pathname } = new URL(asked.request.url);
  if (knowsToken(asked, token)) {
    const response = redirect(`${pathname}?entered#token=${token}`);
    access.remember(response);
    return response;
  }
  if (await access.admits(asked)) {
    return redirect(`${pathname}?entered#token=${token}`);
  }
  return access.guardsPage ? access.refuse(asked) : null;
}

const NOTHING = new Response();
