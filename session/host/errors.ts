/**
 * Takes a thrown value apart, while its class and stack are still at hand.
 *
 * The kernel turns the report into a traceback with the user's own lines.
 * @module
 */
import type { ErrorReport } from "../../protocol/session.ts";

/**
 * Describes a thrown value. Never throws, whatever the value does when it is
 * looked at: a cell whose error can not be told would never end.
 *
 * @param thrown Whatever a cell threw, errors and other values alike.
 * @param depth How many causes deep this one is.
 */
export function reportError(thrown: unknown, depth = 0): ErrorReport {
  try {
    return isError(thrown)
      ? takeApart(thrown, depth)
      : { name: "Uncaught", message: inspect(thrown), stack: "" };
  } catch {
    // A cell has broken what we stand on, such as `String.prototype`.
    return { name: "Error", message: "[cannot be shown]", stack: "" };
  }
}

function takeApart(error: Error, depth: number): ErrorReport {
  const deeper = depth < MAX_DEPTH;
  const cause = deeper ? read(() => error.cause) : undefined;
  const errors = deeper ? read(() => (error as AggregateError).errors) : [];
  return {
    name: text(() => error.name) || "Error",
    message: text(() => error.message),
    stack: frames(text(() => error.stack)),
    properties: ownProperties(error),
    cause: cause === undefined ? undefined : reportError(cause, depth + 1),
    errors: deeper && error instanceof AggregateError && Array.isArray(errors)
      ? errors.slice(0, MAX_ERRORS).map((one) => reportError(one, depth + 1))
      : undefined,
  };
}

/** Errors of another realm, such as `node:vm`, are errors too. */
function isError(value: unknown): value is Error {
  return read(() => value instanceof Error) === true ||
    read(() => Object.prototype.toString.call(value)) === "[object Error]";
}

/** A getter of the user's may throw; that must not hide the first error. */
function read<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function text(get: () => unknown): string {
  const value = read(get);
  if (value === undefined) return "";
  return typeof value === "string" ? value : inspect(value);
}

function inspect(value: unknown): string {
  return read(() => Deno.inspect(value)) ??
    read(() => Object.prototype.toString.call(value)) ?? "[cannot be shown]";
}

/** Drops the header, which repeats name and message, and keeps the frames. */
function frames(stack: string): string {
  const start = stack.search(/^ {4}at /m);
  return start === -1 ? "" : stack.slice(start);
}

function ownProperties(error: Error): string | undefined {
  const keys = Object.keys(error).filter((key) => !SHOWN.has(key));
  if (keys.length === 0) return undefined;
  const shown = keys.map((key) => [
    key,
    read(() => (error as unknown as Record<string, unknown>)[key]),
  ]);
  return inspect(Object.fromEntries(shown));
}

const SHOWN = new Set(["name", "message", "stack", "cause", "errors"]);
const MAX_DEPTH = 5;
const MAX_ERRORS = 10;
