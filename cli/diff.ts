/**
 * `skein diff`: what differs between two notebooks, source first.
 * @module
 */
import { loadDiff, type Notebook, stripNotebook } from "../nbformat/mod.ts";
import { readNotebook } from "./files.ts";
import { quote } from "./quote.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein diff` takes. */
export const DIFF_USAGE: Usage = {
  verb: "diff",
  operand: "NOTEBOOK…",
  help:
    "Show what differs between two notebooks: source first, outputs by their hash. Exit code 1 if something does.",
  options: {},
};

/**
 * Compares two notebooks.
 *
 * @param args What was typed.
 * @param terminal Where to write.
 * @returns The exit code: 0 if nothing differs, else 1.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function diff(
  args: Arguments,
  { print }: Terminal,
): Promise<number> {
  // As git calls it: path, old file, old hash, old mode, new file, …
  const [first, second] = args.operands.length === 7
    ? [args.operands[1], args.operands[4]]
    : args.operands;
  if (
    first === undefined || second === undefined ||
    ![2, 7].includes(args.operands.length)
  ) {
    throw new UsageError(
      `Cannot diff: found ${args.operands.length} notebooks, expected two`,
    );
  }
  const isGit = args.operands.length === 7;
  const sides = [await readSide(first), await readSide(second)];
  // In git one side has been stripped: that it has no outputs is no news.
  const isStripped = isGit && sides.some(hasNoOutputs);
  const [before, after] = sides.map((side) =>
    isStripped ? stripNotebook(side) : side
  );
  const lines = (await loadDiff()).diffNotebooks(before!, after!);
  if (lines.length === 0) return 0;
  print(`--- ${quote(first)}`);
  print(`+++ ${quote(second)}`);
  for (const { kind, text } of lines) print(SIGNS[kind] + text);
  // Git takes any other code for a failure of its own.
  return isGit ? 0 : 1;
}

/** A file that is new or gone is empty for git. */
async function readSide(path: string): Promise<Notebook> {
  return path === "/dev/null"
    ? { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] }
    : await readNotebook(path);
}

function hasNoOutputs({ cells }: Notebook): boolean {
  return cells.every((cell) =>
    cell.cell_type !== "code" || cell.outputs.length === 0
  );
}

const SIGNS = { gone: "- ", new: "+ ", same: "  ", note: "@@ " } as const;
