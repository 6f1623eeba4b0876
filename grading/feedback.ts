/**
 * What students may see of their results: nothing of hidden tests. Pure.
 * @module
 */
import type { Exercise } from "./exercise.ts";
import type { Graded } from "./gradebook.ts";
import { clearRegions } from "./regions.ts";
import type { CheckResult } from "./verdict.ts";

/**
 * Takes out what a check says that has hidden tests: the values in it are not
 * for students. Who has lost points for another reason is still told.
 *
 * @param graded The files.
 * @param exercises The notebooks of the assignment.
 */
export function withoutHidden(
  graded: readonly Graded[],
  exercises: readonly Exercise[],
): readonly Graded[] {
  const hidden = new Map(
    exercises.map((
      { path, cells },
    ) => [
      path,
      new Set(
        cells.flatMap(({ cell, marks, role }) =>
          role === "check" &&
            clearRegions(cell.source, "HIDDEN TESTS").hasRegion
            ? [marks!.gradeId]
            : []
        ),
      ),
    ]),
  );
  return graded.map((file) => ({
    ...file,
    results: file.results.map((result) =>
      hidden.get(file.notebook ?? "")?.has(result.id) ? hide(result) : result
    ),
  }));
}

function hide(result: CheckResult): CheckResult {
  if (result.state !== "failed" && result.state !== "partial") return result;
  // What the submission does not define has nothing to do with the tests.
  const isPlain = result.reason.startsWith("the submission does not define");
  return isPlain
    ? result
    : { ...result, reason: "part of this check is hidden", tests: [] };
}

/**
 * Gives each student a file name, no two alike.
 *
 * @param students Their names.
 */
export function fileNames(
  students: readonly string[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const student of students) {
    const plain = student.replace(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, 100);
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
    taken.add(name.toLowerCase());
    names.set(student, `${name}.html`);
  }
  return names;
}
