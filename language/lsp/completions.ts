/**
 * What a server offers at the cursor, in the user's own positions. Pure.
 *
 * Source: Language Server Protocol 3.17, `CompletionItem`.
 * @module
 */
import { endOfWord, startOfWord } from "./cursor.ts";
import { type CellDocument, toCellPosition } from "./document.ts";
import { kindOfSignature, tidySignature } from "./hover.ts";
import type { Position } from "./server.ts";
import { meaningsOf, type VisibleName } from "./visible.ts";

/** Something that could stand at the cursor. */
export interface Completion {
  /** The text. */
  readonly text: string;
  /** Its kind, such as `method`. */
  readonly type: string;
  /** Its type or signature, where known. */
  readonly signature?: string;
  /** Its documentation as Markdown, where known. */
  readonly documentation?: string;
}

/** All that could stand at the cursor. Units: UTF-16 offsets in the cell. */
export interface Completions {
  /** Best first. */
  readonly items: readonly Completion[];
  /** Where the replaced text starts. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** What the server offers, as far as we look at it. */
export interface CompletionItem {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly filterText?: string;
  readonly insertText?: string;
  /** Set by us: the name of an earlier cell that it may stand for. */
  readonly earlier?: VisibleName | undefined;
  readonly textEdit?: {
    readonly newText: string;
    readonly range?: Range;
    readonly replace?: Range;
  };
  readonly detail?: string;
  readonly documentation?: string | { readonly value: string };
  readonly data?: unknown;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** What fits at the cursor; `items` and `completions.items` go together. */
export interface Fitting {
  /** The server's own items, to be resolved. */
  readonly items: readonly CompletionItem[];
  /** What they mean. */
  readonly completions: Completions;
}

/** Where completions are wanted. */
export interface CursorOptions {
  /** The cell. */
  readonly document: CellDocument;
  /** The cursor in the cell. Units: UTF-16 offset. */
  readonly offset: number;
  /** The names of earlier cells; the server knows only those that are used. */
  readonly visible: ReadonlyMap<string, VisibleName>;
  /** Whether it is the name of a property in an object. */
  readonly isKey: boolean;
}

/**
 * Picks what fits what was typed, best first.
 *
 * @param answer The server's answer.
 * @param options Where completions are wanted.
 */
export function pickCompletions(
  answer: unknown,
  { document, offset, visible, isKey }: CursorOptions,
): Fitting {
  const { source } = document;
  const byName = {
    start: startOfWord(source, offset),
    end: endOfWord(source, offset),
  };
  const answered = listItems(answer);
  const expected = isKey ? answered.filter(isNear) : answered;
  const offered = expected.map((item) => {
    const earlier = visible.get(item.label);
    return item.kind === KIND_VARIABLE && earlier ? { ...item, earlier } : item;
  });
  const toOffset = offsetsOf(document);
  // With a beginning it may be meant for a property and its value at once.
  const isName = !isKey || byName.start < offset;
  const earlier = isName ? listEarlier(answered, visible) : [];
  const candidates = [...earlier, ...offered]
    .filter((item) => item.kind !== KIND_SNIPPET && item.kind !== KIND_TEXT)
    .map((item) => ({ item, ...place(item, toOffset, byName) }));
  // One range for all: that of the first which has one of its own (a path, a
  // literal), else the name at the cursor.
  const { start, end } = candidates.find(({ isOwn }) => isOwn) ?? byName;
  const prefix = source.slice(start, offset);
  const there = candidates.filter((one) => one.start === start);
  const exact = there.filter(({ text }) => text.startsWith(prefix));
  const small = prefix.toLowerCase();
  const isMember = source[start - 1] === ".";
  const fitting =
    (exact.length > 0 || !isMember
      ? exact
      : there.filter(({ text }) => text.toLowerCase().includes(small)))
      .toSorted((one, other) => compare(rank(one.item), rank(other.item)));
  const unique = [...new Map(fitting.map((one) => [one.text, one])).values()];
  return {
    items: unique.map(({ item }) => item),
    completions: {
      start,
      end,
      items: unique.map(({ item, text }) => readItem(item, text)),
    },
  };
}

/**
 * Reads an item once more, after the server has added what it left out.
 *
 * @param item The resolved item.
 * @param text What it stands for.
 */
export function readItem(item: CompletionItem, text: string): Completion {
  const { detail = "", documentation, earlier } = item;
  const signature = tidySignature(detail);
  const words = typeof documentation === "string"
    ? documentation
    : documentation?.value;
  const own = KINDS[item.kind ?? 0] ?? "text";
  // To the server, what another module declares is a variable.
  const isForeign = signature !== detail || item.data === undefined;
  const kind = detail === ""
    ? earlier?.kind
    : isForeign
    ? kindOfSignature(signature) ?? earlier?.kind
    : undefined;
  return {
    text,
    type: kind ?? own,
    ...(signature ? { signature } : {}),
    ...(words ? { documentation: words } : {}),
  };
}

/** Whether the cell declares something, or a type expects it. */
function isNear({ kind, sortText = "" }: CompletionItem): boolean {
  return sortText < SORT_GLOBAL && kind !== KIND_KEYWORD;
}

function listItems(answer: unknown): readonly CompletionItem[] {
  if (Array.isArray(answer)) return answer;
  return (answer as { items?: CompletionItem[] } | null)?.items ?? [];
}

/** Names of earlier cells, where a value or a type can stand. */
function listEarlier(
  offered: readonly CompletionItem[],
  visible: ReadonlyMap<string, VisibleName>,
): readonly CompletionItem[] {
  const has = (word: string) => offered.some(({ label }) => label === word);
  // In a tag of JSX there are values, and no keywords at all.
  const isTag = has("globalThis") && !has("keyof");
  const isValue = has("await") || isTag;
  const isType = has("keyof") && !isValue;
  if (!isValue && !isType) return [];
  return [...visible.values()].flatMap((name) => {
    const { value, type } = meaningsOf(name);
    return (isType ? type : value) ?? [];
  }).map((earlier) => ({
    label: earlier.name,
    kind: KINDS.indexOf(earlier.kind),
    sortText: SORT_LOCAL,
    earlier,
  }));
}

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isOwn: boolean;
}

function place(
  { label, insertText, textEdit }: CompletionItem,
  toOffset: (position: Position) => number,
  byName: { readonly start: number; readonly end: number },
): Place {
  const range = textEdit?.range ?? textEdit?.replace;
  if (textEdit === undefined || range === undefined) {
    return { text: insertText ?? label, ...byName, isOwn: false };
  }
  const text = textEdit.newText;
  const start = toOffset(range.start);
  const end = toOffset(range.end);
  if (start === byName.start) return { text, start, end, isOwn: false };
  // `a.b` becomes `a?.b` when `a` may be undefined: that is about more than a name.
  if (text.startsWith("?.") || text.startsWith("[")) {
    return { text, start: -1, end, isOwn: false };
  }
  return { text, start, end, isOwn: true };
}

/** Finds places in the cell; thousands of items stand at the same few. */
function offsetsOf(document: CellDocument): (position: Position) => number {
  const lines = document.source.split("\n");
  const known = new Map<string, number>();
  return (position) => {
    const key = `${position.line}:${position.character}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const place = toCellPosition(document, position);
    const offset = place === null ? -1 : lines.slice(0, place.line)
      .reduce((sum, line) => sum + line.length + 1, place.character);
    known.set(key, offset);
    return offset;
  };
}

function rank({ sortText = "", label }: CompletionItem): string {
  return `${sortText.padEnd(8)} ${label}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** As the server sorts what the cell itself declares. */
const SORT_LOCAL = "11";
/** As the server sorts what every program has. */
const SORT_GLOBAL = "15";
const KIND_TEXT = 1;
const KIND_VARIABLE = 6;
const KIND_KEYWORD = 14;
const KIND_SNIPPET = 15;
/** Words of Jupyter's front ends for the protocol's numbers. */
const KINDS: readonly string[] = [
  "text",
  "text",
  "method",
  "function",
  "constructor",
  "field",
  "variable",
  "class",
  "interface",
  "module",
  "property",
  "unit",
  "value",
  "enum",
  "keyword",
  "snippet",
  "color",
  "file",
  "reference",
  "folder",
  "enum-member",
  "constant",
  "struct",
  "event",
  "operator",
  "type-parameter",
];
