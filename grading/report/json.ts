/**
 * Grades for programs. Pure.
 * @module
 */
import { type Graded, scores } from "../gradebook.ts";

/**
 * Writes all that is known, the same for the same input.
 *
 * @param assignment Name of the assignment.
 * @param graded All files, sorted.
 */
export function gradesJson(
  assignment: string,
  graded: readonly Graded[],
): string {
  return JSON.stringify(
    { skeinGrades: 1, assignment, students: scores(graded), files: graded },
    null,
    1,
  ) + "\n";
}
