/**
 * What `error.stack` says: the user's frames only, with the names of cells and
 * the user's own columns, as in the tracebacks that the kernel makes.
 *
 * Code that sets `Error.prepareStackTrace` itself, as some packages do for a
 * moment, gets what it would get without us.
 * @module
 */
import type { ScriptMap } from "../../protocol/session.ts";
import {
  append,
  apply,
  bare,
  free,
  joinList,
  max,
  min,
  OwnMap,
  textLastIndexOf,
  textSlice,
  textStartsWith,
  TheError,
  TheString,
} from "./intrinsics.ts";

/** The scripts of cells, by the names that V8 knows them by. */
const scripts = new OwnMap<string, ScriptMap>();

/**
 * Learns how a script is called, and where its columns come from.
 *
 * @param name Its name for V8.
 * @param map What the user knows it as.
 */
export function nameScript(name: string, map: ScriptMap): void {
  scripts.set(name, bare(map));
}

/** Makes all stacks of this thread the user's. */
export function installStacks(): void {
  Object.defineProperty(TheError, "prepareStackTrace", {
    value: prepare,
    configurable: true,
    writable: true,
  });
}

/**
 * Gives the frames of an error by the names that V8 knows, for the kernel.
 *
 * @param error The error.
 * @param stack What its `stack` says.
 * @returns The frames; `null` when somebody else wrote that.
 */
export function rawFrames(error: object, stack: string): string | null {
  const known = find(stacks, error);
  return known !== undefined && known.shown === stack ? known.raw : null;
}

function prepare(error: object, sites: readonly NodeJS.CallSite[]): string {
  const shown: string[] = [headline(error)];
  const raw: string[] = [];
  for (let i = 0; i < sites.length; i++) {
    const frame = describe(sites[i]!);
    if (frame === null) continue;
    append(shown, `\n    at ${frame.shown}`);
    append(raw, `    at ${frame.raw}`);
  }
  const stack = joinList(shown, "");
  keep(stacks, error, { shown: stack, raw: joinList(raw, "\n") });
  return stack;
}

interface Frame {
  readonly shown: string;
  readonly raw: string;
}

/** A frame of the user's, in both forms; `null` for all others. */
function describe(site: NodeJS.CallSite): Frame | null {
  const file = site.getFileName();
  // Built-in functions have none, and what is made by `eval` has no own one.
  if (file === null || file === undefined) {
    return site.isEval() ? both(TheString(site)) : null;
  }
  if (isHidden(file)) return null;
  const line = site.getLineNumber() ?? 1;
  const column = site.getColumnNumber() ?? 1;
  const text = TheString(site);
  const place = `${file}:${line}:${column}`;
  const at = textLastIndexOf(text, place);
  if (at === -1) return both(text);
  const before = textSlice(text, 0, at);
  const after = textSlice(text, at + place.length);
  const frame = (name: string, shownColumn: number) =>
    `${before}${name}:${line}:${shownColumn}${after}`;
  const script = scripts.get(file);
  if (script === undefined) return both(frame(addressOf(file), column));
  return {
    shown: frame(script.label, originalColumn(script, line, column)),
    raw: frame(file, column),
  };
}

function both(text: string): Frame {
  return { shown: text, raw: text };
}

/** Deno gives paths here and addresses everywhere else. */
function addressOf(file: string): string {
  return textStartsWith(file, "/") ? `file://${encodePath(file)}` : file;
}

function isHidden(file: string): boolean {
  if (textStartsWith(file, "ext:") || textStartsWith(file, "node:")) {
    return true;
  }
  for (let i = 0; i < OURS.length; i++) {
    if (textStartsWith(file, OURS[i]!)) return true;
  }
  return false;
}

/** As `language/column_shifts.ts` has it, which says what shifts are. */
function originalColumn(
  { shifts }: ScriptMap,
  line: number,
  column: number,
): number {
  const pieces = shifts[line];
  if (pieces === undefined) return column;
  let delta = 0;
  let start = 1;
  for (let i = 0; i < pieces.length; i++) {
    const from = pieces[i]![0];
    const shift = pieces[i]![1];
    if (from > column) {
      const limit = from + shift;
      return max(
        1,
        limit < start ? column + delta : min(column + delta, limit),
      );
    }
    delta = shift;
    start = from + shift;
  }
  return max(1, column + delta);
}

/** What V8 would write above the frames. */
function headline(error: object): string {
  try {
    return apply(errorToString, error, []);
  } catch {
    // Its name or message does not want to be read.
    return "Error";
  }
}

const { toString: errorToString } = TheError.prototype;
const encodePath = encodeURI;
const stacks = new WeakMap<object, Frame>();
const find = free<WeakMap<object, Frame>, [object], Frame | undefined>(
  WeakMap.prototype.get,
);
const keep = free<WeakMap<object, Frame>, [object, Frame], void>(
  WeakMap.prototype.set,
);

/** Folders and files of this installation, whose frames tell the user nothing. */
const OURS: readonly string[] = [
  "./",
  "../../lib/",
  "../../mod.ts",
  "../../kernel/compat/",
].flatMap((path) => {
  const { href, pathname } = new URL(path, import.meta.url);
  return [href, decodeURIComponent(pathname)];
});
