/**
 * Requests and answers of the Jupyter face: routes, bodies within bounds, errors
 * in the form that clients know.
 * @module
 */

/** A request on its way to its handler. */
export interface Call {
  readonly request: Request;
  readonly query: URLSearchParams;
  /** What stands for the named parts of the route, such as `id`. */
  readonly params: Readonly<Record<string, string>>;
}

/** Answers a request. */
export type Handler = (call: Call) => Response | Promise<Response>;

/**
 * Handlers by `METHOD /pattern`. In a pattern `:name` is one part of the path and
 * `*name` all that is left.
 */
export type Routes = Readonly<Record<string, Handler>>;

/** A request that can not be answered as it was meant. */
export class HttpError extends Error {
  /** Class name, as errors carry it. */
  override readonly name = "HttpError";

  /**
   * @param status The status code.
   * @param message What clients show.
   * @param details Fields beside the message.
   */
  constructor(
    readonly status: number,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Finds who answers a path; null if there is nothing. */
export function makeRouter(
  ...tables: readonly Routes[]
): (method: string, path: string) => {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
} | null {
  const routes = tables.flatMap((table) => Object.entries(table)).map(
    ([key, handler]) => {
      const [method, pattern] = key.split(" ") as [string, string];
      return { method, pattern: toRegExp(pattern), handler };
    },
  );
  return (method, path) => {
    const there = routes.flatMap(({ pattern, ...route }) => {
      const found = pattern.exec(path);
      return found === null ? [] : [{ ...route, params: found.groups ?? {} }];
    });
    if (there.length === 0) return null;
    const wanted = method === "HEAD" ? "GET" : method;
    const route = there.find((one) => one.method === wanted);
    if (route !== undefined) return route;
    const allow = [...new Set(there.map((one) => one.method))].join(", ");
    const handler = () => {
      const response = answerError(405, `Cannot ${method} this`);
      response.headers.set("allow", allow);
      return response;
    };
    return { handler, params: {} };
  };
}

/** Carries a handler out; what it throws becomes an answer. */
export async function carryOut(
  handler: Handler,
  call: Call,
): Promise<Response> {
  try {
    return await handler(call);
  } catch (error) {
    if (error instanceof HttpError) {
      return answerError(error.status, error.message, error.details);
    }
    // What is asked for in a form that is none, or lies outside of the folder.
    if (error instanceof RangeError) return answerError(404, error.message);
    if (error instanceof TypeError || error instanceof SyntaxError) {
      return answerError(400, error.message);
    }
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) {
      return answerError(404, "There is no such file or folder");
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      return answerError(403, "The system does not allow that");
    }
    throw error;
  }
}

/** An error as Jupyter clients read it. */
export function answerError(
  status: number,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Response {
  return Response.json({ message, reason: null, ...details }, { status });
}

/** An answer without a body. */
export function answerNothing(): Response {
  return new Response(null, { status: 204 });
}

/**
 * Reads a JSON object; no body is an empty one.
 *
 * @throws {HttpError} If it is too large, too slow or no JSON object.
 */
export async function readObject(
  { request }: Pick<Call, "request">,
  limitBytes = SMALL_BODY,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request, limitBytes);
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError(400, "Invalid JSON in body of request");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HttpError(400, "The body has to be a JSON object");
  }
  return value as Readonly<Record<string, unknown>>;
}

/**
 * Reads a body within bounds of size and time.
 *
 * @throws {HttpError} If it is too large or too slow.
 */
export async function readText(
  { headers, body }: Request,
  limitBytes = SMALL_BODY,
): Promise<string> {
  const told = Number(headers.get("content-length") ?? 0);
  if (told > limitBytes) throw tooLarge(limitBytes);
  if (body === null) return "";
  if (inFlightBytes + told > MOST_IN_FLIGHT) {
    throw new HttpError(503, "The server is busy with other large requests");
  }
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await within(reader.read());
      if (done) break;
      size += value.length;
      inFlightBytes += value.length;
      if (size > limitBytes) throw tooLarge(limitBytes);
      chunks.push(value);
    }
  } finally {
    inFlightBytes -= size;
    // Nobody reads what is left.
    void reader.cancel().catch(() => {});
  }
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** Of a body that stands still nobody waits for the rest. */
async function within<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new HttpError(408, "The rest of the body did not come")),
    STILL_MS,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge(limitBytes: number): HttpError {
  return new HttpError(
    413,
    `The body is too large, expected at most ${limitBytes} bytes`,
  );
}

function toRegExp(pattern: string): RegExp {
  const source = pattern.split("/").map((part) =>
    part.startsWith(":")
      ? `(?<${part.slice(1)}>[^/]+)`
      : part.startsWith("*")
      ? `(?<${part.slice(1)}>.*)`
      : RegExp.escape(part)
  ).join("/");
  // What is left may be nothing, and then its slash may be missing too.
  return new RegExp(
    `^${source.replace(/\/(\(\?<\w+>\.\*\))$/, "(?:/$1)?")}/?$`,
    "s",
  );
}

let inFlightBytes = 0;
const SMALL_BODY = 2 ** 20;
const MOST_IN_FLIGHT = 512 * 2 ** 20;
const STILL_MS = 30_000;
