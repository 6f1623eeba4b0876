/**
 * Quarto's options of a code cell, as far as Skein obeys them. Pure.
 * @module
 */
import { textsIn } from "../values.ts";

/** What option lines ask for. */
export interface QuartoOptions {
  /** Whether anything of the cell is shown. */
  readonly include: boolean;
  /** Whether its code is shown. */
  readonly echo: boolean;
  /** Whether its outputs are shown. */
  readonly output: boolean;
  /** Whether what it wrote to stderr is shown. */
  readonly warning: boolean;
  /** Whether it is run. */
  readonly eval: boolean;
  /** Whether it may fail. */
  readonly error: boolean;
  /** What becomes of its code: a fold that is closed, open, or none. */
  readonly fold: "folded" | "open" | false;
  /** What the fold is called. */
  readonly foldTitle: string | null;
  /** The cell's name. */
  readonly label: string | null;
  /** Captions of its figures. */
  readonly captions: readonly string[];
  /** Text alternatives of its figures. */
  readonly alts: readonly string[];
  /** Tags, besides those in the metadata. */
  readonly tags: unknown;
  /** What is wrong. */
  readonly problems: readonly string[];
}

/**
 * Reads the options of one cell.
 *
 * Source: Quarto, "Execution Options" and "Figures".
 *
 * @param options Values by name, as they were written.
 * @returns What holds; what is not understood is as if it was not there, and named.
 */
export function readOptions(
  options: Readonly<Record<string, unknown>>,
): QuartoOptions {
  const problems: string[] = [];
  const refuse = (name: string, expected: string) => {
    problems.push(
      `its option ${JSON.stringify(name)} is ${
        inShort(options[name])
      }, expected ${expected}`,
    );
  };
  const choice = <Value>(
    name: string,
    values: ReadonlyMap<unknown, Value>,
    fallback: Value,
  ): Value => {
    const found = options[name];
    if (found === undefined || found === null) return fallback;
    if (values.has(found)) return values.get(found)!;
    refuse(name, [...values.keys()].join(" or "));
    return fallback;
  };
  const texts = (name: string): readonly string[] => {
    const found = options[name];
    if (found === undefined || found === null || found === false) return [];
    const read = textsIn(found).map((text) => text.trim());
    if (read.length === 0) refuse(name, "a text or a list of texts");
    return read;
  };
  const text = (name: string): string | null => texts(name)[0] ?? null;
  for (const name of Object.keys(options).filter(isUnknown)) {
    problems.push(`its option ${JSON.stringify(name)} is not known`);
  }
  return {
    include: choice("include", YES_OR_NO, true),
    echo: choice("echo", new Map([...YES_OR_NO, ["fenced", true]]), true),
    output: choice("output", new Map([...YES_OR_NO, ["asis", true]]), true),
    warning: choice("warning", YES_OR_NO, true),
    eval: choice("eval", YES_OR_NO, true),
    error: choice("error", YES_OR_NO, false),
    fold: choice("code-fold", FOLDS, false),
    foldTitle: text("code-summary"),
    label: readLabel(
      text("label"),
      () => refuse("label", "a name without spaces"),
    ),
    captions: texts("fig-cap"),
    alts: texts("fig-alt"),
    tags: options.tags,
    problems,
  };
}

/** A label is part of an address. */
function readLabel(label: string | null, refuse: () => void): string | null {
  if (label === null || /^[^\s"'<>#%]+$/.test(label)) return label;
  refuse();
  return null;
}

function inShort(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

function isUnknown(name: string): boolean {
  return !OBEYED.has(name) && !LEFT_ALONE.has(name);
}

const YES_OR_NO: ReadonlyMap<unknown, boolean> = new Map([
  [true, true],
  [false, false],
]);

const FOLDS: ReadonlyMap<unknown, "folded" | "open" | false> = new Map<
  unknown,
  "folded" | "open" | false
>([[true, "folded"], [false, false], ["show", "open"]]);

const OBEYED = new Set([
  "include",
  "echo",
  "output",
  "warning",
  "eval",
  "error",
  "code-fold",
  "code-summary",
  "label",
  "fig-cap",
  "fig-alt",
  "tags",
]);

/** What Quarto knows and Skein has no use for; a typing error is not among it. */
const LEFT_ALONE = new Set(
  `message results cache freeze file filename id classes renderings export title
  fig-subcap fig-scap fig-link fig-align fig-env fig-pos fig-width fig-height
  fig-format fig-dpi fig-asp fig-column fig-cap-location cap-location
  tbl-cap tbl-subcap tbl-colwidths tbl-column tbl-cap-location lst-cap lst-label
  layout layout-ncol layout-nrow layout-valign layout-align column panel
  code-overflow code-line-numbers code-annotations class-output class-source
  output-location html-table-processing ref-parent crossref`.split(/\s+/),
);
