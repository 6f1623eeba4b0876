/**
 * Errors of Node, told apart by the classes that Deno has for them.
 *
 * Node's have a code and no class, so `instanceof` asks for the code.
 * @module
 */

/** In place of `Deno.errors.NotFound`: no such file, program or process. */
export class NodeNotFound extends Error {
  /** As Node's errors have it. */
  readonly code = "ENOENT";
  /** Tells by the code. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, ["ENOENT", "ESRCH"]);
  }
}

/** In place of `Deno.errors.BrokenPipe`: nobody reads any more. */
export class NodeBrokenPipe extends Error {
  /** As Node's errors have it. */
  readonly code = "EPIPE";
  /** Tells by the code. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return hasCode(error, [
      "EPIPE",
      "ECONNRESET",
      "ABORT_ERR",
      "ERR_STREAM_PREMATURE_CLOSE",
      "ERR_STREAM_DESTROYED",
    ]);
  }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  const { code } = (error ?? {}) as { readonly code?: string };
  return code !== undefined && codes.includes(code);
}
