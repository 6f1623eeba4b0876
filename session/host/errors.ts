/**
 * Takes a thrown value apart, while its class and stack are still at hand.
 *
 * The kernel turns the report into a traceback with the user's own lines. All
 * of it is bounded: how deep, how many errors in all, and how long their texts.
 * @module
 */
import type { ErrorReport } from "../../protocol/session.ts";
import {
  append,
  bare,
  findPattern,
  isArray,
  isErrorObject,
  isPrototypeOf,
  keysOf,
  kindOfObject,
  min,
  textIndexOf,
  textSlice,
  TheError,
} from "./intrinsics.ts";
import { rawFrames } from "./stacks.ts";

/**
 * Describes a thrown value. Never throws, whatever the value does when it is
 * looked at: a cell whose error can not be told would never end.
 *
 * @param thrown Whatever a cell threw, errors and other values alike.
 */
export function reportError(thrown: unknown): ErrorReport {
  return report(thrown, { depth: 0, tree: { left: MAX_ERRORS_IN_ALL } });
}

interface Place {
  readonly depth: number;
  /** How many errors may still be taken apart. */
  readonly tree: { left: number };
}

function report(thrown: unknown, place: Place): ErrorReport {
  place.tree.left--;
  try {
    return isError(thrown)
      ? takeApart(thrown, place)
      : { name: "Uncaught", message: cut(inspect(thrown)), stack: "" };
  } catch {
    // Looking at it may use up the stack.
    return { name: "Error", message: "[cannot be shown]", stack: "" };
  }
}

function takeApart(error: Error, place: Place): ErrorReport {
  const deeper: Place = { ...place, depth: place.depth + 1 };
  const goesOn = deeper.depth <= MAX_DEPTH && place.tree.left > 0;
  const cause = goesOn ? read(() => error.cause) : undefined;
  const stack = text(() => error.stack);
  const found: ErrorReport = {
    name: cut(text(() => error.name)) || "Error",
    message: cut(text(() => error.message)),
    stack: cut(rawFrames(error, stack) ?? frames(stack)),
    properties: ownProperties(error),
    cause: cause === undefined ? undefined : report(cause, deeper),
  };
  return goesOn ? { ...found, ...innerErrors(error, deeper) } : found;
}

/** The errors of an `AggregateError`, as many as there is room for. */
function innerErrors(
  error: Error,
  place: Place,
): Pick<ErrorReport, "errors" | "omitted"> {
  const isOne = read(() => isPrototypeOf(Aggregate, error)) === true;
  const errors = isOne ? read(() => (error as AggregateError).errors) : null;
  if (!isOne || read(() => isArray(errors)) !== true) return {};
  const all = errors as readonly unknown[];
  const length = read(() => all.length) ?? 0;
  const reports: ErrorReport[] = [];
  for (let i = 0; i < min(length, MAX_ERRORS) && place.tree.left > 0; i++) {
    append(reports, report(read(() => all[i]), place));
  }
  const omitted = length - reports.length;
  return omitted > 0 ? { errors: reports, omitted } : { errors: reports };
}

/** Errors of another realm, such as `node:vm`, are errors too. */
function isError(value: unknown): value is Error {
  return isErrorObject(value) ||
    read(() => isPrototypeOf(ErrorPrototype, value)) === true ||
    read(() => kindOfObject(value)) === "[object Error]";
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

const { inspect: inspectTruly } = Deno;

function inspect(value: unknown): string {
  return read(() => inspectTruly(value)) ??
    read(() => kindOfObject(value)) ?? "[cannot be shown]";
}

function cut(text: string): string {
  return text.length <= MAX_TEXT
    ? text
    : `${textSlice(text, 0, MAX_TEXT)}[… ${
      text.length - MAX_TEXT
    } characters not shown …]`;
}

/** Drops the header, which repeats name and message, and keeps the frames. */
function frames(stack: string): string {
  if (textIndexOf(stack, "    at ") === 0) return stack;
  const start = textIndexOf(stack, "\n    at ");
  return start === -1 ? "" : textSlice(stack, start + 1);
}

function ownProperties(error: Error): string | undefined {
  const names = keysOf(error);
  const shown: Record<string, unknown> = bare({});
  let count = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (findPattern(SHOWN, name) !== null) continue;
    shown[name] = read(() =>
      (error as unknown as Record<string, unknown>)[name]
    );
    count++;
  }
  return count === 0 ? undefined : cut(inspect({ ...shown }));
}

const { prototype: ErrorPrototype } = TheError;
const { prototype: Aggregate } = AggregateError;
const SHOWN = /^(name|message|stack|cause|errors)$/;
const MAX_DEPTH = 5;
const MAX_ERRORS = 10;
/** Ten errors with ten each, five deep, are a hundred thousand. */
const MAX_ERRORS_IN_ALL = 50;
/** Units: UTF-16 units. */
const MAX_TEXT = 256 * 1024;
