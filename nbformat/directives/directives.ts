/**
 * What a cell asks of whoever shows or runs it: one value, from its tags, its
 * metadata and its option lines.
 *
 * Every exporter and the runner read this and nothing else, so a tag means the
 * same in all formats; `docs/export.md` has the table. Pure. How option lines are
 * read is in `option_lines.ts`.
 * @module
 */
import { chooseSlide, type SlideType } from "./slide_types.ts";
import type { Cell, CellOutput } from "../notebook.ts";
import { readOptionLines } from "./option_lines.ts";
import { readOptions } from "./quarto_options.ts";
import { isRecord, textsIn } from "../values.ts";

/**
 * How much of something is shown, from all to nothing: as it is, behind a fold
 * that is open or closed, or not at all. What has no folds, such as paper, shows
 * what is folded.
 */
export type Visibility = "shown" | "open" | "folded" | "removed";

/** What a cell asks for. */
export interface Directives {
  /** The whole cell; `removed` is never shown, but still runs. */
  readonly cell: Visibility;
  /** Its code. */
  readonly input: Visibility;
  /** Its outputs. */
  readonly output: Visibility;
  /** Whether its outputs hold what it wrote to stdout. */
  readonly showsStdout: boolean;
  /** Whether its outputs hold what it wrote to stderr. */
  readonly showsStderr: boolean;
  /** Whether it is run; otherwise its saved outputs stay. */
  readonly runs: boolean;
  /** Whether it may fail without stopping the run. */
  readonly mayFail: boolean;
  /** Whether it holds parameters of the notebook, or those of one run. */
  readonly parameters: "declared" | "injected" | null;
  /** What it is among slides. */
  readonly slide: SlideType;
  /** Its name, for links to it. */
  readonly label: string | null;
  /** Captions of its figures, in their order; one for all of them if single. */
  readonly captions: readonly string[];
  /** Text alternatives of its figures, in their order. */
  readonly alts: readonly string[];
  /** What a fold of its code is called; `null` for the usual words. */
  readonly foldTitle: string | null;
  /** Its tags, each once, from metadata and option lines. */
  readonly tags: readonly string[];
  /** The source without its option lines. */
  readonly source: string;
  /** How many lines its option lines take, so that line numbers stay true. */
  readonly optionLines: number;
  /** What is wrong with what it asks for: phrases for a sentence that names it. */
  readonly problems: readonly string[];
}

/** What is asked for the whole document, besides what its cells ask for. */
export interface DocumentWishes {
  /** Remove all code. @default false */
  readonly noInput?: boolean;
  /** Remove all outputs. @default false */
  readonly noOutput?: boolean;
}

/**
 * Reads what a cell asks for. Of two wishes the stronger one holds: `removed`
 * over `folded` over `shown`. What is not understood is named in `problems`.
 *
 * Source: MyST-NB and Jupyter Book, "Hide or remove content"; nbconvert,
 * `slides.py`; Quarto, "Execution Options"; JupyterLab's `metadata.jupyter`.
 *
 * @example Code in a fold, a caption
 * ```ts
 * import assert from "node:assert/strict";
 * const asked = readDirectives({
 *   cell_type: "code",
 *   id: "a",
 *   metadata: { tags: ["hide-input"] },
 *   source: "//| fig-cap: Four tasks\nplot();",
 *   execution_count: null,
 *   outputs: [],
 * });
 * assert.equal(asked.input, "folded");
 * assert.deepEqual(asked.captions, ["Four tasks"]);
 * assert.equal(asked.source, "plot();");
 * ```
 *
 * @param cell The cell.
 * @param wishes What is asked for the whole document.
 * @returns What holds for the cell.
 */
export function readDirectives(
  cell: Cell,
  wishes: DocumentWishes = {},
): Directives {
  const isCode = cell.cell_type === "code";
  const lines = isCode ? readOptionLines(cell.source) : null;
  const options = readOptions(lines?.options ?? {});
  const { jupyter, collapsed, slideshow } = cell.metadata;
  const hints = isRecord(jupyter) ? jupyter : {};
  const tags = readTags(cell.metadata.tags, options.tags);
  const has = (name: string) => tags.includes(name);
  const slide = chooseSlide(slideshow);
  const problems = [
    ...lines?.problem === null || lines === null
      ? []
      : [`its option lines are ignored: ${lines.problem}`],
    ...options.problems,
    ...slide.problem === null ? [] : [slide.problem],
  ];
  return {
    cell: strongest(
      has("hide-cell") && "folded",
      (has("remove-cell") || !options.include) && "removed",
    ),
    input: strongest(
      (has("hide-input") || hints.source_hidden === true) && "folded",
      options.fold,
      (has("remove-input") || !options.echo || wishes.noInput === true) &&
        isCode && "removed",
    ),
    output: strongest(
      // The last is how it was said before JupyterLab.
      (has("hide-output") || hints.outputs_hidden === true ||
        collapsed === true) && "folded",
      (has("remove-output") || !options.output || wishes.noOutput === true) &&
        isCode && "removed",
    ),
    showsStdout: !has("remove-stdout"),
    showsStderr: !has("remove-stderr") && options.warning,
    runs: isCode && options.eval && !has("skip-execution"),
    mayFail: has("raises-exception") || options.error,
    parameters: has("injected-parameters")
      ? "injected"
      : has("parameters")
      ? "declared"
      : null,
    slide: slide.type,
    label: options.label,
    captions: options.captions,
    alts: options.alts,
    foldTitle: options.foldTitle,
    tags,
    source: lines?.source ?? cell.source,
    optionLines: lines?.lines ?? 0,
    problems,
  };
}

/**
 * Gives the outputs of a cell that are part of a document.
 *
 * @param cell The cell.
 * @param asked What it asks for.
 * @returns Its outputs, without those that it removes.
 */
export function shownOutputs(
  cell: Cell,
  asked: Directives,
): readonly CellOutput[] {
  if (
    cell.cell_type !== "code" || asked.cell === "removed" ||
    asked.output === "removed"
  ) return [];
  if (asked.showsStdout && asked.showsStderr) return cell.outputs;
  return cell.outputs.filter((output) =>
    output.output_type !== "stream" ||
    (output.name === "stderr" ? asked.showsStderr : asked.showsStdout)
  );
}

/** Tags with `_` are read as those with `-`, as MyST does. */
function readTags(...lists: readonly unknown[]): readonly string[] {
  const tags = lists.flatMap(textsIn).map((tag) =>
    tag.trim().replaceAll("_", "-")
  );
  return [...new Set(tags)].filter((tag) => tag !== "");
}

function strongest(
  ...wishes: readonly (Visibility | false)[]
): Visibility {
  const ranks = wishes.map((wish) =>
    wish === false ? 0 : VISIBILITIES.indexOf(wish)
  );
  return VISIBILITIES[Math.max(0, ...ranks)]!;
}

const VISIBILITIES: readonly Visibility[] = [
  "shown",
  "open",
  "folded",
  "removed",
];
