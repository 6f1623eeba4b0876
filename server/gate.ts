/**
 * The one gate in front of everything that is served, HTTP and WebSocket alike.
 *
 * The only caller of `Deno.serve`. It refuses hosts that are not ours (DNS
 * rebinding), origins that are not ours (other pages in the same browser), and
 * whoever does not know the token, before any route is looked at. What it lets
 * through without a token is the shell of the page, which holds no secret.
 * @module
 */
import { timingSafeEqual } from "node:crypto";

/** Where and for whom a gate stands. */
export interface GateOptions {
  /** Address to listen at. @default "127.0.0.1" */
  readonly hostname?: string;
  /** Port to listen at; 0 for any that is free. @default 0 */
  readonly port?: number;
  /** Path in front of all routes, such as `/user/ada/`. @default "/" */
  readonly basePath?: string;
  /** What whoever asks has to know. */
  readonly token: string;
  /**
   * Tells other hosts for which it answers, such as those of a proxy.
   * @default none but its own
   */
  readonly isOwnHost?: (host: string) => boolean;
  /** Answers what needs no token; null for the rest. */
  readonly answerPublic: (
    request: Asked,
  ) => Response | null | Promise<Response | null>;
  /** Answers who knows the token. */
  readonly answer: (request: Asked) => Response | Promise<Response>;
  /**
   * Other ways to be let in than the token, such as a cookie.
   * @default none
   */
  readonly admits?: (request: Asked) => boolean | Promise<boolean>;
  /**
   * Answers who may not come in.
   * @default 403
   */
  readonly answerStranger?: (request: Asked) => Response;
  /**
   * Whether bodies may be of any type: where nothing but a token lets in, no
   * form of another page can send one.
   * @default false
   */
  readonly takesAnyBody?: boolean;
  /**
   * Whether the token may stand in the path, `/t/TOKEN/…`, for clients that can
   * send it nowhere else.
   * @default false
   */
  readonly takesTokenInPath?: boolean;
  /** Takes lines about what went wrong. */
  readonly log: (line: string) => void;
}

/** A request that passed the checks of host and origin. */
export interface Asked {
  readonly request: Request;
  /** The path below the base, decoded once, such as `/api/kernels`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** An open gate. */
export interface Gate extends AsyncDisposable {
  /** Where it is, such as `http://127.0.0.1:4321/`. */
  readonly url: string;
  readonly hostname: string;
  readonly port: number;
}

/**
 * Opens the gate.
 *
 * @throws {Deno.errors.AddrInUse} If the port is taken.
 */
export function openGate(options: GateOptions): Gate {
  const { hostname = "127.0.0.1", port = 0, basePath = "/", log } = options;
  let own: readonly string[] = [];
  const server = Deno.serve({
    hostname,
    port,
    onListen: () => {},
    onError(error) {
      log(`A request failed: ${String(error)}`);
      return new Response("Something went wrong here", { status: 500 });
    },
  }, (request) => admit(request, { ...options, basePath, own }));
  const { port: actual } = server.addr;
  own = [hostname, "127.0.0.1", "localhost", "[::1]"].map((name) =>
    `${name}:${actual}`
  );
  const shown = hostname === "0.0.0.0" || hostname === "::"
    ? "127.0.0.1"
    : hostname;
  return {
    url: `http://${shown}:${actual}${basePath}`,
    hostname,
    port: actual,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Tells whether a request says the token; every byte is compared. */
export function knowsToken(
  { request, query }: Pick<Asked, "request" | "query">,
  token: string,
): boolean {
  const header = request.headers.get("authorization") ?? "";
  const [, said] = /^(?:token|Bearer)\s+(\S+)$/i.exec(header) ?? [];
  return isToken(said ?? query.get("token") ?? "", token);
}

/** Compares in constant time. */
export function isToken(said: string, token: string): boolean {
  const [a, b] = [said, token].map((text) =>
    new TextEncoder().encode(text)
  ) as [Uint8Array, Uint8Array];
  return token !== "" && a.length === b.length && timingSafeEqual(a, b);
}

async function admit(
  request: Request,
  options: GateOptions & { basePath: string; own: readonly string[] },
): Promise<Response> {
  const { basePath, own, isOwnHost = () => false, token } = options;
  const host = request.headers.get("host");
  // The address of a request has its host from this header, so it proves nothing.
  if (host === null || !(own.includes(host) || isOwnHost(host))) {
    return refuse(403, "This server does not answer for that host name");
  }
  const origin = request.headers.get("origin");
  const origins = ["http", "https"].map((scheme) => `${scheme}://${host}`);
  if (origin !== null && !origins.includes(origin)) {
    return refuse(403, "This server does not answer other pages");
  }
  const url = new URL(request.url);
  const path = decodePath(url.pathname, basePath);
  if (path === null) return refuse(404, "There is nothing here");
  const plain: Asked = { request, path, query: url.searchParams };
  const named = options.takesTokenInPath ? takePathToken(plain, token) : null;
  const asked = named ?? plain;
  const open = await options.answerPublic(asked);
  if (open !== null) return guard(open);
  const isIn = named !== null || knowsToken(asked, token) ||
    await options.admits?.(asked) === true;
  if (!isIn) {
    const { answerStranger } = options;
    return answerStranger === undefined
      ? refuse(403, "The token is missing or wrong")
      : guard(answerStranger(asked));
  }
  if (options.takesAnyBody !== true && !isStateChangeSafe(request)) {
    return refuse(415, "The body has to be application/json");
  }
  return guard(await options.answer(asked));
}

/** Decoded here and nowhere else: what is decoded late climbs out of its folder. */
function decodePath(pathname: string, basePath: string): string | null {
  if (!pathname.startsWith(basePath)) return null;
  try {
    const path = decodeURIComponent(pathname.slice(basePath.length - 1));
    return path.includes("\0") || path.includes("\\") ? null : path;
  } catch {
    return null;
  }
}

/** What was asked behind the token; null where there is none, or another. */
function takePathToken(asked: Asked, token: string): Asked | null {
  const [, said, path] = /^\/t\/([^/]+)(\/.*)$/s.exec(asked.path) ?? [];
  return said === undefined || !isToken(said, token)
    ? null
    : { ...asked, path: path! };
}

/** A form of another page can send text, but no JSON. */
function isStateChangeSafe({ method, headers, body }: Request): boolean {
  if (body === null || method === "GET" || method === "HEAD") return true;
  return /^application\/json\b/i.test(headers.get("content-type") ?? "");
}

function refuse(status: number, message: string): Response {
  return guard(Response.json({ message, reason: null }, { status }));
}

/** Headers that every answer has; those of an upgrade can not be changed. */
function guard(response: Response): Response {
  if (response.status === 101) return response;
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-resource-policy", "same-origin");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return response;
}
