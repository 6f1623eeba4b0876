/**
 * Cases: what is asked of a kernel, and what has to come of it.
 * @module
 */

/** What has to come of a step. What is not named may be anything. */
export interface Expectation {
  /** All that it prints, its value included; see `judge.ts` for what is the same. */
  readonly prints?: string;
  /** What it says on stderr, or a part of it. */
  readonly warns?: string;
  /** What it says when it fails, or a part of it. */
  readonly fails?: string;
  /** The problem that keeps it from running, as `line:column - message`. */
  readonly problem?: string;
  /** What it displays, in order; each with the formats that are named. */
  readonly shows?: readonly Shown[];
  /** The formats of its value. */
  readonly gives?: Readonly<Record<string, unknown>>;
  /** Messages that it sends, in order; each with the fields that are named. */
  readonly sends?: readonly Sent[];
  /** Completions that are among those offered. */
  readonly offers?: readonly string[];
  /** Completions that are not. */
  readonly lacks?: readonly string[];
  /** What the offered ones would replace. */
  readonly replaces?: string;
  /** What is said of a name, or a part of it; empty if nothing is. */
  readonly tells?: string;
  /** Whether what was typed is whole. */
  readonly judges?: "complete" | "incomplete" | "invalid";
}

/** Something that is displayed. */
export interface Shown {
  /** Its formats. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether it takes the place of the one before. */
  readonly replaces?: boolean;
}

/** A message on iopub. */
export interface Sent {
  /** Its type. */
  readonly type: string;
  /** Fields of what it says. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Fields of its metadata. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Its bytes. */
  readonly buffers?: readonly (readonly number[])[];
}

/** One request. A `|` stands for the cursor where there is one. */
export type Step =
  & Expectation
  & (
    | { readonly run: string }
    | { readonly complete: string }
    | { readonly inspect: string }
    | { readonly typed: string }
  );

/** A behaviour, as notebooks see it. */
export interface Case {
  /** What it is, in a few words. */
  readonly name: string;
  /** What is asked, one after another. */
  readonly steps: readonly Step[];
  /** Why the other kernel does it in another way. */
  readonly note?: string;
}

/** Cases that share one kernel. */
export interface Group {
  /** What they are about. */
  readonly title: string;
  /** Whether types are checked before a cell runs. @default false */
  readonly isChecked?: boolean;
  /** Whether cells are JavaScript. @default false */
  readonly isJavaScript?: boolean;
  /** The cases. */
  readonly cases: readonly Case[];
}

/**
 * Makes a case of cells whose last one has to do something.
 *
 * @param name What it is.
 * @param cells The cells; those before the last one have to run.
 * @param expected What the last one has to do; text is what it prints.
 * @param note Why the other kernel does it in another way.
 */
export function cells(
  name: string,
  cells: string | readonly string[],
  expected: string | Expectation,
  note?: string,
): Case {
  const all = typeof cells === "string" ? [cells] : cells;
  const last = typeof expected === "string" ? { prints: expected } : expected;
  return {
    name,
    steps: all.map((run, i) =>
      i === all.length - 1 ? { run, ...last } : { run }
    ),
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * Makes a case of a cell that displays something.
 *
 * @param name What it is.
 * @param code The cell, or several.
 * @param shown The formats of each display of the last cell.
 */
export function displays(
  name: string,
  code: string | readonly string[],
  ...shown: readonly (Shown["data"])[]
): Case {
  return cells(name, code, { shows: shown.map((data) => ({ data })) });
}

/**
 * Makes a case of a question about half a cell.
 *
 * @param name What it is.
 * @param before Cells that run before.
 * @param step The question.
 * @param note Why the other kernel does it in another way.
 */
export function asks(
  name: string,
  before: readonly string[],
  step: Step,
  note?: string,
): Case {
  return {
    name,
    steps: [...before.map((run) => ({ run })), step],
    ...(note === undefined ? {} : { note }),
  };
}
