/**
 * What each check of a notebook needs: which names are the submission's, and
 * which cells of the teacher's run before it. Pure.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { type CellRole, type Marks, readMarks, roleOf } from "./marks.ts";

/** What is known of the names in a cell. */
export interface CellNames {
  /** Names of values that it declares. */
  readonly declared: readonly string[];
  /** Those of them that a module declares. */
  readonly imported?: readonly string[];
  /** All that may be a name in it. */
  readonly words: readonly string[];
}

/** A cell of a teacher's notebook. */
export interface SourceCell {
  readonly cell: Cell;
  readonly marks: Marks | null;
  readonly role: CellRole;
}

/** What a check needs. */
export interface CheckNeeds {
  /** Names that are looked up in the submission. */
  readonly borrowed: readonly string[];
  /** Cells of the teacher's notebook that it builds upon, by index, in order. */
  readonly setup: readonly number[];
}

/**
 * Lists the cells of a teacher's notebook.
 *
 * @param notebook The notebook; its marks are in order, see `release.ts`.
 */
export function listCells({ cells }: Notebook): readonly SourceCell[] {
  return cells.map((cell) => {
    const marks = readMarks(cell);
    return { cell, marks, role: roleOf(cell, marks) };
  });
}

/**
 * Finds out what a check needs. A name is the submission's if a cell that the
 * student writes was the last before the check to declare it.
 *
 * @param check Index of the check.
 * @param cells The cells of the notebook.
 * @param names Names of each, `null` where there are none.
 * @throws {RangeError} If it needs what a student's cell imports: that would be
 *   whatever the student puts in its place, such as another `assert`.
 */
export function needsOf(
  check: number,
  cells: readonly SourceCell[],
  names: readonly (CellNames | null)[],
): CheckNeeds {
  const borrowed = new Set<string>();
  const setup = new Set<number>();
  const visit = (index: number) => {
    const { words, declared } = names[index]!;
    for (const word of words) {
      if (declared.includes(word)) continue;
      const owner = lastOwner(word, index, names);
      if (owner === -1) continue;
      if (isStudents(cells[owner]!.role)) {
        checkImport(word, { check, owner, names, cells });
        borrowed.add(word);
      } else if (!setup.has(owner)) {
        setup.add(owner);
        visit(owner);
      }
    }
  };
  visit(check);
  return {
    borrowed: [...borrowed].sort(),
    setup: [...setup].sort((a, b) => a - b),
  };
}

function checkImport(
  word: string,
  { check, owner, names, cells }: {
    readonly check: number;
    readonly owner: number;
    readonly names: readonly (CellNames | null)[];
    readonly cells: readonly SourceCell[];
  },
): void {
  if (!names[owner]!.imported?.includes(word)) return;
  throw new RangeError(
    `check "${
      cells[check]!.marks!.gradeId
    }" uses ${word}, which the student's cell ${
      owner + 1
    } imports; expected the import in the check or in a cell that students do not write`,
  );
}

function lastOwner(
  word: string,
  before: number,
  names: readonly (CellNames | null)[],
): number {
  return names.findLastIndex((one, index) =>
    index < before && one !== null && one.declared.includes(word)
  );
}

/**
 * Tells whether students write cells of a role.
 *
 * @param role The role.
 */
export function isStudents(role: CellRole): boolean {
  return role === "answer" || role === "essay";
}
