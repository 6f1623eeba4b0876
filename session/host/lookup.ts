/**
 * Completion and inspection from the running program: what a value has now.
 *
 * Finds the expression before the cursor when it is a plain path such as
 * `inv.items.get`, and follows it without calling anything of the user's:
 * getters are not run. What a language server knows beyond that (types, locals)
 * is not our concern.
 * @module
 */

/** What could stand at the cursor. Units: offsets in UTF-16 units. */
export interface Completions {
  /** What could stand there, best first. */
  readonly matches: string[];
  /** Where the replaced text starts. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The kind of each match, such as `function`. */
  readonly types: string[];
}

/**
 * Completes the name before the cursor.
 *
 * @param code The cell.
 * @param cursor Where the cursor is.
 */
export function complete(code: string, cursor: number): Completions {
  const { path, prefix } = pathBefore(code.slice(0, cursor));
  const rest = /^[\w$]*/.exec(code.slice(cursor))![0];
  const start = cursor - prefix.length;
  const end = cursor + rest.length;
  const owner = path === null ? undefined : follow(path);
  if (path === null || !hasValue(owner)) {
    return { matches: [], start, end, types: [] };
  }
  const names = namesOf(owner.value).filter((name) =>
    name.startsWith(prefix) && NAME.test(name)
  );
  const types = names.map((name) => kindOf(read(owner.value, name)));
  return { matches: names, start, end, types };
}

/**
 * Describes the value under the cursor.
 *
 * @param code The cell.
 * @param cursor Where the cursor is.
 * @param isDetailed Whether the source of a function is wanted.
 * @returns A text, or `null` when nothing is known.
 */
export function inspectAt(
  code: string,
  cursor: number,
  isDetailed: boolean,
): string | null {
  const rest = /^[\w$]*/.exec(code.slice(cursor))![0];
  // The name in front of an opening bracket is what is called.
  const text = code.slice(0, cursor) + rest;
  const called = text.trimEnd();
  const before = called.endsWith("(") ? called.slice(0, -1) : text;
  const { path, prefix } = pathBefore(before);
  if (path === null || prefix === "") return null;
  const owner = follow(path);
  const found = hasValue(owner) ? read(owner.value, prefix) : undefined;
  return found === undefined
    ? null
    : describe([...path, prefix].join("."), found.value, isDetailed);
}

interface Found {
  readonly value: unknown;
}

/**
 * The path of names before the cursor, and the name begun there.
 *
 * Only the last piece of the text is looked at: an expression that has to end
 * at the cursor is tried from each place before it, which takes minutes behind a
 * long text, and meanwhile nothing else is answered.
 */
function pathBefore(
  before: string,
): { path: readonly string[] | null; prefix: string } {
  const text = before.slice(-MAX_PATH);
  const isCut = text.length < before.length;
  const literal = LITERAL.exec(text);
  if (literal) {
    const [, string, , list, prefix] = literal;
    const owner = string !== undefined
      ? "String"
      : list !== undefined
      ? "Array"
      : "RegExp";
    return { path: [owner, "prototype"], prefix: prefix! };
  }
  const [all, owners, prefix] = PATH.exec(text)!;
  // After a call or an index there is no value that we could look at.
  const isUnknown = /(?<!\.\.)\.\s*$/.test(
    text.slice(0, -all!.length || undefined),
  );
  // It may have begun before what we look at.
  if (isCut && all!.length === text.length) return { path: null, prefix: "" };
  const path = owners!.split(/\??\./).map((name) => name.trim());
  return { path: isUnknown ? null : path.filter(Boolean), prefix: prefix! };
}

function follow(path: readonly string[]): Found | undefined {
  let found: Found | undefined = { value: globalThis };
  for (const name of path) {
    if (!hasValue(found)) return undefined;
    found = read(found.value, name);
  }
  return found;
}

function hasValue(found: Found | undefined): found is Found {
  return found !== undefined && found.value !== null &&
    found.value !== undefined;
}

/** Reads a property without running a getter of the user's. */
function read(owner: unknown, name: string): Found | undefined {
  const isGlobal = owner === globalThis;
  for (let holder = Object(owner); holder !== null;) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) {
      if ("value" in descriptor) return { value: descriptor.value };
      // Globals such as `navigator` are getters of the runtime's own.
      return isGlobal ? { value: (owner as never)[name] } : undefined;
    }
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

/** All names, those of the value itself first. */
function namesOf(value: unknown): string[] {
  const names = new Set<string>();
  for (let holder = Object(value); holder !== null;) {
    for (const name of ownNames(holder).toSorted()) names.add(name);
    holder = Object.getPrototypeOf(holder);
  }
  return [...names];
}

/** Of millions of elements, no name can stand behind a dot. */
function ownNames(holder: object): string[] {
  if (ArrayBuffer.isView(holder)) return [];
  const length = Object.getOwnPropertyDescriptor(holder, "length")?.value;
  const isLong = typeof length === "number" && length > MAX_ELEMENTS &&
    typeof holder !== "function";
  return isLong ? ["length"] : Object.getOwnPropertyNames(holder);
}

function kindOf(found: Found | undefined): string {
  if (found === undefined) return "property";
  if (typeof found.value !== "function") return "instance";
  return isClass(found.value) ? "class" : "function";
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function describe(name: string, value: unknown, isDetailed: boolean): string {
  if (typeof value !== "function") {
    return `${name}: ${nameOfType(value)}\n\n${
      Deno.inspect(value, { colors: false, depth: 2 })
    }`;
  }
  const source = Function.prototype.toString.call(value);
  if (isDetailed && !source.includes("[native code]")) return source;
  if (isClass(value)) return `class ${value.name}`;
  // Erased types have left spaces.
  const parameters = /^[^(]*(\([^)]*\))/.exec(source)?.[1]
    ?.replace(/\s+/g, " ").replace(/ (?=[,)])/g, "") ??
    `(${value.length} parameters)`;
  const isNative = source.includes("[native code]");
  return `function ${name}${
    isNative ? `(${value.length} parameters)` : parameters
  }`;
}

function nameOfType(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return (value as object).constructor?.name ?? "object";
}

/** Units: UTF-16 units. */
const MAX_PATH = 1000;
const MAX_ELEMENTS = 10_000;
const PATH = /((?:[\w$]+\s*\??\.\s*)*)([\w$]*)$/;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const LITERAL =
  /(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(\/(?:[^/\\\n]|\\.)+\/\w*)|(\[[^\]]*\]))\.([\w$]*)$/;
