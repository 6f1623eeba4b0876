/**
 * Writes events as JSON, whatever a cell has put on the prototypes, and none
 * above the limit: the kernel reads each of them whole.
 *
 * What we say of our own is written without asking any `toJSON`; what a cell
 * displays or says in a conversation is the cell's, and is asked.
 * @module
 */
import type { SessionEvent } from "../../protocol/session.ts";
import {
  append,
  findPattern,
  isArray,
  isObject,
  joinList,
  keysOf,
  TheRangeError,
  toJson,
} from "./intrinsics.ts";

/**
 * Writes an event as JSON.
 *
 * @param event The event.
 * @param maxLength How many characters it may have.
 * @returns The text.
 * @throws {RangeError} If it is longer.
 * @throws {TypeError} If what a cell shows can not be written as JSON.
 */
export function eventToJson(event: SessionEvent, maxLength: number): string {
  const limit = { what: wordFor(event), left: maxLength, max: maxLength };
  return writeRecord(
    event,
    limit,
    event.type === "comm" ? writeUsers : writeBundle,
  );
}

/**
 * Says that an event is too large.
 *
 * @param event The event.
 * @param size How large, in MiB; `null` when it could not even be written.
 * @param max How large it may be, in bytes.
 */
export function tooLarge(
  event: SessionEvent,
  size: number,
  max: number,
): RangeError {
  return refusal(wordFor(event), size, max);
}

interface Limit {
  /** What is written, for the error. */
  readonly what: string;
  readonly max: number;
  left: number;
}

type Write = (value: unknown, limit: Limit) => string | undefined;

function writeRecord(record: object, limit: Limit, users: Write): string {
  const parts: string[] = [];
  const names = keysOf(record);
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const value = (record as Record<string, unknown>)[name];
    const write = name === "data" || name === "metadata" ? users : writeOurs;
    const part = write(value, limit);
    if (part !== undefined) append(parts, `${toJson(name)}:${part}`);
  }
  return `{${joinList(parts, ",")}}`;
}

const writeOurs: Write = (value, limit) => {
  if (!isObject(value)) return spend(toJson(value), limit);
  if (!isArray(value)) return writeRecord(value, limit, writeBundle);
  const parts: string[] = [];
  for (let i = 0; i < value.length; i++) {
    append(parts, writeOurs(value[i], limit) ?? "null");
  }
  return `[${joinList(parts, ",")}]`;
};

/** The names in a bundle are ours to read, what stands under them is the cell's. */
const writeBundle: Write = (bundle, limit) => {
  if (!isObject(bundle) || isArray(bundle)) return writeUsers(bundle, limit);
  const parts: string[] = [];
  const names = keysOf(bundle);
  for (let i = 0; i < names.length; i++) {
    const part = writeUsers(bundle[names[i]!], limit);
    if (part !== undefined) append(parts, `${toJson(names[i])}:${part}`);
  }
  return `{${joinList(parts, ",")}}`;
};

const writeUsers: Write = (value, limit) => {
  if (typeof value === "string" && value.length > limit.left) {
    throw refusal(limit.what, value.length, limit.max);
  }
  let json;
  try {
    json = toJson(value);
  } catch (error) {
    throw isTooLong(error)
      ? refusal(limit.what, LONGEST_STRING, limit.max)
      : error;
  }
  return spend(json, limit);
};

function spend(json: string | undefined, limit: Limit): string | undefined {
  if (json === undefined) return undefined;
  if (json.length > limit.left) {
    throw refusal(limit.what, limit.max - limit.left + json.length, limit.max);
  }
  limit.left -= json.length;
  return json;
}

function refusal(what: string, size: number, max: number): RangeError {
  return new TheRangeError(
    `Cannot show ${what}: it has ${inMebi(size)} MiB or more, the limit is ${
      inMebi(max)
    } MiB`,
  );
}

/** Rounded down to a tenth, since it is "or more". */
function inMebi(size: number): number {
  return (size * 10 / MEBI - size * 10 / MEBI % 1) / 10;
}

function isTooLong(error: unknown): boolean {
  try {
    const { message } = error as Error;
    return typeof message === "string" &&
      findPattern(/^Invalid string length$/, message) !== null;
  } catch {
    // A cell threw something that does not want to be looked at.
    return false;
  }
}

function wordFor({ type }: SessionEvent): string {
  if (type === "result") return "result";
  if (type === "display") return "display";
  if (type === "comm") return "comm message";
  if (type === "page") return "page";
  if (type === "expressions") return "expressions";
  return "output";
}

const MEBI = 1024 * 1024;
/** V8 has none longer; its JSON would be. */
const LONGEST_STRING = 2 ** 29 - 24;
