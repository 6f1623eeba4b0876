/**
 * Takes a thrown value apart, while its class and stack are still at hand.
 *
 * The kernel turns the report into a traceback with the user's own lines.
 * @module
 */
import type { ErrorReport } from "../../protocol/session.ts";

/**
 * Describes a thrown value.
 *
 * @param thrown Whatever a cell threw, errors and other values alike.
 * @param depth How many causes deep this one is.
 */
export function reportError(thrown: unknown, depth = 0): ErrorReport {
  if (!isError(thrown)) {
    return {
      name: "Uncaught",
      message: inspect(thrown),
      stack: "",
    };
  }
  const name = text(() => thrown.name) || "Error";
  const message = text(() => thrown.message);
  const deeper = depth < MAX_DEPTH;
  const cause = deeper && "cause" in thrown && thrown.cause !== undefined
    ? reportError(thrown.cause, depth + 1)
    : undefined;
  const errors = deeper && thrown instanceof AggregateError
    ? thrown.errors.slice(0, MAX_ERRORS).map((error) =>
      reportError(error, depth + 1)
    )
    : undefined;
  return {
    name,
    message,
    stack: frames(text(() => thrown.stack)),
    properties: ownProperties(thrown),
    cause,
    errors,
  };
}

/** Errors of another realm, such as `node:vm`, are errors too. */
function isError(value: unknown): value is Error {
  return value instanceof Error ||
    Object.prototype.toString.call(value) === "[object Error]";
}

/** A getter of the user's may throw; that must not hide the first error. */
function text(read: () => unknown): string {
  try {
    const value = read();
    return typeof value === "string" ? value : inspect(value);
  } catch {
    return "";
  }
}

function inspect(value: unknown): string {
  try {
    return Deno.inspect(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** Drops the header, which repeats name and message, and keeps the frames. */
function frames(stack: string): string {
  const start = stack.search(/^ {4}at /m);
  return start === -1 ? "" : stack.slice(start);
}

function ownProperties(error: Error): string | undefined {
  const shown = Object.entries(error).filter(([key]) => !SHOWN.has(key));
  if (shown.length === 0) return undefined;
  return text(() => Deno.inspect(Object.fromEntries(shown)));
}

const SHOWN = new Set(["name", "message", "stack", "cause", "errors"]);
const MAX_DEPTH = 5;
const MAX_ERRORS = 10;
