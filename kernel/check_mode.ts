/**
 * How strictly a cell's types are checked: what its comment, its metadata and
 * its kernel say of it. Pure.
 * @module
 */
import type { CellSyntaxError } from "../language/mod.ts";

/**
 * What is done about errors of type: nothing; they are shown while the cell
 * runs; or the cell does not run.
 */
export type CheckMode = (typeof CHECK_MODES)[number];

/** All modes. */
export const CHECK_MODES = ["off", "warn", "strict"] as const;

/** What is said of a cell, the weightiest first. */
export interface CheckSources {
  /** The cell; a line `// @skein check: strict` decides. */
  readonly source: string;
  /** The word in the cell's metadata, if there is one. */
  readonly metadata: unknown;
  /** What holds for all cells. */
  readonly fallback: CheckMode;
  /** Whether the user trusts the notebook with everything. */
  readonly isTrusted: boolean;
}

/**
 * Finds what becomes of a mode that a notebook asks for.
 *
 * Checking starts a program, so a notebook that is not trusted can make checks
 * stricter or switch them off, and not switch them on.
 *
 * @param asked What the notebook asks for.
 * @param sources What holds otherwise.
 */
export function admitCheck(
  asked: CheckMode,
  { fallback, isTrusted }: Pick<CheckSources, "fallback" | "isTrusted">,
): CheckMode {
  return fallback === "off" && !isTrusted ? "off" : asked;
}

/**
 * Finds how strictly a cell is to be checked.
 *
 * @param sources What is said of it.
 * @returns The mode, or what is wrong with the word that was to decide.
 */
export function chooseCheck(
  sources: CheckSources,
): CheckMode | CellSyntaxError {
  const { source, metadata, fallback } = sources;
  const comment = COMMENT.exec(source);
  if (comment !== null) {
    const [, before, word] = comment as unknown as [string, string, string];
    if (isCheckMode(word)) return admitCheck(word, sources);
    const line = source.slice(0, comment.index).split("\n").length;
    const column = before.length + 1;
    return {
      type: "syntax-error",
      message: `Cannot check the cell's types: its comment ${complain(word)}`,
      line,
      column,
      endColumn: column + Math.max(1, word.length),
    };
  }
  if (metadata === undefined) return fallback;
  if (isCheckMode(metadata)) return admitCheck(metadata, sources);
  return {
    type: "syntax-error",
    message:
      `Cannot check the cell's types: skein.check in the cell's metadata ${
        complain(metadata)
      }`,
    line: 1,
    column: 1,
  };
}

/**
 * Tells whether a word names a mode.
 *
 * @param word The word.
 */
export function isCheckMode(word: unknown): word is CheckMode {
  return (CHECK_MODES as readonly unknown[]).includes(word);
}

function complain(word: unknown): string {
  return `says ${JSON.stringify(word)}, expected ${
    CHECK_MODES.slice(0, -1).join(", ")
  } or ${CHECK_MODES.at(-1)}`;
}

/** A line of its own, wherever it stands in the cell. */
const COMMENT = /^([ \t]*\/\/[ \t]*@skein[ \t]+check:[ \t]*)(\S*)/m;
