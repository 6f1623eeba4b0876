/**
 * What differs between two notebooks, for people: source first, outputs by hash.
 *
 * Pure. Which cell is which is decided in `match.ts`.
 * @module
 */
import { createHash } from "node:crypto";
import { diffIndices } from "node-diff3";
import { formatJson } from "../json_text.ts";
import type { Cell, CellOutput, Metadata, Notebook } from "../notebook.ts";
import { type Match, matchCells } from "./match.ts";

/** A line of a difference: what is gone, new, as it was, or said of it. */
export interface DiffLine {
  readonly kind: "gone" | "new" | "same" | "note";
  readonly text: string;
}

/**
 * Compares two notebooks.
 *
 * @param before The older one.
 * @param after The newer one.
 * @returns Lines that say what differs; none if nothing does.
 */
export function diffNotebooks(before: Notebook, after: Notebook): DiffLine[] {
  const matches = matchCells(before.cells, after.cells);
  const moved = findMoved(matches);
  return [
    ...diffMetadata("notebook", before.metadata, after.metadata),
    ...matches.flatMap((match) => diffMatch(match, { before, after, moved })),
  ];
}

function diffMatch(
  { before: from, after: to }: Match,
  { before, after, moved }: {
    readonly before: Notebook;
    readonly after: Notebook;
    readonly moved: ReadonlySet<number>;
  },
): DiffLine[] {
  if (from === undefined) {
    const cell = after.cells[to!]!;
    return [
      note(`cell ${to! + 1} (${cell.cell_type}) is new`),
      ...linesOf(cell.source).map((text) => line("new", text)),
      ...diffOutputs([], outputsOf(cell)),
    ];
  }
  const old = before.cells[from]!;
  if (to === undefined) {
    return [
      note(`cell ${from + 1} (${old.cell_type}) is gone`),
      ...linesOf(old.source).map((text) => line("gone", text)),
    ];
  }
  const cell = after.cells[to]!;
  const body = [
    ...diffSource(old.source, cell.source),
    ...diffMetadata("cell", metadataOf(old), metadataOf(cell)),
    ...diffOutputs(outputsOf(old), outputsOf(cell)),
  ];
  const isMoved = moved.has(to);
  if (body.length === 0 && !isMoved) return [];
  const place = isMoved ? `, was cell ${from + 1}` : "";
  return [note(`cell ${to + 1} (${cell.cell_type}${place})`), ...body];
}

/** Cells that stand in another order, the fewest that explain it. */
function findMoved(matches: readonly Match[]): Set<number> {
  const both = matches.flatMap(({ before, after }) =>
    before === undefined || after === undefined ? [] : [{ before, after }]
  );
  // The longest run that keeps its order stays where it is.
  const lengths = both.map(() => 1);
  const previous = both.map(() => -1);
  both.forEach((one, at) => {
    for (let other = Math.max(0, at - MAX_LOOK); other < at; other++) {
      if (
        both[other]!.before < one.before && lengths[other]! + 1 > lengths[at]!
      ) {
        lengths[at] = lengths[other]! + 1;
        previous[at] = other;
      }
    }
  });
  const moved = new Set(both.map(({ after }) => after));
  for (
    let at = lengths.indexOf(Math.max(...lengths));
    at >= 0;
    at = previous[at]!
  ) {
    moved.delete(both[at]!.after);
  }
  return moved;
}

function diffSource(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const [old, now] = [linesOf(before), linesOf(after)];
  const lines: DiffLine[] = [];
  let shown = 0;
  for (
    const { buffer1: [from, length], buffer2: [to, count] } of diffIndices(
      old,
      now,
    )
  ) {
    const context = Math.max(shown, from - CONTEXT);
    if (context > shown && shown > 0) lines.push(note("…"));
    lines.push(
      ...old.slice(context, from).map((text) => line("same", text)),
      ...old.slice(from, from + length).map((text) => line("gone", text)),
      ...now.slice(to, to + count).map((text) => line("new", text)),
    );
    shown = from + length;
  }
  const end = old.slice(shown, shown + CONTEXT);
  return [...lines, ...end.map((text) => line("same", text))];
}

function diffMetadata(
  of: string,
  before: Metadata,
  after: Metadata,
): DiffLine[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    .flatMap((name) => {
      const [old, now] = [inShort(before[name]), inShort(after[name])];
      if (old === now) return [];
      return [
        note(`metadata of the ${of}: ${name}`),
        ...(old === undefined ? [] : [line("gone", old)]),
        ...(now === undefined ? [] : [line("new", now)]),
      ];
    });
}

function inShort(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = formatJson(value).replace(/\n\s*/g, " ");
  return text.length <= MAX_VALUE
    ? text
    : `${text.slice(0, 60)}… ${hash(text)}`;
}

function diffOutputs(
  before: readonly CellOutput[],
  after: readonly CellOutput[],
): DiffLine[] {
  const [old, now] = [before.flatMap(describe), after.flatMap(describe)];
  const lines = diffIndices(old, now).flatMap((
    { buffer1: [from, length], buffer2: [to, count] },
  ) => [
    ...old.slice(from, from + length).map((text) => line("gone", text)),
    ...now.slice(to, to + count).map((text) => line("new", text)),
  ]);
  return lines.length === 0 ? [] : [note("outputs"), ...lines];
}

/** An output in a few words: what it is, how large, and its hash. */
function describe(output: CellOutput): string[] {
  switch (output.output_type) {
    case "stream":
      return [`${output.name}: ${describeText(output.text)}`];
    case "error":
      return [
        `error: ${clip(`${output.ename}: ${output.evalue}`)} ${
          hash(output.traceback.join("\n"))
        }`,
      ];
    case "display_data":
    case "execute_result":
      return Object.entries(output.data).map(([type, content]) =>
        `${type}: ${
          type === "text/plain" && typeof content === "string"
            ? describeText(content)
            : describeData(content)
        }`
      );
    case "other":
      return [
        `${String(output.inFile.output_type)}: ${describeData(output.inFile)}`,
      ];
    default:
      return output satisfies never;
  }
}

function describeText(text: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.length === 1
    ? `${clip(lines[0]!)} ${hash(text)}`
    : `${lines.length} lines ${hash(text)}`;
}

function describeData(content: unknown): string {
  const text = typeof content === "string" ? content : formatJson(content);
  const size = text.length < 1024
    ? `${text.length} characters`
    : `${Math.round(text.length / 1024)} Ki characters`;
  return `${size} ${hash(text)}`;
}

function clip(text: string): string {
  const line = text.split("\n")[0]!;
  return JSON.stringify(line.length <= 50 ? line : `${line.slice(0, 49)}…`);
}

function hash(text: string): string {
  return `#${createHash("sha256").update(text).digest("hex").slice(0, 10)}`;
}

function outputsOf(cell: Cell): readonly CellOutput[] {
  return cell.cell_type === "code" ? cell.outputs : [];
}

function metadataOf(cell: Cell): Metadata {
  return cell.metadata ?? {};
}

function linesOf(source: string): string[] {
  return source.split("\n");
}

function line(kind: DiffLine["kind"], text: string): DiffLine {
  return { kind, text };
}

function note(text: string): DiffLine {
  return line("note", text);
}

/** Lines that are shown before and behind a change. */
const CONTEXT = 2;
const MAX_VALUE = 200;
const MAX_LOOK = 500;
