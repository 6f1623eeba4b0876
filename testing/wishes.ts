/**
 * How a cell wants to be tested: from `skein.compare` in its metadata, and from
 * the tags and comments of nbval and nbmake. Pure.
 *
 * Source: nbval 0.11, "Cell tags" and "Comment markers"; nbmake 1.5,
 * `metadata.execution`.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { readDirectives } from "../nbformat/directives/mod.ts";

/** How outputs are compared with those that were saved. */
export type CompareMode =
  | { readonly type: "exact" | "ignore" | "shape" }
  | { readonly type: "numbers"; readonly rel: number; readonly abs: number }
  | { readonly type: "claims"; readonly claims: readonly string[] };

/** How a cell wants to be tested. */
export interface Wishes {
  /** Whether it is run. */
  readonly runs: boolean;
  /** Whether it may fail. */
  readonly mayFail: boolean;
  /** How its outputs are compared. */
  readonly compare: CompareMode;
  /** Whether the cell itself says how. */
  readonly isExplicit: boolean;
}

/**
 * Reads how a cell wants to be tested. The cell goes before its notebook, and
 * `skein.compare` before other tools' tags.
 *
 * @param cell The cell.
 * @param usual What holds for cells that say nothing.
 * @throws {TypeError} If `skein.compare` can not be understood.
 */
export function readWishes(cell: Cell, usual: CompareMode): Wishes {
  const { runs, mayFail, tags } = readDirectives(cell);
  const marks = new Set([...tags, ...commentMarks(cell.source)]);
  const own = readCompare(cell.metadata);
  const named: CompareMode | null = marks.has("nbval-ignore-output")
    ? IGNORE
    : marks.has("nbval-check-output")
    ? EXACT
    : null;
  return {
    runs: runs && !marks.has("nbval-skip"),
    mayFail: mayFail || marks.has("nbval-raises-exception"),
    compare: own ?? named ?? usual,
    isExplicit: own !== null || named !== null,
  };
}

/**
 * Reads what a notebook says for all of its cells.
 *
 * @param notebook The notebook.
 * @param isLax Whether only cells that ask for it are compared.
 * @throws {TypeError} If `skein.compare` can not be understood.
 */
export function readUsual(
  { metadata }: Pick<Notebook, "metadata">,
  isLax: boolean,
): CompareMode {
  return readCompare(metadata) ?? (isLax ? IGNORE : EXACT);
}

/** What nbmake and nbclient read in a notebook. */
export interface RunWishes {
  /** Longest time for a cell, in milliseconds. */
  readonly timeoutMs: number | null;
  /** Whether cells may fail. */
  readonly allowErrors: boolean;
}

/**
 * Reads how a notebook wants to be run.
 *
 * @param notebook The notebook.
 */
export function readRunWishes(
  { metadata }: Pick<Notebook, "metadata">,
): RunWishes {
  const { timeout, allow_errors } = asRecord(metadata.execution);
  return {
    timeoutMs: typeof timeout === "number" && timeout > 0
      ? timeout * 1000
      : null,
    allowErrors: allow_errors === true,
  };
}

function readCompare(metadata: Cell["metadata"]): CompareMode | null {
  const { compare } = asRecord(metadata.skein);
  if (compare === undefined) return null;
  if (compare === "exact" || compare === "ignore" || compare === "shape") {
    return { type: compare };
  }
  const { numbers, claims } = asRecord(compare);
  if (numbers !== undefined) {
    const { rel = 0, abs = 0 } = asRecord(numbers);
    if (isTolerance(rel) && isTolerance(abs)) {
      return { type: "numbers", rel, abs };
    }
  }
  if (
    Array.isArray(claims) && claims.length > 0 &&
    claims.every((claim) => typeof claim === "string")
  ) return { type: "claims", claims };
  throw new TypeError(
    `skein.compare is ${
      JSON.stringify(compare)
    }, expected "exact", "ignore", "shape", {"numbers": {"rel": 0.1, "abs": 0}} or {"claims": ["text", "/pattern/", "row < row"]}`,
  );
}

function isTolerance(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}

function commentMarks(source: string): string[] {
  return [...source.matchAll(MARK)].map(([, name]) =>
    name === "PYTEST_VALIDATE_IGNORE_OUTPUT"
      ? "nbval-ignore-output"
      : name!.toLowerCase().replaceAll("_", "-")
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null
    ? value as Record<string, unknown>
    : {};
}

const EXACT: CompareMode = { type: "exact" };
const IGNORE: CompareMode = { type: "ignore" };
/** nbval's own comments begin with `#`, which TypeScript does not know. */
const MARK =
  /^\s*(?:\/\/|#)\s*(NBVAL_[A-Z_]+|PYTEST_VALIDATE_IGNORE_OUTPUT)\b/gm;
