/**
 * Grades as test results. Pure.
 * @module
 */
import { type JunitCase, writeJunit } from "../../runner/mod.ts";
import type { Graded } from "../gradebook.ts";
import type { CheckState } from "../verdict.ts";

/**
 * Writes one suite a file, one case a check.
 *
 * @param assignment Name of the assignment.
 * @param graded All files, sorted.
 */
export function gradesJunit(
  assignment: string,
  graded: readonly Graded[],
): string {
  return writeJunit(
    assignment,
    graded.map(({ student, notebook, file, results, failure }) => ({
      name: file ?? `${student}: ${notebook}`,
      cases: failure !== null && results.length === 0
        ? [{
          className: student,
          name: "file",
          outcome: "error" as const,
          message: failure,
        }]
        : results.map(({ id, state, reason, score, maxScore }): JunitCase => ({
          className: `${student}.${notebook}`,
          name: id,
          outcome: OUTCOMES[state],
          message: `${score} of ${maxScore} points: ${state}${
            reason === "" ? "" : `, ${reason}`
          }`,
        })),
    })),
  );
}

const OUTCOMES: Readonly<Record<CheckState, JunitCase["outcome"]>> = {
  passed: "passed",
  partial: "failed",
  failed: "failed",
  error: "error",
  timeout: "error",
  memory: "error",
  "not-run": "skipped",
  "needs-person": "skipped",
};
