/**
 * Our own page: its shell and bundle, which hold no secret, its WebSocket, and
 * the list of files it starts from.
 * @module
 */
import type { Root } from "./files.ts";
import type { Asked } from "./gate.ts";
import { openLive } from "./live.ts";
import type { Rooms } from "./rooms.ts";
import { type Bundle, joinStyle, renderShell } from "./shell.ts";
import { renderWidgetShell } from "./widget_shell.ts";

/** What the page is given. */
export interface PageOptions {
  readonly root: Root;
  readonly rooms: Rooms;
  readonly bundle: Bundle;
  readonly basePath: string;
  readonly token: string;
  /**
   * Told when a page says something.
   * @default nobody is told
   */
  readonly onUse?: () => void;
  readonly log: (line: string) => void;
}

/** What answers for the page. */
export interface OwnPage {
  /** Whether the shell is asked for. */
  readonly isShell: (asked: Asked) => boolean;
  /** Answers what needs no token; null for the rest. */
  readonly answerPublic: (asked: Asked) => Response | null;
  /** Answers who knows the token; null for what is not the page's. */
  readonly answer: (asked: Asked) => Promise<Response | null>;
}

/** Makes the page's answers. */
export function openPage(options: PageOptions): OwnPage {
  const { root, rooms, bundle, basePath, token, log, onUse } = options;
  const assets: Readonly<Record<string, readonly [string, string]>> = {
    "/page.js": ["text/javascript; charset=utf-8", bundle.script],
    "/page.css": ["text/css; charset=utf-8", joinStyle(bundle)],
  };
  const isShell = ({ path, request }: Asked) =>
    request.method === "GET" &&
    (path === "/" || path.startsWith("/notebook/") ||
      path.startsWith("/folder/"));
  return {
    isShell,
    answerPublic(asked) {
      const { path, request } = asked;
      const asset = assets[path];
      if (asset !== undefined) {
        const [type, text] = asset;
        return new Response(text, { headers: { "content-type": type } });
      }
      if (path === "/widget.html") return renderWidgetShell(bundle.widget);
      if (path === "/live") {
        const openRoom = (name: string) => rooms.open(name);
        return openLive(request, { token, openRoom, log, onUse });
      }
      return isShell(asked) ? renderShell(basePath, makeNonce()) : null;
    },
    answer: (asked) => answer(asked, root, rooms),
  };
}

async function answer(
  { request, path, query }: Asked,
  root: Root,
  rooms: Rooms,
): Promise<Response | null> {
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
    return null;
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
