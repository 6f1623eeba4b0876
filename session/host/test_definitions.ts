/**
 * How `Deno.test` and `Deno.bench` are called: many shapes in, one out. Pure.
 * @module
 */
import {
  append,
  bare,
  findPattern,
  isArray,
  isObject,
  textSlice,
  TheString,
  TheTypeError,
  toJson,
  toNumber,
} from "./intrinsics.ts";

/** A test or benchmark as a cell defines it. */
export interface Definition {
  /** What it is called. */
  readonly name: string;
  /** What it runs. */
  readonly fn: (context: unknown) => unknown;
  /** What else was said, such as `ignore`. */
  readonly options: Options;
}

/** What may be said of a test or benchmark besides. */
export interface Options {
  readonly name?: unknown;
  readonly fn?: unknown;
  readonly ignore?: unknown;
  readonly only?: unknown;
  readonly timeout?: unknown;
  readonly retry?: unknown;
  readonly repeats?: unknown;
  readonly sanitizeExit?: unknown;
  readonly sanitizeOps?: unknown;
  readonly sanitizeResources?: unknown;
  readonly group?: unknown;
  readonly baseline?: unknown;
  readonly n?: unknown;
  readonly warmup?: unknown;
}

/** How a test or a step went, for programs; people read the lines. */
export interface TestResult {
  /** Its name; that of a step follows its test's, with ` > ` between. */
  readonly name: string;
  /** How it went. */
  readonly outcome: "ok" | "failed" | "ignored";
  /** How long it took, in milliseconds. */
  readonly elapsedMs: number;
  /** What went wrong first; empty when nothing did. */
  readonly message: string;
}

/**
 * Reads the arguments of a call.
 *
 * @param what What was called, for errors, such as `Deno.test`.
 * @param args `(definition)`, `(name, fn)`, `(fn)`, `(name, options, fn)`,
 *     `(options, fn)`.
 * @param more What the way of calling says, such as `{ ignore: true }`.
 * @throws {TypeError} If there is no function, or it has no name.
 */
export function readDefinition(
  what: string,
  args: readonly unknown[],
  more: Options = {},
): Definition {
  let name: unknown;
  let fn: unknown;
  let options: Options = {};
  for (let i = 0; i < args.length && i < 3; i++) {
    const given = args[i];
    if (typeof given === "function") fn = given;
    else if (typeof given === "string") name = given;
    else if (isObject(given)) options = given as Options;
  }
  fn ??= options.fn;
  if (typeof fn !== "function") {
    throw new TheTypeError(`Cannot define ${what}: found no function to run`);
  }
  name ??= options.name ?? fn.name;
  if (typeof name !== "string" || name === "") {
    throw new TheTypeError(
      `Cannot define ${what}: it has no name, expected a string or a function with a name`,
    );
  }
  return bare({
    name,
    fn: fn as Definition["fn"],
    options: bare({ ...options, ...more }),
  });
}

/**
 * Fills a case into the name of a parameterized test.
 *
 * @param template The name, with tokens such as `%s` and `$key`.
 * @param value The case: an array's elements are taken in order.
 * @param index Which case it is, from 0.
 */
export function fillName(
  template: string,
  value: unknown,
  index: number,
): string {
  const values = isArray(value) ? value : [value];
  let used = 0;
  let name = "";
  let rest = template;
  for (;;) {
    const match = findPattern(TOKEN, rest);
    if (match === null) return name + rest;
    const { 0: token, 1: kind, 2: path, index: at } = match;
    name += textSlice(rest, 0, at);
    rest = textSlice(rest, at + token.length);
    if (path !== undefined) {
      const found = follow(value, path);
      name += found === undefined ? token : show(found);
    } else if (kind === "%") name += "%";
    else if (kind === "#") name += index;
    else if (used >= values.length) name += token;
    else name += showAs(kind!, values[used++]);
  }
}

function follow(value: unknown, path: string): unknown {
  let found = value;
  for (let rest = path; rest !== "";) {
    const match = findPattern(/^\.?([\w$]+)/, rest)!;
    if (!isObject(found)) return undefined;
    found = found[match[1]!];
    rest = textSlice(rest, match[0].length);
  }
  return found;
}

function showAs(kind: string, value: unknown): string {
  if (kind === "s") return TheString(value);
  if (kind === "d" || kind === "i") {
    const number = toNumber(value);
    return `${kind === "i" ? number - number % 1 : number}`;
  }
  if (kind === "f") return `${toNumber(value)}`;
  return kind === "j" ? toJson(value) ?? "undefined" : inspect(value);
}

function show(value: unknown): string {
  return typeof value === "string" ? value : inspect(value);
}

/** The arguments of a case. */
export function argumentsOf(value: unknown, context: unknown): unknown[] {
  const args: unknown[] = [];
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) append(args, value[i]);
  } else append(args, value);
  append(args, context);
  return args;
}

const { inspect } = Deno;
const TOKEN = /%([sdifjoO#%])|\$([\w$]+(?:\.[\w$]+)*)/;
