/**
 * Joins what types say with what the running program has. Pure.
 *
 * Types know what can be there, with its documentation; the program knows what
 * is there: properties made at run time, values whose type is `any`.
 * @module
 */
import type { Completion, Completions } from "./lsp/completions.ts";
import { type Description, showCode } from "./lsp/hover.ts";

/** What the running program offers at the cursor. */
export interface RuntimeCompletions {
  /** Best first. */
  readonly matches: readonly string[];
  /** The kind of each. */
  readonly types: readonly string[];
  /** Where the replaced text starts. Units: UTF-16 offset. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** Where completions are wanted. */
export interface Cursor {
  /** The cell. */
  readonly source: string;
  /** The place in it. Units: UTF-16 offset. */
  readonly offset: number;
}

/**
 * Joins completions that fit at a cursor, best first.
 *
 * @param typed What types say; `null` when nobody could be asked.
 * @param runtime What the program has; `null` when it is busy.
 * @param cursor Where.
 */
export function mergeCompletions(
  typed: Completions | null,
  runtime: RuntimeCompletions | null,
  cursor: Cursor,
): Completions {
  return keepFitting(joinSources(typed, runtime, cursor.offset), cursor);
}

function joinSources(
  typed: Completions | null,
  runtime: RuntimeCompletions | null,
  offset: number,
): Completions {
  const running = runtime === null ? null : readRuntime(runtime);
  if (typed === null || typed.items.length === 0) {
    return running ?? typed ?? { items: [], start: offset, end: offset };
  }
  // Something else is meant: the inside of a literal or a path.
  if (running === null || running.start !== typed.start) return typed;
  const known = new Set(typed.items.map(({ text }) => text));
  const added = running.items.filter(({ text }) => !known.has(text));
  // Keywords and types of the language come last.
  const isCommon = ({ type }: Completion) => type === "keyword";
  return {
    ...typed,
    items: [
      ...typed.items.filter((item) => !isCommon(item)),
      ...added,
      ...typed.items.filter(isCommon),
    ],
  };
}

/**
 * Keeps what begins as the name before the cursor, and goes on with what follows;
 * if no member does, those that begin so in other capitals, or else have it.
 */
function keepFitting(
  completions: Completions,
  { source, offset }: Cursor,
): Completions {
  const { items, start, end } = completions;
  const before = source.slice(start, offset);
  const behind = source.slice(offset, end);
  const small = before.toLowerCase();
  const isMember = source[start - 1] === ".";
  const exact = (text: string) => text.startsWith(before) ? 0 : -1;
  const ways: readonly ((text: string) => number)[] = !isMember ? [exact] : [
    exact,
    (text) => text.toLowerCase().startsWith(small) ? 0 : -1,
    (text) => text.toLowerCase().indexOf(small),
  ];
  for (const find of ways) {
    const kept = items.filter(({ text }) => {
      const at = find(text);
      return at !== -1 && text.slice(at + before.length).includes(behind);
    });
    if (kept.length > 0) return { ...completions, items: kept };
  }
  return { ...completions, items: [] };
}

/**
 * Puts completions before others that replace the same text.
 *
 * @param first What comes first; their text is what is replaced.
 * @param others What comes then.
 */
export function joinCompletions(
  first: Completions,
  others: Completions,
): Completions {
  if (first.items.length === 0) return others;
  const known = new Set(first.items.map(({ text }) => text));
  const added = others.start === first.start
    ? others.items.filter(({ text }) => !known.has(text))
    : [];
  return { ...first, items: [...first.items, ...added] };
}

/**
 * Joins descriptions of a name.
 *
 * @param typed What types say.
 * @param source Its source, if it was asked for and is the user's.
 * @param runtime What the program has, as text; a value follows an empty line.
 * @returns The description, or `null` when nobody knows the name.
 */
export function mergeDescriptions(
  typed: Description | null,
  source: string | null,
  runtime: string | null,
): Description | null {
  const parts: Description[] = [];
  const value = runtime === null ? null : valueOf(runtime);
  if (typed !== null && !typed.isVague) {
    parts.push(typed);
    if (value !== null) parts.push(showValue(value));
  } else if (runtime !== null) parts.push(showCode(runtime));
  else if (typed !== null) parts.push(typed);
  if (source !== null && runtime !== source) parts.push(showCode(source));
  if (parts.length === 0) return null;
  return {
    markdown: parts.map(({ markdown }) => markdown).join("\n\n"),
    plain: parts.map(({ plain }) => plain).join("\n\n"),
    isVague: false,
  };
}

function readRuntime(
  { matches, types, start, end }: RuntimeCompletions,
): Completions {
  const items = matches.map((text, i) => ({ text, type: types[i] ?? "text" }));
  return { items, start, end };
}

function valueOf(text: string): string | null {
  const at = text.indexOf("\n\n");
  if (at === -1) return null;
  const value = text.slice(at + 2);
  const lines = value.split("\n");
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES), "…"].join("\n")
    : value;
}

function showValue(value: string): Description {
  return {
    markdown: `Value now:\n\n${showCode(value).markdown}`,
    plain: `Value now: ${value}`,
    isVague: false,
  };
}

const MAX_LINES = 20;
