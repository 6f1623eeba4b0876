/**
 * Whether a cell shows what it showed before. Pure.
 * @module
 */
import type { CellOutput } from "../nbformat/mod.ts";
import { findTable, numberIn, type Table, tableDifferences } from "./tables.ts";
import { type Part, partsOf } from "./texts.ts";
import type { CompareMode } from "./wishes.ts";

/**
 * Compares the outputs of a cell with the saved ones.
 *
 * @param saved What the file says.
 * @param now What the cell shows now.
 * @param mode How.
 * @returns What differs, a sentence or a few lines each; none if nothing does.
 */
export function compareOutputs(
  saved: readonly CellOutput[],
  now: readonly CellOutput[],
  mode: CompareMode,
): readonly string[] {
  if (mode.type === "ignore") return [];
  const after = partsOf(now);
  if (mode.type === "claims") {
    return mode.claims.flatMap((claim) => judgeClaim(claim, after));
  }
  const before = partsOf(saved);
  const kinds = (parts: readonly Part[]) =>
    parts.map(({ kind }) => kind).join(", ") || "nothing";
  if (kinds(before) !== kinds(after)) {
    return [
      `it shows ${kinds(after)}, showed ${kinds(before)}${textsOf(after)}`,
    ];
  }
  return before.flatMap((part, index) => {
    const other = after[index]!;
    const difference = mode.type === "shape"
      ? shapeDifference(part, other)
      : mode.type === "numbers"
      ? numberDifference(part.text, other.text, mode)
      : part.text === other.text
      ? null
      : diff(part.text, other.text);
    return difference === null ? [] : [`${part.kind}: ${difference}`];
  });
}

function textsOf(parts: readonly Part[]): string {
  const first = parts.find(({ text }) => text !== "");
  return first === undefined ? "" : `: ${shorten(first.text)}`;
}

/** The same words around numbers; a figure's table says the same. */
function shapeDifference(before: Part, after: Part): string | null {
  const tables = [before, after].map(({ text }) => findTable(text));
  if (tables[0] && tables[1]) {
    const found = tableDifferences(tables[0], tables[1]);
    return found.length === 0 ? null : found.join("; ");
  }
  if (before.kind.startsWith("image/")) return null;
  const [a, b] = [before, after].map(({ text }) => mask(text));
  return a === b ? null : diff(a!, b!);
}

function mask(text: string): string {
  return text.replace(NUMBER, "#").replace(/[ \t]+/g, " ");
}

function numberDifference(
  before: string,
  after: string,
  tolerance: { readonly rel: number; readonly abs: number },
): string | null {
  const [a, b] = [before, after].map((text) => text.split(NUMBER).join("#"));
  if (a !== b) return diff(before, after);
  const old = before.match(NUMBER) ?? [];
  const now = after.match(NUMBER) ?? [];
  const wrong = old.findIndex((text, index) =>
    !isNear(Number(text), Number(now[index]), tolerance)
  );
  return wrong === -1
    ? null
    : `${now[wrong]} is not within the tolerance of ${old[wrong]}`;
}

function isNear(
  a: number,
  b: number,
  { rel, abs }: { readonly rel: number; readonly abs: number },
): boolean {
  return a === b ||
    Math.abs(a - b) <= Math.max(abs, rel * Math.max(Math.abs(a), Math.abs(b)));
}

/** A text, a `/pattern/`, or two rows of a table: `a < b`, `a > b in time`. */
function judgeClaim(claim: string, parts: readonly Part[]): string[] {
  const text = parts.map((part) => part.text).join("\n");
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(claim);
  if (pattern !== null) {
    return matches(pattern[1]!, pattern[2]!, text)
      ? []
      : [`nothing that it shows matches ${claim}`];
  }
  const order = /^(.+?)\s*([<>])\s*(.+?)(?:\s+in\s+(.+))?$/.exec(claim);
  const table = parts.map((part) => findTable(part.text))
    .find((one) => one !== null);
  if (order !== null && table) {
    const [, left, sign, right, column] = order;
    return judgeOrder(table, {
      left: left!,
      sign: sign!,
      right: right!,
      column,
    });
  }
  return text.includes(claim)
    ? []
    : [`it does not say ${JSON.stringify(claim)}`];
}

function judgeOrder(
  { heads, rows }: Table,
  { left, sign, right, column }: {
    readonly left: string;
    readonly sign: string;
    readonly right: string;
    readonly column: string | undefined;
  },
): string[] {
  const at = column === undefined
    ? heads.findIndex((_, index) =>
      index > 0 && rows.every((row) => numberIn(row[index] ?? "") !== null)
    )
    : heads.indexOf(column);
  const valueOf = (label: string) => {
    const row = rows.find(([name]) => name === label);
    return row === undefined ? null : numberIn(row[at] ?? "");
  };
  const [a, b] = [valueOf(left), valueOf(right)];
  const claim = `${left} ${sign} ${right}${
    column === undefined ? "" : ` in ${column}`
  }`;
  if (at < 1 || a === null || b === null) {
    return [
      `"${claim}" can not be looked up: the table has the rows ${
        rows.map(([name]) => name).join(", ")
      } and the columns ${heads.join(", ")}`,
    ];
  }
  const holds = sign === "<" ? a < b : a > b;
  return holds ? [] : [`"${claim}" does not hold: ${a} and ${b}`];
}

function matches(source: string, flags: string, text: string): boolean {
  try {
    return new RegExp(source, flags.replace("g", "")).test(text);
  } catch {
    // What is no pattern matches nothing, which is told.
    return false;
  }
}

/** The first line that differs, and what was there. */
function diff(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const at = old.findIndex((line, index) => line !== now[index]);
  const line = at === -1 ? old.length : at;
  const more = old.length > 1 || now.length > 1 ? ` in line ${line + 1}` : "";
  return `differs${more}\n- ${shorten(old[line] ?? "(nothing)")}\n+ ${
    shorten(now[line] ?? "(nothing)")
  }`;
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

const NUMBER = /(?<![\w.])[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(?![\d])/gi;
const MAX_SHOWN = 200;
