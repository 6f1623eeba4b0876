/**
 * What all submissions of an assignment come to. Pure.
 * @module
 */
import type { Notebook } from "../nbformat/mod.ts";
import type { Examination } from "./exam.ts";
import type { Exercise } from "./exercise.ts";
import { readMarksLoosely } from "./marks.ts";
import type { CheckResult } from "./verdict.ts";

/** A file that was handed in. */
export interface HandedIn {
  /** Its path as it was typed. */
  readonly file: string;
  /** Who handed it in. */
  readonly student: string;
  /** Path of the notebook in the assignment; `null` if nobody can tell. */
  readonly notebook: string | null;
}

/** A file that was graded, or a notebook that was never handed in. */
export interface Graded extends Examination {
  readonly student: string;
  /** The file; `null` if there is none. */
  readonly file: string | null;
  /** Path of the notebook in the assignment; `null` if nobody can tell. */
  readonly notebook: string | null;
  /** Why the file could not be graded; `null` if it was. */
  readonly failure: string | null;
}

/** Points of one student. */
export interface StudentScore {
  readonly student: string;
  readonly score: number;
  readonly maxScore: number;
  /** How many results a person has to give. */
  readonly toGrade: number;
}

/**
 * Finds out whose file it is. Folders by students
 * (`ada/squares.ipynb`, `ada/homework1/squares.ipynb`) and files by students
 * (`ada.ipynb`) are understood.
 *
 * @param file The path.
 * @param assignment Its name, and the paths of its notebooks.
 */
export function studentOf(
  file: string,
  { name, notebooks }: {
    readonly name: string;
    readonly notebooks: readonly string[];
  },
): string {
  const parts = file.split(/[\\/]/).filter((part) => part !== "");
  const stem = stemOf(parts.at(-1)!);
  if (!notebooks.some((path) => stemOf(path) === stem)) return stem;
  const folders = parts.slice(0, -1).filter((part) => !/^\.+$/.test(part));
  return folders.findLast((folder) => folder !== name) ?? stem;
}

/**
 * Finds out which notebook a submission is one of: the one whose cells it has,
 * else the one that is called so, else the only one.
 *
 * @param submission The submission; `null` if it can not be read.
 * @param file Its path.
 * @param exercises The notebooks of the assignment.
 */
export function exerciseOf(
  submission: Notebook | null,
  file: string,
  exercises: readonly Exercise[],
): Exercise | null {
  const ids = new Set(
    submission?.cells.map((cell) => readMarksLoosely(cell)?.gradeId),
  );
  const shared = exercises.map(({ cells }) =>
    cells.filter(({ marks }) => marks !== null && ids.has(marks.gradeId)).length
  );
  const most = Math.max(0, ...shared);
  const best = exercises.filter((_, index) => shared[index] === most);
  if (most > 0 && best.length === 1) return best[0]!;
  const named = best.filter(({ path }) =>
    stemOf(path) === stemOf(file.split(/[\\/]/).at(-1)!)
  );
  return named.length === 1 ? named[0]! : best.length === 1 ? best[0]! : null;
}

/**
 * Gives the results of a notebook that could not be examined: nothing passes.
 *
 * @param exercise The notebook.
 * @param state How its checks end.
 * @param reason Why.
 */
export function withoutResults(
  { cells }: Exercise,
  state: "error" | "not-run",
  reason: string,
): Examination {
  const results = cells.flatMap(({ marks, role }): CheckResult[] =>
    marks !== null && ["check", "essay", "task"].includes(role)
      ? [{
        id: marks.gradeId,
        state,
        score: 0,
        maxScore: marks.points,
        reason,
        tests: [],
      }]
      : []
  );
  return { results, findings: [], cellErrors: [] };
}

/**
 * Completes what was graded by what was never handed in, and sorts it. Of two
 * files of a student with the cells of one notebook, one counts.
 *
 * @param graded What was graded.
 * @param exercises The notebooks of the assignment.
 */
export function complete(
  graded: readonly Graded[],
  exercises: readonly Exercise[],
): readonly Graded[] {
  const sorted = graded.toSorted((a, b) => compare(a.file ?? "", b.file ?? ""));
  const counted = onePerNotebook(sorted);
  const students = new Set(graded.map(({ student }) => student));
  const missing = [...students].flatMap((student) =>
    exercises.filter((exercise) =>
      withoutResults(exercise, "not-run", "").results.length > 0 &&
      !graded.some((one) =>
        one.student === student && one.notebook === exercise.path
      )
    ).map((exercise): Graded => ({
      student,
      file: null,
      notebook: exercise.path,
      failure: null,
      ...withoutResults(exercise, "not-run", "it was not handed in"),
    }))
  );
  return [...counted, ...missing].sort((a, b) =>
    compare(a.student, b.student) ||
    compare(a.notebook ?? "", b.notebook ?? "") ||
    compare(a.file ?? "", b.file ?? "")
  );
}

/**
 * The file that is called as the notebook counts, else the first: the cells of an
 * easy notebook, handed in under the name of a hard one too, give points once.
 */
function onePerNotebook(graded: readonly Graded[]): readonly Graded[] {
  const isNamedSo = ({ file, notebook }: Graded) =>
    stemOf((file ?? "").replaceAll("\\", "/")) === stemOf(notebook ?? "");
  return graded.map((one) => {
    if (one.notebook === null) return one;
    const same = graded.filter(({ student, notebook }) =>
      student === one.student && notebook === one.notebook
    );
    const counts = same.find(isNamedSo) ?? same[0]!;
    if (counts === one) return one;
    const failure =
      `it has the cells of ${one.notebook}, and ${counts.file} counts as that`;
    return { ...one, failure, results: [] };
  });
}

/**
 * Sums up by student.
 *
 * @param graded All files, sorted.
 */
export function scores(graded: readonly Graded[]): readonly StudentScore[] {
  const byStudent = Map.groupBy(graded, ({ student }) => student);
  return [...byStudent].map(([student, files]) => {
    const results = files.flatMap(({ results }) => results);
    const sum = (of: (result: CheckResult) => number) =>
      Math.round(results.reduce((all, one) => all + of(one), 0) * 1e6) / 1e6;
    return {
      student,
      score: sum(({ score }) => score),
      maxScore: sum(({ maxScore }) => maxScore),
      toGrade: results.filter(({ state }) => state === "needs-person").length,
    };
  });
}

/** The same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stemOf(path: string): string {
  return path.split("/").at(-1)!.replace(/\.ipynb$/, "");
}
