/**
 * A notebook of an assignment, read once for all submissions.
 * @module
 */
import type { Translator } from "../kernel/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import {
  type CellNames,
  type CheckNeeds,
  listCells,
  needsOf,
  type SourceCell,
} from "./plan.ts";
import { withPlainMarks } from "./regions.ts";
import { makeRelease } from "./release.ts";

/** A notebook of an assignment. */
export interface Exercise {
  /** Its path within the assignment. */
  readonly path: string;
  /** The teacher's notebook. */
  readonly source: Notebook;
  /** What was handed out. */
  readonly release: Notebook;
  /** Lines that students must not get. */
  readonly secrets: readonly string[];
  /** The teacher's cells. */
  readonly cells: readonly SourceCell[];
  /** Names in them. */
  readonly names: readonly (CellNames | null)[];
  /** What each check needs, by index. */
  readonly needs: ReadonlyMap<number, CheckNeeds>;
}

/**
 * Reads a notebook of an assignment.
 *
 * @param path Its path within the assignment.
 * @param source The teacher's notebook.
 * @param translator Reads cells.
 * @throws {Error} If its marks or regions are wrong, or a cell can not be read.
 */
export async function readExercise(
  path: string,
  source: Notebook,
  translator: Translator,
): Promise<Exercise> {
  const { notebook: release, secrets } = makeRelease(source);
  const cells = listCells(source);
  const names: (CellNames | null)[] = [];
  for (const [index, { cell }] of cells.entries()) {
    names.push(
      cell.cell_type === "code"
        ? await readNames(cell.source, { index, translator })
        : null,
    );
  }
  const needs = new Map(
    cells.flatMap(({ role }, index) =>
      role === "check" ? [[index, needsOf(index, cells, names)] as const] : []
    ),
  );
  return { path, source, release, secrets, cells, names, needs };
}

async function readNames(
  source: string,
  { index, translator }: {
    readonly index: number;
    readonly translator: Translator;
  },
): Promise<CellNames> {
  const text = withPlainMarks(source);
  const outline = await translator.outline(text, READ_MS);
  if (outline === null) {
    throw new RangeError(`cell ${index + 1} takes too long to read`);
  }
  return {
    declared: outline.names.filter(({ isValue }) => isValue)
      .map(({ name }) => name),
    imported: outline.names.filter(({ isImported }) => isImported)
      .map(({ name }) => name),
    words: outline.words,
  };
}

const READ_MS = 10_000;
