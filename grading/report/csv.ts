/**
 * Grades as tables. Pure.
 * @module
 */
import { type Graded, scores } from "../gradebook.ts";

/**
 * Writes one row a student, with the columns of nbgrader's export. Columns that
 * nobody knows anything for are empty.
 *
 * @param assignment Name of the assignment.
 * @param graded All files, sorted.
 */
export function gradesCsv(
  assignment: string,
  graded: readonly Graded[],
): string {
  return table([
    [
      "assignment",
      "duedate",
      "timestamp",
      "student_id",
      "last_name",
      "first_name",
      "email",
      "raw_score",
      "late_submission_penalty",
      "score",
      "max_score",
    ],
    ...scores(graded).map(({ student, score, maxScore }) => [
      ...[assignment, "", "", student, "", "", ""],
      ...[score, 0, score, maxScore],
    ]),
  ]);
}

/**
 * Writes one row a check.
 *
 * @param assignment Name of the assignment.
 * @param graded All files, sorted.
 */
export function checksCsv(
  assignment: string,
  graded: readonly Graded[],
): string {
  return table([
    [
      "assignment",
      "student_id",
      "notebook",
      "check",
      "state",
      "score",
      "max_score",
      "reason",
    ],
    ...graded.flatMap(({ student, notebook, results }) =>
      results.map(({ id, state, score, maxScore, reason }) => [
        ...[assignment, student, notebook ?? "", id, state],
        ...[score, maxScore, reason],
      ])
    ),
  ]);
}

function table(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** A student's text must not be a formula in somebody's spreadsheet. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
